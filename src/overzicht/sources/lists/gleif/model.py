"""GLEIF's data in one form for both of its layouts, and its records.

Level 1 identifies legal entities. Level 2 is accounting consolidation by a parent, without a share. If a
parent is not reported, an exception gives the reason; this does not mean that there is no parent.
"""

from dataclasses import dataclass

from overzicht.dates import DateBasis, LegalDate, Period, read_iso_date
from overzicht.entities import Record
from overzicht.errors import UnreadableDateError
from overzicht.identifiers import lei as lei_format
from overzicht.identifiers import uscc
from overzicht.sources.lists.interface import EntryFaultError
from overzicht.sources.lists.statements import Statements
from overzicht.sources.lists.values import country_code, language_code, partial_date

LIST_ID = "gleif"
CHINESE_REGISTER = "RA000092"  # State Administration for Market Regulation, which issues the USCC
RECORD_ADDRESS = "https://search.gleif.org/#/record/"

SCHEMATA = {
    "GENERAL": "Company",
    "FUND": "Company",
    "BRANCH": "Company",
    "SOLE_PROPRIETOR": "LegalEntity",
    "RESIDENT_GOVERNMENT_ENTITY": "PublicBody",
    "INTERNATIONAL_ORGANIZATION": "Organization",
    "": "LegalEntity",
}
NAME_PROPERTIES = {
    "LEGAL_NAME": "name",
    "PREVIOUS_LEGAL_NAME": "previousName",
    "TRADING_OR_OPERATING_NAME": "alias",
    "ALTERNATIVE_LANGUAGE_LEGAL_NAME": "alias",
    "PREFERRED_ASCII_TRANSLITERATED_LEGAL_NAME": "alias",
    "AUTO_ASCII_TRANSLITERATED_LEGAL_NAME": "weakAlias",  # made by a machine
}
RELATIONS = {  # GLEIF's word: part of our id, and the kind of relation in words
    "IS_DIRECTLY_CONSOLIDATED_BY": ("direct", "direct accounting consolidation"),
    "IS_ULTIMATELY_CONSOLIDATED_BY": ("ultimate", "ultimate accounting consolidation"),
}
OTHER_RELATIONS = {
    "IS_INTERNATIONAL_BRANCH_OF": ("branch", "international branch of"),
    "IS_FUND-MANAGED_BY": ("managed", "fund managed by"),
    "IS_SUBFUND_OF": ("subfund", "sub-fund of"),
    "IS_FEEDER_TO": ("feeder", "feeder fund to"),
}
VOID = frozenset({"ANNULLED", "DUPLICATE", "ERRONEOUS"})  # registrations that are no longer valid
CATEGORIES = {
    "DIRECT_ACCOUNTING_CONSOLIDATION_PARENT": "direct",
    "ULTIMATE_ACCOUNTING_CONSOLIDATION_PARENT": "ultimate",
}
EXCEPTIONS = {
    "NO_KNOWN_PERSON": "no person is known to control it",
    "NATURAL_PERSONS": "natural persons control it, without a parent that consolidates",
    "NON_CONSOLIDATING": "the parent is not obliged to consolidate it",
    "NO_LEI": "the parent has no LEI, or does not agree to get one",
    "NON_PUBLIC": "the parent may not, or would not, be made public",
    "BINDING_LEGAL_COMMITMENTS": "binding legal commitments forbid to tell",
    "LEGAL_OBSTACLES": "the law of its country forbids to tell",
    "CONSENT_NOT_OBTAINED": "the consent needed to tell was not given",
    "DETRIMENT_NOT_EXCLUDED": "harm by telling could not be excluded",
    "DISCLOSURE_DETRIMENTAL": "telling would do harm",
}


@dataclass(frozen=True, slots=True)
class Name:
    """A name with GLEIF's kind of it and its language code."""

    kind: str
    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class Postal:
    """An address: its lines in order, and the country as a code."""

    lines: tuple[str, ...]
    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeiData:
    """A level 1 record; texts are empty if GLEIF gives no value."""

    lei: str
    names: tuple[Name, ...]
    category: str
    status: str
    jurisdiction: str
    legal_form: tuple[str, ...]
    registered_at: tuple[str, ...]
    registered_as: str
    addresses: tuple[Postal, ...]
    created: str
    expired: str
    expiration_reason: str
    registration_status: str
    related: tuple[str, ...]
    bic: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationData:
    """A level 2 relationship; `start` and `end` bound it, `updated` is when it was last reported."""

    child: str
    parent: str
    node_types: tuple[str, ...]
    kind: str
    status: str
    start: str
    end: str
    updated: str
    registration_status: str
    corroboration: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionData:
    """A reporting exception: which parent of whom is not given, and why."""

    lei: str
    category: str
    reasons: tuple[str, ...]
    references: tuple[str, ...]


def entity_record(data: LeiData, place: str) -> Record:
    """Return the record of a level 1 entry; EntryFaultError where a word in it is unknown."""
    if data.category not in SCHEMATA:
        raise EntryFaultError(f"unknown category {data.category!r}")
    out = Statements(SCHEMATA[data.category])
    for name in data.names:
        if name.kind not in NAME_PROPERTIES:
            raise EntryFaultError(f"unknown kind of name {name.kind!r}")
        out.add(NAME_PROPERTIES[name.kind], name.text, lang=language_code(name.lang))
    out.add("leiCode", _checked_lei(data.lei))
    _add_registration(out, data)
    out.add("jurisdiction", country_code(data.jurisdiction), original=data.jurisdiction)
    for address in data.addresses:
        out.add("address", ", ".join(line for line in address.lines if line))
        out.add("country", country_code(address.country), original=address.country)
    _add_days(out, data)
    out.add("status", data.status)
    for form in data.legal_form:
        out.add("legalForm", form)
    for code in data.bic:
        out.add("swiftBic", code)
    out.add("sourceUrl", RECORD_ADDRESS + data.lei)
    if data.registration_status != "ISSUED":
        out.note(f"LEI registration: {data.registration_status}")
    for sentence in data.related:
        out.note(sentence)
    return Record(record_id(data.lei), SCHEMATA[data.category], out.all(), place)


def _add_registration(out: Statements, data: LeiData) -> None:
    out.add("registrationNumber", data.registered_as)
    is_chinese = CHINESE_REGISTER in data.registered_at or data.jurisdiction == "CN"
    code = uscc.normalize(data.registered_as) if is_chinese else None
    if code is not None:
        out.add("uscCode", code)
    for register in data.registered_at:
        out.note(f"registered at: {register}")


def _add_days(out: Statements, data: LeiData) -> None:
    for prop, text, label in (
        ("incorporationDate", data.created, "created"),
        ("dissolutionDate", data.expired, "expired"),
    ):
        try:
            day = partial_date(text[:10])
        except UnreadableDateError:  # companies older than 1800, and years that are typing errors
            day = ""
        out.add_read(prop, day, text, label)
    if data.expiration_reason:
        out.note(f"expired because of: {data.expiration_reason}")


def relation_record(data: RelationData, place: str) -> Record | None:
    """Return the record of a relationship, or None if its registration is void."""
    if data.registration_status in VOID:
        return None
    if set(data.node_types) != {"LEI"}:
        raise EntryFaultError(f"a node is not a LEI but {', '.join(sorted(set(data.node_types) - {'LEI'}))}")
    child, parent = record_id(_checked_lei(data.child)), record_id(_checked_lei(data.parent))
    period = _period(data)
    if data.kind in RELATIONS:
        key, words = RELATIONS[data.kind]
        schema, ends, prop = "Ownership", (("owner", parent), ("asset", child)), "ownershipType"
    elif data.kind in OTHER_RELATIONS:
        key, words = OTHER_RELATIONS[data.kind]
        schema, ends, prop = "UnknownLink", (("subject", child), ("object", parent)), "role"
    else:
        raise EntryFaultError(f"unknown kind of relationship {data.kind!r}")
    out = Statements(schema)
    for end, party in ends:
        out.add(end, party, period=period)
    out.add(prop, words)
    out.add("startDate", data.start[:10], original=data.start)
    out.add("endDate", data.end[:10], original=data.end)
    out.add("status", data.status)
    out.add("modifiedAt", data.updated[:10], original=data.updated)
    out.add("description", f"registration {data.registration_status}, {data.corroboration}")
    return Record(f"{LIST_ID}-rr-{data.child}-{key}-{data.parent}", schema, out.all(), place)


def _period(data: RelationData) -> Period:
    """Return the period; a relationship that is not active any more has ended by its last update."""
    start = LegalDate(read_iso_date(data.start)) if data.start else None
    end = LegalDate(read_iso_date(data.end)) if data.end else None
    if end is None and data.status == "INACTIVE" and data.updated:
        rule = "the register calls it inactive and was last updated on that day"
        end = LegalDate(read_iso_date(data.updated), DateBasis.NOT_LATER_THAN, rule)
    return Period(start, end)


def exception_record(data: ExceptionData, place: str) -> Record:
    """Return the note that a parent is not given, with the reasons; never that there is none."""
    if data.category not in CATEGORIES:
        raise EntryFaultError(f"unknown category of exception {data.category!r}")
    unknown = [reason for reason in data.reasons if reason not in EXCEPTIONS]
    if unknown or not data.reasons:
        raise EntryFaultError(f"unknown reason {', '.join(unknown) or 'none given'}")
    which = CATEGORIES[data.category]
    out = Statements("Note")
    out.add("entity", record_id(_checked_lei(data.lei)))
    out.add("name", f"{which} parent not given")
    for reason in data.reasons:
        out.add("description", f"{which} parent not given: {EXCEPTIONS[reason]} ({reason})")
    for reference in data.references:
        out.add("summary", reference)
    out.add("sourceUrl", RECORD_ADDRESS + data.lei)
    return Record(f"{LIST_ID}-repex-{data.lei}-{which}", "Note", out.all(), place)


def record_id(lei: str) -> str:
    """Return the id of the record of a legal entity."""
    return f"{LIST_ID}-{lei}"


def _checked_lei(text: str) -> str:
    lei = lei_format.normalize(text)
    if lei is None:
        raise EntryFaultError(f"{text!r} is not a LEI: its check digits or its length are wrong")
    return lei
