"""Reads OFSI's ConList of 2020: Windows-1252, a line with the date, a header of 29 columns, a row per name.

*Caveats*. A group has a row per name and birth date, and the file is sorted by name, so all rows are stored
before records are made. Passports and identity numbers are prose: a number that opens the cell is used, the
rest becomes a note. Ships are among the entities.
"""

import json
import re
from collections.abc import Iterator
from typing import BinaryIO

from overzicht.dates import LegalDate, Period, read_day_first_date
from overzicht.entities import Listing, Record
from overzicht.sources.interface import ListFileRefusedError, SourceFile
from overzicht.sources.lists.interface import EntryFaultError, Layout, ReadReport, dated
from overzicht.sources.lists.list_values import (
    Statements,
    collapse,
    country_code,
    partial_date,
    split_comment,
)
from overzicht.sources.scratch import scratch
from overzicht.sources.strict import Row, read_table

LIST_ID = "uk"
ASSET_FREEZE = "Asset freeze"
_UNKNOWN_PARTS = re.compile(r"^(?:(?:dd|00)/)?(?:(?:mm|00)/)?", re.IGNORECASE)
_MARK = r"\(?(?:\d{1,2}|[a-z])\)"
_NUMBERED = re.compile(r"\(?(?:1|a)\)\s*\S")
_BETWEEN = re.compile(rf"(?:^|(?<!\s)\s|[,;.])\s*{_MARK}\s*")
_PASSPORT = re.compile(
    r"(?:passport (?:no|number)\b[.:]*\s*)?([A-Z]{0,3}[- ]?\d{5,10})(?=$|[\s.(,])", re.IGNORECASE
)
_NATIONAL_ID = re.compile(r"([A-Z]{0,2}\d[\d-]{4,40}\d)(?=$|[\s.(,])")
_CITIZENSHIP = re.compile(r"(?<!\s)\s+(?:citizenship|nationality|citizen)$", re.IGNORECASE)


def partial_day(text: str) -> str:
    """Return "dd/mm/1968", "00/09/1958", "1985" or a full day as ISO, as far as known; empty if not a date.

    An impossible day raises UnreadableDateError.
    """
    return partial_date(_UNKNOWN_PARTS.sub("", collapse(text)))


def numbered(text: str) -> tuple[str, ...]:
    """Return the items of "(1) one (2) two" or "a) one, b) two"; a text without such marks stays whole."""
    value = collapse(text)
    if not value:
        return ()
    if _NUMBERED.match(value) is None:
        return (value,)
    return tuple(item for part in _BETWEEN.split(value) if (item := part.strip(" ,;")))


def add_countries(prop: str, text: str, out: Statements, label: str) -> None:
    """Add each country of a cell by its code and its remark as a note; an unknown country becomes a note."""
    for item in numbered(text):
        name, remark = split_comment(item)
        code = country_code(_CITIZENSHIP.sub("", name))
        if code:
            out.add(prop, code, original=item, label=label)
        if remark or not code:
            out.note(f"{label}: {item}")


def add_numbers(prop: str, text: str, out: Statements, label: str) -> None:
    """Add each number that a cell opens with; the whole item stays as a note when it says more."""
    pattern = _PASSPORT if prop == "passportNumber" else _NATIONAL_ID
    for item in numbered(text):
        match = pattern.match(item)
        if match is not None:
            out.add(prop, match[1], original=item if match[1] != item else "", label=label)
        if match is None or match[1] != item:
            out.note(f"{label}: {item}")


LAYOUT = Layout("csv-29", "ofsi")
ENCODING = "cp1252"
NAMES = ("Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Name 6")
ADDRESS = ("Address 1", "Address 2", "Address 3", "Address 4", "Address 5", "Address 6", "Post/Zip Code")
HEADER = (
    "Name 6",
    *NAMES[:5],
    "Title",
    "DOB",
    "Town of Birth",
    "Country of Birth",
    "Nationality",
    "Passport Details",
    "NI Number",
    "Position",
    *ADDRESS,
    "Country",
    "Other Information",
    "Group Type",
    "Alias Type",
    "Regime",
    "Listed On",
    "Last Updated",
    "Group ID",
)
_FIRST_LINE = re.compile(rb"Last Updated,(\d{2}/\d{2}/\d{4}),*\r?\n")
_SCHEMATA = {"Individual": "Person", "Entity": "LegalEntity"}
_NAME_KINDS = {"Prime Alias": "name", "AKA": "alias", "FKA": "previousName"}
_IMO = re.compile(r"\bIMO(?: number)?\b[.:]*\s*(\d{7})\b", re.IGNORECASE)


def starts_like_the_list(head: bytes) -> bool:
    """Return whether a file opens with the line of the day and a header of the list."""
    match = _FIRST_LINE.match(head)
    header = head[match.end() :].partition(b"\n")[0] if match is not None else b""
    return header.startswith(b"Name 6,Name 1,Name 2,") and b"Group ID" in header


class _WithoutFirstLine(SourceFile):
    """The file from its second line on, which is where the table starts."""

    def __init__(self, source: SourceFile) -> None:
        self._source = source
        self.filename, self.path = source.filename, source.path

    def open(self) -> BinaryIO:
        stream = self._source.open()
        stream.readline()
        return stream

    def sibling(self, name: str) -> SourceFile | None:
        return self._source.sibling(name)


def read_records(source: SourceFile, report: ReadReport) -> Iterator[Record]:
    """Yield a record per Group ID, in the order in which the groups first appear."""
    with source.open() as stream:
        match = _FIRST_LINE.match(stream.readline(200))
    if match is None:
        raise ListFileRefusedError(
            source.filename, "the first line does not state the date of the list", place="line 1"
        )
    with dated(source, "line 1"):
        report.published = read_day_first_date(match[1].decode())
    groups: dict[str, None] = {}
    rows = read_table(
        _WithoutFirstLine(source), header=HEADER, encoding=ENCODING, on_bad_row=report.problems.append
    )
    with scratch() as waiting:
        for row in rows:
            number = row.take("Group ID")
            place = re.sub(r"\d+", lambda match: str(int(match[0]) + 1), row.place)
            if not number.isdecimal():
                report.problem(place, f"its Group ID is {number!r}")
                continue
            groups[number] = None
            waiting.keep(number, json.dumps([place, {name: row.take_exact(name) for name in HEADER[:-1]}]))
        for number in groups:
            group = [Row(place, fields) for place, fields in map(json.loads, waiting.kept(number))]
            place = f"Group ID {number} ({group[0].place})"
            with report.record(place):
                yield _record(number, group, place, report)


def _record(number: str, rows: list[Row], place: str, report: ReadReport) -> Record:
    rows.sort(key=lambda row: row.peek("Alias Type") != "Prime Alias")
    kinds = {row.take("Group Type") for row in rows}
    if len(kinds) != 1 or not kinds <= _SCHEMATA.keys():
        raise EntryFaultError(f"unsupported group type {', '.join(sorted(kinds))!r}")
    schema = _SCHEMATA[kinds.pop()]
    ships = _IMO.findall(rows[0].peek("Other Information")) if schema == "LegalEntity" else []
    schema = "Organization" if ships else schema  # which can hold the number of a ship
    out = Statements(schema)
    if rows[0].peek("Alias Type") != "Prime Alias":
        raise EntryFaultError("none of its rows gives the main name (Prime Alias)")
    periods: dict[str, Period] = {}
    for row in rows:
        kind = row.take("Alias Type")
        if kind not in _NAME_KINDS:
            raise EntryFaultError(f"unsupported kind of name {kind!r}; supported: {', '.join(_NAME_KINDS)}")
        parts = [row.take_exact(column) for column in NAMES]
        name = collapse(" ".join(parts))
        if not name:
            raise EntryFaultError(f"{row.place} has no name")
        if kind == "Prime Alias" or not out.has("name", name):
            out.add(_NAME_KINDS[kind], name)
        regime, listed = collapse(row.take("Regime")), row.take("Listed On")
        if not regime:
            raise EntryFaultError("it names no regime")
        periods.setdefault(regime, Period(LegalDate(read_day_first_date(listed))))
        for title in numbered(row.take("Title")):
            out.add("title", title, label="Title")
        born = row.take("DOB")
        if born:
            out.add("birthDate", partial_day(born), original=born, label="Date of birth")
        for town in numbered(row.take("Town of Birth")):
            out.add("birthPlace", town, label="Town of birth")
        add_countries("birthCountry", row.take("Country of Birth"), out, "Country of birth")
        add_countries("nationality", row.take("Nationality"), out, "Nationality")
        add_numbers("passportNumber", row.take("Passport Details"), out, "Passport")
        add_numbers("idNumber", row.take("NI Number"), out, "National identity number")
        for position in numbered(row.take("Position")):
            out.add("position", position, label="Position")
        country = collapse(row.take("Country"))
        lines = [part for column in ADDRESS if (part := collapse(row.take(column)))]
        if lines:
            out.add("address", ", ".join(filter(None, (*lines, country))))
        add_countries("country", country, out, "Country")
        out.note(row.take("Other Information"))
        row.ignore(("Last Updated",), report.ignored)
        row.finish()
    for ship in ships:
        out.add("imoNumber", f"IMO{ship}")
    record_id = f"{LIST_ID}-ofsi-{number}"
    listings = tuple(
        Listing(f"{record_id}:{regime}", LIST_ID, ASSET_FREEZE, period, programme=regime)
        for regime, period in periods.items()
    )
    return Record(record_id, schema, out.all(), place, listings)
