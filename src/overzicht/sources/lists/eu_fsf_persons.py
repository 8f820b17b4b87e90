"""The details of an entry to statements: names, citizenships, births, addresses and documents."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from overzicht.dates import DateBasis, LegalDate, Period, read_day_first_date, read_iso_date
from overzicht.entities.record import Listing
from overzicht.sources.lists.interface import EntryFaultError
from overzicht.sources.lists.list_values import (
    NO_TEXT,
    Statements,
    collapse,
    country_code,
    is_latin,
    language_code,
    partial_date,
)
from overzicht.sources.strict import Row

NAMESPACE = "http://eu.europa.ec/fpi/fsd/export"
DETAIL_KINDS = ("nameAlias", "citizenship", "birthdate", "address", "identification")


@dataclass(frozen=True, slots=True)
class Detail:
    """One name, citizenship, birth date, address or document of an entity, as printed.

    `fields` are the attributes by XML name. `act_published` is the publication date of the cited act, ISO.
    `contacts` are pairs of kind (PHONE, FAX, EMAIL, WEB) and value.
    """

    kind: str
    fields: Row
    remarks: tuple[str, ...] = ()
    act_published: str = ""
    contacts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One `sanctionEntity`. Days are ISO texts as printed; missing values are empty.

    `act_*` describe the last act that changed the entry, not the act that listed it.
    """

    place: str
    logical_id: str
    reference: str
    un_id: str
    designated: str
    designation_details: str
    delisted: str
    subject: str
    remarks: tuple[str, ...]
    act_number: str
    act_published: str
    act_address: str
    programme: str
    details: tuple[Detail, ...]


LIST_ID = "eu-fsf"
MEASURE = "Asset freeze"  # the one measure that this list carries

DETAILS_RULE = "read from the words of the entry's designation details, as it states no designation date"
REMARK_RULE = (
    "read from the words 'date of listing' in a remark of the entry, as it states no designation date"
)
OLDEST_ACT_RULE = (
    "the entry states no designation date; it was listed not later than the publication of the oldest act "
    "that it cites"
)

_DAY = r"(\d{1,2}[./]\d{1,2}[./]\d{4})"
_DETAILS = re.compile(rf"(?:date of (?:listing|designation) ?:? ?)?{_DAY}\.?", re.IGNORECASE)
# "Date of UN designation" and "date of designation referred to in ..." are days of the United Nations.
_REMARK = re.compile(rf"date of (?:listing|designation) ?:? ?{_DAY}", re.IGNORECASE)


def listed_since(entry: Entry) -> LegalDate:
    """Return the listing date; UnreadableDateError when a date in the entry is impossible or implausible."""
    if entry.designated:
        return LegalDate(read_iso_date(entry.designated))
    if match := _DETAILS.fullmatch(collapse(entry.designation_details)):
        return LegalDate(read_day_first_date(match[1]), DateBasis.DERIVED, DETAILS_RULE)
    days = {day for remark in entry.remarks for day in _REMARK.findall(collapse(remark))}
    if len(days) == 1:
        return LegalDate(read_day_first_date(days.pop()), DateBasis.DERIVED, REMARK_RULE)
    cited = (entry.act_published, *(detail.act_published for detail in entry.details))
    return LegalDate(
        min([read_iso_date(day) for day in cited if day]), DateBasis.NOT_LATER_THAN, OLDEST_ACT_RULE
    )


def listing_of(entry: Entry, *, repeated: bool) -> Listing:
    """Return the entry's listing; one that `repeated` an id under another programme carries the programme."""
    listing_id = entry.reference or entry.logical_id
    delisted = LegalDate(read_iso_date(entry.delisted)) if entry.delisted else None
    return Listing(
        id=f"{listing_id}/{entry.programme}" if repeated else listing_id,
        list_id=LIST_ID,
        measure=MEASURE,
        period=Period(listed_since(entry), delisted),
        programme=entry.programme,
        act=entry.act_number,
        act_address=entry.act_address,
    )


def validity(start: str, end: str) -> Period:
    """Return the days a document or citizenship holds, from ISO texts; `end` is its last day."""
    return Period(
        LegalDate(read_iso_date(start)) if start else None,
        LegalDate(read_iso_date(end) + timedelta(days=1)) if end else None,
    )


UNKNOWN_COUNTRY = "00"
_NEVER_TOLD = ("logicalId", "regulationLanguage")  # ids and language of a detail, of no use to a reader
_GENDERS = {"M": "male", "F": "female"}
_IDENTIFIERS = {
    "passport": "passportNumber",
    "id": "idNumber",
    "other": "idNumber",
    "regnumber": "registrationNumber",
    "tradelic": "registrationNumber",
    "swiftbic": "swiftBic",
    "fiscalcode": "taxNumber",
    "ssn": "socialSecurityNumber",
    "imo": "imoNumber",
    "drivinglicence": "idNumber",
    "travelcardid": "idNumber",
    "nationcert": "idNumber",
    "birthcert": "idNumber",
    "electionid": "idNumber",
    "residentperm": "idNumber",
    "NRN": "idNumber",
}
_CONTACTS = {"PHONE": "phone", "EMAIL": "email", "WEB": "website", "FAX": "", "OTHER": ""}
_FLAGS = {
    "diplomatic": "diplomatic",
    "knownExpired": "known to have expired",
    "reportedLost": "reported lost",
    "revokedByIssuer": "revoked by the issuer",
}
_WEAK = re.compile(r"\blow quality\b", re.IGNORECASE)
_FORMER = re.compile(r"\b(?:formerly known as|former name|maiden name|f\.k\.a\.)", re.IGNORECASE)
_ENGLISH = re.compile(r"\b(?:of|and|the)\b", re.IGNORECASE)
_GOOD = re.compile(r"\(?good quality (?:alias|a\.?k\.?a\.?)\)?\.?", re.IGNORECASE)


def add_details(entry: Entry, out: Statements, ignored: Counter[str]) -> None:
    """Add what the details of the entry say; EntryFaultError or UnknownFieldError on a fault."""
    add_names([detail for detail in entry.details if detail.kind == "nameAlias"], out, ignored)
    for detail in entry.details:
        if detail.kind != "nameAlias":
            _ADDERS[detail.kind](detail, out, ignored)
            _close(detail, ignored)


def _close(detail: Detail, ignored: Counter[str]) -> None:
    counted: Counter[str] = Counter()
    detail.fields.ignore(_NEVER_TOLD, counted)
    for name, count in counted.items():
        ignored[f"{detail.kind}@{name}"] += count
    detail.fields.finish()


def _is_true(fields: Row, name: str) -> bool:
    value = fields.take_if_there(name) or "false"
    if value not in {"true", "false", "1", "0"}:
        raise EntryFaultError(f"{name} is {value!r}, which is neither true nor false")
    return value in {"true", "1"}


def add_names(details: list[Detail], out: Statements, ignored: Counter[str]) -> None:
    """Add every name: one as `name`, the others as `alias`, `weakAlias` or `previousName`.

    The list marks no main name. The rule takes the first name that is Latin, strong, current, in English or
    without a language, and has an English function word; earlier criteria count more.
    """
    names = [_Name(detail) for detail in details]
    named = [name for name in names if name.whole]
    if not named:
        raise EntryFaultError("it has no name")
    main = min(named, key=lambda name: name.rank)
    out.add("name", main.whole, lang=main.lang)
    for name in named:
        if not out.has("name", name.whole):
            out.add(name.prop, name.whole, lang=name.lang)
    for name, detail in zip(names, details, strict=True):
        fields = detail.fields
        for part, value in name.parts.items():
            if not name.is_weak:
                out.add(part, value, lang=name.lang)
        out.add("position", fields.take_if_there("function"), label="Function")
        out.add("title", fields.take_if_there("title"), label="Title")
        gender = fields.take_if_there("gender")
        if gender in _GENDERS:
            out.add("gender", _GENDERS[gender])
        elif gender == "?":
            ignored["nameAlias@gender (unknown)"] += 1
        elif gender:
            raise EntryFaultError(f"gender {gender!r} is not known")
        for remark in detail.remarks:
            if not _GOOD.fullmatch(remark.strip()):
                out.note(f"{name.whole}: {remark}")
        _close(detail, ignored)


class _Name:
    def __init__(self, detail: Detail) -> None:
        fields = detail.fields
        self.parts = {part: fields.take_if_there(part) for part in ("firstName", "middleName", "lastName")}
        joined = " ".join(part for part in self.parts.values() if part)
        self.whole = fields.take_if_there("wholeName") or joined
        self.language = fields.take_if_there("nameLanguage").upper()
        self.lang = language_code(self.language.lower())
        strong = fields.take_if_there("strong")
        remarks = " ".join(detail.remarks)
        self.is_weak = strong in {"false", "0"} or bool(_WEAK.search(remarks))
        self.is_former = bool(_FORMER.search(remarks))

    @property
    def prop(self) -> str:
        if self.is_weak:
            return "weakAlias"
        return "previousName" if self.is_former else "alias"

    @property
    def rank(self) -> tuple[bool, ...]:
        return (
            not is_latin(self.whole),
            self.is_weak,
            self.is_former,
            self.language not in {"", "EN"},
            not _ENGLISH.search(self.whole),
        )


def _country(detail: Detail) -> tuple[str, str]:
    """Return the country's FollowTheMoney code and its name; both empty for the code that means unknown."""
    code = detail.fields.take_if_there("countryIso2Code")
    title = detail.fields.take_if_there("countryDescription")
    if code in {"", UNKNOWN_COUNTRY}:
        return "", ""
    country = country_code(code) or country_code(title)
    if not country:
        raise EntryFaultError(f"country {code!r} ({title}) is not known")
    return country, title


def _add_citizenship(detail: Detail, out: Statements, _ignored: Counter[str]) -> None:
    code, title = _country(detail)
    fields = detail.fields
    period = validity(fields.take_if_there("acquisitionDate"), fields.take_if_there("disenfranchisementDate"))
    out.add("nationality", code, period=period, label="Citizenship")
    if region := fields.take_if_there("region"):
        out.note(f"Citizenship {title}: {region}")
    _note_remarks(f"Citizenship {title}".strip(), detail, out)


def _note_remarks(subject: str, detail: Detail, out: Statements) -> None:
    for remark in detail.remarks:
        out.note(f"{subject}: {remark}")


def _joined(parts: list[str]) -> str:
    return ", ".join(part for part in map(collapse, parts) if part not in NO_TEXT)


def _add_birth(detail: Detail, out: Statements, ignored: Counter[str]) -> None:
    fields = detail.fields
    code, title = _country(detail)
    place = _joined([fields.take_if_there(name) for name in ("place", "city", "zipCode", "region")])
    if place:
        out.add("birthPlace", _joined([place, title]), label="Place of birth")
    out.add("birthCountry", code, label="Country of birth")
    circa = _is_true(fields, "circa")
    calendar = fields.take("calendarType")
    first, last = fields.take_if_there("yearRangeFrom"), fields.take_if_there("yearRangeTo")
    # the known parts of the birth date as ISO text; in another calendar, as printed
    whole = fields.take_if_there("birthdate")
    day, month, year = (fields.take_if_there(name) for name in ("dayOfMonth", "monthOfYear", "year"))
    if calendar != "GREGORIAN":
        # The list also gives a whole date that it converted itself; it is not the one in the act.
        ignored["birthdate@birthdate (converted calendar)"] += bool(whole)
        day = "-".join(part.zfill(2) for part in (year, month, day) if part)
    elif whole:
        day = partial_date(whole)
    elif not year:
        day = ""
    else:
        day = partial_date("-".join(part.zfill(2) for part in (year, month, day if month else "") if part))
    if day and calendar == "GREGORIAN":
        out.add("birthDate", day, label="Date of birth")
        if circa:
            out.note(f"Born about {day}")
    elif day:
        out.note(f"Born {day} in the calendar {calendar.lower()}")
    if first and last:
        out.note(f"Born between {first} and {last}")
    elif first or last:
        out.note(f"Born in or after {first}" if first else f"Born in or before {last}")
    _note_remarks("Birth", detail, out)


def _add_address(detail: Detail, out: Statements, ignored: Counter[str]) -> None:
    fields = detail.fields
    code, title = _country(detail)
    parts = [fields.take_if_there(name) for name in ("street", "poBox", "place", "zipCode", "city", "region")]
    place = _joined(parts)
    if place:
        out.add("address", _joined([place, title]))
    out.add("country", code)
    name = "asAtListingTime"
    if detail.fields.take_if_there(name):
        ignored[f"{detail.kind}@{name}"] += 1
    for kind, value in detail.contacts:
        if kind not in _CONTACTS:
            raise EntryFaultError(f"contact of kind {kind!r} is not known")
        if not _CONTACTS[kind]:
            out.note(f"{kind.capitalize()}: {value}")
        else:
            for item in re.split(r"[;,]\s|;$", value):
                single = re.sub(r"^and\s+", "", item.strip())
                out.add(_CONTACTS[kind], single, original=value if single != value.strip() else "")
    _note_remarks(f"Address {place or title}".strip(), detail, out)


def _add_document(detail: Detail, out: Statements, _ignored: Counter[str]) -> None:
    fields = detail.fields
    code = fields.take("identificationTypeCode")
    if code not in _IDENTIFIERS:
        raise EntryFaultError(f"identification of type {code!r} is not known")
    kind = fields.take_if_there("identificationTypeDescription") or code
    number, latin = fields.take_if_there("number"), fields.take_if_there("latinNumber")
    issued, valid_from = fields.take_if_there("issueDate"), fields.take_if_there("validFrom")
    period = validity(valid_from or issued, fields.take_if_there("validTo"))
    is_false = _is_true(fields, "knownFalse")
    for value in (number, latin):
        if not is_false:
            out.add(_IDENTIFIERS[code], value, period=period, label=kind)
    fields = detail.fields
    _, country = _country(detail)
    facts = [words for name, words in _FLAGS.items() if _is_true(fields, name)]
    labelled = (
        ("issued by", fields.take_if_there("issuedBy")),
        ("region", fields.take_if_there("region")),
        ("country", country),
        ("name on the document", fields.take_if_there("nameOnDocument")),
    )
    facts += [f"{words} {value}" for words, value in labelled if value]
    facts = (facts + [collapse(remark) for remark in detail.remarks]) + (
        ["known to be false"] if is_false else []
    )
    if facts or (is_false and number):
        out.note(f"{kind} {number or latin}: {'; '.join(facts)}")


_ADDERS: dict[str, Callable[[Detail, Statements, Counter[str]], None]] = {
    "citizenship": _add_citizenship,
    "birthdate": _add_birth,
    "address": _add_address,
    "identification": _add_document,
}
