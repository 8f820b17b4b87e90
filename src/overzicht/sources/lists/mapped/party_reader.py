"""Reads the parties of a file by a mapping: every record is a party, part of one, left out or unread."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from overzicht.dates import read_iso_date
from overzicht.entities import Record
from overzicht.sources.interface import ListFileRefusedError, SourceFile
from overzicht.sources.inventories.tables.workbook import is_workbook
from overzicht.sources.lists.interface import ReadReport
from overzicht.sources.lists.mapped.context import Reading
from overzicht.sources.lists.mapped.days import read_days
from overzicht.sources.lists.mapped.expressions import values_of
from overzicht.sources.lists.mapped.mapping import ListMapping, Template
from overzicht.sources.lists.mapped.parse import MappingError
from overzicht.sources.lists.mapped.party import Party, PartyReader, lookups_of
from overzicht.sources.lists.mapped.paths import Scope, text_of
from overzicht.sources.lists.mapped.record import RecordMaker
from overzicht.sources.lists.mapped.tables import (
    Sheet,
    delimited_sheet,
    table_records,
    workbook_sheets,
)
from overzicht.sources.lists.mapped.trees import (
    GUARD,
    is_json_lines,
    json_document,
    json_lines,
    read_bytes,
    tree_records,
    xml_document,
)
from overzicht.sources.strict import TORN_LINE, is_torn

HEAD = 4_096
Row = tuple[str, Scope]


@dataclass(slots=True)
class _Opened:
    """A file that was opened: its records, and the tree of the document if it is one."""

    rows: Iterator[Row]
    root: Any = field(default_factory=dict)


def read_records(
    source: SourceFile, mapping: ListMapping, report: ReadReport
) -> Iterator[tuple[Party, Record]]:
    """Yield each party of a file with its record, as `read_parties`; a repeated party counts as merged."""
    maker = RecordMaker(mapping)
    for party in read_parties(source, mapping, report):
        before = len(report.problems)
        record: Record | None = None
        with report.record(party.place):
            record = maker.make(party)
        if record is not None:
            yield party, record
        elif report.account is not None:
            report.account.parties -= 1
            report.account.merged += len(report.problems) == before


def read_parties(source: SourceFile, mapping: ListMapping, report: ReadReport) -> Iterator[Party]:
    """Yield the parties of a file in the order of their first records, and fill the report and its account.

    MappingError if the mapping does not fit the file, ListFileRefusedError if the file is cut.
    """
    reading = Reading(source, mapping, report)
    opened = _open(reading)
    reader = PartyReader(mapping, lookups_of(mapping, opened.root))
    taken = _Use(mapping)
    for place, group in _records(_without_end(opened.rows, reading), reading):
        scopes = [scope for _, scope in group]
        party = reader.read(place, scopes)
        taken.note(scopes, report)
        if party.names or party.numbers:
            reading.account.merged += len(group) - 1
            reading.account.parties += 1
            for unread in party.unread:
                reading.account.not_read(
                    unread.key, f"{place}: {unread.value!r}, {unread.reason}; {unread.fix}"
                )
            yield party
            continue
        for row, _ in group:
            names = mapping.fields.get("name", ())
            written = ", ".join(
                repr(source.written)
                for e in names
                for source in e.sources
                if not isinstance(source, Template)
            )
            node = scopes[0].node
            there = (
                ", ".join(key for key in node if node[key] not in ("", None))[:200]
                if isinstance(node, dict)
                else ""
            )
            where = f"there is nothing at {written}; " if written else ""
            have = f"{where}the record has: {there or 'nothing'}"
            no_name_fix = f"key fields.name: {have}. Leave such records out with `where` under `records`"
            report.problem(row, "it has neither a name nor a number", no_name_fix)
    # the date of the file and its stated number of records; a file without its end mark is refused
    account = reading.account
    document = Scope(opened.root, None, "", {"$title": reading.title, "$file": source.filename})
    given = [(e, value) for e in mapping.published for value in values_of(e, [document], {})]
    for expression, value in given[:1]:
        days = read_days(value.text, expression.order, is_recent=True).values
        if not days or len(days[0]) < len("2026-07-01"):
            fix = "write a path to a day, or `from` and `match` under `published`"
            raise MappingError(mapping.name, "published", f"{value.text!r} is not a day", fix)
        report.published = read_iso_date(days[0])
    for value in (v for e in mapping.records.count for v in values_of(e, [document], {})):
        digits = re.sub(r"[\s.,]", "", value.text)
        account.stated = int(digits) if digits.isdigit() else account.stated
    if mapping.header.end is not None and not account.end.startswith("its end mark"):
        raise ListFileRefusedError(
            source.filename,
            f"its last record is not the end mark {mapping.header.end.pattern!r} of the mapping",
            fix="the file may be cut off; fetch it again",
        )
    if not account.end and is_torn(source):
        report.doubt = TORN_LINE
    report.remarks += taken.remarks()


def _open(reading: Reading) -> _Opened:
    """Open a file by its content; the format of the mapping decides what the content does not show."""
    source, mapping, account = reading.source, reading.mapping, reading.account
    with source.open() as stream:
        head = stream.read(HEAD)
    text = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")
    form = mapping.records.format
    if not text:
        raise ListFileRefusedError(source.filename, "the file is empty", fix="fetch it again")
    if is_workbook(head[:8]):
        _expect(form, "xlsx", source, mapping)
        sheets = workbook_sheets(reading)
        account.end = "the archive of the workbook is whole"
        return _Opened(table_records(sheets, reading))
    if text[:1] == b"<":
        _expect(form, "xml", source, mapping)
        name, root = xml_document(read_bytes(source), source.filename)
        account.end = f"its closing element </{name}>"
        return _Opened(tree_records(root, name, reading), root)
    if form in ("json", "jsonl") or (not form and (text[:1] in (b"[", b"{") or GUARD.match(text))):
        source, mapping = reading.source, reading.mapping
        with source.open() as stream:
            head = stream.read(1 << 20)
        if is_json_lines(head) or (
            mapping.records.format == "jsonl" and head.lstrip(b"\xef\xbb\xbf \r\n")[:1] == b"{"
        ):
            return _Opened(json_lines(reading))
        root = json_document(read_bytes(source), source.filename)
        reading.account.end = "its closing bracket"
        # the table of a JSON document whose records are lists of cells; None if they are not
        node = root
        for path in mapping.records.paths[:1]:
            for step in path.steps:
                node = node.get(step.name) if isinstance(node, dict) else node
        table = None
        if isinstance(node, list) and node and all(isinstance(row, list) for row in node):
            rows = (
                (f"row {number}", [text_of(cell) for cell in row]) for number, row in enumerate(node, start=1)
            )
            table = Sheet("", rows)
        if table is not None:
            return _Opened(table_records([table], reading), root)
        return _Opened(tree_records(root, "", reading), root)
    _expect(form, "csv", source, mapping)
    return _Opened(table_records([delimited_sheet(reading)], reading))


def _expect(form: str, own: str, source: SourceFile, mapping: ListMapping) -> None:
    if form and form != own:
        raise MappingError(
            mapping.name,
            "records.format",
            f"{source.filename} is {own}, the mapping says {form}",
            f"write `format: {own}`, or give the right file",
        )


def _without_end(rows: Iterator[Row], reading: Reading) -> Iterator[Row]:
    """Yield the records without the last one if that is the end mark of the mapping; see `_settle`."""
    mapping, account = reading.mapping, reading.account
    if mapping.header.end is None:
        yield from rows
        return
    waiting_rows: list[Row] = []
    for row in rows:
        yield from waiting_rows
        waiting_rows = [row]
    for place, scope in waiting_rows:
        node = scope.node
        text = " ".join(map(text_of, node.values())) if isinstance(node, dict) else text_of(node)
        if match := mapping.header.end.search(text):
            account.end = f"its end mark {match[0]!r}"
            account.leave_out("the end mark of the file", place)
            digits = next((group for group in match.groups() if group and group.isdigit()), "")
            account.stated = int(digits) if digits else account.stated
        else:
            yield place, scope


def _chosen(rows: Iterable[Row], reading: Reading) -> Iterator[Row]:
    """Yield the records for which the conditions hold; the others are left out with their reason."""
    for place, scope in rows:
        failed = next((c for c in reading.mapping.records.where if not c.holds(scope)), None)
        if failed is None:
            yield place, scope
        else:
            reading.account.leave_out(f"not `{failed.written}`", place)


def _records(rows: Iterator[Row], reading: Reading) -> Iterator[tuple[str, list[Row]]]:
    """Yield (place, rows) of each record: one row, or the rows of one party.

    The conditions of the mapping choose rows, and of a pivot records.
    """
    mapping = reading.mapping
    records = mapping.records
    if records.pivot is None:
        rows = _chosen(rows, reading)
    if records.continues:
        groups: Iterator[list[Row]] = _continued(rows, mapping)
    elif records.group:
        by_key: dict[tuple[str, ...], list[Row]] = {}
        for number, (place, scope) in enumerate(rows):
            keys = (values_of(expression, [scope], {}) for expression in records.group)
            key = tuple(values[0].text if values else "" for values in keys)
            by_key.setdefault(key if any(key) else (str(number), "no key"), []).append((place, scope))
        groups = iter(by_key.values())
    else:
        groups = ([row] for row in rows)
    for group in groups:
        place = group[0][0] if len(group) == 1 else f"{group[0][0]} and {len(group) - 1} more"
        if records.pivot is None:
            yield place, group
            continue
        # rows of a property and a value as one record: the values by property, and the other columns
        assert mapping.records.pivot is not None  # noqa: S101 - the caller has checked it
        name, value = mapping.records.pivot
        first = group[0][1]
        node: dict[str, Any] = dict(first.node)
        own: dict[str, list[str]] = {}
        for _, scope in group:
            for prop in name.select(scope):
                own.setdefault(text_of(prop.node), []).extend(text_of(at.node) for at in value.select(scope))
        pivoted = list(_chosen([(place, first._replace(node={**node, **own}))], reading))
        reading.account.merged += len(group) - 1
        if pivoted:
            yield place, pivoted


def _continued(rows: Iterator[Row], mapping: ListMapping) -> Iterator[list[Row]]:
    group: list[Row] = []
    for place, scope in rows:
        if group and all(condition.holds(scope) for condition in mapping.records.continues):
            group.append((place, scope))
            continue
        if group:
            yield group
        group = [(place, scope)]
    if group:
        yield group


class _Use:
    """Paths of the mapping that led to nothing, and fields of the records that it does not take."""

    def __init__(self, mapping: ListMapping) -> None:
        self._waiting = {
            (e.key, path.written): (e.elements, path)
            for e in mapping.expressions
            for path in e.paths
            if not e.is_optional and path.written != "."
        }
        self._taken = {
            step.name.lstrip("@").casefold()
            for path in chain.from_iterable(_all_paths(mapping))
            for step in path.steps
        } | {path.written.casefold() for path in chain.from_iterable(_all_paths(mapping))}

    def note(self, scopes: Sequence[Scope], report: ReadReport) -> None:
        """Look at the rows of one record."""
        for scope in scopes:
            for key, (elements, path) in list(self._waiting.items()):
                places = elements.select(scope) if elements is not None else [scope]
                if any(path.select(place) for place in places):
                    del self._waiting[key]
            if isinstance(scope.node, dict):
                report.ignored.update(
                    name
                    for name, value in scope.node.items()
                    if value not in ("", None, [], {}) and name.lstrip("@").casefold() not in self._taken
                )

    def remarks(self) -> list[str]:
        """Return a remark for each path at which no record has anything."""
        return [f"Key {key}: no record has anything at {path!r}." for key, path in self._waiting]


def _all_paths(mapping: ListMapping) -> Iterator[Iterator[Any]]:
    records = mapping.records
    yield iter(path for expression in records.group for path in expression.paths)
    yield iter(records.pivot or ())
    yield (condition.path for condition in (*records.where, *records.continues))
    for expression in mapping.expressions:
        yield iter(expression.paths)
        yield iter((expression.elements,) if expression.elements is not None else ())
        yield (condition.path for condition in expression.where)
        yield iter(expression.kind.paths if expression.kind is not None else ())
