"""The lines of a consolidated act in each of its three forms; the cells of a row are two spaces apart."""

import re
from collections.abc import Iterator

from lxml import etree, html

from overzicht.safexml import SAFE_XML

GAP = "  "
MARKS = re.compile(r"[►▼◄]\s?[A-Z]?\d{0,3}\s?")
_BLOCKS = frozenset({"p", "tr", "h1", "h2", "h3", "h4", "li", "title"})
_FORMEX_BLOCKS = frozenset(
    {"TI", "STI", "TI.ART", "STI.ART", "ALINEA", "P", "NP", "TXT", "ROW", "NO.CELEX", "NO.DOC"}
)
_ROWS = frozenset({"tr", "ROW"})
_CELLS = frozenset({"td", "th", "CELL", "NO.P", "TXT"})
_LABELS = frozenset({"NO.P", "NO.PARAG"})
_LABEL_CLASSES = frozenset({"grid-list-column-1", "no-parag"})
_DASH = "—"


def html_lines(content: bytes) -> Iterator[str]:
    """Yield the blocks of an EUR-Lex page; scripts and external files are not read."""
    parser = html.HTMLParser(no_network=True, recover=True, huge_tree=False, encoding="utf-8")
    root = html.document_fromstring(content, parser=parser)
    etree.strip_elements(root, "script", "style", with_tail=False)
    yield from _blocks(root, _BLOCKS)


def formex_lines(content: bytes) -> Iterator[str]:
    """Yield the blocks of a Formex document; entities are not resolved."""
    parser = etree.XMLParser(**SAFE_XML, remove_comments=True)
    yield from _blocks(etree.fromstring(content, parser), _FORMEX_BLOCKS)


def text_lines(content: bytes) -> Iterator[str]:
    """Yield the lines of a plain text; an empty line ends a paragraph."""
    for line in content.decode("utf-8", errors="replace").splitlines():
        yield MARKS.sub("", line).rstrip()


def _blocks(root: "etree._Element", names: frozenset[str]) -> Iterator[str]:
    """Yield the text of each block after its label, such as `(a)`, followed by an empty line."""
    waiting, label = [root], ""
    while waiting:
        element = waiting.pop()
        name = _name(element)
        if _is_label(element):
            label = _text(element)
            continue
        if is_block := _is_block(element, names):
            words = MARKS.sub("", _row(element)).strip()
        else:
            words = " ".join((element.text or "").split()) if name in names else ""
            waiting += reversed(element) if name else ()
        if name == "ITEM" and (above := element.getparent()) is not None and above.get("TYPE") == "DASH":
            label = _DASH
        if words:
            yield f"{label}{GAP}{words}" if label else words
            label = ""
        if is_block:
            yield ""


def _name(element: "etree._Element") -> str:
    """Return the name of an element without its namespace; empty for a comment or an instruction."""
    return str(etree.QName(element).localname) if isinstance(element.tag, str) else ""


def _is_label(element: "etree._Element") -> bool:
    return _name(element) in _LABELS or not _LABEL_CLASSES.isdisjoint((element.get("class") or "").split())


def _is_block(element: "etree._Element", names: frozenset[str]) -> bool:
    """Return whether an element is one text: it has no list, and no row or label of its own."""
    name = _name(element)
    if name not in names and name != "div":
        return False
    inner = [*filter(None, map(_name, element.iterdescendants()))]
    if name == "div":
        return "div" not in inner and names.isdisjoint(inner)
    if not _ROWS.isdisjoint(inner):
        return False
    return name in _ROWS or ("LIST" not in inner and not any(map(_is_label, element.iterdescendants())))


def _text(element: "etree._Element") -> str:
    return " ".join("".join(element.itertext()).split())


def _row(element: "etree._Element") -> str:
    """Return the cells of a row, each in one line; the whole text if it has no cells."""
    cells = [e for e in element.iter() if _name(e) in _CELLS]
    outermost = [cell for cell in cells if not any(_name(above) in _CELLS for above in cell.iterancestors())]
    return GAP.join(text for text in map(_text, outermost or [element]) if text)
