"""Reads the UK Sanctions List of the Foreign, Commonwealth and Development Office, as XML.

*Caveats*. Name 6 is the surname or the name of a body. Measures are joined by bars ("Asset freeze|Travel
Ban"); the block that repeats them as yes and no is counted as ignored. A designation can be older than its
present law. Relatives, subsidiaries and owners are only names and become notes.
"""

from collections.abc import Callable, Iterator

from lxml import etree

from overzicht.dates import LegalDate, Period, read_day_first_date
from overzicht.entities import Listing, Record
from overzicht.sources.interface import ListFileRefusedError, SourceFile
from overzicht.sources.lists.interface import EntryFaultError, Layout, ReadReport, dated
from overzicht.sources.lists.list_values import Statements, collapse
from overzicht.sources.lists.uk_ofsi import LIST_ID, add_countries, partial_day
from overzicht.sources.strict import UnknownFieldError, iterate_children, leaf_fields, nested_items, texts_of

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


def _add_plain(prop: str, text: str, out: Statements, label: str) -> None:
    if prop:
        out.add(prop, text, label=label)
    else:
        out.note(f"{label}: {text}")


def _add_day(prop: str, text: str, out: Statements, label: str) -> None:
    out.add_read(prop, partial_day(text), text, label)


def _add_gender(prop: str, text: str, out: Statements, label: str) -> None:
    if text.lower() not in _GENDERS:
        raise EntryFaultError(f"gender {text!r} is not known")
    out.add(prop, _GENDERS[text.lower()], label=label)


def _add_imo(prop: str, text: str, out: Statements, label: str) -> None:
    digits = text.upper().removeprefix("IMO").strip()
    is_number = len(digits) == len("9187629") and digits.isdecimal()
    out.add_read(prop, f"IMO{digits}" if is_number else "", text, label)


# container, item: adder, property and label of a run of single texts; no property means a note
_RUNS: dict[str, dict[tuple[str, str], tuple[Callable[[str, str, Statements, str], None], str, str]]] = {
    "": {
        ("Titles", "Title"): (_add_plain, "title", "Title"),
        ("PhoneNumbers", "PhoneNumber"): (_add_plain, "phone", "Phone"),
        ("EmailAddresses", "EmailAddress"): (_add_plain, "email", "Email"),
        ("Websites", "Website"): (_add_plain, "website", "Website"),
    },
    "Individual": {
        ("Positions", "Position"): (_add_plain, "position", "Position"),
        ("DOBs", "DOB"): (_add_day, "birthDate", "Date of birth"),
        ("Genders", "Gender"): (_add_gender, "gender", "Gender"),
        ("Nationalities", "Nationality"): (add_countries, "nationality", "Nationality"),
    },
    "Entity": {
        ("TypeOfEntities", "TypeOfEntity"): (_add_plain, "legalForm", "Type of entity"),
        ("BusinessRegistrationNumbers", "BusinessRegistrationNumber"): (
            _add_plain, "registrationNumber", "Registration",
        ),
        ("ParentCompanies", "ParentCompany"): (_add_plain, "", "Parent company"),
        ("Subsidiaries", "Subsidiary"): (_add_plain, "", "Subsidiary"),
    },
    "Ship": {
        ("TypeOfShipDetails", "TypeOfShip"): (_add_plain, "type", "Type of ship"),
        ("TonnageOfShipDetails", "TonnageOfShip"): (_add_plain, "tonnage", "Tonnage"),
        ("LengthOfShipDetails", "LengthOfShip"): (_add_plain, "", "Length of ship"),
        ("CurrentOwnerOperators", "CurrentOwnerOperator"): (_add_plain, "", "Owner or operator"),
        ("PreviousOwnerOperators", "PreviousOwnerOperator"): (_add_plain, "", "Previous owner or operator"),
        ("IMONumbers", "IMONumber"): (_add_imo, "imoNumber", "IMO number"),
        ("CurrentBelievedFlagOfShips", "CurrentBelievedFlagOfShip"): (add_countries, "flag", "Flag"),
        ("PreviousFlags", "PreviousFlag"): (add_countries, "pastFlags", "Previous flag"),
        ("YearsBuilt", "YearBuilt"): (_add_day, "buildDate", "Year built"),
    },
}  # fmt: skip
_DOCUMENTS = {
    "Passport": ("PassportDetails", "passportNumber"),
    "NationalIdentifier": ("NationalIdentifierDetails", "idNumber"),
}
_NESTED = {"Individual": {"BirthDetails", *(container for container, _ in _DOCUMENTS.values())}}


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
            fields = leaf_fields(element, nested=_BLOCKS)
            kind = fields.take_if_there("IndividualEntityShip")
            if kind.lower() not in _SCHEMATA:
                raise EntryFaultError(f"unsupported kind {kind!r}; supported: individual, entity, ship")
            schema = _SCHEMATA[kind.lower()]
            out = Statements(schema)
            _add_names(element, out)
            _add_runs(element, "", out)
            for item in nested_items(element, "Addresses", "Address"):
                tags = (
                    *(f"AddressLine{number}" for number in range(1, 7)),
                    "AddressPostalCode",
                    "AddressCountry",
                )
                *lines, land = texts_of(item, *tags)
                country = collapse(land)
                if any(lines):
                    out.add("address", ", ".join(filter(None, (*lines, country))))
                add_countries("country", country, out, "Country")
            for block, named in (
                ("IndividualDetails", "Individual"),
                ("EntityDetails", "Entity"),
                ("ShipDetails", "Ship"),
            ):
                for detail in nested_items(element, block, named):
                    _add_details(detail, named, out)
            if any(True for _ in element.iterchildren(_IGNORED)):
                report.ignored[_IGNORED] += 1
            period = Period(LegalDate(read_day_first_date(fields.take_if_there("DateDesignated"))))
            regime = collapse(fields.take_if_there("RegimeName"))
            reason = fields.take_if_there("UKStatementofReasons")
            if not regime:
                raise EntryFaultError("it names no regime")
            imposed = [
                collapse(measure_text) for measure_text in fields.take_if_there("SanctionsImposed").split("|")
            ]
            measures = dict.fromkeys(measure_text for measure_text in imposed if measure_text) or {
                NO_MEASURE: None
            }
            listings = tuple(
                Listing(f"{unique}:{measure}", LIST_ID, measure, period, programme=regime, reason=reason)
                for measure in measures
            )
            for tag, label in (
                ("UNReferenceNumber", "United Nations reference"),
                ("OFSIGroupID", "OFSI group"),
            ):
                if value := fields.take_if_there(tag):
                    out.note(f"{label} {value}")
            out.note(fields.take_if_there("OtherInformation"))
            fields.take("UniqueID")
            fields.ignore(("LastUpdated", "DesignationSource"), report.ignored)
            fields.finish()
            record = Record(f"{LIST_ID}-{unique}", schema, out.all(), place, listings)
            report.first(unique, "its UniqueID occurs earlier in the file")
            yield record
    if report.published is None:
        raise ListFileRefusedError(source.filename, "it does not say when it was generated", place=ROOT)


def _add_names(element: etree._Element, out: Statements) -> None:
    named = []
    for item in nested_items(element, "Names", "Name"):
        parts_of_name = (f"Name{number}" for number in range(1, 7))
        kind, strength, *parts = texts_of(item, "NameType", "AliasStrength", *parts_of_name)
        spelling = " ".join(filter(None, parts))
        if kind.lower() not in _NAME_TYPES or strength.lower() not in _STRENGTHS:
            raise EntryFaultError(f"unsupported kind of name {kind!r}, {strength!r}")
        if not spelling:
            raise EntryFaultError(f"a name of kind {kind!r} is empty")
        prop = _NAME_TYPES[kind.lower()] or _STRENGTHS[strength.lower()]
        named.append((prop, collapse(spelling), spelling))
    named.sort(key=lambda entry: entry[0] != "name")
    if not named or named[0][0] != "name":
        raise EntryFaultError("it has no primary name")
    for prop, name, spelling in named:
        if prop == "name" or not out.has("name", name):
            out.add(prop, name, original=spelling if spelling != name else "")
    for item in nested_items(element, "NonLatinNames", "NonLatinName"):
        # The script and language of the name show in the name itself.
        tags = ("NameNonLatinScript", "NonLatinScriptType", "NonLatinScriptLanguage")
        out.add("alias", texts_of(item, *tags)[0])


def _add_runs(element: etree._Element, kind: str, out: Statements) -> None:
    for (container, item), (adder, prop, label) in _RUNS[kind].items():
        for child in nested_items(element, container, item):
            if len(child) or child.attrib:
                raise UnknownFieldError([f"{container}/{item}"])
            if text := (child.text or "").strip():
                adder(prop, text, out, label)


def _add_details(element: etree._Element, kind: str, out: Statements) -> None:
    """Add the details of a person, body or ship; UnknownFieldError for a child that is not known."""
    known = {container for container, _ in _RUNS[kind]} | _NESTED.get(kind, set())
    unknown = {str(child.tag) for child in element.iterchildren(tag=etree.Element)} - known
    if unknown or element.attrib:
        raise UnknownFieldError([f"{kind}/{tag}" for tag in (*unknown, *map(str, element.attrib))])
    _add_runs(element, kind, out)
    for item in nested_items(element, "BirthDetails", "Location"):
        town, country = texts_of(item, "TownOfBirth", "CountryOfBirth")
        if town:
            out.add("birthPlace", ", ".join(filter(None, (town, country))), label="Place of birth")
        add_countries("birthCountry", country, out, "Country of birth")
    for name, (container, prop) in _DOCUMENTS.items():
        for document in nested_items(element, container, name):
            number, more = texts_of(document, f"{name}Number", f"{name}AdditionalInformation")
            out.add(prop, number, label=name)
            if more:
                out.note(f"{number}: {more}" if number else more)
