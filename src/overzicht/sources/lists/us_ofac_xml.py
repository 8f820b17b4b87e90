"""Reads OFAC's XML: SDN.XML and CONSOLIDATED.XML, in the namespace used until 2024 and in the one since.

*Caveats*. Unlike the CSV it states the publication date and the number of entries, has an element for each
fact of the remarks, and marks weak aliases. It states a listing date only for programmes with a "Listing
Date" among the identifiers. Numbers of details and the mark of a main entry are left out and counted.
"""

import re
from collections.abc import Iterator
from itertools import chain

from lxml import etree

from overzicht.dates import read_month_first_date
from overzicht.entities import Record, Statement
from overzicht.errors import UnreadableDateError
from overzicht.sources.interface import SAMPLE_BYTES, ListFileRefusedError, SourceFile
from overzicht.sources.lists.interface import ReadReport
from overzicht.sources.lists.us_features import NOTES, birth_dates, feature, listing_day, split_label, unique
from overzicht.sources.lists.us_ofac_entries import (
    ALIAS_PROPERTIES,
    LIST_ID,
    country,
    listings,
    own_columns,
    remark_statements,
)
from overzicht.sources.strict import Row, first_root, iterate_children, leaf_fields, nested_items, texts_of

ROOTS = tuple(
    f"{{{namespace}}}sdnList"
    for namespace in (
        "http://tempuri.org/sdnList.xsd",
        "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML",
    )
)
_SCHEMATA = {"Individual": "Person", "Entity": "LegalEntity", "Vessel": "Vessel", "Aircraft": "Airplane"}
_COMPANY_LABELS = frozenset({"ISIN:", "ISIN", "Equity Ticker", "BIK (RU)"})
_PARTS = ("programList", "idList", "akaList", "addressList", "nationalityList", "citizenshipList",
          "dateOfBirthList", "placeOfBirthList", "vesselInfo")  # fmt: skip
_VESSEL = {"callSign": "call_sign", "vesselType": "vessel_type", "tonnage": "tonnage", "vesselFlag": "flag",
           "grossRegisteredTonnage": "gross_registered_tonnage", "vesselOwner": "owner"}  # fmt: skip
_LINKED = re.compile(r"\(Linked [Tt]o: ")
_HEAD = "publshInformation"  # misspelt in the official file


def read_entries(source: SourceFile, part: str, report: ReadReport) -> Iterator[Record]:
    """Yield a record per `sdnEntry`; the day and the count that the head of the file states are checked."""
    with source.open() as stream:
        opening = first_root(stream.read(SAMPLE_BYTES))
    root = str(opening.tag) if opening is not None and opening.tag in ROOTS else ROOTS[-1]
    expected, count = -1, 0
    for element in iterate_children(source, root, depth=1):
        name = etree.QName(element).localname
        if name == _HEAD:
            try:
                fields = leaf_fields(element)
                report.published = read_month_first_date(fields.take("Publish_Date"))
                expected = int(fields.take("Record_Count"))
            except (KeyError, ValueError, UnreadableDateError) as error:
                raise ListFileRefusedError(
                    source.filename, f"not the official head ({error})", place=_HEAD
                ) from error
            continue
        count += 1
        place = f"entry {(element.findtext('{*}uid') or 'without uid').strip()} (sdnEntry {count})"
        with report.record(place):
            if name != "sdnEntry":
                raise ValueError(f"unsupported element {name}")
            fields = leaf_fields(element, nested=_PARTS)
            text = fields.take_if_there("uid")
            number = int(text) if text.isdecimal() else 0
            if not number:
                raise ValueError(f"its uid is {text!r}")
            identifiers = [_leaf(item, report) for item in nested_items(element, "idList", "id")]
            kind = fields.take_if_there("sdnType")
            if kind not in _SCHEMATA:
                raise ValueError(f"unsupported type {kind!r}; supported: {', '.join(_SCHEMATA)}")
            if kind == "Entity" and any(row.peek("idType") in _COMPANY_LABELS for row in identifiers):
                schema = "Company"
            else:
                schema = _SCHEMATA[kind]
            programmes = [
                (item.text or "").strip() for item in nested_items(element, "programList", "program")
            ]
            if not all(programmes) or not programmes:
                raise ValueError("it names no programme")
            programmes = list(dict.fromkeys(programmes))
            facts = [_fact(row) for row in identifiers]
            days = dict(filter(None, (listing_day(label, value, programmes) for label, value, _ in facts)))
            statements = [
                *_name(fields, schema, "name"),
                *chain.from_iterable(
                    _alias(item, schema, report) for item in nested_items(element, "akaList", "aka")
                ),
                *_columns(fields, element, schema),
                *chain.from_iterable(
                    _address(item, schema, report) for item in nested_items(element, "addressList", "address")
                ),
                *_personal(element, schema, report),
                *(feature(label, value, schema, original) for label, value, original in facts),
                *remark_statements(_plain(fields.take_if_there("remarks")), schema),
                *(Statement("programId", code) for code in programmes),
            ]
            fields.finish()
            report.first(text, f"entry {number} occurs twice in the file")
            record = Record(
                f"{LIST_ID}-{number}",
                schema,
                unique(statements),
                place,
                listings(number, programmes, days, part),
            )
            yield record
    if expected != count:
        reason = f"its head says that there are {expected} entries, there are {count}"
        report.problem(_HEAD, reason, "fetch it again")


def _leaf(element: etree._Element, report: ReadReport) -> Row:
    fields = leaf_fields(element)
    fields.ignore(("uid", "mainEntry"), report.ignored)
    return fields


def _name(fields: Row, schema: str, prop: str) -> Iterator[Statement]:
    first, last = fields.take_if_there("firstName"), fields.take_if_there("lastName")
    if not last:
        raise ValueError("a name lacks its last part" if first else "it has no name")
    if not first:
        yield Statement(prop, last)
        return
    yield Statement(prop, f"{first} {last}", original=f"{last}, {first}")
    if prop == "name" and schema == "Person":
        yield from (Statement("firstName", first), Statement("lastName", last))


def _alias(element: etree._Element, schema: str, report: ReadReport) -> Iterator[Statement]:
    fields = _leaf(element, report)
    kind = fields.take_if_there("type").replace(".", "")
    strength = fields.take_if_there("category")
    if kind not in ALIAS_PROPERTIES or strength not in {"strong", "weak"}:
        raise ValueError(f"unsupported kind of name {kind!r}, {strength!r}")
    yield from _name(fields, schema, ALIAS_PROPERTIES[kind] if strength == "strong" else "weakAlias")
    fields.finish()


def _columns(fields: Row, element: etree._Element, schema: str) -> Iterator[Statement]:
    values = {"title": fields.take_if_there("title")}
    vessels = list(element.iterchildren("{*}vesselInfo"))
    if len(vessels) > 1:
        raise ValueError("it has more than one vesselInfo")
    for vessel in vessels:
        values |= dict(zip(_VESSEL.values(), texts_of(vessel, *_VESSEL), strict=True))
    yield from own_columns(values, schema)


def _address(element: etree._Element, schema: str, report: ReadReport) -> Iterator[Statement]:
    fields = _leaf(element, report)
    lines = [fields.take_if_there(f"address{number}") for number in (1, 2, 3)]
    town = ", ".join(filter(None, (fields.take_if_there("city"), fields.take_if_there("stateOrProvince"))))
    lines.append(" ".join(filter(None, (town, fields.take_if_there("postalCode")))))
    land = fields.take_if_there("country")
    fields.finish()
    if any(lines) and schema not in {"Vessel", "Airplane"}:
        yield Statement("address", ", ".join(filter(None, (*lines, land))))
    if land:
        yield country(land)


def _personal(element: etree._Element, schema: str, report: ReadReport) -> Iterator[Statement]:
    for name in ("nationality", "citizenship"):
        for item in nested_items(element, f"{name}List", name):
            yield from _in_words(item, "country", name, schema, report)
    for item in nested_items(element, "dateOfBirthList", "dateOfBirthItem"):
        yield from _in_words(item, "dateOfBirth", "birthDate", schema, report)
    for item in nested_items(element, "placeOfBirthList", "placeOfBirthItem"):
        yield from _in_words(item, "placeOfBirth", "birthPlace", schema, report)


def _in_words(
    element: etree._Element, tag: str, prop: str, schema: str, report: ReadReport
) -> Iterator[Statement]:
    fields = _leaf(element, report)
    value = fields.take_if_there(tag)
    fields.finish()
    if not value:
        return
    if schema != "Person":
        yield Statement(NOTES, f"{tag}: {value}")
    elif prop == "birthDate":
        yield from birth_dates(value)
    elif prop == "birthPlace":
        yield Statement(prop, value)
    else:
        yield country(value, prop, prop.capitalize())


def _fact(fields: Row) -> tuple[str, str, str]:
    """Return (label, number, whole text) of an identifier, the text as OFAC writes it in its remarks."""
    label, number = fields.take_if_there("idType"), fields.take_if_there("idNumber")
    land = fields.take_if_there("idCountry")
    issued, expires = fields.take_if_there("issueDate"), fields.take_if_there("expirationDate")
    fields.finish()
    words = (
        label,
        number,
        f"({land})" if land else "",
        f"issued {issued}" if issued else "",
        f"expires {expires}" if expires else "",
    )
    plain = "ISIN" if label == "ISIN:" else label
    known, value = split_label(
        f"{plain} {number}"
    )  # "Company Number" with "IMO 5905801" is a label of its own
    return known or plain, value if known else number, " ".join(filter(None, words))


def _plain(text: str) -> str:
    """Return the remarks as the CSV writes them: no brackets round a link, a stop at the end."""
    items = [item.removeprefix("(") if _LINKED.match(item) else item for item in text.split("; ")]
    closed = (item.removesuffix(")") if item.count(")") > item.count("(") else item for item in items)
    return "; ".join(closed) + "." if text else ""
