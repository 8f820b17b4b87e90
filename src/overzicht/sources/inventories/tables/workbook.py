"""Workbooks (XLSX, XLSM, XLSB, XLS, ODS) as raw tables, merged cells filled in."""

import io
import re
import zipfile
from types import ModuleType
from typing import TYPE_CHECKING

from lxml import etree

from overzicht.errors import InputFileError, MissingExtraError, UnknownNameError
from overzicht.safexml import SAFE_XML
from overzicht.sources.files import BROKEN
from overzicht.sources.inventories.tables.model import Cell, RawTable, TableRow
from overzicht.sources.inventories.tables.packed import bounded_copy

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # XLS of Excel 97 to 2003
MAX_OLE_BYTES = 50_000_000
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
Merge = tuple[tuple[int, int], tuple[int, int]]
_PARTS = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")


def is_workbook(head: bytes) -> bool:
    """Return whether a file starts as a workbook does."""
    return head.startswith((OLE, ZIP))


def read_workbook(data: bytes, filename: str, sheet: str = "") -> list[RawTable]:
    """Return the sheets of a workbook, in order; only `sheet` when one is named.

    Raises InputFileError for a file that is not a workbook, is damaged, protected or too large, and
    UnknownNameError for an unknown sheet.
    """
    if data.startswith(ZIP):
        _check_is_workbook(data, filename)
        stream = bounded_copy(data, filename)
        merges = ods_merges(stream)
        stream.seek(0)
    else:
        if len(data) > MAX_OLE_BYTES:
            raise InputFileError(filename, "the workbook is too large", fix="save it as XLSX")
        stream, merges = io.BytesIO(data), {}
    calamine = calamine_module()
    try:
        with calamine.CalamineWorkbook.from_filelike(stream) as workbook:
            return _tables(workbook, sheet, merges)
    except calamine.PasswordError as error:
        raise InputFileError(
            filename, "the workbook is protected by a password", fix="save a copy without one"
        ) from error
    except calamine.CalamineError as error:
        raise InputFileError(
            filename, f"the workbook cannot be read ({error})", fix="save it again as XLSX or CSV"
        ) from error


def calamine_module() -> ModuleType:
    """Return the reader of workbooks; MissingExtraError if it is not installed."""
    try:
        import python_calamine  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError("reading workbooks (XLSX, ODS)", "office") from error
    return python_calamine


def _check_is_workbook(data: bytes, filename: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if set(_PARTS) & set(archive.namelist()):
                return
    except BROKEN as error:
        raise InputFileError(
            filename, f"not a whole workbook ({error})", fix="save it again in the spreadsheet program"
        ) from error
    raise InputFileError(filename, "this zip archive is not a workbook", fix="give an XLSX or ODS file")


def _tables(workbook: "CalamineWorkbook", sheet_name: str, merges: dict[str, list[Merge]]) -> list[RawTable]:
    worksheet = calamine_module().SheetTypeEnum.WorkSheet
    names = [meta.name for meta in workbook.sheets_metadata if meta.typ == worksheet]
    if sheet_name and sheet_name not in names:
        raise UnknownNameError("sheet", sheet_name, tuple(names))
    return [
        _table(workbook.get_sheet_by_name(name), merges.get(name, []))
        for name in names
        if sheet_name in {"", name}
    ]


def _table(sheet: "CalamineSheet", more_merges: list[Merge]) -> RawTable:
    cells: list[list[Cell]] = [list(row) for row in sheet.to_python(skip_empty_area=False)]
    headings = _fill_merged(cells, [*(sheet.merged_cell_ranges or []), *more_merges])
    rows = [TableRow(n, tuple(row), n in headings) for n, row in enumerate(cells, start=1)]
    return RawTable(sheet.name, rows)


def _fill_merged(cells: list[list[Cell]], merges: list[Merge]) -> set[int]:
    """Give each cell of a merge down a column its value; return the rows that one wide cell fills.

    A merge across a row is a heading and says nothing of the columns it covers, so it is not spread.
    """
    headings = set()
    for (top, left), (bottom, right) in merges:
        if top >= len(cells) or left >= len(cells[top]):
            continue
        for row in range(top + 1, min(bottom, len(cells) - 1) + 1):
            cells[row][left] = cells[top][left]
        filled = sum(cell not in (None, "") for cell in cells[top])
        if right > left and filled == 1:
            headings.add(top + 1)
    return headings


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
