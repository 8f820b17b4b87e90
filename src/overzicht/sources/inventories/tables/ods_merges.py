"""The merged cells of OpenDocument workbooks, which the parser of workbooks does not give."""

import io
import re
import zipfile

from lxml import etree

from overzicht.safexml import SAFE_XML

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"

Merge = tuple[tuple[int, int], tuple[int, int]]


def ods_merges(workbook: io.BytesIO) -> dict[str, list[Merge]]:
    """Return the merges of each sheet as (top, left), (bottom, right) from 0; none for other workbooks."""
    with zipfile.ZipFile(workbook) as archive:
        if "content.xml" not in archive.namelist():
            return {}
        content = archive.read("content.xml")
    merges: dict[str, list[Merge]] = {}
    context = etree.iterparse(
        io.BytesIO(content), events=("end",), tag=(f"{TABLE}table-row", f"{TABLE}table"), **SAFE_XML
    )
    row = 0
    areas: list[Merge] = []
    for _, element in context:
        if element.tag == f"{TABLE}table":
            merges[element.get(f"{TABLE}name", "")] = areas
            row, areas = 0, []
            continue
        areas += _merges_of(element, row)
        row += _number(element, "number-rows-repeated")
        element.clear()
    return merges


def _merges_of(row: etree._Element, number: int) -> list[Merge]:
    column, areas = 0, []
    for cell in row:
        down = _number(cell, "number-rows-spanned")
        across = _number(cell, "number-columns-spanned")
        if down > 1 or across > 1:
            areas.append(((number, column), (number + down - 1, column + across - 1)))
        column += _number(cell, "number-columns-repeated")
    return areas


def _number(element: etree._Element, name: str) -> int:
    """Return a count of repetitions or cells; 1 where it is missing or no plausible number."""
    value = element.get(f"{TABLE}{name}", "1")
    return int(value) if re.fullmatch(r"[1-9]\d{0,6}", value) else 1
