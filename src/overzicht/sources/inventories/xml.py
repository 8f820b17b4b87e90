"""XML from devices and scanners, read without surprises: nothing is expanded, fetched or unbounded."""

import re
from collections.abc import Iterator

from lxml import etree

from overzicht.errors import InputFileError
from overzicht.safexml import SAFE_XML

MOST_ATTRIBUTES = 1_000  # of one element
# In single bytes: a text of UTF-16 does not match.
_DECLARED = re.compile(
    rb"""(?:\xef\xbb\xbf)?\s{0,9}<\?xml[^>]{0,80}?(\sencoding\s*=\s*["']([^"'>]{1,40})["'])"""
)


class UnsafeXmlError(InputFileError):
    """An XML file declares entities, which no device or scanner does."""

    def __init__(self, file: str) -> None:
        super().__init__(
            file, "it declares XML entities, which no scanner or device writes", fix="do not use this file"
        )


def safe_parser(*, recover: bool = False) -> etree.XMLParser:
    """Return a parser that expands no entity, loads no DTD, opens no address and keeps libxml2's limits."""
    parser: etree.XMLParser = etree.XMLParser(
        **SAFE_XML, recover=recover, remove_comments=True, remove_pis=True
    )
    return parser


def refuse_entities(element: etree._Element, file: str) -> None:
    """Raise UnsafeXmlError when the document of `element` declares entities; a bare DOCTYPE is allowed."""
    declared = element.getroottree().docinfo.internalDTD
    if declared is not None and next(iter(declared.iterentities()), None) is not None:
        raise UnsafeXmlError(file)


def in_own_encoding(data: bytes) -> bytes:
    """Return XML without the encoding that it declares, if its bytes show that it is in another one.

    A program that writes text of UTF-16 into a file of UTF-8, or an editor that saves it again, leaves such a
    declaration.
    """
    declared = _DECLARED.match(data)
    if declared is None:
        return data
    wide = declared[2].lower().startswith((b"utf-16", b"utf-32", b"ucs", b"utf16", b"unicode"))
    return data[: declared.start(1)] + data[declared.end(1) :] if wide else data


def parse_document(data: bytes, file: str) -> etree._Element:
    """Return the root of a whole XML document; InputFileError (with the line) when it is not one."""
    data = in_own_encoding(data)
    try:
        root = etree.fromstring(data, safe_parser())
    except etree.XMLSyntaxError as error:
        if b"<!ENTITY" in data:
            raise UnsafeXmlError(file) from error
        raise InputFileError(
            file,
            f"not whole XML ({error.msg})",
            record=f"line {error.lineno}",
            fix="the file may be cut off; save the answer again",
        ) from error
    refuse_entities(root, file)
    return root


def require_few_attributes(root: etree._Element, file: str) -> None:
    """Raise InputFileError if an element has more than MOST_ATTRIBUTES: reading them takes quadratic time."""
    most = max(len(element.attrib) for element in root.iter(etree.Element))
    if most > MOST_ATTRIBUTES:
        raise InputFileError(
            file,
            f"an element has {most:,} attributes; the limit is {MOST_ATTRIBUTES:,}",
            fix="export the file again",
        )


def starts_as_xml(data: bytes) -> bool:
    """Return whether a file starts with a tag, after a byte-order mark, in any width of characters."""
    return data[:200].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:1] == b"<"


def local_name(element: etree._Element) -> str:
    """Return the tag without its namespace; empty for a comment or instruction."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def named(root: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield the elements with that local name, in any namespace, in document order."""
    return (element for element in root.iter() if local_name(element) == name)


def whole_text(element: etree._Element) -> str:
    """Return all that is written in an element and below it, with single spaces."""
    return " ".join("".join(map(str, element.itertext())).split())


def first_text(root: etree._Element, name: str) -> str:
    """Return what is written in the first element with that local name; empty if there is none."""
    return next((whole_text(element) for element in named(root, name)), "")
