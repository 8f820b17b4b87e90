"""Reads the Australian list as a workbook: one sheet, twelve columns, a row per name.

*Domain*: persons and bodies designated under the Autonomous Sanctions Regulations or by the United Nations.
*Caveats*: rows of one reference ("2", "2a", "34c1") are one record. A few are apart, so all rows are read
first. Only the words state the listing date; the last column is later.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from overzicht.dates import DateBasis, LegalDate, Period, read_written_date
from overzicht.entities import Listing, Record
from overzicht.errors import UnreadableDateError
from overzicht.sources.interface import ListFileRefusedError, Sample, SourceFile
from overzicht.sources.lists.interface import EntryFaultError, Layout, ReadReport
from overzicht.sources.lists.list_values import (
    Statements,
    collapse,
    country_code,
    partial_date,
    split_enumeration,
)
from overzicht.sources.lists.workbook import CellValue, open_workbook, rows

LIST_ID = "au-dfat"
LAYOUT = Layout("xlsx-12")
MEASURE = "Targeted financial sanctions"
(REFERENCE, NAME, TYPE, NAME_TYPE, BORN, BIRTHPLACE, CITIZENSHIP, ADDRESS, MORE, LISTED, COMMITTEES,
 CONTROL) = HEADER = (
    "Reference", "Name of Individual or Entity", "Type", "Name Type", "Date of Birth", "Place of Birth",
    "Citizenship", "Address", "Additional Information", "Listing Information", "Committees", "Control Date",
)  # fmt: skip
WORDS_RULE = "read from the words of the entry's listing information"
CONTROL_RULE = (
    "the entry gives no day of listing in words; the day of its newest control is the latest possible"
)
_SCHEMATA = {"individual": "Person", "entity": "LegalEntity"}
_NAME_TYPES = {"primary name": "name", "aka": "alias", "original script": "alias",
               "formerly known as": "previousName", "previously listed as": "previousName"}  # fmt: skip
_LISTED = re.compile(
    r"(?<!re)(?<!re-)(?<!previously )\b(?:listed|designated)\b[^.;()]{0,60}?"
    r"\bon:? (\d{1,2} [A-Z][a-z]+\.? \d{4})",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"^(?:approximately|approx\.?|circa|about)\s+", re.IGNORECASE)
_NOTHING = frozenset({"", "na", "n/a", "-", "unknown"})
Cells = Mapping[str, CellValue]


def recognise(sample: Sample) -> Layout | None:
    """Return the layout of an Office workbook that is named as the list is, under either of its names."""
    named = re.search(r"regulation8_consolidated|australian_sanctions", sample.filename.lower())
    return LAYOUT if named is not None and sample.head.startswith(b"PK\x03\x04") else None


def read(source: SourceFile, layout: Layout, report: ReadReport) -> Iterator[Record]:
    """Yield a record per reference, in the order in which they first appear."""
    table = rows(open_workbook(source), source.filename)
    headings = [collapse(str(cell)) for cell in next(table, (1, []))[1] if cell]
    if tuple(headings) != HEADER:
        missing = [f"missing {name}" for name in HEADER if name not in headings]
        unknown = [f"unknown {name}" for name in headings if name not in HEADER]
        detail = "; ".join([*missing, *unknown]) or "the columns are in another order"
        raise ListFileRefusedError(source.filename, f"not the official headings ({detail})", place="row 1")
    groups: dict[str, list[tuple[int, Cells]]] = {}
    for number, cells in table:
        if not any(cells):
            continue
        reference = re.match(r"\d+", str(cells[0]))
        extra = [str(cell) for cell in cells[len(HEADER) :] if cell]
        if reference is None or extra:
            reason = f"{extra[0]!r} is in a column without a heading" if extra else "it has no reference"
            report.problem(f"row {number}", reason)
            continue
        groups.setdefault(reference[0], []).append((number, dict(zip(HEADER, cells, strict=False))))
    for reference_number, group in groups.items():
        place = f"reference {reference_number} (row {group[0][0]})"
        with report.record(place):
            record, day = _record(reference_number, [cells for _, cells in group], place)
            report.newest = max(day, report.newest or day)
            yield record


def _text(cells: Cells, column: str) -> str:
    value = cells.get(column, "")
    text = value.isoformat() if isinstance(value, date) else collapse(value)
    return "" if text.lower() in _NOTHING else text


def _record(reference: str, group: list[Cells], place: str) -> tuple[Record, date]:
    kinds = {_text(cells, TYPE).lower() for cells in group}
    if len(kinds) != 1 or not kinds <= _SCHEMATA.keys():
        raise EntryFaultError(f"unsupported type {', '.join(sorted(kinds))!r}")
    schema = _SCHEMATA[kinds.pop()]
    out = Statements(schema)
    for cells in sorted(group, key=lambda row: _text(row, NAME_TYPE).lower() != "primary name"):
        name, kind = _text(cells, NAME), _text(cells, NAME_TYPE).lower()
        if kind not in _NAME_TYPES:
            raise EntryFaultError(f"unsupported kind of name {kind!r}")
        if not name:
            raise EntryFaultError("a row has no name")
        if not out.has("name", name):
            out.add(_NAME_TYPES[kind], name)
        _add_facts(cells, out)
    if not out.all() or out.all()[0].prop != "name":
        raise EntryFaultError("none of its rows gives the primary name")
    controls = [value for cells in group if isinstance(value := cells.get(CONTROL), date)]
    if len(controls) != len(group):
        raise EntryFaultError("a row has no control date")
    words = [_text(cells, LISTED) for cells in group]
    control = max(controls)
    days = []
    for printed in (day for text in words for day in _LISTED.findall(text)):
        try:
            days.append(read_written_date(printed))
        except UnreadableDateError:
            continue  # "3 Octobre 2003": the words do not tell then, and the latest possible day is used
    if days and min(days) <= control:
        period = Period(LegalDate(min(days), DateBasis.DERIVED, WORDS_RULE))
    else:
        period = Period(LegalDate(control, DateBasis.NOT_LATER_THAN, CONTROL_RULE))
    committees = dict.fromkeys(filter(None, (_text(cells, COMMITTEES) for cells in group)))
    record_id = f"{LIST_ID}-{reference}"
    listing = Listing(record_id, LIST_ID, MEASURE, period, programme="; ".join(committees))
    return Record(record_id, schema, out.all(), place, (listing,)), max(controls)


def _add_facts(cells: Cells, out: Statements) -> None:
    for item in split_enumeration(_text(cells, BORN)):
        try:
            day = partial_date(_ABOUT.sub("", item))
        except UnreadableDateError:
            day = ""
        out.add_read("birthDate", day, item, "Date of birth")
        if _ABOUT.match(item):
            out.note(f"Date of birth: {item}")
    for item in split_enumeration(_text(cells, BIRTHPLACE)):
        out.add("birthPlace", item, label="Place of birth")
    for item in split_enumeration(_text(cells, CITIZENSHIP)):
        codes = [country_code(part) for part in re.split(r"(?<!\s)\s+and\s+|,\s+", item) if part]
        if codes and all(codes):
            for code in codes:
                out.add("citizenship", code, original=item, label="Citizenship")
        elif item:
            out.note(f"Citizenship: {item}")
    for item in split_enumeration(_text(cells, ADDRESS)):
        out.add("address", item)
    for column in (MORE, LISTED):
        out.note(_text(cells, column))
