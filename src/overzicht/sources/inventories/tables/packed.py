"""Workbooks are zip archives: measured and bounded before any parser sees them.

The parser of workbooks is fast native code without limits of its own: it would unpack a bomb, and it keeps
every cell up to the last used one, so one cell in the far corner costs 400 GB. So the archive is unpacked
here within limits, the used area of each sheet is measured, and the parser gets a new archive of that.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import IO

from lxml import etree

from overzicht.errors import InputFileError
from overzicht.safexml import SAFE_XML
from overzicht.sources.files import BROKEN, DamagedArchiveError, TooLargeError
from overzicht.sources.inventories.xml import UnsafeXmlError

MAX_UNPACKED_BYTES = 300_000_000
MAX_SHEET_BYTES = 1_500_000_000  # of sheets that are read in pieces: 20 million cells are about as much
PIECE = 1 << 22
LONGEST_TAG = 1 << 24
MAX_RATIO = 150  # sheets of repeated text pack 10 to 50 times
RATIO_FREE_BYTES = 20_000_000
MAX_CELLS = 20_000_000  # a million rows of 20 columns
SHEETS = "xl/worksheets/"
_CELL = re.compile(rb"""<(?:\w+:)?c\b[^<>]*?\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_MEMBERS = re.compile(
    r"(xl/.*\.(xml|rels|bin)|content\.xml|styles\.xml|\[Content_Types\]\.xml|mimetype|(META-INF|_rels)/.*)$"
)


def bounded_copy(data: bytes, filename: str) -> io.BytesIO:
    """Return a workbook with only the parts that hold tables, all of them measured.

    Raises TooLargeError past a limit, DamagedArchiveError for a broken archive, UnsafeXmlError for entities.
    """
    copy = io.BytesIO()
    try:
        with (
            zipfile.ZipFile(io.BytesIO(data)) as archive,
            zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as kept,
        ):
            most = max(RATIO_FREE_BYTES, len(data) * MAX_RATIO)
            left, of_sheets = min(MAX_UNPACKED_BYTES, most), min(MAX_SHEET_BYTES, most)
            for info in archive.infolist():
                if info.filename.endswith("/") or not _MEMBERS.match(info.filename):
                    continue
                if info.filename.startswith(SHEETS) and info.filename.endswith(".xml"):
                    of_sheets -= _copy_sheet(archive, info, kept, (filename, of_sheets))
                    continue
                with archive.open(info) as member:
                    content = member.read(left + 1)
                if len(content) > left:
                    raise _too_long(filename, left, info.filename)
                left -= len(content)
                if info.filename.endswith(".xml") and b"<!ENTITY" in content:
                    raise UnsafeXmlError(filename)
                if (
                    info.filename == "content.xml"
                    and (cells := _repeated_area(content, filename)) > MAX_CELLS
                ):
                    raise too_many_cells(filename, cells)
                kept.writestr(info.filename, content, zipfile.ZIP_STORED)
    except BROKEN as error:
        raise DamagedArchiveError(
            filename, f"not a whole workbook ({error})", fix="save it again in the spreadsheet program"
        ) from error
    except RuntimeError as error:  # zipfile's word for an encrypted member
        raise InputFileError(
            filename, "the workbook is protected by a password", fix="save a copy without one"
        ) from error
    copy.seek(0)
    return copy


def _copy_sheet(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, kept: zipfile.ZipFile, limit: tuple[str, int]
) -> int:
    """Copy a sheet in pieces that are measured; return its bytes. `limit` is the file and what is left."""
    filename, left = limit
    rows = columns = 1
    size = 0
    with archive.open(info) as member, kept.open(info.filename, "w", force_zip64=True) as copy:
        for piece in tag_pieces(member, filename):
            size += len(piece)
            if size > left:
                raise _too_long(filename, left, info.filename)
            if b"<!ENTITY" in piece:
                raise UnsafeXmlError(filename)
            if cells := _CELL.findall(piece):
                rows = max(rows, *(int(number) for _, number in cells))
                columns = max(columns, *map(_column, {letters for letters, _ in cells}))
            if rows * columns > MAX_CELLS:
                raise too_many_cells(filename, rows * columns)
            copy.write(piece)
    return size


def tag_pieces(stream: IO[bytes], filename: str) -> Iterator[bytes]:
    """Yield XML in pieces that no tag crosses; DamagedArchiveError for a tag longer than `LONGEST_TAG`."""
    rest = b""
    while piece := stream.read(PIECE):
        whole = rest + piece
        end = max(whole.rfind(b"<"), 0)
        if len(whole) - end > LONGEST_TAG:
            raise DamagedArchiveError(filename, "a tag in it does not end", fix="save it again")
        yield whole[:end]
        rest = whole[end:]
    yield rest


def _too_long(filename: str, left: int, part: str) -> TooLargeError:
    return TooLargeError(
        filename,
        f"the workbook unpacks to more than {left:,} bytes in {part}",
        fix="save only the table to a new workbook",
    )


def too_many_cells(filename: str, cells: int, most: int = MAX_CELLS) -> TooLargeError:
    """Return the error for a table that is too large."""
    return TooLargeError(
        filename,
        f"the used area of a table is {cells:,} cells, more than the limit of {most:,}",
        fix="delete the empty rows and columns beyond the table and save again",
    )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _repeated_area(content: bytes, filename: str) -> int:
    """Return the largest area of filled cells in an OpenDocument sheet, repetitions unrolled."""
    largest = rows = columns = 0
    context = etree.iterparse(
        io.BytesIO(content), events=("end",), tag=(f"{_TABLE}table-row", f"{_TABLE}table"), **SAFE_XML
    )
    waiting = 0
    try:
        for _, element in context:
            if element.tag == f"{_TABLE}table":
                largest, rows, columns, waiting = max(largest, rows * columns), 0, 0, 0
                continue
            # the column of the last cell with content, counted from 1; 0 for an empty row
            column = width = 0
            for cell in element:
                column += int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
                if cell.get(f"{_OFFICE}value-type") or len(cell):
                    width = column
            repeated = int(element.get(f"{_TABLE}number-rows-repeated", "1"))
            waiting += repeated
            if width:
                rows, waiting, columns = rows + waiting, 0, max(columns, width)
            element.clear()
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DamagedArchiveError(filename, f"not a whole workbook ({error})", fix="save it again") from error
    return max(largest, rows * columns)
