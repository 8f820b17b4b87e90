"""The CSV layout 1.1: one row per detail, gathered to entries; the columns of the entity repeat."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from overzicht.sources.interface import SourceFile
from overzicht.sources.lists.eu_fsf_persons import Detail, Entry
from overzicht.sources.lists.interface import EntryFaultError, ReadReport
from overzicht.sources.strict import Row, read_table

DELIMITER = ";"
_ACT = ("Type", "OrganisationType", "PublicationDate", "EntryIntoForceDate", "NumberTitle", "Programme",
        "PublicationUrl")  # fmt: skip
_ENTITY = ("LogicalId", "EU_ReferenceNumber", "UnitedNationId", "DesignationDate", "DesignationDetails",
           "Remark", "SubjectType", "SubjectType_ClassificationCode")  # fmt: skip
# The order of the groups and of the columns in them is the header's.
_GROUPS: dict[str, tuple[str, ...]] = {
    "NameAlias": ("LastName", "FirstName", "MiddleName", "WholeName", "NameLanguage", "Gender", "Title",
                  "Function"),
    "Address": ("City", "Street", "PoBox", "ZipCode", "Region", "Place", "AsAtListingTime", "ContactInfo",
                "CountryIso2Code", "CountryDescription"),
    "BirthDate": ("BirthDate", "Day", "Month", "Year", "YearRangeFrom", "YearRangeTo", "Circa",
                  "CalendarType", "ZipCode", "Region", "Place", "City", "CountryIso2Code",
                  "CountryDescription"),
    "Identification": ("Number", "Diplomatic", "KnownExpired", "KnownFalse", "ReportedLost",
                       "RevokedByIssuer", "IssuedBy", "IssuedDate", "ValidFrom", "ValidTo", "LatinNumber",
                       "NameOnDocument", "TypeCode", "TypeDescription", "Region", "CountryIso2Code",
                       "CountryDescription"),
    "Citizenship": ("Region", "CountryIso2Code", "CountryDescription"),
}  # fmt: skip
_KINDS = {
    "NameAlias": "nameAlias",
    "Address": "address",
    "BirthDate": "birthdate",
    "Identification": "identification",
    "Citizenship": "citizenship",
}
# Columns that the XML names otherwise than with a small first letter.
_XML_NAMES = {
    "BirthDate_BirthDate": "birthdate",
    "BirthDate_Day": "dayOfMonth",
    "BirthDate_Month": "monthOfYear",
    "Identification_IssuedDate": "issueDate",
    "Identification_TypeCode": "identificationTypeCode",
    "Identification_TypeDescription": "identificationTypeDescription",
}
_BOOLEANS = {"YES": "true", "NO": "false"}
_SUBJECTS = {("P", "person"), ("E", "enterprise")}  # the XML has code and classification in reverse
_BRACKETED = re.compile(r"\(((?:[^()]|\([^()]*\))*)\)")  # one remark of the cell, with brackets of its own
_CONTACT = re.compile(r"(PHONE|FAX|EMAIL|WEB)\[([^\]]{0,500})\]")

ENTITY_COLUMNS = tuple(f"Entity_{name}" for name in _ENTITY) + tuple(
    f"Entity_Regulation_{name}" for name in _ACT
)
HEADER: tuple[str, ...] = (
    "fileGenerationDate",
    *ENTITY_COLUMNS,
    *(
        f"{group}_{name}"
        for group, own in _GROUPS.items()
        for name in (
            *own,
            "LogicalId",
            "RegulationLanguage",
            "Remark",
            *(f"Regulation_{part}" for part in _ACT),
        )
    ),
)


def rows(source: SourceFile) -> Iterator[dict[str, str]]:
    """Yield the rows as mappings of column to text, with their place under the empty name."""
    for row in read_table(source, header=HEADER, delimiter=DELIMITER):
        yield {"": row.place} | {name: row.take(name) for name in HEADER}


def gather(table: Iterator[dict[str, str]], report: ReadReport) -> Iterator[Entry]:
    """Yield an entry for each run of rows with equal entity columns."""
    for cells, rows in groupby(table, key=lambda row: tuple(row[name] for name in ENTITY_COLUMNS)):
        entity, group = dict(zip(ENTITY_COLUMNS, cells, strict=True)), list(rows)
        place = f"{group[0]['']} to {group[-1]['']} (Entity_LogicalId {entity['Entity_LogicalId']})"
        with report.record(place):
            subject = entity["Entity_SubjectType"], entity["Entity_SubjectType_ClassificationCode"]
            if subject not in _SUBJECTS:
                raise EntryFaultError(f"subject type {subject[0]!r} with {subject[1]!r} is not known")
            for name in ("Type", "OrganisationType", "EntryIntoForceDate"):
                if entity[f"Entity_Regulation_{name}"]:
                    report.ignored[f"Entity_Regulation_{name}"] += 1
            entry = Entry(
                place=place,
                logical_id=entity["Entity_LogicalId"],
                reference=entity["Entity_EU_ReferenceNumber"],
                un_id=entity["Entity_UnitedNationId"],
                designated=entity["Entity_DesignationDate"],
                designation_details=entity["Entity_DesignationDetails"],
                delisted="",
                subject=subject[1],
                remarks=_remark(entity["Entity_Remark"]),
                act_number=entity["Entity_Regulation_NumberTitle"],
                act_published=entity["Entity_Regulation_PublicationDate"],
                act_address=entity["Entity_Regulation_PublicationUrl"],
                programme=entity["Entity_Regulation_Programme"],
                details=tuple(
                    _detail(name, row) for row in group for name in _GROUPS if row[f"{name}_LogicalId"]
                ),
            )
            yield entry


def _detail(group: str, row: dict[str, str]) -> Detail:
    fields = {
        _XML_NAMES.get(f"{group}_{name}", name[0].lower() + name[1:]): _BOOLEANS.get(
            row[f"{group}_{name}"], row[f"{group}_{name}"]
        )
        for name in (*_GROUPS[group], "LogicalId", "RegulationLanguage")
        if name != "ContactInfo"
    }
    contacts: Sequence[tuple[str, str]] = ()
    if group == "Address" and (cell := row["Address_ContactInfo"]):
        contacts = _CONTACT.findall(cell)
        if not contacts or _CONTACT.sub("", cell).strip(" ,;"):
            contacts = (("OTHER", cell),)
    return Detail(
        kind=_KINDS[group],
        fields=Row(row[""], fields),
        remarks=_remark(row[f"{group}_Remark"]),
        act_published=row[f"{group}_Regulation_PublicationDate"],
        contacts=tuple(contacts),
    )


def _remark(text: str) -> tuple[str, ...]:
    if _BRACKETED.sub("", text).strip():
        return (text,)
    return tuple(inside for inside in _BRACKETED.findall(text) if inside.strip())
