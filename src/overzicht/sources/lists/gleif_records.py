"""GLEIF's data in one form for both of its layouts, and its records.

Level 1 identifies legal entities. Level 2 is accounting consolidation by a parent, without a share. If a
parent is not reported, an exception gives the reason; this does not mean that there is no parent.
"""

from collections.abc import Iterator

from overzicht.dates import DateBasis, LegalDate, Period, read_iso_date
from overzicht.entities import Record
from overzicht.errors import UnreadableDateError
from overzicht.identifiers import lei as lei_format
from overzicht.identifiers import uscc
from overzicht.sources.lists.gleif_layouts import Fields
from overzicht.sources.lists.interface import EntryFaultError
from overzicht.sources.lists.list_values import (
    Statements,
    country_code,
    language_code,
    partial_date,
)

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


def entity_record(fields: Fields, place: str) -> Record:
    """Return the record of a level 1 entry; EntryFaultError for an unknown word in it."""
    category, lei, status = fields.first("category"), fields.must("lei"), fields.must("registration_status")
    if category not in SCHEMATA:
        raise EntryFaultError(f"unknown category {category!r}")
    out = Statements(SCHEMATA[category])
    for prop, text, lang in _names(fields):
        out.add(prop, text, lang=language_code(lang))
    out.add("leiCode", _checked_lei(lei))
    number, jurisdiction = fields.first("registered_as"), fields.first("jurisdiction")
    out.add("registrationNumber", number)
    is_chinese = CHINESE_REGISTER in fields.all("registered_at") or jurisdiction == "CN"
    if is_chinese and (code := uscc.normalize(number)) is not None:
        out.add("uscCode", code)
    for register in fields.all("registered_at"):
        out.note(f"registered at: {register}")
    out.add("jurisdiction", country_code(jurisdiction), original=jurisdiction)
    for address in fields.below("addresses"):
        country = address.first("country")
        first, *lines = address.all("lines") or ("",)
        printed = (first, *address.all("building"), *lines, *address.all("town"), country)
        out.add("address", ", ".join(filter(None, printed)))
        out.add("country", country_code(country), original=country)
    for prop, label in (("incorporationDate", "created"), ("dissolutionDate", "expired")):
        text = fields.first(label)
        try:
            day = partial_date(text[:10])
        except UnreadableDateError:  # companies older than 1800, and years that are typing errors
            day = ""
        out.add_read(prop, day, text, label)
    if reason := fields.first("expiration_reason"):
        out.note(f"expired because of: {reason}")
    out.add("status", fields.first("status"))
    form = fields.first("legal_form_code")
    for text in (fields.first("legal_form"), f"ELF {form}" if form else ""):
        out.add("legalForm", text)
    for bic in fields.all("bic"):
        out.add("swiftBic", bic)
    out.add("sourceUrl", RECORD_ADDRESS + lei)
    if status != "ISSUED":
        out.note(f"LEI registration: {status}")
    for label, name in (("succeeded by", "successors"), ("associated entity", "associated")):
        for party in fields.below(name):
            if words := " ".join(party.all("party")):
                kind = party.first("kind")
                out.note(f"{label} ({kind}): {words}" if kind else f"{label}: {words}")
    return Record(record_id(lei), SCHEMATA[category], out.all(), place)


def _names(fields: Fields) -> Iterator[tuple[str, str, str]]:
    """Yield (property, name, language); EntryFaultError for an unknown kind of name."""
    legal = next(fields.below("legal_name"), None)
    if legal is None:
        raise KeyError(fields.paths["legal_name"])
    yield "name", legal.must("text"), legal.first("lang")
    for name in fields.below("other_names"):
        kind = name.first("kind")
        if "TRANSLITERATED" in kind and not kind.endswith("_LEGAL_NAME"):
            kind += "_LEGAL_NAME"  # the API shortens what the golden copy writes in full
        if kind not in NAME_PROPERTIES:
            raise EntryFaultError(f"unknown kind of name {kind!r}")
        yield NAME_PROPERTIES[kind], name.must("text"), name.first("lang")


def relation_record(fields: Fields, place: str) -> Record | None:
    """Return the record of a relationship, or None if its registration is void."""
    registration = "ANNULLED" if fields.first("deleted") else fields.must("registration_status")
    ends = fields.must("child"), fields.must("parent")
    types = {fields.must("child_type"), fields.must("parent_type")}
    kind = fields.must("kind")
    if registration in VOID:
        return None
    if types != {"LEI"}:
        raise EntryFaultError(f"a node is not a LEI but {', '.join(sorted(types - {'LEI'}))}")
    child, parent = (record_id(_checked_lei(lei)) for lei in ends)
    periods = [
        period for period in fields.below("periods") if period.first("period_kind") == "RELATIONSHIP_PERIOD"
    ]
    start = min((period.first("start") for period in periods), default="")
    end = max((period.first("end") for period in periods), default="")
    if kind in RELATIONS:
        key, words = RELATIONS[kind]
        schema, parties, prop = "Ownership", (("owner", parent), ("asset", child)), "ownershipType"
    elif kind in OTHER_RELATIONS:
        key, words = OTHER_RELATIONS[kind]
        schema, parties, prop = "UnknownLink", (("subject", child), ("object", parent)), "role"
    else:
        raise EntryFaultError(f"unknown kind of relationship {kind!r}")
    # a relationship that is not active any more has ended by its last update
    updated = fields.first("updated")
    until = LegalDate(read_iso_date(end)) if end else None
    if until is None and fields.first("status") == "INACTIVE" and updated:
        rule = "the register calls it inactive and was last updated on that day"
        until = LegalDate(read_iso_date(updated), DateBasis.NOT_LATER_THAN, rule)
    period = Period(LegalDate(read_iso_date(start)) if start else None, until)
    out = Statements(schema)
    for role, party in parties:
        out.add(role, party, period=period)
    out.add(prop, words)
    for name, day in (("startDate", start), ("endDate", end)):
        out.add(name, day[:10], original=day)
    out.add("status", fields.first("status"))
    out.add("modifiedAt", updated[:10], original=updated)
    out.add("description", f"registration {registration}, {fields.first('corroboration')}")
    return Record(f"{LIST_ID}-rr-{ends[0]}-{key}-{ends[1]}", schema, out.all(), place)


def exception_record(fields: Fields, place: str) -> Record:
    """Return the note that a parent is not reported, with the reasons; it does not say that there is none."""
    lei, category, reasons = fields.must("lei"), fields.must("category"), fields.all("reasons")
    if category not in CATEGORIES:
        raise EntryFaultError(f"unknown category of exception {category!r}")
    unknown = [reason for reason in reasons if reason not in EXCEPTIONS]
    if unknown or not reasons:
        raise EntryFaultError(f"unknown reason {', '.join(unknown) or 'none given'}")
    which = CATEGORIES[category]
    out = Statements("Note")
    out.add("entity", record_id(_checked_lei(lei)))
    out.add("name", f"{which} parent not given")
    for reason in reasons:
        out.add("description", f"{which} parent not given: {EXCEPTIONS[reason]} ({reason})")
    for reference in fields.all("references"):
        out.add("summary", reference)
    out.add("sourceUrl", RECORD_ADDRESS + lei)
    return Record(f"{LIST_ID}-repex-{lei}-{which}", "Note", out.all(), place)


def record_id(lei: str) -> str:
    """Return the id of the record of a legal entity."""
    return f"{LIST_ID}-{lei}"


def _checked_lei(text: str) -> str:
    lei = lei_format.normalize(text)
    if lei is None:
        raise EntryFaultError(f"{text!r} is not a LEI: its check digits or its length are wrong")
    return lei
