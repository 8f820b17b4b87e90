"""Readers of formats: those that a description names, and any tree or text in which devices are found."""

import re
from collections.abc import Mapping, Sequence

from overzicht.errors import InputFileError
from overzicht.evidence import text
from overzicht.sources.interface import Sample
from overzicht.sources.inventories.encoding import detect_encoding
from overzicht.sources.inventories.formats.description import Format, load_formats
from overzicht.sources.inventories.formats.lines import described_table, guessed_tables, text_lines
from overzicht.sources.inventories.formats.tree import as_table, find_records, load_tree, records_at
from overzicht.sources.inventories.interface import InventoryReader, InventoryResult, ReadingOptions
from overzicht.sources.inventories.origin import Origin
from overzicht.sources.inventories.tables.header import find_header, read_header
from overzicht.sources.inventories.tables.model import RawTable, TableRow
from overzicht.sources.inventories.tables.reader import raw_tables, read_headed, read_tables
from overzicht.sources.inventories.tables.vocabulary import KEEP, plain

COLUMNS_IN_FILE = 400


class FormatReader(InventoryReader):
    """Reads the format of one description."""

    def __init__(self, described: Format) -> None:
        self.kind = described.kind  # type: ignore[misc] - of the class elsewhere
        self.title = described.title  # type: ignore[misc]
        self.described = described

    def recognise(self, sample: Sample) -> bool:
        """Return whether the sample has every mark of the description."""
        return self.described.is_in(sample.head.decode(detect_encoding(sample.head), errors="replace"))

    def read(self, origin: Origin, options: ReadingOptions) -> InventoryResult:
        """Return a sighting per record; InputFileError when the file has none."""
        described = self.described
        if described.engine == "table":
            tables, remarks = raw_tables(origin, options)
            headers = {plain(cell): cell for table in tables for row in table.rows[:60] for cell in row.texts}
            mapping = {
                headers[plain(path)]: name
                for name, paths in described.fields.items()
                for path in paths
                if plain(path) in headers
            }
            return read_tables(self.kind, origin, tables, mapping, tuple(remarks))
        if described.engine == "tree":
            records = records_at(load_tree(origin), described.records, origin.filename)
            kept = [(place, record) for place, record in records if _fits(record, described.only)]
            table, mapping = _by_field(as_table(kept), described.fields, described.constants)
        else:
            table = described_table(text_lines(origin), described)
            table, mapping = _by_field(table, {}, described.constants)
        if len(table.rows) < 2:
            raise InputFileError(
                origin.filename,
                f"there is no device in it (read as: {self.title})",
                fix="export the list again",
            )
        header = read_header(table, table.rows[0], mapping)
        return read_headed(self.kind, origin, [(table, header)])


def _fits(record: Mapping[str, str], only: Mapping[str, str]) -> bool:
    return all(re.search(pattern, record.get(path, "")) for path, pattern in only.items())


def _by_field(
    table: RawTable, fields: Mapping[str, Sequence[str]], constants: Mapping[str, str]
) -> tuple[RawTable, dict[str, str]]:
    """Return the table with a column for each field, the first filled place of it, and the rest as it is.

    The mapping gives every column its field, in plain form; what the description does not name has none.
    """
    names = table.rows[0].texts if table.rows else ()
    wanted = {name: [names.index(path) for path in paths if path in names] for name, paths in fields.items()}
    used = {column for columns in wanted.values() for column in columns}
    rest = [n for n in range(len(names)) if n not in used]
    shown = {name: names[columns[0]] for name, columns in wanted.items() if columns}
    header = (*shown.values(), *(names[n] for n in rest), *constants)
    rows = [TableRow(0, header)]
    for row in table.rows[1:]:
        firsts = (next((row.texts[n] for n in wanted[name] if row.texts[n]), "") for name in shown)
        rows.append(TableRow(row.number, (*firsts, *(row.texts[n] for n in rest), *constants.values())))
    mapping = {plain(names[n]): KEEP for n in rest} if fields else {}
    mapping |= {plain(path): name for name, path in shown.items()} | {plain(name): name for name in constants}
    return RawTable(table.sheet, rows, table.row_word, table.problems), mapping


class TreeReader(InventoryReader):
    """Reads JSON, YAML or XML of an unknown program, if a list in it tells of devices."""

    kind = "tree"
    title = "JSON, YAML or XML with a list of devices"

    def recognise(self, sample: Sample) -> bool:
        """Return whether the sample starts as JSON or XML, or looks like YAML."""
        start = sample.head.lstrip(b"\xef\xbb\xbf \t\r\n")
        is_yaml = sample.filename.lower().endswith((".yml", ".yaml"))
        return start[:1] in {b"{", b"[", b"<"} or is_yaml

    def read(self, origin: Origin, options: ReadingOptions) -> InventoryResult:
        """Return a sighting per record of the list that tells most; InputFileError when none tells of devices."""
        best = find_records(load_tree(origin), origin.filename)
        if best is None:
            raise InputFileError(
                origin.filename, "no list in it has names by which devices are known",
                fix="export the devices as CSV, or name the columns with --column",
            )  # fmt: skip
        return read_headed(self.kind, origin, [best])


class TextReader(InventoryReader):
    """Reads text that an unknown program printed: columns, blocks of `name: value`, or lines with MAC addresses."""

    kind = "text"
    title = "text with columns, blocks or lines that name MAC addresses"

    def recognise(self, sample: Sample) -> bool:
        """Return whether the sample is text in which devices are found."""
        if re.search(rb"[\x01-\x08]", sample.head):
            return False
        lines = sample.head.decode(detect_encoding(sample.head), errors="replace").splitlines()
        return any(find_header(table, {}) for table in guessed_tables(lines))

    def read(self, origin: Origin, options: ReadingOptions) -> InventoryResult:
        """Return a sighting per record of the reading that gives most; InputFileError when none gives any."""
        tables = [table for table in guessed_tables(text_lines(origin)) if find_header(table, {})]
        results = [read_tables(self.kind, origin, [table], {}) for table in tables]
        if not results:
            raise InputFileError(
                origin.filename,
                "no columns, blocks or lines in it tell of devices",
                fix="export the list as CSV",
            )
        best = max(results, key=lambda result: sum(len(s.traces) + bool(s.address) for s in result.sightings))
        remark = text("The text is of a program that is not known; it was read by its columns and addresses")
        return InventoryResult(
            self.kind, best.snapshot, best.sightings, best.records, best.problems, best.mapping,
            (remark, *best.remarks), best.left_out, best.unused,
        )  # fmt: skip


def format_readers() -> tuple[FormatReader, ...]:
    """Return a reader for each packaged description."""
    return tuple(FormatReader(described) for described in load_formats())
