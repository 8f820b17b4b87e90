"""The reader of tables: finds the table in each sheet and tells devices from titles, totals and notes."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from overzicht.devices import Sighting
from overzicht.errors import InputFileError, UnknownNameError
from overzicht.evidence import Text, text
from overzicht.evidence.account import LeftOut
from overzicht.identifiers import mac
from overzicht.progress import watched
from overzicht.sources.interface import Sample
from overzicht.sources.inventories.interface import (
    InventoryProblem,
    InventoryReader,
    InventoryResult,
    ReadingOptions,
)
from overzicht.sources.inventories.origin import Origin
from overzicht.sources.inventories.tables.checks import SerialCheck, Sum, Tally
from overzicht.sources.inventories.tables.crosstab import read_crosstab
from overzicht.sources.inventories.tables.delimited import read_delimited
from overzicht.sources.inventories.tables.header import (
    Header,
    check_all_found,
    check_given,
    find_header,
    guess_header,
    is_repeated,
    width_of,
)
from overzicht.sources.inventories.tables.headings import Headings
from overzicht.sources.inventories.tables.json_list import is_json_list, read_json_list
from overzicht.sources.inventories.tables.lexicon import THINGS
from overzicht.sources.inventories.tables.model import MOST_COLUMNS, RawTable, TableRow
from overzicht.sources.inventories.tables.regions import Part, parts_of
from overzicht.sources.inventories.tables.repeats import Repeats
from overzicht.sources.inventories.tables.rows import RowReader
from overzicht.sources.inventories.tables.sheets import Sheet, set_aside, with_sheet_names
from overzicht.sources.inventories.tables.suggestions import suggestion
from overzicht.sources.inventories.tables.values import OWN_ADDRESS, read_number
from overzicht.sources.inventories.tables.vocabulary import vocabulary
from overzicht.sources.inventories.tables.web_page import is_web_page, read_web_page
from overzicht.sources.inventories.tables.workbook import is_workbook, read_workbook

MOST_GAPS = 20  # ranges of empty rows that are named
MOST_NAMED = 8  # rows that one doubt names
MOST_QUOTED = 200  # characters of a row that is left out
LEFT_OUT = {
    "title": text("A title, not a device"),
    "heading": text("A heading, not a device"),
    "total": text("A total, not a device"),
    "repeated header": text("The header once more, not a device"),
    "note": text("A note, not a device"),
    "group address": text("A group address, not a device"),
    "own address": text("The address of the program itself, not a device"),
    "empty": text("Empty rows between the devices"),
    "none": text("A quantity of zero, not a device"),
    **THINGS,
}
SURROUNDINGS = frozenset(LEFT_OUT[what] for what in ("heading", "total", "note"))  # of the devices
AROUND = ("title", "repeated header", "empty")  # rows around the records of a table
GROUP_ADDRESS = re.compile(r"(?:22[4-9]|23\d|255)\.|ff0|FF0")
READING = text("Reading rows")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_SUFFIXES = (".csv", ".tsv", ".tab")


@dataclass(slots=True)
class _Content:
    """Content of the tables read so far; `left_out` has other rows, by the keys of `LEFT_OUT`."""

    sightings: list[Sighting] = field(default_factory=list)
    problems: list[InventoryProblem] = field(default_factory=list)
    left_out: list[tuple[str, LeftOut]] = field(default_factory=list)
    doubts: list[InventoryProblem] = field(default_factory=list)
    serials: SerialCheck = field(default_factory=SerialCheck)
    sums: dict[str, Sum] = field(default_factory=dict)  # of each sheet
    records: int = 0

    def leave_out(self, what: str, place: str, row: TableRow) -> None:
        """Record a row that is not a device, with its words."""
        words = " ".join(cell for cell in row.texts if cell)[:MOST_QUOTED]
        self.add(what, LeftOut(place, LEFT_OUT[what], words, 0 if what in AROUND else 1))

    def read(self, rows: RowReader, row: TableRow, tally: Tally) -> None:
        """Take a row as a device."""
        self.records += 1
        sighting, problems = rows.read(row)
        self.sightings.append(sighting)
        self.problems += problems
        self.serials.add(sighting, row)
        tally.add(sighting.quantity)

    def add(self, what: str, row: LeftOut) -> None:
        """Record something that is not counted."""
        self.records += row.records
        self.left_out.append((what, row))


class TableReader(InventoryReader):
    """Reads delimited text, workbooks, tables of web pages and JSON lists of flat records."""

    kind = "table"
    title = "a table (CSV, XLSX, ODS, XLS, HTML)"
    takes_options = True

    def recognise(self, sample: Sample) -> bool:
        """Return whether the sample is a workbook, a JSON list, or text in columns with a known header."""
        head = sample.head
        if (
            is_workbook(head)
            or is_json_list(head)
            or is_web_page(head)
            or sample.filename.lower().endswith(_SUFFIXES)
        ):
            return True
        if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"<", b"{", b"["} or re.search(rb"[\x01-\x08]", head):
            return False
        try:
            cut = head[: head.rfind(b"\n") + 1] or head  # a sample may end inside a character
            table = read_delimited(cut, sample.filename).table
        except InputFileError:
            return False
        return find_header(table, {}) is not None

    def read(self, origin: Origin, options: ReadingOptions) -> InventoryResult:
        """Return a sighting per row that is a device; InputFileError when no table of devices is found."""
        check_given(options.mapping)
        tables, remarks = raw_tables(origin, options)
        result = read_tables(self.kind, origin, tables, options, tuple(remarks))
        return with_ends(result, tables)


def with_ends(result: InventoryResult, tables: Sequence[RawTable]) -> InventoryResult:
    """Return a result with the rows of raw tables that the end of the file cuts, and what that end shows."""
    unread = tuple(problem for table in tables for problem in table.unread)
    end = next((table.end for table in tables if table.end), result.end)
    return replace(result, records=result.records + len(unread), unread=(*result.unread, *unread), end=end)


def read_tables(
    kind: str,
    origin: Origin,
    tables: Sequence[RawTable],
    options: ReadingOptions,
    remarks: tuple[Text, ...] = (),
) -> InventoryResult:
    """Return what raw tables give, each under its own header; InputFileError when none has one.

    The mapping gives the field of a header; what it does not name is understood by header and values. Sheets
    that are not the list are left out, with their rows, unless the options include them.
    """
    mapping = options.mapping
    sheets = [Sheet(table, _parts(table, mapping, origin.filename)) for table in tables]
    if not any(sheet.parts for sheet in sheets) and not mapping:
        for sheet in sheets:
            header = guess_header(sheet.table)
            sheet.parts = [Part(sheet.table, header)] if header else []
    parts = [part for sheet in sheets for part in sheet.parts]
    if not parts:
        raise _no_header(origin, tables)
    check_all_found(mapping, [part.header for part in parts], origin.filename)
    if not options.sheet:
        set_aside([sheet for sheet in sheets if not sheet.is_empty], options.include)
    aside = [sheet.left_out() for sheet in sheets if sheet.reason is not None]
    counted = [part for sheet in sheets if sheet.reason is None for part in sheet.parts]
    result = _read_parts(kind, origin, with_sheet_names(counted), aside, remarks)
    return replace(result, doubts=(*(doubt for sheet in sheets for doubt in sheet.doubts), *result.doubts))


def _parts(table: RawTable, mapping: Mapping[str, str], file: str) -> list[Part]:
    """Return the tables of a sheet; a table of numbers is one with a row for each number."""
    crosstab = None if mapping else read_crosstab(table)
    return [crosstab] if crosstab else parts_of(table, mapping, file)


def read_headed(
    kind: str, origin: Origin, headed: Sequence[tuple[RawTable, Header]], remarks: tuple[Text, ...] = ()
) -> InventoryResult:
    """Return the content of tables whose header is known."""
    return _read_parts(kind, origin, [Part(table, header, is_sheet=False) for table, header in headed], (), remarks)


def _read_parts(
    kind: str,
    origin: Origin,
    parts: Sequence[Part],
    aside: Sequence[LeftOut],
    remarks: tuple[Text, ...],
) -> InventoryResult:
    content = _Content()
    for part in parts:
        _read_part(origin, part, content)
    for row in aside:
        content.add("sheet", row)
    return InventoryResult(
        kind,
        origin.snapshot,
        tuple(content.sightings),
        content.records,
        tuple(content.problems),
        tuple(column for part in parts for column in part.header.mapping),
        (*remarks, *_remarks(content.left_out)),
        tuple(row for _, row in content.left_out),
        tuple(problem for part in parts for problem in unused_columns(part.table, part.header)),
        doubts=(*content.doubts, *content.serials.all_doubts()),
    )


def raw_tables(origin: Origin, options: ReadingOptions) -> tuple[list[RawTable], list[Text]]:
    """Return the sheets of a file before they are understood, and how it was read."""
    data = origin.read_bytes()
    if is_workbook(data[:8]):
        return read_workbook(data, origin.filename, options.sheet), []
    if options.sheet:
        raise UnknownNameError("sheet", options.sheet)
    if is_web_page(data[:4096]):
        return read_web_page(data, origin.filename), []
    if is_json_list(data[:65_536]):
        return [read_json_list(origin)], []
    read = read_delimited(data, origin.filename, tuple(options.mapping))
    return [read.table], [read.remark]


def _no_header(origin: Origin, tables: Sequence[RawTable]) -> InputFileError:
    first = next((row for table in tables for row in table.rows if not row.is_empty), None)
    if first is not None and (width := width_of(first)) > MOST_COLUMNS:
        return InputFileError(
            origin.filename,
            f"the first row has {width:,} columns; the limit is {MOST_COLUMNS:,}",
            fix="export only the columns that describe devices",
        )
    shown = ", ".join(cell for cell in first.texts if cell)[:200] if first else "nothing"
    return InputFileError(
        origin.filename,
        f"no row was recognised as the header of a table of devices (the first row says: {shown})",
        fix="name the columns in the mapping, for example: Merk=brand, Typenummer=model",
    )


def _read_part(origin: Origin, part: Part, content: _Content) -> None:
    table, header = part.table, part.header
    content.problems += table.problems
    content.doubts += [InventoryProblem(_column_place(table, name), why) for name, why in header.doubts]
    content.doubts += part.doubts
    for row in part.left_out:
        content.add("", row)
    rows = RowReader(origin, table, header, heading=part.heading, status=part.status)
    repeats = Repeats.of(table, header)
    tally = Tally(table, header, content.sums.setdefault(table.sheet, Sum()))
    headings = Headings(header)
    is_legend, is_first = False, True
    following = [*table.rows[1:], None]
    for row, below in zip(watched(table.rows, READING), following, strict=True):
        if header.top <= row.number <= header.row or row.is_empty:
            is_first = True
            continue
        filled = [(n, cell) for n, cell in enumerate(row.texts) if cell]
        if row.number < header.row:
            headings.read_title(filled)
            rows.heading, rows.status = headings.site or part.heading, headings.status or part.status
            content.leave_out("title", table.place_of(row), row)
            continue
        is_short = len(filled) <= 2 and part.is_sheet
        what = headings.read(row, filled, below, is_first=is_first) if is_short else ""
        if what == "heading":
            rows.heading, rows.status = headings.site or part.heading, headings.status or part.status
        if not what:
            full = repeats.fill(row)
            if full is not row:
                row, filled = full, [(n, cell) for n, cell in enumerate(full.texts) if cell]  # noqa: PLW2901
            what = _not_a_device(header, row, filled, is_legend=is_legend)
            if not what and part.is_sheet:
                what = rows.thing(row) or ("none" if rows.is_none(row) else "")
            if what in {"", *THINGS}:
                _doubt_marks(table, row, repeats, content)
        is_first = bool(what) and what != "note"
        if not what:
            repeats.remember(row)
            content.read(rows, row, tally)
            continue
        is_legend |= what == "note" and vocabulary().is_legend(filled[0][1])
        content.leave_out(what, table.place_of(row), row)
        if what == "total":
            content.doubts += tally.check(row)
        elif what in THINGS:
            tally.add(quantity_of(header, row), is_device=False)
        if what in {"heading", "total", "repeated header"}:
            repeats.end_block()
    content.doubts += [*rows.doubts, *_unknown_statuses(table, rows), *_hidden_rows(table, header)]
    _leave_out_gaps(table, header, content)


def _column_place(table: RawTable, name: str) -> str:
    return f"sheet '{table.sheet}', column {name}" if table.sheet else f"column {name}"


def _doubt_marks(table: RawTable, row: TableRow, repeats: Repeats, content: _Content) -> None:
    """Report a ditto mark that stands first in its block."""
    if repeats.crossed:
        reason = text("A mark in this row repeats a cell of the block above it")
        content.doubts.append(InventoryProblem(table.place_of(row), reason))
    elif repeats.missed:
        reason = text("A mark in this row repeats a cell above it, but there is none")
        content.doubts.append(InventoryProblem(table.place_of(row), reason))


def _unknown_statuses(table: RawTable, rows: RowReader) -> Iterator[InventoryProblem]:
    for status, places in rows.unknown.items():
        yield InventoryProblem(
            places[0],
            text(
                "The state “{status}” is not known; {count} rows with it were counted as in use",
                status=status[:80],
                count=len(places),
            ),
        )


def _hidden_rows(table: RawTable, header: Header) -> Iterator[InventoryProblem]:
    numbers = [
        row.number
        for row in table.rows
        if row.number in table.hidden and row.number > header.row and not row.is_empty
    ]
    if numbers:
        shown = ", ".join(map(str, numbers[:MOST_NAMED])) + (", …" if len(numbers) > MOST_NAMED else "")
        yield InventoryProblem(
            f"sheet '{table.sheet}'" if table.sheet else "rows",
            text(
                "{count} rows of this list are hidden (rows {rows}); they were counted",
                count=len(numbers),
                rows=shown,
            ),
        )


def _leave_out_gaps(table: RawTable, header: Header, content: _Content) -> None:
    filled = (row.number for row in table.rows if row.number >= header.row and not row.is_empty)
    gaps = [(a + 1, b - 1) for a, b in pairwise(filled) if b - a > 1]
    if gaps and table.left is None:
        ranges = ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in gaps[:MOST_GAPS])
        first = TableRow(gaps[0][0], ())
        place = table.place(first.number).removesuffix(str(first.number)) + ranges
        content.leave_out("empty", place, first)


def _not_a_device(
    header: Header, row: TableRow, filled: Sequence[tuple[int, str]], *, is_legend: bool
) -> str:
    """Return what a row is if it is not a device, as in `LEFT_OUT`; else an empty text."""
    if row.is_heading:
        return "total" if vocabulary().is_total(filled[0][1]) else "heading"
    if is_repeated(header, row):
        return "repeated header"
    if _is_total(header, filled):
        return "total"
    if not any(_LETTER_OR_DIGIT.search(cell) for _, cell in filled):
        return "note"  # a rule
    is_alone = len(filled) == 1 and filled[0][0] not in header.device_columns and header.width > 1
    is_short = len(filled) <= 2 and (is_legend or vocabulary().is_legend(filled[0][1]))
    return "note" if is_alone or is_short else _no_host(header, dict(filled))


def _is_total(header: Header, filled: Sequence[tuple[int, str]]) -> bool:
    """Return whether a row has the caption of a total, or numbers alone where other rows have words."""
    captions = [n for n, cell in filled if vocabulary().is_total(cell)]
    if not captions and len(filled) == 2 and filled[1][1].isdigit():  # `Aantal`, which is also the title of a column
        captions = [filled[0][0]] if is_count_title(filled[0][1]) else []
    if captions:
        naming = header.naming_columns - {captions[0]}
        return not any(n in naming and not cell.isdigit() for n, cell in filled)
    counts = header.indexes("quantity")
    return bool(counts) and header.has_words and all(n in counts for n, _ in filled)


def is_count_title(cell: str) -> bool:
    """Return whether a cell says `Aantal` or another title of a column of quantities."""
    return any(meaning.field == "quantity" for meaning in vocabulary().meanings(cell.rstrip(" :")))


def quantity_of(header: Header, row: TableRow) -> int:
    """Return the number in the column of quantities; 1 without one."""
    cells = [row.texts[n] for n in header.indexes("quantity") if n < len(row.texts)]
    return next((number for cell in cells if (number := read_number(cell))), 1)


def _no_host(header: Header, filled: Mapping[int, str]) -> str:
    """Return `group address` or `own address` for a row with only such an address."""
    if any(n in filled for n in header.naming_columns.difference(header.indexes("mac"))):
        return ""
    macs = [value for n in header.indexes("mac") if (value := filled.get(n))]
    addresses = [value for n in header.indexes("address") if (value := filled.get(n))]
    normal = [mac.normalize(value) for value in macs]
    is_group = bool(macs) and all(
        re.fullmatch(r"[fF:.-]+", v) or (n and mac.is_group_address(n))
        for v, n in zip(macs, normal, strict=True)
    )
    if is_group or (addresses and not macs and all(GROUP_ADDRESS.match(value) for value in addresses)):
        return "group address"
    return "own address" if addresses and not macs and all(OWN_ADDRESS.match(v) for v in addresses) else ""


def unused_columns(table: RawTable, header: Header) -> Iterator[InventoryProblem]:
    """Yield one report that names the columns that are filled in most rows and give no field."""
    unused = {
        column.column: values
        for column, values in zip(header.columns, header.profiles, strict=True)
        if column and not (column.field or column.given) and values.filled >= 0.5
    }
    if unused:
        first, field = suggestion(unused, {column.field for column in header.mapping})
        reason = text(
            "These columns were not used: {columns}. If one of them describes the device, state its field, "
            "for example --column “{first}={field}”",
            columns=", ".join(f"“{name}”" for name in unused),
            first=first,
            field=field,
        )
        yield InventoryProblem(f"sheet '{table.sheet}', columns" if table.sheet else "columns", reason)


def _remarks(rows: Sequence[tuple[str, LeftOut]]) -> list[Text]:
    """Return a sentence for each kind of row that was left out; notes are quoted, so that none is lost."""
    left_out = Counter(what for what, _ in rows)
    notes = [f"{row.place}: {row.words}" for what, row in rows if what == "note"]
    sentences = {
        "total": text("{count} rows with totals were left out", count=left_out["total"]),
        "repeated header": text("{count} repeated headers were left out", count=left_out["repeated header"]),
        "heading": text("{count} headings between the rows were read as headings", count=left_out["heading"]),
        "note": text(
            "{count} rows with a note and nothing else were left out ({notes})",
            count=left_out["note"],
            notes="; ".join(notes),
        ),
    }
    return [sentence for name, sentence in sentences.items() if left_out[name]]
