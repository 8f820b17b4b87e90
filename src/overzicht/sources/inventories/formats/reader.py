"""Readers of formats: those that a description names, and any tree or text in which devices are found."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from overzicht.devices import Sighting, Trace
from overzicht.devices.combining import combined
from overzicht.evidence import text
from overzicht.evidence.account import LeftOut
from overzicht.grouping import by_key
from overzicht.sources.interface import Sample
from overzicht.sources.inventories.encoding import detect_encoding
from overzicht.sources.inventories.formats.description import Format, load_formats
from overzicht.sources.inventories.formats.device_lists import find_records
from overzicht.sources.inventories.formats.lines import MAC, described_table, guessed_tables, text_lines
from overzicht.sources.inventories.formats.tree import (
    JOINED,
    KEY,
    as_table,
    joined_values,
    load_tree,
    records_at,
)
from overzicht.sources.inventories.interface import (
    InventoryReader,
    InventoryResult,
    NoDeviceError,
    ReadingOptions,
    UnknownInventoryError,
)
from overzicht.sources.inventories.origin import Origin
from overzicht.sources.inventories.tables.header import MAX_ROWS_ABOVE, check_given, find_header, read_header
from overzicht.sources.inventories.tables.model import RawTable, TableRow
from overzicht.sources.inventories.tables.reader import LEFT_OUT, raw_tables, read_headed, read_tables
from overzicht.sources.inventories.tables.vocabulary import KEEP, plain


class FormatReader(InventoryReader):
    """Reads the format of one description."""

    def __init__(self, described: Format) -> None:
        self.kind, self.title = described.kind, described.title
        self.takes_options = described.engine == "table"
        self.described = described

    def recognise(self, sample: Sample) -> bool:
        """Return whether the sample has every mark of the description."""
        return self.described.is_in(sample.head.decode(detect_encoding(sample.head), errors="replace"))

    def read(self, origin: Origin, options: ReadingOptions) -> InventoryResult:
        """Return a sighting per record; InputFileError when the file has none."""
        described = self.described
        result = (
            self._read_tables(origin, options) if described.engine == "table" else self._read_records(origin)
        )
        if not described.is_per_port:
            return result
        hosts = _hosts(result.sightings)
        return replace(result, sightings=hosts, merged=len(result.sightings) - len(hosts))

    def _read_records(self, origin: Origin) -> InventoryResult:
        described, fields = self.described, self.described.fields
        if described.engine == "tree":
            table, left_out = self._tree_table(origin)
        else:
            table, left_out = described_table(text_lines(origin), described), []
            fields = {name: (name,) for row in table.rows[:1] for name in row.texts}
        table, mapping = _by_field(table, fields, described.constants)
        if len(table.rows) < 2 and not left_out:
            raise NoDeviceError(origin.filename, self.title)
        header = read_header(table, table.rows[0], mapping)
        return _with_left_out(read_headed(self.kind, origin, [(table, header)]), left_out)

    def _tree_table(self, origin: Origin) -> tuple[RawTable, list[LeftOut]]:
        """Return the records at the first path that has devices, and a report of those that are not."""
        described, tree = self.described, load_tree(origin)
        paths = {path for paths in described.fields.values() for path in paths}
        beside = joined_values(tree, described.joined, origin.filename) if described.joined else {}
        table, left_out = as_table([]), list[LeftOut]()
        for path in described.records:
            records = records_at(tree, (path,), origin.filename)
            for _, record in records:
                if value := beside.get(record.get(KEY, "")):
                    record[JOINED] = value
            table = as_table([(n, record) for n, record in records if not paths.isdisjoint(record)])
            others = _leave_out(table, described.only)
            left_out = left_out or others
            if len(table.rows) > 1:
                return table, others
        return table, left_out

    def _read_tables(self, origin: Origin, options: ReadingOptions) -> InventoryResult:
        tables, remarks = raw_tables(origin, options)
        names = {
            plain(cell): cell
            for table in tables
            for row in table.rows[:MAX_ROWS_ABOVE]
            for cell in row.texts
            if cell
        }
        mapping = {
            names[plain(path)]: field
            for field, paths in self.described.fields.items()
            for path in paths
            if plain(path) in names
        }
        mapping |= options.mapping
        for table in tables:
            _keep_macs(table, {name for name, field in mapping.items() if field == "mac"})
        left_out = [row for table in tables for row in _leave_out(table, self.described.only)]
        return _with_left_out(read_tables(self.kind, origin, tables, mapping, tuple(remarks)), left_out)


def _keep_macs(table: RawTable, names: set[str]) -> None:
    """Leave only the MAC addresses of the sentences in these columns; another cell is an address as typed."""
    heads = table.rows[:MAX_ROWS_ABOVE]
    columns = {n for row in heads for n, name in enumerate(row.texts) if name in names}
    for number, row in enumerate(table.rows):
        sentences = {n: row.texts[n] for n in columns if n < len(row.texts) and _is_sentence(row.texts[n])}
        if sentences:
            macs = {n: _first("mac", [sentence]) for n, sentence in sentences.items()}
            cells = tuple(macs.get(n, cell) for n, cell in enumerate(row.cells))
            table.rows[number] = replace(row, cells=cells)


def _is_sentence(cell: str) -> bool:
    return len(cell) > 20 and len(cell.split()) > 3


def _hosts(sightings: Sequence[Sighting]) -> tuple[Sighting, ...]:
    """Return the sightings of ports as one sighting for each network address."""
    by_address = by_key((sighting.address or sighting.id, sighting) for sighting in sightings)
    return tuple(combined(of_host) for of_host in by_address.values())


def _with_left_out(result: InventoryResult, left_out: Sequence[LeftOut]) -> InventoryResult:
    records = result.records + sum(row.records for row in left_out)
    return replace(result, left_out=(*result.left_out, *left_out), records=records)


def _leave_out(table: RawTable, only: Mapping[str, str]) -> list[LeftOut]:
    """Remove the rows with a cell that does not match the pattern of its column; return a report of each."""
    left_out = []
    known = {path for paths in only for path in paths.split("|")}
    names = next((row.texts for row in table.rows if known & set(row.texts)), ())
    columns = {
        names.index(p): pattern for paths, pattern in only.items() for p in paths.split("|") if p in names
    }
    for row in list(table.rows):
        cells = {n: row.texts[n] if n < len(row.texts) else "" for n in columns}
        misfit = next((cell for n, cell in cells.items() if not re.search(columns[n], cell)), None)
        if misfit is not None and row.texts != names and not row.is_empty:
            table.rows.remove(row)
            left_out.append(LeftOut(table.place(row.number), text("Not surveillance equipment"), misfit[:80]))
    return left_out


def _by_field(
    table: RawTable, fields: Mapping[str, Sequence[str]], constants: Mapping[str, str]
) -> tuple[RawTable, dict[str, str]]:
    """Return the table with a column for each field, the first filled place of it, and the rest as it is.

    The mapping gives every column its field; what the description does not name has none.
    """
    names = table.rows[0].texts if table.rows else ()
    positions = {
        name: [names.index(path) for path in paths if path in names] for name, paths in fields.items()
    }
    used = {column for columns in positions.values() for column in columns}
    rest = [n for n in range(len(names)) if n not in used]
    shown: dict[str, str] = {}
    for name, columns in positions.items():
        if columns:  # a path that gives two fields is a column for each
            path = names[columns[0]]
            shown[name] = f"{path} ({name})" if path in shown.values() else path
    header = (*shown.values(), *(names[n] for n in rest), *constants)
    rows = [TableRow(0, header)]
    for row in table.rows[1:]:
        firsts = (_first(name, [row.texts[n] for n in positions[name]]) for name in shown)
        rows.append(TableRow(row.number, (*firsts, *(row.texts[n] for n in rest), *constants.values())))
    mapping = {names[n]: KEEP for n in rest}
    mapping |= {path: name for name, path in shown.items()} | {name: name for name in constants}
    return RawTable(table.sheet, rows, table.row_word, table.problems), mapping


def _first(field: str, cells: Sequence[str]) -> str:
    """Return the first filled cell; of a cell for a MAC address, the addresses in it."""
    if field == "mac":
        cells = [", ".join(match[0] for match in MAC.finditer(cell)) for cell in cells]
    return next(filter(None, cells), "")


class TreeReader(InventoryReader):
    """Reads JSON, YAML or XML of an unknown program, if a list in it describes devices."""

    kind = "tree"
    title = "JSON, YAML or XML with a list of devices"
    takes_options = True

    def recognise(self, sample: Sample) -> bool:
        """Return whether the sample starts as JSON or XML, or looks like YAML."""
        start = sample.head.lstrip(b"\xef\xbb\xbf \t\r\n")
        is_yaml = sample.filename.lower().endswith((".yml", ".yaml"))
        return start[:1] in {b"{", b"<"} or bool(re.match(rb"\[\s*[\[{\]]", start)) or is_yaml

    def read(self, origin: Origin, options: ReadingOptions) -> InventoryResult:
        """Return a sighting per record of the lists of devices; UnknownInventoryError for none."""
        check_given(options.mapping)
        lists = find_records(load_tree(origin), origin.filename, options.mapping)
        if not lists:
            raise UnknownInventoryError(origin.filename, "no list in it has the columns of devices")
        return read_headed(self.kind, origin, lists)


class TextReader(InventoryReader):
    """Reads text of an unknown program: columns, blocks of `name: value`, or lines with MAC addresses."""

    kind = "text"
    title = "text with columns, blocks or lines that name MAC addresses"
    takes_options = True

    def recognise(self, sample: Sample) -> bool:
        """Return whether the sample is text in which devices are found."""
        if re.search(rb"[\x01-\x08]", sample.head):
            return False
        lines = sample.head.decode(detect_encoding(sample.head), errors="replace").splitlines()
        return any(find_header(table, {}) for table in guessed_tables(lines))

    def read(self, origin: Origin, options: ReadingOptions) -> InventoryResult:
        """Return a sighting per record of the reading that gives most; UnknownInventoryError for none."""
        check_given(options.mapping)
        guesses = guessed_tables(text_lines(origin))
        tables = [table for table in guesses if find_header(table, options.mapping)]
        results = [read_tables(self.kind, origin, [table], options.mapping) for table in tables]
        if not results:
            raise UnknownInventoryError(origin.filename, "no columns, blocks or lines in it describe devices")
        best = max(results, key=_content)
        remark = text(
            "The program that wrote this text is unknown. The text was read by its columns and addresses"
        )
        return replace(_only_hosts(best), remarks=(remark, *best.remarks))


def _only_hosts(result: InventoryResult) -> InventoryResult:
    """Return the result of a list of hosts with its lines without an address as notes, not as devices."""
    numbered = [s for s in result.sightings if s.values(Trace.MAC) or re.search(r"[.:]\d", s.address)]
    hosts = numbered or [s for s in result.sightings if s.address]
    is_of_hosts = {"mac", "address"} & {column.field for column in result.mapping}
    if not hosts or not is_of_hosts:
        return result
    others = [sighting for sighting in result.sightings if sighting not in hosts]
    notes = [LeftOut(s.citation.place, LEFT_OUT["note"], _words(s)) for s in others]
    return replace(result, sightings=tuple(hosts), left_out=(*result.left_out, *notes))


def _words(sighting: Sighting) -> str:
    values = [value for values in sighting.traces.values() for value in values]
    return " ".join(filter(None, [sighting.label, sighting.site, *values, *sighting.extra.values()]))[:200]


def _content(result: InventoryResult) -> int:
    """Return how much was read of devices: traces, addresses and labels."""
    read = sum(len(s.traces) + bool(s.address) + bool(s.label) for s in result.sightings)
    return read - len(result.problems)


def format_readers() -> tuple[FormatReader, ...]:
    """Return a reader for each packaged description."""
    return tuple(FormatReader(described) for described in load_formats())
