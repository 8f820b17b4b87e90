"""Workbooks (XLSX, XLSM, XLSB, XLS, ODS) as raw tables, merged cells filled in."""

import io
import zipfile
from collections.abc import Iterable
from types import ModuleType
from typing import TYPE_CHECKING

from overzicht.errors import InputFileError, MissingExtraError, UnknownNameError
from overzicht.sources.files import BROKEN
from overzicht.sources.inventories.tables.packed import bounded_copy
from overzicht.sources.inventories.tables.sheet_facts import SheetFacts, sheet_facts
from overzicht.sources.inventories.tables.table import Cell, RawTable, TableRow

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # XLS of Excel 97 to 2003
MAX_OLE_BYTES = 50_000_000
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
        facts = sheet_facts(stream)
        stream.seek(0)
    else:
        if len(data) > MAX_OLE_BYTES:
            raise InputFileError(filename, "the workbook is too large", fix="save it as XLSX")
        stream, facts = io.BytesIO(data), {}
    calamine = calamine_module()
    try:
        with calamine.CalamineWorkbook.from_filelike(stream) as workbook:
            worksheet, visible = calamine.SheetTypeEnum.WorkSheet, calamine.SheetVisibleEnum.Visible
            sheets = [meta for meta in workbook.sheets_metadata if meta.typ == worksheet]
            if sheet and sheet not in {meta.name for meta in sheets}:
                raise UnknownNameError("sheet", sheet, tuple(meta.name for meta in sheets))
            tables = []
            for meta in sheets:
                if sheet in {"", meta.name}:
                    table = _table(workbook.get_sheet_by_name(meta.name), facts.get(meta.name, SheetFacts()))
                    table.is_hidden |= meta.visible != visible
                    tables.append(table)
            return tables
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


def _table(sheet: "CalamineSheet", facts: SheetFacts) -> RawTable:
    before: list[Cell] = [""] * (sheet.start[1] if sheet.start else 0)
    cells: Iterable[list[Cell]] = ([*before, *row] for row in sheet.iter_rows())
    merges = (*(sheet.merged_cell_ranges or ()), *facts.merges)
    headings: set[int] = set()
    if merges:
        cells = list(cells)
        # give each cell of a merge down a column its value; return the rows that one wide cell fills. A
        # merge across a row is a heading and says nothing of the columns it covers, so it is not spread.
        headings = set()
        for (top, left), (bottom, right) in merges:
            if top >= len(cells) or left >= len(cells[top]):
                continue
            for row in range(top + 1, min(bottom, len(cells) - 1) + 1):
                cells[row][left] = cells[top][left]
            filled = sum(cell not in (None, "") for cell in cells[top])
            if right > left and filled == 1:
                headings.add(top + 1)
    rows = [TableRow(n, tuple(row), n in headings) for n, row in enumerate(cells, start=1)]
    return RawTable(
        sheet.name,
        rows,
        hidden=facts.hidden,
        merges=merges,
        is_hidden=facts.is_hidden,
        is_pivot=facts.is_pivot,
    )
