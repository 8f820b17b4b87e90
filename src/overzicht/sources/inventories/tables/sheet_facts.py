"""What a workbook says about its sheets next to their cells: merged cells, hidden rows, pivot tables."""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from overzicht.safexml import SAFE_XML
from overzicht.sources.inventories.tables.packed import tag_pieces
from overzicht.sources.inventories.tables.table import Merge

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
WORKBOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ROW = re.compile(rb"<(?:\w+:)?row\b([^<>]*)>")
_NUMBER = re.compile(rb"""\br=["'](\d{1,7})["']""")
_HIDDEN = re.compile(rb"""\bhidden=["'](?:1|true)["']""")


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """Merged cells, hidden rows (numbers from 1), whether the sheet is hidden, and whether it is a pivot."""

    merges: tuple[Merge, ...] = ()
    hidden: frozenset[int] = frozenset()
    is_hidden: bool = False
    is_pivot: bool = False


def sheet_facts(workbook: io.BytesIO) -> dict[str, SheetFacts]:
    """Return the facts of each sheet by its name; none for a workbook that is neither XLSX nor ODS."""
    with zipfile.ZipFile(workbook) as archive:
        names = set(archive.namelist())
        if "content.xml" in names:
            return _of_ods(archive.read("content.xml"))
        if WORKBOOK in names and RELATIONS in names:
            return dict(_of_xlsx(archive, names))
    return {}


def _of_xlsx(archive: zipfile.ZipFile, names: set[str]) -> Iterator[tuple[str, SheetFacts]]:
    relations = _targets(archive.read(RELATIONS), "xl")
    for sheet in _elements(archive.read(WORKBOOK), "sheet"):
        path = relations.get(sheet.get(_RELATION_ID, ""), ("", ""))[1]
        if path not in names:
            continue
        own = posixpath.join(posixpath.dirname(path), "_rels", posixpath.basename(path) + ".rels")
        kinds = {kind for kind, _ in _targets(archive.read(own), "").values()} if own in names else set()
        with archive.open(path) as member:
            pieces = (piece for piece in tag_pieces(member, path) if b"hidden=" in piece)
            rows = (match[1] for piece in pieces for match in _ROW.finditer(piece))
            numbers = (_NUMBER.search(row) for row in rows if _HIDDEN.search(row))
            hidden = frozenset(int(number[1]) for number in numbers if number)
        yield sheet.get("name", ""), SheetFacts(hidden=hidden, is_pivot="pivotTable" in kinds)


def _targets(relations: bytes, folder: str) -> dict[str, tuple[str, str]]:
    """Return the kind and the path of each relation by its id; a path is from the root of the archive."""
    targets = {}
    for element in _elements(relations, "Relationship"):
        target = element.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        kind = element.get("Type", "").rpartition("/")[2]
        targets[element.get("Id", "")] = (kind, posixpath.normpath(path))
    return targets


def _elements(content: bytes, name: str) -> Iterator[etree._Element]:
    """Yield the elements of this local name; none in a part that is not XML, which the reader reports."""
    try:
        for _, element in etree.iterparse(
            io.BytesIO(content), events=("end",), tag=f"{{*}}{name}", **SAFE_XML
        ):
            yield element
    except etree.XMLSyntaxError:
        return


def _of_ods(content: bytes) -> dict[str, SheetFacts]:
    sheets: dict[str, SheetFacts] = {}
    unseen: set[str] = set()  # styles of sheets that are not shown
    row = 0
    merges: list[Merge] = []
    hidden: set[int] = set()
    tags = (f"{TABLE}table-row", f"{TABLE}table", f"{STYLE}style")
    for _, element in etree.iterparse(io.BytesIO(content), events=("end",), tag=tags, **SAFE_XML):
        if element.tag == f"{STYLE}style":
            if any(child.get(f"{TABLE}display") == "false" for child in element):
                unseen.add(element.get(f"{STYLE}name", ""))
        elif element.tag == f"{TABLE}table":
            is_hidden = element.get(f"{TABLE}style-name") in unseen
            sheets[element.get(f"{TABLE}name", "")] = SheetFacts(tuple(merges), frozenset(hidden), is_hidden)
            row, merges, hidden = 0, [], set()
        else:
            repeated = _number(element, "number-rows-repeated")
            column, areas = 0, []
            for cell in element:
                down = _number(cell, "number-rows-spanned")
                across = _number(cell, "number-columns-spanned")
                if down > 1 or across > 1:
                    areas.append(((row, column), (row + down - 1, column + across - 1)))
                column += _number(cell, "number-columns-repeated")
            merges += areas
            if element.get(f"{TABLE}visibility", "visible") != "visible" and len(element):
                hidden |= set(range(row + 1, row + min(repeated, _MOST_REPEATED) + 1))
            row += repeated
            element.clear()
    return sheets


_MOST_REPEATED = 10_000  # hidden rows that one element can stand for; more are empty


def _number(element: etree._Element, name: str) -> int:
    """Return a count of repetitions or cells; 1 where it is missing or no plausible number."""
    value = element.get(f"{TABLE}{name}", "1")
    return int(value) if re.fullmatch(r"[1-9]\d{0,6}", value) else 1
