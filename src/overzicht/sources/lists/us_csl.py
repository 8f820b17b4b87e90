"""Reads the Consolidated Screening List as CSV (29 columns, the layouts of 2022 and of 2025).

*Domain*: one row per party and list; thirteen lists of Treasury, Commerce and State.
*Caveats*: the layouts share their header and differ in the order inside `ids` ("CN, 9133…, Unified Social
Credit Code (USCC)" in 2022, the label first since 2023) and in `_id`. So the record id consists of the list
and its own number, or of list, name and start date.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from overzicht.dates import DateBasis, LegalDate, Period, read_iso_date
from overzicht.entities import Listing, Record, Statement
from overzicht.errors import UnreadableDateError
from overzicht.sources.interface import Sample, SourceFile
from overzicht.sources.lists.interface import Layout, ReadReport
from overzicht.sources.lists.us_features import (
    NOTES,
    birth_dates,
    country_code,
    country_of_address,
    feature,
    labels,
    listing_day,
    name_key,
    person_name,
    stable_hash,
    unique,
    with_own_id,
)
from overzicht.sources.strict import Row, header_of, read_table

LIST_ID = "us-csl"
HEADER = (
    "_id", "source", "entity_number", "type", "programs", "name", "title", "addresses",
    "federal_register_notice", "start_date", "end_date", "standard_order", "license_requirement",
    "license_policy", "call_sign", "vessel_type", "gross_tonnage", "gross_registered_tonnage", "vessel_flag",
    "vessel_owner", "remarks", "source_list_url", "alt_names", "citizenships", "dates_of_birth",
    "nationalities", "places_of_birth", "source_information_url", "ids",
)  # fmt: skip
SCHEMATA = {"Individual": "Person", "Entity": "LegalEntity", "Vessel": "Vessel", "Aircraft": "Airplane",
            "": "LegalEntity"}  # fmt: skip
COMPANY_LABELS = {"ISIN", "Equity Ticker", "BIK (RU)"}
FEDERAL_REGISTER_YEAR_ZERO = 1935  # volume 1 is of 1936
IGNORED = (
    "_id",
    "standard_order",
    "source_information_url",
)  # an id that changes, a flag of form, a web page


@dataclass(frozen=True, slots=True)
class _Fact:
    """One item of the `ids` column: its label, its value, and the text as it stands."""

    label: str
    value: str
    original: str


def recognise(sample: Sample) -> Layout | None:
    """Return the layout when the first line is the official header of 29 columns."""
    return Layout("csv-29") if header_of(sample) == HEADER else None


def read(source: SourceFile, layout: Layout, report: ReadReport) -> Iterator[Record]:
    """Yield a record per row; a repeated header, a bad row and an end that is cut off are problems."""
    for row in read_table(source, header=HEADER, on_bad_row=report.problems.append):
        with report.record(row.place):
            # (list, code) of "Entity List (EL) - Bureau of Industry and Security"
            text = row.take("source")
            match = re.fullmatch(r"(.+?) \(([A-Z-]+)(?: List)?\)(?: List)? - .+", text)
            if match is not None:
                programme_list, code = match[1], match[2].lower()
            else:
                raise ValueError(f"the source list {text!r} is not in the form 'Name (CODE) - Agency'")
            name = row.take("name")
            if not name:
                raise ValueError("the name column is empty")
            matches: list[_Fact] = []
            for item in _split(row.take("ids")):
                parts = item.split(", ")
                if parts[0] in labels() and len(parts) > 1:
                    matches.append(_Fact(parts[0], _value(parts[1:]), item))
                elif parts[-1] in labels() and len(parts) > 1:
                    matches.append(_Fact(parts[-1], _value(parts[:-1]), item))
                else:
                    matches.append(_Fact("", item, item))
            facts = tuple(matches)
            kind = row.take("type")
            if kind not in SCHEMATA:
                raise ValueError(f"unsupported type {kind!r}; supported: {', '.join(filter(None, SCHEMATA))}")
            if kind == "Entity" and any(fact.label in COMPANY_LABELS for fact in facts):
                schema = "Company"
            else:
                schema = SCHEMATA[kind]
            start_text, number = row.take("start_date"), row.take("entity_number")
            key = number or stable_hash(code, name_key(name), start_text)
            record_id = f"{LIST_ID}-{code}-{key}"
            programmes = _split(row.take("programs"))
            notice = " ".join(row.take("federal_register_notice").split())
            # the days of `days` (start, end, notice); one that cannot be read is a problem and stays open
            days = (start_text, row.take("end_date"), notice)
            start_day = _day(row, days[0], days[2], report)
            for fact in facts if start_day is None else ():
                stated = listing_day(fact.label, fact.value, programmes)
                if stated is not None:
                    start_day = LegalDate(stated[1])
            end_day = _day(row, days[1], "", report)
            if start_day is not None and end_day is not None and end_day.day < start_day.day:
                raise ValueError(f"the end {end_day} is before the start {start_day}")
            period = Period(start_day, end_day)
            policy = row.take("license_policy")
            listing = Listing(
                record_id,
                LIST_ID,
                programme_list,
                period,
                programme="; ".join(programmes),
                act=notice,
                reason=policy,
            )
            statements = [*_names_and_places(row, name, schema), *_person(row, schema)]
            statements += [feature(fact.label, fact.value, schema, fact.original) for fact in facts]
            statements += _vessel_and_notes(row, schema)
            row.ignore(IGNORED, report.ignored)
            statements.append(Statement("sourceUrl", row.take("source_list_url")))
            row.finish()
            yield with_own_id(Record(record_id, schema, unique(statements), row.place, (listing,)), report)


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split("; ") if part.strip()]


def _day(row: Row, text: str, notice: str, report: ReadReport) -> LegalDate | None:
    if not text:
        return None
    # "0097-06-30" has the century of a notice of that year. The Federal Register has had one volume per year
    # since 1936, so "62 FR 35334" is from 1997
    short = re.fullmatch(r"00(\d\d)(-\d\d-\d\d)", text)
    volume = re.match(r"(\d+) F\.?R\.?", notice)
    year = FEDERAL_REGISTER_YEAR_ZERO + int(volume[1]) if volume else 0
    if short and volume and year % 100 == int(short[1]):
        rule = f"the file says {text}; the century is that of the notice {volume[0]} ({year})"
        return LegalDate(read_iso_date(f"{year}{short[2]}"), DateBasis.DERIVED, rule)
    try:
        return LegalDate(read_iso_date(text))
    except UnreadableDateError as error:
        report.problem(row.place, error.message, "loaded in part, the date stays unknown")
        return None


def _value(parts: list[str]) -> str:
    own = [part for part in parts if not re.fullmatch(r"[A-Z]{2}|\d{4}-\d\d-\d\d", part)]
    return (own or parts)[0]


def _names_and_places(row: Row, name: str, schema: str) -> Iterator[Statement]:
    if schema == "Person":
        yield from person_name(name)
    else:
        yield Statement("name", name)
    for other in _split(row.take("alt_names")):
        alias = other.removeprefix("and ").strip()
        if schema == "Person":
            yield from person_name(alias, "alias")
        else:
            yield Statement("alias", alias)
    for address in _split(row.take("addresses")):
        country = country_of_address(address)
        if len(address) > len("CN") and schema not in {"Vessel", "Airplane"}:
            yield Statement("address", address)
        yield Statement("country", country)


def _person(row: Row, schema: str) -> Iterator[Statement]:
    props = {
        "title": "position",
        "citizenships": "citizenship",
        "nationalities": "nationality",
        "places_of_birth": "birthPlace",
    }
    for column, prop in props.items():
        values = [row.take(column)] if column == "title" else _split(row.take(column))
        for value in filter(None, values):
            cleaned = country_code(value) if prop in {"citizenship", "nationality"} else value
            if schema == "Person" and cleaned:
                yield Statement(prop, cleaned, original=value if value != cleaned else "")
            else:
                yield Statement(NOTES, f"{column}: {value}")
    for value in _split(row.take("dates_of_birth")):
        yield from (
            birth_dates(value) if schema == "Person" else (Statement(NOTES, f"Date of birth: {value}"),)
        )


def _vessel_and_notes(row: Row, schema: str) -> Iterator[Statement]:
    props = {
        "call_sign": "callSign",
        "vessel_type": "type",
        "gross_tonnage": "tonnage",
        "gross_registered_tonnage": "grossRegisteredTonnage",
    }
    for column, prop in props.items():
        value = row.take(column)
        if value:
            yield Statement(prop, value) if schema == "Vessel" else Statement(NOTES, f"{column}: {value}")
    flag = row.take("vessel_flag")
    code = country_code(flag)
    if flag:
        known = code and schema == "Vessel"
        yield Statement("flag", code, original=flag) if known else Statement(NOTES, f"vessel_flag: {flag}")
    owner = row.take("vessel_owner")
    if owner:
        yield Statement(NOTES, f"vessel_owner: {owner}")
    for column, word in (("remarks", ""), ("license_requirement", "License requirement: ")):
        value = " ".join(row.take(column).split())
        if value:
            yield Statement(NOTES, f"{word}{value}")
