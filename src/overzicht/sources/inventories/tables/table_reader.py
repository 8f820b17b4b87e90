"""The reader of tables: finds the table in each sheet and tells devices from titles, totals and notes."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from overzicht.errors import InputFileError, UnknownNameError
from overzicht.evidence import Text, text
from overzicht.evidence.account import LeftOut
from overzicht.sources.interface import Sample
from overzicht.sources.inventories.interface import (
    InventoryProblem,
    InventoryReader,
    InventoryResult,
    Proposal,
    ReadingOptions,
)
from overzicht.sources.inventories.origin import Origin
from overzicht.sources.inventories.tables.crosstab import read_crosstab
from overzicht.sources.inventories.tables.delimited import read_delimited
from overzicht.sources.inventories.tables.header import (
    Header,
    check_all_found,
    check_given,
    find_header,
    guess_header,
    width_of,
)
from overzicht.sources.inventories.tables.json_list import is_json_list, read_json_list
from overzicht.sources.inventories.tables.overlaps import overlaps
from overzicht.sources.inventories.tables.regions import Part, parts_of
from overzicht.sources.inventories.tables.row_roles import Content, PartReader
from overzicht.sources.inventories.tables.sheets import Sheet, set_aside, with_sheet_names
from overzicht.sources.inventories.tables.suggestions import suggestion
from overzicht.sources.inventories.tables.table import MOST_COLUMNS, RawTable
from overzicht.sources.inventories.tables.turned import turned
from overzicht.sources.inventories.tables.vocabulary import vocabulary
from overzicht.sources.inventories.tables.web_page import is_web_page, read_web_page
from overzicht.sources.inventories.tables.workbook import is_workbook, read_workbook

HEADLESS = text("The table has no header; names and addresses were recognised by their form")
_SUFFIXES = (".csv", ".tsv", ".tab")


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
    sheets = []
    for table in tables:
        side = turned(table, mapping)
        # a table of numbers is one with a row for each number
        crosstab = None if mapping or side else read_crosstab(table)
        parts = [crosstab] if crosstab else parts_of(side or table, mapping, origin.filename)
        sheets.append(Sheet(table, parts))
    if not any(sheet.parts for sheet in sheets) and not mapping:
        for sheet in sheets:
            header = guess_header(sheet.table)
            sheet.parts = [Part(sheet.table, header)] if header else []
    parts = [part for sheet in sheets for part in sheet.parts]
    if not parts:
        first = next((row for table in tables for row in table.rows if not row.is_empty), None)
        if first is not None and (width := width_of(first)) > MOST_COLUMNS:
            no_header = InputFileError(
                origin.filename,
                f"the first row has {width:,} columns; the limit is {MOST_COLUMNS:,}",
                fix="export only the columns that describe devices",
            )
        else:
            shown = ", ".join(cell for cell in first.texts if cell)[:200] if first else "nothing"
            no_header = InputFileError(
                origin.filename,
                f"no row was recognised as the header of a table of devices (the first row says: {shown})",
                fix="name the columns in the mapping, for example: Merk=brand, Typenummer=model",
            )
        raise no_header
    check_all_found(mapping, [part.header for part in parts], origin.filename)
    if not options.sheet:
        set_aside([sheet for sheet in sheets if not sheet.is_empty], options.include)
    aside = [sheet.left_out() for sheet in sheets if sheet.reason is not None]
    counted = [part for sheet in sheets if sheet.reason is None for part in sheet.parts]
    if options.is_of_program:
        counted = [replace(part, is_sheet=False) for part in counted]
    result = _read_parts(kind, origin, with_sheet_names(counted), aside, remarks)
    doubts = [doubt for sheet in sheets for doubt in sheet.doubts]
    doubts += overlaps([sheet for sheet in sheets if sheet.reason is None])
    # what is proposed for a table without header whose rows are a name and an address each. None if the name
    # of the file or the names say that they are of cameras, or if the values tell more
    proposal = None
    for part in counted:
        header = part.header
        tells_little = header.is_guessed and not (header.naming_columns or header.names_cameras)
        if tells_little and not vocabulary().says_camera(origin.filename):
            proposal = Proposal(HEADLESS, part.table.place(part.table.rows[0].number))
            break
    return replace(result, doubts=(*doubts, *result.doubts), proposal=proposal)


def read_headed(
    kind: str, origin: Origin, headed: Sequence[tuple[RawTable, Header]], remarks: tuple[Text, ...] = ()
) -> InventoryResult:
    """Return the content of tables whose header is known."""
    return _read_parts(
        kind, origin, [Part(table, header, is_sheet=False) for table, header in headed], (), remarks
    )


def _read_parts(
    kind: str,
    origin: Origin,
    parts: Sequence[Part],
    aside: Sequence[LeftOut],
    remarks: tuple[Text, ...],
) -> InventoryResult:
    content = Content()
    for part in parts:
        PartReader(origin, part, content).run()
    for row in aside:
        content.add("sheet", row)
    # a sentence for each kind of row that was left out; notes are quoted, so that none is lost
    left_out = Counter(what for what, _ in content.left_out)
    notes = [f"{row.place}: {row.words}" for what, row in content.left_out if what == "note"]
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
    sentences_shown = [sentence for name, sentence in sentences.items() if left_out[name]]
    return InventoryResult(
        kind,
        origin.snapshot,
        content.sightings.values(),
        content.records,
        tuple(content.problems),
        tuple(column for part in parts for column in part.header.mapping),
        (*remarks, *sentences_shown),
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
