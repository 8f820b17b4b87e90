"""Lists published as a workbook: rows of the first sheet, and where its links lead."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime

from lxml import etree

from overzicht.errors import InputFileError
from overzicht.safexml import SAFE_XML
from overzicht.sources.interface import ListFileRefusedError, SourceFile
from overzicht.sources.inventories.tables.packed import bounded_copy
from overzicht.sources.inventories.tables.workbook import calamine_module

MAX_BYTES = 20_000_000  # the lists that we read as workbooks are below one million
_LINK = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}a"
_HREF = "{http://www.w3.org/1999/xlink}href"

CellValue = str | date


def open_workbook(source: SourceFile) -> io.BytesIO:
    """Return the workbook, its size and parts bounded; ListFileRefusedError for anything else."""
    with source.open() as stream:
        data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ListFileRefusedError(source.filename, f"it is larger than {MAX_BYTES:,} bytes")
    try:
        return bounded_copy(data, source.filename)
    except InputFileError as error:
        raise ListFileRefusedError(source.filename, error.message, fix=error.fix) from error


def rows(workbook: io.BytesIO, filename: str) -> Iterator[tuple[int, list[CellValue]]]:
    """Yield (row number from 1, cells) of the first sheet; a cell is a text or a day."""
    calamine = calamine_module()
    workbook.seek(0)
    try:
        with calamine.CalamineWorkbook.from_filelike(workbook) as book:
            if not book.sheet_names:
                raise ListFileRefusedError(filename, "it has no sheet")
            sheet = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except calamine.CalamineError as error:
        raise ListFileRefusedError(
            filename, f"the workbook cannot be read ({error})", fix="fetch it again"
        ) from error
    for number, row in enumerate(sheet, start=1):
        cells: list[CellValue] = []
        for value in row:
            match value:
                case datetime():
                    cells.append(value.date())
                case date():
                    cells.append(value)
                case float() if value.is_integer():
                    cells.append(str(int(value)))
                case _:
                    cells.append(str(value).strip())
        yield number, cells


def links(workbook: io.BytesIO) -> dict[str, str]:
    """Return text → address of the links in the workbook, which the parser of workbooks leaves out."""
    workbook.seek(0)
    with zipfile.ZipFile(workbook) as archive:
        if "content.xml" not in archive.namelist():
            return {}
        content = archive.read("content.xml")
    context = etree.iterparse(io.BytesIO(content), events=("end",), tag=_LINK, **SAFE_XML)
    return {" ".join("".join(a.itertext()).split()): a.get(_HREF, "") for _, a in context}
