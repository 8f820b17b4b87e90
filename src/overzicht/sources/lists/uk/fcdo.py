"""Reads the UK Sanctions List of the Foreign, Commonwealth and Development Office, as XML.

*Caveats*. Name 6 is the surname or the whole name of a body. A measure is a word in a run with bars ("Asset
freeze|Travel Ban"); the block of indicators that repeats it as yes and no is left out and counted. The day
of designation can be older than the law that carries it now. Relatives, subsidiaries and owners are names
in words and stay notes.
"""

from collections.abc import Iterator

from lxml import etree

from overzicht.dates import LegalDate, Period, read_day_first_date
from overzicht.entities import Listing, Record
from overzicht.sources.interface import ListFileRefusedError, SourceFile
from overzicht.sources.lists.interface import EntryFaultError, Layout, ReadReport, dated
from overzicht.sources.lists.statements import Statements
from overzicht.sources.lists.uk.texts import LIST_ID, add_countries, partial_day
from overzicht.sources.lists.values import collapse
from overzicht.sources.strict import (
    UnknownFieldError,
    iterate_children,
    leaf_fields,
    nested_items,
    texts_of,
)

LAYOUT = Layout("xml", "fcdo")
ROOT = "Designations"
NO_MEASURE = "UK Sanctions List"
_SCHEMATA = {"individual": "Person", "entity": "LegalEntity", "ship": "Vessel"}
_STRENGTHS = {"": "alias", "good quality a.k.a": "alias", "low quality a.k.a": "weakAlias"}
_NAME_TYPES = {"primary name": "name", "primary name variation": "alias", "alias": ""}
_IGNORED = "SanctionsImposedIndicators"
_BLOCKS = ("Names", "NonLatinNames", "Titles", "Addresses", "PhoneNumbers", "EmailAddresses", "Websites",
           "IndividualDetails", "EntityDetails", "ShipDetails", _IGNORED)  # fmt: skip
_GENDERS = {"male": "male", "female": "female"}
# container, item: property and label of a run of single texts; no property means a note
_RUNS = {
    "": {
        ("Titles", "Title"): ("title", "Title"),
        ("PhoneNumbers", "PhoneNumber"): ("phone", "Phone"),
        ("EmailAddresses", "EmailAddress"): ("email", "Email"),
        ("Websites", "Website"): ("website", "Website"),
    },
    "Individual": {("Positions", "Position"): ("position", "Position")},
    "Entity": {
        ("TypeOfEntities", "TypeOfEntity"): ("legalForm", "Type of entity"),
        ("BusinessRegistrationNumbers", "BusinessRegistrationNumber"): ("registrationNumber", "Registration"),
        ("ParentCompanies", "ParentCompany"): ("", "Parent company"),
        ("Subsidiaries", "Subsidiary"): ("", "Subsidiary"),
    },
    "Ship": {
        ("TypeOfShipDetails", "TypeOfShip"): ("type", "Type of ship"),
        ("TonnageOfShipDetails", "TonnageOfShip"): ("tonnage", "Tonnage"),
        ("LengthOfShipDetails", "LengthOfShip"): ("", "Length of ship"),
        ("CurrentOwnerOperators", "CurrentOwnerOperator"): ("", "Owner or operator"),
        ("PreviousOwnerOperators", "PreviousOwnerOperator"): ("", "Previous owner or operator"),
    },
}


def read_records(source: SourceFile, report: ReadReport) -> Iterator[Record]:
    """Yield a record per designation, in file order."""
    for number, element in enumerate(iterate_children(source, ROOT, depth=1)):
        if element.tag == "DateGenerated":
            with dated(source, "DateGenerated"):
                report.published = read_day_first_date(element.text or "")
            continue
        unique = collapse(element.findtext("UniqueID") or "")
        place = f"Designation {number} ({unique or 'no UniqueID'})"
        with report.record(place):
            if element.tag != "Designation":
                raise UnknownFieldError([str(element.tag)])
            if not unique:
                raise EntryFaultError("no UniqueID")
            record = _record(element, unique, place, report)
            report.first(unique, "its UniqueID occurs earlier in the file")
            yield record
    if report.published is None:
        raise ListFileRefusedError(source.filename, "it does not say when it was generated", place=ROOT)


def _record(element: etree._Element, unique: str, place: str, report: ReadReport) -> Record:
    fields = leaf_fields(element, nested=_BLOCKS)
    kind = fields.take_if_there("IndividualEntityShip")
    if kind.lower() not in _SCHEMATA:
        raise EntryFaultError(f"unsupported kind {kind!r}; supported: individual, entity, ship")
    schema = _SCHEMATA[kind.lower()]
    out = Statements(schema)
    _add_names(element, out)
    _add_runs(element, "", out)
    _add_addresses(element, out)
    for block, item, adder in (
        ("IndividualDetails", "Individual", _add_individual),
        ("EntityDetails", "Entity", _add_entity),
        ("ShipDetails", "Ship", _add_ship),
    ):
        for detail in nested_items(element, block, item):
            adder(detail, out)
    if any(True for _ in element.iterchildren(_IGNORED)):
        report.ignored[_IGNORED] += 1
    period = Period(LegalDate(read_day_first_date(fields.take_if_there("DateDesignated"))))
    regime = collapse(fields.take_if_there("RegimeName"))
    reason = fields.take_if_there("UKStatementofReasons")
    if not regime:
        raise EntryFaultError("it names no regime")
    imposed = [collapse(measure_text) for measure_text in fields.take_if_there("SanctionsImposed").split("|")]
    measures = dict.fromkeys(measure_text for measure_text in imposed if measure_text) or {NO_MEASURE: None}
    listings = tuple(
        Listing(f"{unique}:{measure}", LIST_ID, measure, period, programme=regime, reason=reason)
        for measure in measures
    )
    for tag, label in (("UNReferenceNumber", "United Nations reference"), ("OFSIGroupID", "OFSI group")):
        if value := fields.take_if_there(tag):
            out.note(f"{label} {value}")
    out.note(fields.take_if_there("OtherInformation"))
    fields.take("UniqueID")
    fields.ignore(("LastUpdated", "DesignationSource"), report.ignored)
    fields.finish()
    return Record(f"{LIST_ID}-{unique}", schema, out.all(), place, listings)


def _add_names(element: etree._Element, out: Statements) -> None:
    named = sorted(
        (_name(item) for item in nested_items(element, "Names", "Name")), key=lambda entry: entry[0] != "name"
    )
    if not named or named[0][0] != "name":
        raise EntryFaultError("it has no primary name")
    for prop, name, spelling in named:
        if prop == "name" or not out.has("name", name):
            out.add(prop, name, original=spelling if spelling != name else "")
    for item in nested_items(element, "NonLatinNames", "NonLatinName"):
        # The script and language of the name show in the name itself.
        tags = ("NameNonLatinScript", "NonLatinScriptType", "NonLatinScriptLanguage")
        out.add("alias", texts_of(item, *tags)[0])


def _name(element: etree._Element) -> tuple[str, str, str]:
    """Return (property, name, spelling) of a Name element."""
    names = (f"Name{number}" for number in range(1, 7))
    kind, strength, *parts = texts_of(element, "NameType", "AliasStrength", *names)
    spelling = " ".join(filter(None, parts))
    if kind.lower() not in _NAME_TYPES or strength.lower() not in _STRENGTHS:
        raise EntryFaultError(f"unsupported kind of name {kind!r}, {strength!r}")
    if not spelling:
        raise EntryFaultError(f"a name of kind {kind!r} is empty")
    return _NAME_TYPES[kind.lower()] or _STRENGTHS[strength.lower()], collapse(spelling), spelling


def _texts(element: etree._Element, container: str, item: str) -> Iterator[str]:
    for child in nested_items(element, container, item):
        if len(child) or child.attrib:
            raise UnknownFieldError([f"{container}/{item}"])
        if text := (child.text or "").strip():
            yield text


def _add_runs(element: etree._Element, kind: str, out: Statements) -> None:
    for (container, item), (prop, label) in _RUNS[kind].items():
        for text in _texts(element, container, item):
            if prop:
                out.add(prop, text, label=label)
            else:
                out.note(f"{label}: {text}")


def _check(element: etree._Element, known: tuple[str, ...], kind: str) -> None:
    containers = {container for container, _ in _RUNS[kind]} | set(known)
    unknown = {str(child.tag) for child in element.iterchildren(tag=etree.Element)} - containers
    if unknown or element.attrib:
        raise UnknownFieldError([f"{kind}/{tag}" for tag in (*unknown, *map(str, element.attrib))])


def _add_addresses(element: etree._Element, out: Statements) -> None:
    for item in nested_items(element, "Addresses", "Address"):
        tags = (*(f"AddressLine{number}" for number in range(1, 7)), "AddressPostalCode", "AddressCountry")
        *lines, land = texts_of(item, *tags)
        country = collapse(land)
        if any(lines):
            out.add("address", ", ".join(filter(None, (*lines, country))))
        add_countries("country", country, out, "Country")


def _add_individual(element: etree._Element, out: Statements) -> None:
    _check(
        element,
        ("DOBs", "BirthDetails", "Genders", "Nationalities", "PassportDetails", "NationalIdentifierDetails"),
        "Individual",
    )
    _add_runs(element, "Individual", out)
    for text in _texts(element, "DOBs", "DOB"):
        out.add_read("birthDate", partial_day(text), text, "Date of birth")
    for text in _texts(element, "Genders", "Gender"):
        if text.lower() not in _GENDERS:
            raise EntryFaultError(f"gender {text!r} is not known")
        out.add("gender", _GENDERS[text.lower()], label="Gender")
    for text in _texts(element, "Nationalities", "Nationality"):
        add_countries("nationality", text, out, "Nationality")
    for item in nested_items(element, "BirthDetails", "Location"):
        town, country = texts_of(item, "TownOfBirth", "CountryOfBirth")
        if town:
            out.add("birthPlace", ", ".join(filter(None, (town, country))), label="Place of birth")
        add_countries("birthCountry", country, out, "Country of birth")
    _add_document(element, ("PassportDetails", "Passport"), "passportNumber", out)
    _add_document(element, ("NationalIdentifierDetails", "NationalIdentifier"), "idNumber", out)


def _add_document(element: etree._Element, tags: tuple[str, str], prop: str, out: Statements) -> None:
    container, item = tags
    for document in nested_items(element, container, item):
        number, more = texts_of(document, f"{item}Number", f"{item}AdditionalInformation")
        out.add(prop, number, label=item)
        if more:
            out.note(f"{number}: {more}" if number else more)


def _add_entity(element: etree._Element, out: Statements) -> None:
    _check(element, (), "Entity")
    _add_runs(element, "Entity", out)


def _add_ship(element: etree._Element, out: Statements) -> None:
    _check(element, ("IMONumbers", "CurrentBelievedFlagOfShips", "PreviousFlags", "YearsBuilt"), "Ship")
    _add_runs(element, "Ship", out)
    for text in _texts(element, "IMONumbers", "IMONumber"):
        digits = text.upper().removeprefix("IMO").strip()
        is_number = len(digits) == len("9187629") and digits.isdecimal()
        out.add_read("imoNumber", f"IMO{digits}" if is_number else "", text, "IMO number")
    for text in _texts(element, "CurrentBelievedFlagOfShips", "CurrentBelievedFlagOfShip"):
        add_countries("flag", text, out, "Flag")
    for text in _texts(element, "PreviousFlags", "PreviousFlag"):
        add_countries("pastFlags", text, out, "Previous flag")
    for text in _texts(element, "YearsBuilt", "YearBuilt"):
        out.add_read("buildDate", partial_day(text), text, "Year built")
