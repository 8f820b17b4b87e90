"""Readers of formats: those that a description names, and any tree or text in which devices are found."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from overzicht.devices import Sighting, Trace
from overzicht.errors import InputFileError
from overzicht.evidence import text
from overzicht.evidence.account import LeftOut
from overzicht.identifiers import mac
from overzicht.sources.interface import Sample
from overzicht.sources.inventories.documents import TORN, Document, load_document
from overzicht.sources.inventories.encoding import detect_encoding
from overzicht.sources.inventories.formats.description import Format, load_formats
from overzicht.sources.inventories.formats.text_lines import (
    MAC,
    described_table,
    guessed_tables,
    text_lines,
)
from overzicht.sources.inventories.formats.tree import (
    JOINED,
    KEY,
    Record,
    as_table,
    joined_values,
    linked,
    records_at,
)
from overzicht.sources.inventories.identity import UNIDENTIFIED, identified, one_per_host, web_sites_apart
from overzicht.sources.inventories.interface import (
    InventoryProblem,
    InventoryReader,
    InventoryResult,
    NoDeviceError,
    ReadingOptions,
    UnknownInventoryError,
)
from overzicht.sources.inventories.origin import Origin
from overzicht.sources.inventories.tables.cell_values import OWN_ADDRESS, is_placeholder
from overzicht.sources.inventories.tables.header import MAX_ROWS_ABOVE, check_given, find_header, read_header
from overzicht.sources.inventories.tables.products import brand_length
from overzicht.sources.inventories.tables.row_roles import LEFT_OUT
from overzicht.sources.inventories.tables.table import RawTable, TableRow
from overzicht.sources.inventories.tables.table_reader import (
    raw_tables,
    read_headed,
    read_tables,
    with_ends,
)
from overzicht.sources.inventories.tables.vocabulary import KEEP, plain, vocabulary

# The name of a maker: `Alcatel-Lucent Enterprise`.
_MAKER = re.compile(r"[A-Z][\w&.-]{1,30}(?: [A-Z][\w&.-]{1,30}){0,2}")


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
            self._read_tables(origin, options)
            if described.engine == "table"
            else self._read_records(origin, options.include)
        )
        if described.is_per_port:
            hosts = one_per_host(result.sightings, described.ports)
            result = replace(result, sightings=hosts, merged=len(result.sightings) - len(hosts))
        # a sighting with the brand that its description begins with, if its model is after it. So a
        # monitoring program gives them: model `OS6900-X20`, description `Alcatel-Lucent OS6900-X20
        # 8.6.299`.
        sightings: list[Sighting] = []
        for sighting in result.sightings:
            models = [words.split()[0] for words in sighting.values(Trace.MODEL)]
            if not models or sighting.values(Trace.BRAND):
                branded = sighting
            else:
                for description in sighting.values(Trace.DESCRIPTION):
                    brand = description.partition(models[0])[0].strip() if models[0] in description else ""
                    if brand_length(brand) or _MAKER.fullmatch(brand):
                        branded = replace(sighting, traces={**sighting.traces, Trace.BRAND: (brand,)})
                        break
                else:
                    branded = sighting
            sightings.append(branded)
        result = replace(result, sightings=tuple(sightings))
        if described.is_own_list:
            return result
        return identified(web_sites_apart(result) if described.is_per_port else result, is_scan=False)

    def _read_records(self, origin: Origin, include: frozenset[str]) -> InventoryResult:
        described, fields = self.described, self.described.fields
        document: Document | None = None
        left_out: list[LeftOut] = []
        torn: list[InventoryProblem] = []
        if described.engine == "tree":
            document = load_document(origin)
            if described.links:
                document = linked(document, described.links, described.dump)
            table, left_out, torn = self._tree_table(document, origin.filename, include)
        else:
            table = described_table(text_lines(origin), described)
            fields = {name: (name,) for row in table.rows[:1] for name in row.texts}
        # the table with a column for each field, the first filled place of it, and the rest as it is. The
        # mapping gives every column its field; what the description does not name has none
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
        rows = [TableRow(0, (*shown.values(), *(names[n] for n in rest), *described.constants))]
        for row in table.rows[1:]:
            firsts = (_first(name, [row.texts[n] for n in positions[name]]) for name in shown)
            rows.append(
                TableRow(row.number, (*firsts, *(row.texts[n] for n in rest), *described.constants.values()))
            )
        mapping = {names[n]: KEEP for n in rest}
        mapping |= {path: name for name, path in shown.items()} | {name: name for name in described.constants}
        table = RawTable(table.sheet, rows, table.row_word, table.problems)
        if len(table.rows) < 2 and not (left_out or torn):
            if document and document.end and document.end.is_whole is False:
                raise InputFileError(
                    origin.filename,
                    f"the file is torn before its first whole record ({document.end.evidence})",
                    fix="export it again",
                )
            raise NoDeviceError(origin.filename, self.title)
        header = read_header(table, table.rows[0], mapping)
        result = _with_left_out(read_headed(self.kind, origin, [(table, header)]), left_out)
        return replace(
            result,
            records=result.records + len(torn),
            unread=(*result.unread, *torn),
            end=document.end if document else result.end,
        )

    def _tree_table(
        self, document: Document, filename: str, include: frozenset[str]
    ) -> tuple[RawTable, list[LeftOut], list[InventoryProblem]]:
        """Return the devices of a document, a report of the other records, and the torn ones."""
        described = self.described
        places = {place for group in described.fields.values() for place in group}
        beside = joined_values(document.value, described.joined, filename) if described.joined else {}
        wished = [path for path in described.others if f"list:{path}" in include]
        devices: list[tuple[int, Record]] = []
        left_out: list[LeftOut] = []
        unread = list(document.unread)
        for path in (*described.records, *wished):
            records, torn = records_at(document, path, filename)
            for _, record in records:
                # what another part of the file says about a record: by its key, or by the name of its stream
                written = (value for value in record.values() if "://" in value) if beside else ()
                addresses = (address for value in written for address in value.split(", "))
                keys = (re.sub(r"[?#].*", "", address).rpartition("/")[2] for address in addresses)
                of_stream = (beside[key] for key in keys if key in beside)
                if value := beside.get(record.get(KEY, "")) or next(of_stream, ""):
                    record[JOINED] = value
            table = as_table([(n, record) for n, record in records if not places.isdisjoint(record)])
            if len(table.rows) > 1:  # else the path leads to something else than the records
                empty = [n for n, record in records if places.isdisjoint(record)]
                left_out += [LeftOut(f"record {n}", UNIDENTIFIED) for n in empty]
            left_out += _leave_out(table, {} if path in wished else described.only)
            named = "" if path in described.records[:1] else f"{path} "
            unread += [InventoryProblem(f"{named}record {n}", TORN) for n in torn]
            names = table.rows[0].texts if table.rows else ()
            devices += [(row.number, dict(zip(names, row.texts, strict=True))) for row in table.rows[1:]]
            if devices and not described.is_together and not wished:
                break
        for path, words in {**described.others, **described.apart}.items():
            records, torn = records_at(document, path, filename)
            if path not in wished and (count := len(records) + len(torn)):
                reason = text("Another list of the file: {words}", words=words)
                name = f"list:{path}" if path in described.others else ""
                left_out.append(LeftOut(path, reason, records=count, include=name))
        if described.is_together or wished:  # the numbers of several lists
            devices = [(n, record) for n, (_, record) in enumerate(devices, start=1)]
        return as_table(devices), left_out, unread

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
            # leave only the MAC addresses of the sentences in these columns; another cell is an address
            # as typed
            macs_names = {name for name, field in mapping.items() if field == "mac"}
            heads = table.rows[:MAX_ROWS_ABOVE]
            columns = {n for row in heads for n, name in enumerate(row.texts) if name in macs_names}
            for number, row in enumerate(table.rows):
                filled = {n: row.texts[n] for n in columns if n < len(row.texts)}
                sentences = {
                    n: cell for n, cell in filled.items() if len(cell) > 20 and len(cell.split()) > 3
                }
                if sentences:
                    macs = {n: _first("mac", [sentence]) for n, sentence in sentences.items()}
                    cells = tuple(macs.get(n, cell) for n, cell in enumerate(row.cells))
                    table.rows[number] = replace(row, cells=cells)
        left_out = [row for table in tables for row in _leave_out(table, self.described.only)]
        is_of_program = self.described.is_own_list or self.described.is_per_port
        chosen = replace(options, mapping=mapping, is_of_program=is_of_program)
        result = read_tables(self.kind, origin, tables, chosen, tuple(remarks))
        return with_ends(_with_left_out(result, left_out), tables)


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
            left_out.append(LeftOut(table.place_of(row), text("Not surveillance equipment"), misfit[:80]))
    return left_out


def _first(field: str, cells: Sequence[str]) -> str:
    """Return the first filled cell; of a cell for a MAC address, the addresses in it."""
    if field == "address":
        cells = [c for c in cells if c and not (is_placeholder(c) or OWN_ADDRESS.match(c))] or cells
    if field == "model":
        cells = ["" if vocabulary().is_in(cell, "protocols") else cell for cell in cells]
    if field == "mac":
        parts = [cell.split(", ") for cell in cells]
        addresses = (
            [[p] if mac.normalize(p) else [m[0] for m in MAC.finditer(p)] for p in own] for own in parts
        )
        cells = [", ".join(address for part in own for address in part if address) for own in addresses]
    return next(filter(None, cells), "")


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
        results = [read_tables(self.kind, origin, [table], options) for table in tables]
        if not results:
            raise UnknownInventoryError(origin.filename, "no columns, blocks or lines in it describe devices")
        best = max(results, key=_content)
        remark = text(
            "The program that wrote this text is unknown. The text was read by its columns and addresses"
        )
        # lines without an address in a list of hosts are notes, not devices
        numbered = [s for s in best.sightings if s.values(Trace.MAC) or re.search(r"[.:]\d", s.address)]
        hosts = numbered or [s for s in best.sightings if s.address]
        is_of_hosts = {"mac", "address"} & {column.field for column in best.mapping}
        if hosts and is_of_hosts:
            others = [sighting for sighting in best.sightings if sighting not in hosts]
            notes = []
            for s in others:
                values = [value for values in s.traces.values() for value in values]
                words = " ".join(filter(None, [s.label, s.site, *values, *s.extra.values()]))[:200]
                notes.append(LeftOut(s.citation.place, LEFT_OUT["note"], words))
            best = replace(best, sightings=tuple(hosts), left_out=(*best.left_out, *notes))
        return replace(best, remarks=(remark, *best.remarks))


def _content(result: InventoryResult) -> int:
    """Return how much was read of devices: traces, addresses and labels."""
    read = sum(len(s.traces) + bool(s.address) + bool(s.label) for s in result.sightings)
    return read - len(result.problems)


def format_readers() -> tuple[FormatReader, ...]:
    """Return a reader for each packaged description."""
    return tuple(FormatReader(described) for described in load_formats())
