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
from overzicht.sources.interface import Sample
from overzicht.sources.inventories.interface import (
    InventoryProblem,
    InventoryReader,
    InventoryResult,
    ReadingOptions,
)
from overzicht.sources.inventories.origin import Origin
from overzicht.sources.inventories.tables.delimited import read_delimited
from overzicht.sources.inventories.tables.header import (
    Header,
    check_all_found,
    check_given,
    find_header,
    guess_header,
    is_repeated,
    split_tables,
    width_of,
)
from overzicht.sources.inventories.tables.json_list import is_json_list, read_json_list
from overzicht.sources.inventories.tables.model import MOST_COLUMNS, RawTable, TableRow
from overzicht.sources.inventories.tables.rows import RowReader
from overzicht.sources.inventories.tables.suggestions import suggestion
from overzicht.sources.inventories.tables.values import OWN_ADDRESS
from overzicht.sources.inventories.tables.vocabulary import vocabulary
from overzicht.sources.inventories.tables.web_page import is_web_page, read_web_page
from overzicht.sources.inventories.tables.workbook import is_workbook, read_workbook

MOST_GAPS = 20  # ranges of empty rows that are named
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
}
SURROUNDINGS = frozenset(LEFT_OUT[what] for what in ("heading", "total", "note"))  # of the devices
AROUND = ("title", "repeated header", "empty")  # rows around the records of a table
GROUP_ADDRESS = re.compile(r"(?:22[4-9]|23\d|255)\.|ff0|FF0")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_SUFFIXES = (".csv", ".tsv", ".tab")


@dataclass(slots=True)
class _Content:
    """Content of the tables read so far; `left_out` has other rows, by the keys of `LEFT_OUT`."""

    sightings: list[Sighting] = field(default_factory=list)
    problems: list[InventoryProblem] = field(default_factory=list)
    left_out: list[tuple[str, LeftOut]] = field(default_factory=list)
    records: int = 0

    def leave_out(self, what: str, place: str, row: TableRow) -> None:
        """Record a row that is not a device, with its words."""
        words = " ".join(cell for cell in row.texts if cell)[:MOST_QUOTED]
        records = 0 if what in AROUND else 1
        self.records += records
        self.left_out.append((what, LeftOut(place, LEFT_OUT[what], words, records)))


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
        result = read_tables(self.kind, origin, tables, options.mapping, tuple(remarks))
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
    mapping: Mapping[str, str],
    remarks: tuple[Text, ...] = (),
) -> InventoryResult:
    """Return what raw tables give, each under its own header; InputFileError when none has one.

    `mapping` gives the field of a header; what it does not name is understood by header and values.
    """
    parts = [part for table in tables for part in split_tables(table, mapping, origin.filename)]
    headed = [(table, header) for table, header in parts if header is not None]
    if not headed and not mapping:
        headed = [(table, header) for table in tables if (header := guess_header(table))]
    if not headed:
        raise _no_header(origin, tables)
    check_all_found(mapping, [header for _, header in headed], origin.filename)
    sheets = {table.sheet for table, _ in headed}
    remarks += tuple(
        text("Sheet “{sheet}” holds no table of devices and was left out", sheet=table.sheet)
        for table in tables
        if table.sheet not in sheets and not all(row.is_empty for row in table.rows)
    )
    return read_headed(kind, origin, headed, remarks)


def read_headed(
    kind: str, origin: Origin, headed: Sequence[tuple[RawTable, Header]], remarks: tuple[Text, ...] = ()
) -> InventoryResult:
    """Return the content of tables whose header is known."""
    content = _Content()
    for table, header in headed:
        _read_rows(origin, table, header, content)
    return InventoryResult(
        kind,
        origin.snapshot,
        tuple(content.sightings),
        content.records,
        tuple(content.problems),
        tuple(column for _, header in headed for column in header.mapping),
        (*remarks, *_remarks(content.left_out)),
        tuple(row for _, row in content.left_out),
        tuple(problem for table, header in headed for problem in unused_columns(table, header)),
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


def _read_rows(origin: Origin, table: RawTable, header: Header, content: _Content) -> None:
    content.problems += table.problems
    rows = RowReader(origin, table, header)
    is_legend = False
    for row in rows.filled_down():
        if header.top <= row.number <= header.row or row.is_empty:
            continue
        left_out = _not_a_device(header, row, is_legend=is_legend)
        if left_out == "heading":
            rows.heading = next(cell for cell in row.texts if cell)
        if left_out:
            is_legend |= left_out == "note" and vocabulary().is_legend(next(filter(None, row.texts)))
            content.leave_out(left_out, table.place(row.number), row)
            continue
        content.records += 1
        sighting, problems = rows.read(row)
        content.sightings.append(sighting)
        content.problems += problems
    gaps = [
        (a + 1, b - 1)
        for a, b in pairwise(row.number for row in table.rows if _counts(row, header))
        if b - a > 1
    ]
    if gaps:
        ranges = ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in gaps[:MOST_GAPS])
        place = table.place(gaps[0][0]).removesuffix(str(gaps[0][0])) + ranges
        content.leave_out("empty", place, TableRow(gaps[0][0], ()))


def _counts(row: TableRow, header: Header) -> bool:
    return row.number >= header.row and not row.is_empty


def _not_a_device(header: Header, row: TableRow, *, is_legend: bool) -> str:
    """Return what a row is if it is not a device, as in `LEFT_OUT`; else an empty text."""
    if row.number < header.row:
        return "title"
    filled = [(n, cell) for n, cell in enumerate(row.texts) if cell]
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
    captions = [n for n, cell in filled[:2] if vocabulary().is_total(cell)]
    if captions:
        naming = header.naming_columns - {captions[0]}
        return not any(n in naming and not cell.isdigit() for n, cell in filled)
    counts = header.indexes("quantity")
    return bool(counts) and header.has_words and all(n in counts for n, _ in filled)


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
