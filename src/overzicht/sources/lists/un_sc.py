"""Reads the consolidated XML of the Security Council.

*Caveats*. A person's name has up to four parts whose meaning differs by culture, so they are joined. The file
has many empty elements; empty aliases are counted as ignored. Days may have a zone without a time. The file
does not state the measures, which differ by sanctions regime.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date

from lxml import etree

from overzicht.dates import LegalDate, Period, read_iso_date
from overzicht.entities import Record
from overzicht.entities.record import NO_DATES, Listing
from overzicht.errors import UnreadableDateError
from overzicht.sources.interface import ListFileRefusedError, Sample, SourceFile
from overzicht.sources.lists.interface import EntryFaultError, Layout, ReadReport, dated
from overzicht.sources.lists.list_values import (
    Statements,
    collapse,
    country_code,
    joined,
    partial_date,
)
from overzicht.sources.strict import UnknownFieldError, first_root, iterate_children, texts_of

_FORMER_NOTES = frozenset({"previously listed as", "formerly listed as"})
_ALIASES = {"Good": "alias", "Low": "weakAlias", "a.k.a.": "alias", "f.k.a.": "previousName"}
_DOCUMENTS = {
    "passport": "passportNumber",
    "numéro de passeport": "passportNumber",
    "número de pasaporte": "passportNumber",
    "national identification number": "idNumber",
    "national identification no.": "idNumber",
}


def add_values(element: etree._Element, out: Statements) -> bool:
    """Add a part that is a run of VALUE elements or a single text; False when it is another part."""
    tag = str(element.tag)
    if tag == "NAME_ORIGINAL_SCRIPT":
        out.add("alias", element.text or "")
        return True
    if tag not in {"TITLE", "DESIGNATION", "NATIONALITY"}:
        return False
    for child in element.iterchildren(tag=etree.Element):
        if child.tag != "VALUE":
            raise UnknownFieldError([f"{tag}/{child.tag!s}"])
        text = child.text or ""
        if tag == "NATIONALITY":
            _add_country("nationality", text, out, "Nationality")
        else:
            prop, label = ("title", "Title") if tag == "TITLE" else ("position", "Designation")
            out.add(prop, text, label=label)
    return True


def _add_country(prop: str, text: str, out: Statements, label: str) -> None:
    out.add_read(prop, country_code(collapse(text)), text.strip(), label)


def _add_alias(element: etree._Element, out: Statements, ignored: Counter[str]) -> None:
    tags = ("DATE_OF_BIRTH", "CITY_OF_BIRTH", "COUNTRY_OF_BIRTH")
    name, quality, note, *born = map(collapse, texts_of(element, "ALIAS_NAME", "QUALITY", "NOTE", *tags))
    birth = joined(born)
    if not name:
        if quality or note or birth:
            raise EntryFaultError(f"an alias without a name (quality {quality!r})")
        ignored[f"{element.tag!s} (empty)"] += 1
        return
    if quality not in _ALIASES:
        raise EntryFaultError(f"alias {name!r} has quality {quality!r}, which is not known")
    prop = _ALIASES[quality]
    if note.lower() in _FORMER_NOTES and prop == "alias":
        prop = "previousName"
    elif note:
        out.note(f"{name}: {note}")
    out.add(prop, name)
    if birth:
        out.note(f"{name}: born {birth}")


def _add_address(element: etree._Element, out: Statements, _ignored: Counter[str]) -> None:
    tags = ("STREET", "ZIP_CODE", "CITY", "STATE_PROVINCE")
    country, note, *parts = texts_of(element, "COUNTRY", "NOTE", *tags)
    place = joined([*parts, country])
    if joined(parts):
        out.add("address", place)
    _add_country("country", country, out, "Country")
    if note:
        out.note(f"Address {place}: {note}" if place else f"Address: {note}")


def _add_birth(element: etree._Element, out: Statements, _ignored: Counter[str]) -> None:
    tags = ("TYPE_OF_DATE", "DATE", "YEAR", "FROM_YEAR", "TO_YEAR", "NOTE")
    kind, day, year, first, last, printed_note = texts_of(element, *tags)
    note = collapse(printed_note)
    if kind not in {"", "EXACT", "APPROXIMATELY", "BETWEEN"}:
        raise EntryFaultError(f"date of birth of type {kind!r} is not known")
    if first or last:
        out.note(f"Born between {first} and {last}{f' ({note})' if note else ''}")
        return
    # Some entries give their one date in the note only ("Nov. 1973"); others hold an age or another calendar.
    printed = day or year or note
    known = partial_date(printed)
    if known:
        out.add("birthDate", known)
    if kind == "APPROXIMATELY" and known:
        out.note(f"Born about {known}")
    if note and (printed != note or not known):
        out.note(f"Born {known}: {note}" if known else f"Born: {note}")


def _add_birth_place(element: etree._Element, out: Statements, _ignored: Counter[str]) -> None:
    country, note, *parts = texts_of(element, "COUNTRY", "NOTE", "STREET", "CITY", "STATE_PROVINCE")
    if joined(parts):
        out.add("birthPlace", joined([*parts, country]))
    _add_country("birthCountry", country, out, "Country of birth")
    if note:
        out.note(f"Place of birth: {note}")


def _add_document(element: etree._Element, out: Statements, _ignored: Counter[str]) -> None:
    tags = ("TYPE_OF_DOCUMENT", "TYPE_OF_DOCUMENT2", "NUMBER", "DATE_OF_ISSUE", "NOTE")
    where = ("ISSUING_COUNTRY", "CITY_OF_ISSUE", "COUNTRY_OF_ISSUE")
    printed_kind, detail, number, issued, note, *places = texts_of(element, *tags, *where)
    kind = collapse(printed_kind)
    remarks = joined([detail, *dict.fromkeys(places), f"issued {issued}" if issued else "", note])
    if not kind and not number and not remarks:
        return
    if kind and kind.lower() not in _DOCUMENTS:
        raise EntryFaultError(f"document of type {kind!r} is not known")
    if number and kind:
        known = partial_date(issued)
        period = Period(LegalDate(date.fromisoformat(known))) if len(known) == len("2021-03-22") else NO_DATES
        out.add(_DOCUMENTS[kind.lower()], number, period=period, label=kind)
    if remarks or (number and not kind):
        out.note(f"{kind or 'Document'} {number}: {remarks}".replace(" :", ":").rstrip(": "))


ADDERS: dict[str, Callable[[etree._Element, Statements, Counter[str]], None]] = {
    "ALIAS": _add_alias,
    "ADDRESS": _add_address,
    "DATE_OF_BIRTH": _add_birth,
    "PLACE_OF_BIRTH": _add_birth_place,
    "DOCUMENT": _add_document,
}


LIST_ID = "un-sc"
XML = Layout("xml")
MEASURE = "Security Council measures"
_SECTIONS = frozenset({"INDIVIDUALS", "ENTITIES"})
_ROOT = "CONSOLIDATED_LIST"
_SCHEMATA = {"INDIVIDUAL": "Person", "ENTITY": "LegalEntity"}
_NAMES = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_IGNORED = ("VERSIONNUM", "LIST_TYPE", "LAST_DAY_UPDATED", "SORT_KEY", "SORT_KEY_LAST_MOD", "SUBMITTED_ON",
            "SUBMITTED_BY")  # fmt: skip
_SINGLE = frozenset(
    {"DATAID", "REFERENCE_NUMBER", "UN_LIST_TYPE", "LISTED_ON", "GENDER", "COMMENTS1", *_NAMES}
)
_GENDERS = {"male": "male", "female": "female", "unknown": ""}
_ZONED_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[+-]\d{2}:\d{2}|Z)?")


def recognise(sample: Sample) -> Layout | None:
    """Return `xml` for a document with the list's root element, else None."""
    root = first_root(sample.head)
    return XML if root is not None and root.tag == _ROOT and "dateGenerated" in root.attrib else None


def read(source: SourceFile, layout: Layout, report: ReadReport) -> Iterator[Record]:
    """Yield a record per individual and per entity, in file order."""
    for element in iterate_children(source, _ROOT, depth=2):
        section = element.getparent()
        if section is not None and section.tag not in _SECTIONS:
            report.problem(str(section.tag), "this section is not known")
            continue
        if report.published is None:
            with dated(source, f"{_ROOT}@dateGenerated"):
                root = element.getroottree().getroot()
                report.published = read_iso_date(root.get("dateGenerated", ""))
        reference = (element.findtext("REFERENCE_NUMBER") or "without reference").strip()
        place = f"{element.tag!s} {reference} (DATAID {(element.findtext('DATAID') or 'none').strip()})"
        with report.record(place):
            kind = str(element.tag)
            if kind not in _SCHEMATA:
                raise UnknownFieldError([kind])
            single = _single_fields(element)
            out = Statements(_SCHEMATA[kind])
            parts = [single.get(tag, "") for tag in _NAMES]
            name = collapse(" ".join(parts))
            if not name:
                raise EntryFaultError("it has no name")
            spelling = " ".join(part for part in parts if part)
            out.add("name", name, original=spelling if spelling != name else "")
            for child in element.iterchildren(tag=etree.Element):
                _add_child(child, kind, out, report.ignored)
            gender = single.get("GENDER", "")
            if gender and gender.lower() not in _GENDERS:
                raise EntryFaultError(f"gender {gender!r} is not known")
            out.add("gender", _GENDERS.get(gender.lower(), ""))
            out.note(single.get("COMMENTS1", ""))
            listed = _required(single, "LISTED_ON")
            match = _ZONED_DAY.fullmatch(listed)
            if match is None:
                raise UnreadableDateError(listed)
            listing = Listing(
                id=_required(single, "REFERENCE_NUMBER"),
                list_id=LIST_ID,
                measure=MEASURE,
                period=Period(LegalDate(read_iso_date(match[1]))),
                programme=_required(single, "UN_LIST_TYPE"),
            )
            record = Record(
                id=f"{LIST_ID}-{_required(single, 'DATAID')}",
                schema=_SCHEMATA[kind],
                statements=out.all(),
                place=place,
                listings=(listing,),
            )
            report.first(record.id, "its DATAID occurs earlier in the file")
            yield record
    if report.published is None:
        raise ListFileRefusedError(source.filename, "it holds no individual or entity")


def _single_fields(element: etree._Element) -> dict[str, str]:
    fields: dict[str, str] = {}
    for child in element.iterchildren(tag=etree.Element):
        tag = str(child.tag)
        if tag in _SINGLE:
            if tag in fields:
                raise EntryFaultError(f"it has more than one {tag}")
            fields[tag] = child.text or ""
    return {tag: text if tag == "COMMENTS1" else text.strip() for tag, text in fields.items()}


def _required(single: dict[str, str], tag: str) -> str:
    if not single.get(tag):
        raise EntryFaultError(f"it has no {tag}")
    return single[tag]


def _add_child(child: etree._Element, kind: str, out: Statements, ignored: Counter[str]) -> None:
    tag = str(child.tag)
    if tag in _SINGLE:
        if len(child):
            raise UnknownFieldError([f"{tag}/{part.tag!s}" for part in child])
        return
    if tag in _IGNORED:
        ignored[tag] += bool("".join(child.itertext()).strip())
        return
    if add_values(child, out):
        return
    adder = ADDERS.get(tag.removeprefix(f"{kind}_"))
    if adder is None or not tag.startswith(f"{kind}_"):
        raise UnknownFieldError([tag])
    adder(child, out, ignored)
