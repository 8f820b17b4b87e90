"""The lines of a consolidated act in each of its three forms; the cells of a row are two spaces apart."""

import re
from collections.abc import Iterator

from lxml import etree, html

GAP = "  "
MARKS = re.compile(r"[►▼◄]\s?[A-Z]?\d{0,3}\s?")
_BLOCKS = frozenset({"p", "tr", "h1", "h2", "h3", "h4", "li", "title"})
_FORMEX_BLOCKS = frozenset(
    {"TI", "STI", "TI.ART", "STI.ART", "ALINEA", "P", "NP", "ROW", "NO.CELEX", "NO.DOC"}
)
_CELLS = frozenset({"td", "th", "CELL", "NO.P", "TXT"})


def html_lines(content: bytes) -> Iterator[str]:
    """Yield the blocks of an EUR-Lex page; scripts and external files are not read."""
    parser = html.HTMLParser(no_network=True, recover=True, huge_tree=False, encoding="utf-8")
    root = html.document_fromstring(content, parser=parser)
    etree.strip_elements(root, "script", "style", with_tail=False)
    yield from _blocks(root, _BLOCKS)


def formex_lines(content: bytes) -> Iterator[str]:
    """Yield the blocks of a Formex document; entities are not resolved."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    yield from _blocks(etree.fromstring(content, parser), _FORMEX_BLOCKS)


def text_lines(content: bytes) -> Iterator[str]:
    """Yield the lines of a plain text; an empty line ends a paragraph."""
    for line in content.decode("utf-8", errors="replace").splitlines():
        yield MARKS.sub("", line).rstrip()


def _blocks(root: "etree._Element", names: frozenset[str]) -> Iterator[str]:
    """Yield the text of the outermost blocks of these names, each followed by an empty line."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if not isinstance(element.tag, str):
            continue
        if etree.QName(element).localname in names and not _has_row(element):
            yield MARKS.sub("", _row(element)).strip()
            yield ""
        else:
            waiting += reversed(element)


def _has_row(element: "etree._Element") -> bool:
    return any(
        isinstance(e.tag, str) and etree.QName(e).localname in {"tr", "ROW"}
        for e in element.iterdescendants()
    )


def _row(element: "etree._Element") -> str:
    """Return the cells of a row, each in one line; the whole text if it has no cells."""
    cells = [e for e in element.iter() if isinstance(e.tag, str) and etree.QName(e).localname in _CELLS]
    parts = [" ".join("".join(cell.itertext()).split()) for cell in cells or [element]]
    return GAP.join(part for part in parts if part)
