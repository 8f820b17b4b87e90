"""Rows of a table as records: the header by the columns of the mapping, torn rows as problems.

A table is delimited text, a sheet of a workbook, or lists in JSON.
"""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice

from overzicht.errors import InputFileError
from overzicht.sources.interface import ListFileRefusedError, SourceFile
from overzicht.sources.inventories.encoding import detect_encoding
from overzicht.sources.inventories.tables.delimited import DELIMITERS
from overzicht.sources.inventories.tables.workbook import is_workbook, read_workbook
from overzicht.sources.lists.mapped import list_words as words
from overzicht.sources.lists.mapped.context import Reading
from overzicht.sources.lists.mapped.mapping import ListMapping
from overzicht.sources.lists.mapped.parse import MappingError, nearest_fix
from overzicht.sources.lists.mapped.paths import Path, Scope, key_in, plain
from overzicht.sources.strict import DOS_END_OF_FILE

MOST_ABOVE = 60  # rows above a header
MAX_WORKBOOK = 50_000_000
_SAMPLE = 1 << 20
_NOT_COLUMNS = (".", "..", "*", "**")
Cells = tuple[str, list[str]]  # place of a row, and its cells


@dataclass(slots=True)
class Sheet:
    """A table before its header is known: its name, and its rows as (place, cells)."""

    name: str
    rows: Iterator[Cells]
    is_text: bool = False


@dataclass(slots=True)
class Wanted:
    """The columns that a mapping takes: by name the key of the mapping, and those that a table may lack."""

    columns: dict[str, tuple[str, Path]] = field(default_factory=dict)
    optional: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, mapping: ListMapping) -> "Wanted":
        """Return the columns of a mapping; of a pivot those that every row has."""
        needed = cls()
        records = mapping.records
        for path in (path for expression in records.group for path in expression.paths):
            needed.add("records.group", path)
        for column in records.fill_down:
            needed.columns[column] = ("records.fill_down", Path(column, ()))
        if records.pivot is not None:
            for path in records.pivot:
                needed.add("records.pivot", path)
            return needed
        for condition in (*records.where, *records.continues):
            needed.add("records.where", condition.path)
        for expression in mapping.expressions:
            paths = expression.paths if expression.elements is None else (expression.elements,)
            for path in (*paths, *(condition.path for condition in expression.where)):
                needed.add(expression.key, path, is_optional=expression.is_optional)
        return needed

    def add(self, key: str, path: Path, *, is_optional: bool = False) -> None:
        """Add the column of a path."""
        name = path.written
        if name.startswith(("$", "#")) or (path.steps and path.steps[0].name in _NOT_COLUMNS):
            return
        self.columns.setdefault(name, (key, path))
        if is_optional:
            self.optional.add(name)

    def found_in(self, header: Mapping[str, str]) -> list[str]:
        """Return the needed columns that a header has."""
        return [name for name, (_, path) in self.columns.items() if _column(header, path) is not None]


def _column(header: Mapping[str, str], path: Path) -> str | None:
    key = key_in(header, path.written)
    return key if key is not None or not path.steps else key_in(header, path.steps[0].name)


def delimited_sheet(reading: Reading) -> Sheet:
    """Return the rows of a delimited text."""
    source, mapping = reading.source, reading.mapping
    encoding = mapping.records.encoding or _encoding(source)
    try:
        codecs.lookup(encoding)
    except LookupError as error:
        raise MappingError(
            mapping.name,
            "records.encoding",
            f"there is no encoding {encoding!r}",
            "write, for example, `encoding: cp1251`",
        ) from error
    delimiter = mapping.records.delimiter or _delimiter(source, encoding, Wanted.of(mapping))
    if encoding.removesuffix("-sig") != "utf-8":
        reading.report.remarks.append(f"The text was read as {encoding}.")
    return Sheet("", _lines(reading, encoding, delimiter), is_text=True)


def _encoding(source: SourceFile) -> str:
    """Return the encoding of a file: UTF-8 if all of it is, else what its start looks like."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with source.open() as stream:
        head = stream.read(_SAMPLE)
        data = head
        try:
            while data:
                decoder.decode(data)
                data = stream.read(_SAMPLE)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return detect_encoding(head)
    return (
        detect_encoding(head)
        if head[:4].startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE)) or b"\0" in head
        else "utf-8"
    )


def _delimiter(source: SourceFile, encoding: str, needed: Wanted) -> str:
    """Return the delimiter that gives most needed columns in one row, then the most even rows."""
    with source.open() as stream:
        text = stream.read(_SAMPLE).decode(encoding, errors="replace")
    lines = list(islice(io.StringIO(text, newline=""), MOST_ABOVE))

    def fitness(delimiter: str) -> tuple[int, int]:
        try:
            rows = list(csv.reader(lines, delimiter=delimiter))
        except csv.Error:
            return (0, 0)
        best = max((len(needed.found_in(dict.fromkeys(map(_clean, row), ""))) for row in rows), default=0)
        widths = [len(row) for row in rows if row]
        return best, max((widths.count(width) * (width > 1) for width in set(widths)), default=0)

    return max(DELIMITERS, key=fitness)


def _lines(reading: Reading, encoding: str, delimiter: str) -> Iterator[Cells]:
    source = reading.source
    with io.TextIOWrapper(source.open(), encoding=encoding, newline="") as text:
        reader = csv.reader(text, delimiter=delimiter, strict=True)
        try:
            for cells in reader:
                yield f"line {reader.line_num}", cells
        except csv.Error as error:
            reading.report.problem(
                f"line {reader.line_num}",
                f"not a whole table ({error})",
                "the file may be cut off; fetch it again",
            )
        except UnicodeDecodeError as error:
            raise ListFileRefusedError(
                source.filename,
                f"byte {error.object[error.start]:#04x} is not {encoding}",
                place=f"after line {reader.line_num}",
                fix="give `encoding` under `records`, for example cp1251",
            ) from error


def workbook_sheets(reading: Reading) -> list[Sheet]:
    """Return the sheets of a workbook that the mapping names; all without a name."""
    source, mapping = reading.source, reading.mapping
    with source.open() as stream:
        data = stream.read(MAX_WORKBOOK + 1)
    if len(data) > MAX_WORKBOOK:
        raise ListFileRefusedError(source.filename, f"the workbook is larger than {MAX_WORKBOOK:,} bytes")
    if not is_workbook(data[:8]):
        raise ListFileRefusedError(
            source.filename, "it is not a workbook", fix="write another `records.format`"
        )
    try:
        tables = read_workbook(data, source.filename)
    except InputFileError as error:
        raise ListFileRefusedError(source.filename, error.reason, fix=error.fix) from error
    names = [table.sheet for table in tables]
    needed = mapping.records.sheets
    chosen = names
    if needed and needed != ("*",):
        numbers = {str(number): sheet for number, sheet in enumerate(names, start=1)}
        meant = {plain(text) for text in needed}
        numbered = {numbers.get(text) for text in needed if text not in names}
        chosen = [name for name in names if plain(name) in meant or name in numbered]
    if not chosen:
        raise MappingError(
            mapping.name,
            "records.sheet",
            f"{source.filename} has no sheet {', '.join(mapping.records.sheets)}",
            f"its sheets: {', '.join(names)}",
        )
    # a cell as text; line ends in it stay, because lists put one name on each line
    return [
        Sheet(
            table.sheet,
            iter(
                [
                    (
                        table.place(row.number),
                        [
                            c.strip() if isinstance(c, str) else t
                            for c, t in zip(row.cells, row.texts, strict=True)
                        ],
                    )
                    for row in table.rows
                ]
            ),
        )
        for table in tables
        if table.sheet in chosen
    ]


def table_records(sheets: Iterable[Sheet], reading: Reading) -> Iterator[tuple[str, Scope]]:
    """Yield (place, record) of the rows below the header of each sheet with the columns of the mapping.

    A sheet without them is named in a remark, unless no sheet has them: then MappingError names the columns.
    """
    needed = Wanted.of(reading.mapping)
    faults: list[MappingError] = []
    others: list[str] = []
    count = 0
    for sheet in sheets:
        try:
            header, rows = _header(sheet, reading, needed)
        except MappingError as error:
            faults.append(error)
            others.append(sheet.name)
            continue
        count += 1
        yield from _rows(_Table(sheet, header, reading.mapping), rows, reading)
    if not count and faults:
        raise faults[0]
    if others:
        names = ", ".join(others)
        reading.report.remarks.append(f"Sheets without the columns of the mapping were not read: {names}.")


def _header(sheet: Sheet, reading: Reading, needed: Wanted) -> tuple[list[str], Iterator[Cells]]:
    """Return the names of the columns, and the rows below them; MappingError if a column is missing."""
    mapping = reading.mapping
    numbers = mapping.records.header
    if numbers == (0,):
        return list(mapping.records.columns), sheet.rows
    above = list(islice(sheet.rows, max((MOST_ABOVE, *numbers))))
    if numbers:
        chosen = [above[number - 1][1] for number in numbers if number <= len(above)]
        if len(chosen) < len(numbers):
            raise MappingError(
                mapping.name,
                "records.header",
                f"the table has {len(above)} rows",
                "write the number of a row in it",
            )
        # the names of a header of several rows; a name holds for the empty cells to the right of it
        width = max(map(len, chosen))
        parts: list[list[str]] = [[] for _ in range(width)]
        for number, row in enumerate(chosen):
            carried = ""
            for column in range(width):
                cell = _clean(row[column]) if column < len(row) else ""
                carried = cell or (carried if number < len(chosen) - 1 else "")
                if carried and carried not in parts[column]:
                    parts[column].append(carried)
        header, last = [" ".join(part) for part in parts], max(numbers)
    else:
        counts = [
            len(needed.found_in({name: "" for cell in row if (name := _clean(cell))})) for _, row in above
        ]
        best = max(counts, default=0)
        last = counts.index(best) + 1 if best else 1
        header = [_clean(cell) for cell in above[last - 1][1]] if above else []
    # raise MappingError for the first column that the mapping takes and the header lacks
    check_above = [row for _, row in above]
    named = dict.fromkeys(filter(None, header), "")
    for check_name, (key, path) in needed.columns.items():
        if check_name in needed.optional or _column(named, path) is not None:
            continue
        known = (
            list(named)
            if needed.found_in(named)
            else [_clean(c) for row in check_above[:3] for c in row if c.strip()]
        )
        near = nearest_fix(check_name, known)
        shown = ", ".join(known[:40])
        fix = f"its columns: {shown}. `optional: yes` allows that it is missing"
        if near:
            fix = f"{near} The columns of the table: {shown}. `optional: yes` allows that it is missing"
        raise MappingError(mapping.name, key, f"the table has no column {check_name!r}", fix)
    title = " ".join(cell for _, row in above[: last - 1] for cell in row if cell.strip())
    reading.title = reading.title or " ".join(title.split())
    return header, chain(above[last:], sheet.rows)


def _clean(cell: str) -> str:
    return " ".join(cell.replace("\ufeff", "").split())


@dataclass(slots=True)
class _Table:
    sheet: Sheet
    header: list[str]
    mapping: ListMapping
    carried: dict[str, str] = field(default_factory=dict)

    def names(self, width: int) -> list[str]:
        """Return the names of the columns; a repeated one gets its number (`Name#2`), one without `#3`."""
        seen: dict[str, int] = {}
        names = []
        for number in range(max(width, len(self.header))):
            name = self.header[number] if number < len(self.header) else ""
            seen[name] = seen.get(name, 0) + 1
            names.append(f"{name}#{seen[name]}" if name and seen[name] > 1 else name or f"#{number + 1}")
        return names


def _rows(table: _Table, rows: Iterator[Cells], reading: Reading) -> Iterator[tuple[str, Scope]]:
    records, width = table.mapping.records, len(table.header)
    names = table.names(width)
    takes_numbers = any(
        name.startswith("#") for e in table.mapping.expressions for name in (p.written for p in e.paths)
    )
    number = 0
    for place, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        if cells[0].strip() == DOS_END_OF_FILE and table.sheet.is_text:
            reading.account.end = "its end mark 0x1A"
            continue
        number += 1
        reading.account.read += 1
        if table.mapping.header.end is None and words.is_total(cells, width):
            reading.account.leave_out("a row of totals", place)
            continue
        is_even = not width or (len(cells) >= width and not any(cell.strip() for cell in cells[width:]))
        if not is_even and not records.is_ragged and table.sheet.is_text:
            reading.report.problem(
                place,
                f"the row has {len(cells)} cells, {width} are expected",
                "the file may be cut off here; if rows of this list end early, write `ragged: yes`",
            )
            continue
        if len(cells) > len(names):
            names = table.names(len(cells))
        row: dict[str, str] = dict(zip(names, cells, strict=False))
        for name in names[len(cells) :]:
            row[name] = ""
        # give an empty cell of the columns to fill the value above it
        for column in table.mapping.records.fill_down:
            key = key_in(row, column)
            if key is None:
                continue
            if row[key].strip():
                table.carried[key] = row[key]
            else:
                row[key] = table.carried.get(key, "")
        if takes_numbers:
            row.update({f"#{n}": cell for n, cell in enumerate(cells, start=1)})
        notes = {"$row": str(number), "$sheet": table.sheet.name, "$title": reading.title}
        yield place, Scope(row, None, "", notes)
