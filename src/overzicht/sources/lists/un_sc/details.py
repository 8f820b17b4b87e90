"""The repeated parts of an entry to statements: aliases, addresses, births, documents."""

from collections import Counter
from collections.abc import Callable
from datetime import date

from lxml import etree

from overzicht.dates import LegalDate, Period
from overzicht.entities.record import NO_DATES
from overzicht.sources.lists.interface import EntryFaultError
from overzicht.sources.lists.statements import Statements
from overzicht.sources.lists.values import collapse, country_code, joined, partial_date
from overzicht.sources.strict import UnknownFieldError, texts_of

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
        out.add(_DOCUMENTS[kind.lower()], number, period=_issued(issued), label=kind)
    if remarks or (number and not kind):
        out.note(f"{kind or 'Document'} {number}: {remarks}".replace(" :", ":").rstrip(": "))


def _issued(text: str) -> Period:
    known = partial_date(text)
    return Period(LegalDate(date.fromisoformat(known))) if len(known) == len("2021-03-22") else NO_DATES


ADDERS: dict[str, Callable[[etree._Element, Statements, Counter[str]], None]] = {
    "ALIAS": _add_alias,
    "ADDRESS": _add_address,
    "DATE_OF_BIRTH": _add_birth,
    "PLACE_OF_BIRTH": _add_birth_place,
    "DOCUMENT": _add_document,
}
