"""Delimited text: encoding and delimiter found by what they make of the file, faults kept to their line.

`csv.Sniffer` guesses from character counts and is often wrong with title rows or decimal commas; here each
delimiter is tried and judged by the known headers and by how even the rows become.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from overzicht.errors import InputFileError
from overzicht.evidence import Text, text
from overzicht.evidence.account import FileEnd
from overzicht.evidence.cells import unguarded
from overzicht.sources.files import TooLargeError
from overzicht.sources.inventories.encoding import detect_encoding
from overzicht.sources.inventories.interface import InventoryProblem
from overzicht.sources.inventories.tables.packed import MAX_CELLS, too_many_cells
from overzicht.sources.inventories.tables.table import MOST_COLUMNS, RawTable, TableRow, spaced
from overzicht.sources.inventories.tables.vocabulary import vocabulary

DELIMITERS = (";", ",", "\t", "|")
NAMES = {";": "semicolon", ",": "comma", "\t": "tab", "|": "bar"}
SAMPLE_LINES = 60
SAMPLE_LENGTH = 20_000  # characters of a line that show its delimiter
MAX_MEMORY = 1_600_000_000  # bytes, for the text of a table and its cells; the reader's process has more
CELL_BYTES = 50  # a cell takes so many, on top of its text
TEXT_COPIES = 4  # of a file, while it is read
UNCLOSED = "unexpected end of data"  # what the parser says about a quote that nothing closes
TORN_ROW = text("The end of the file cuts this row; it was not read")
MAX_FAULTS = 200  # faulty quotes after which quoting is given up for the rest of the file


@dataclass(frozen=True, slots=True)
class Delimited:
    """A delimited file as a table, and how it was read."""

    table: RawTable
    encoding: str
    delimiter: str

    @property
    def remark(self) -> Text:
        """A sentence on encoding and delimiter."""
        return text(
            "The file was read as {encoding} text with a {delimiter} between columns",
            encoding=self.encoding,
            delimiter=NAMES[self.delimiter],
        )


def read_delimited(data: bytes, filename: str, headers: Sequence[str] = ()) -> Delimited:
    """Return the table in `data`; `headers` are column names that the user expects.

    Raises InputFileError for bytes that are not text.
    """
    _check_memory(len(data), 0, filename)
    encoding = detect_encoding(data)
    errors = "strict"
    try:
        content = data.decode(encoding)
    except UnicodeDecodeError as error:
        if error.start < len(data) - 4:
            raise InputFileError(
                filename,
                f"the text is not valid {encoding} ({error.reason} at byte {error.start})",
                fix="the file may be cut off; export it again",
            ) from error
        errors = "replace"  # a character that the end of the file cuts spoils nothing before it
        content = data.decode(encoding, errors=errors)
    if content.count("\0") > len(content) // 100:
        raise InputFileError(filename, "the file is not text", fix="export the table as CSV or XLSX")
    del content  # the lines are decoded once more: the whole text as well would double the memory
    # split at line ends of any system, and not (as `splitlines`) at form feeds or Unicode separators
    with io.TextIOWrapper(io.BytesIO(data), encoding, errors, newline="") as stream:
        lines = [line.replace("\0", "") if "\0" in line else line for line in stream]
    # the delimiter of Excel's first line `sep=;`, or an empty text
    first = lines[0].strip().strip('"') if lines else ""
    declared = first[4] if len(first) == 5 and first.startswith("sep=") and first[4] in DELIMITERS else ""
    starts = [line[:SAMPLE_LENGTH] for line in lines[:SAMPLE_LINES]]
    delimiter = declared or detect_delimiter(starts, headers)
    # the lines with each quotation mark that is a whole cell as a ditto mark. Only where no other cell has
    # one, and rows with marks are as wide as the others: a program that writes quotes writes such a mark
    # otherwise, and `";"` is one cell of it
    quoting = [line for line in lines if '"' in line]
    total = sum(line.count('"') for line in quoting)
    if total:
        widths = {line.count(delimiter) for line in lines if '"' not in line}
        if not widths or all(line.count(delimiter) in widths for line in quoting):
            mark = re.compile(
                rf'(?:^|(?<={re.escape(delimiter)}))[ ]?"[ ]?(?={re.escape(delimiter)}|[\r\n]|$)'
            )
            if sum(len(mark.findall(line)) for line in lines) == total:
                lines = [mark.sub("″", line) for line in lines]
    cells = sum(line.count(delimiter) for line in lines) + len(lines)
    if cells > MAX_CELLS:
        raise too_many_cells(filename, cells)
    _check_memory(len(data), cells, filename)
    csv.field_size_limit(MAX_MEMORY)  # a long cell is text; the whole file has a limit
    table = RawTable("", [], row_word="line")
    table.rows = list(_rows(lines, delimiter, table, first=1 if declared else 0))
    # a last row that the end of the file cuts is unread: its line has no end, as other lines have, and it has
    # fewer cells than the row above
    rows = table.rows
    is_shorter = len(rows) > 1 and len(rows[-1].cells) < len(rows[-2].cells)
    if is_shorter and not lines[-1].endswith(("\n", "\r")):
        table.unread.append(InventoryProblem(table.place(rows.pop().number), TORN_ROW))
        table.end = FileEnd(False, text("The last row has no line end, and fewer cells than the row above"))
    return Delimited(table, encoding, delimiter)


def _check_memory(size: int, cells: int, filename: str) -> None:
    """Raise TooLargeError for a text of `size` bytes and so many cells that needs too much memory."""
    needed = TEXT_COPIES * size + CELL_BYTES * cells
    if needed > MAX_MEMORY:
        raise TooLargeError(
            filename,
            f"the table needs about {needed // 1_000_000:,} MB of memory, more than the limit of "
            f"{MAX_MEMORY // 1_000_000:,} MB",
            fix="split the table, or save only the columns that describe devices",
        )


def detect_delimiter(lines: Sequence[str], headers: Sequence[str] = ()) -> str:
    """Return the delimiter that makes most known headers, then the most even rows of two columns or more."""
    return max(DELIMITERS, key=lambda delimiter: _fitness(lines, delimiter, headers))


def _fitness(lines: Sequence[str], delimiter: str, headers: Sequence[str]) -> tuple[int, float]:
    try:
        rows = [row for row in csv.reader(lines, delimiter=delimiter) if any(cell.strip() for cell in row)]
    except csv.Error:
        return (0, 0.0)
    if not rows:
        return (0, 0.0)
    starts = [row[:MOST_COLUMNS] for row in rows]
    known = max(sum(cell in headers or bool(vocabulary().meanings(cell)) for cell in row) for row in starts)
    width, count = Counter(len(row) for row in rows).most_common(1)[0]
    return (known if width > 1 or known > 1 else 0, count / len(rows) if width > 1 else 0.0)


def _rows(lines: list[str], delimiter: str, table: RawTable, first: int) -> Iterator[TableRow]:
    """Yield the rows; a line with a faulty quote is read as it stands and reported, the rest goes on."""
    start, faults, width = first, 0, 1
    while start < len(lines):
        quoted = faults < MAX_FAULTS
        reader = csv.reader(
            islice(lines, start, None),
            delimiter=delimiter,
            strict=True,
            quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
        )
        done = 0
        try:
            for cells in reader:
                # a cell with a line break and as many delimiters as a row: an open quote ate whole rows
                if reader.line_num - done > 1 and any(
                    "\n" in cell and cell.count(delimiter) >= max(len(cells) - 1, 2) for cell in cells
                ):
                    raise csv.Error("a quote is not closed")  # noqa: TRY301 - the same fault as the parser's
                yield TableRow(
                    start + done + 1,
                    tuple([spaced(unguarded(cell) if cell[:1] == "'" else cell) for cell in cells]),
                )
                done, width = reader.line_num, len(cells) or width
        except csv.Error as error:
            faults += 1
            number = start + done + 1
            # if the lines after an open quote are rows, the quote belongs to one cell
            after = lines[number:] if str(error) == UNCLOSED else []
            fitting = sum(line.count(delimiter) + 1 >= width for line in after)
            if str(error) == UNCLOSED and (not after or fitting * 2 <= len(after)):
                table.unread.append(InventoryProblem(table.place(number), TORN_ROW))
                table.end = FileEnd(False, text("The file ends inside quotation marks"))
                return
            table.problems.append(
                InventoryProblem(
                    f"line {number}",
                    text("A quotation mark in this line has no partner; the line was read without quotes"),
                    text("Correct the quotation marks in this line"),
                )
            )
            plain_line = csv.reader([lines[number - 1]], delimiter=delimiter, quoting=csv.QUOTE_NONE)
            yield from (TableRow(number, tuple(cell.strip('"') for cell in cells)) for cells in plain_line)
            start = number
        else:
            return
