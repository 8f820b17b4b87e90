"""The cells of a row to statements: several values in one, as printed in an act."""

import re
from collections import Counter
from collections.abc import Iterator

from overzicht.sources.lists.list_values import (
    Statements,
    collapse,
    country_code,
    is_han,
    partial_date,
    split_cell,
    split_comment,
    split_enumeration,
)
from overzicht.sources.strict import Row

ACT = ("celex",)
AMENDMENT = ("amendedCelex", "amendmentCelex")
COLUMNS = (
    "recordId", "programKey", "annex", "measure", "startDate", "reason", "schema", "name", "alias",
    "weakAlias", "previousName", "country", "nationality", "jurisdiction", "birthDate", "birthPlace",
    "position", "passportNumber", "gender", "appearance", "ethnicity", "fatherName", "motherName",
    "incorporationDate", "legalForm", "sector", "registrationNumber", "taxNumber", "idNumber", "innCode",
    "ogrnCode", "kppCode", "okpoCode", "leiCode", "swiftBic", "ticker", "imoNumber", "mmsi", "flag",
    "address", "phone", "email", "website", "notes",
)  # fmt: skip
CONSOLIDATED_HEADER = ACT + COLUMNS
AMENDMENT_HEADER = AMENDMENT + COLUMNS

SCHEMATA = frozenset({"Person", "LegalEntity", "Organization", "Company", "Vessel", "Asset"})
MEASURES = frozenset(
    {
        "Asset freeze",  # the only financial sanction among them
        "Export control",
        "Financial restrictions",
        "Investment ban",
        "Services ban",
        "Transportation restrictions",
    }
)

# Left out on purpose: the product records nobody's ethnicity, whatever a source prints.
IGNORED = ("ethnicity",)

# Several values in a cell, each a value of the property of the same name; the label is for a note where the
# schema lacks the property.
LISTS = {
    "previousName": "Previous name",
    "position": "Position",
    "appearance": "Appearance",
    "fatherName": "Father's name",
    "motherName": "Mother's name",
    "legalForm": "Legal form",
    "sector": "Sector",
    "ticker": "Ticker",
    "address": "Address",
    "phone": "Phone",
    "email": "E-mail",
    "website": "Website",
}
# The same, where a remark in brackets behind the number goes to a note.
NUMBERS = {
    "passportNumber": "Passport number",
    "registrationNumber": "Registration number",
    "taxNumber": "Tax number",
    "idNumber": "Identity number",
    "innCode": "INN",
    "ogrnCode": "OGRN",
    "kppCode": "KPP",
    "okpoCode": "OKPO",
    "leiCode": "LEI",
    "swiftBic": "SWIFT BIC",
    "imoNumber": "IMO number",
    "mmsi": "MMSI",
}
# What a remark in brackets says that the number is, where it is more exact than its column.
REMARKED_NUMBERS = {
    "USCC": "uscCode",
    "Unified Social Credit Code": "uscCode",
    "Tax ID/INN": "innCode",
    "INN": "innCode",
    "OGRN": "ogrnCode",
    "KPP": "kppCode",
    "Tax Identification Number": "taxNumber",
    "tax identification number": "taxNumber",
    "Tax ID number": "taxNumber",
    "TIN": "taxNumber",
}
MAX_NUMBER = 50  # characters; a longer text, or one without a digit, is prose and no number
COUNTRIES = {
    "country": "Country",
    "nationality": "Nationality",
    "jurisdiction": "Jurisdiction",
    "flag": "Flag",
}
DATES = {"birthDate": "Born", "incorporationDate": "Founded"}


CHINESE = "zho"
_ABOUT = re.compile(r"(?:approximately|approx\.?|circa|about|around|c\.)\s+(.+)", re.IGNORECASE)
_HIJRI_YEAR = re.compile(r"\b1[34]\d\d\b")
_OR = re.compile(r"(?<!\s)\s+or\s+|(?<!\s)\s*/\s*(?=\d{4})")
_TWO_COUNTRIES = re.compile(r",\s|;\s|(?<!\s\s)\s+and\s+|/")


def add_cells(row: Row, out: Statements, ignored: Counter[str]) -> None:
    """Add what the cells of a row say, and cross them off."""
    row.ignore(IGNORED, ignored)
    out.add("name", row.take("name"))
    for prop in ("alias", "weakAlias"):
        for value in split_cell(row.take(prop)):
            # The transcription names no language; only a name all in Chinese characters tells its own.
            out.add(prop, value, lang=CHINESE if is_han(value) else "")
    for prop, label in COUNTRIES.items():
        _add_countries(prop, label, row.take(prop), out)
    for prop, label in DATES.items():
        for item in _items(row.take(prop)):
            _add_date(prop, label, item, out)
    for item in _items(row.take("birthPlace")):
        out.add("birthPlace", item, label="Place of birth")
    for prop, label in NUMBERS.items():
        for item in _items(row.take(prop)):
            _add_number(prop, label, item, out)
    for prop, label in LISTS.items():
        for value in split_cell(row.take(prop)):
            out.add(prop, value, label=label)
    text = row.take("gender")
    value = text.strip(" .").lower()
    if value in {"male", "female"}:
        out.add("gender", value, original=text if text != value else "")
    elif value:
        out.note(f"Gender: {text}")
    out.note(row.take("notes"))


def _items(cell: str) -> Iterator[str]:
    for value in split_cell(cell):
        yield from split_enumeration(value)


def _add_countries(prop: str, label: str, cell: str, out: Statements) -> None:
    for item in _items(cell):
        parts = (
            [item] if country_code(item) else [part for part in _TWO_COUNTRIES.split(item) if part.strip()]
        )
        codes = [country_code(collapse(part)) for part in parts]
        if not all(codes):
            out.note(f"{label}: {item}")
            continue
        for code in codes:
            out.add(prop, code, original=item, label=label)


def _add_date(prop: str, label: str, text: str, out: Statements) -> None:
    """Add a day, month or year; other text around it becomes a note.

    Some acts print Hijri years without stating so; these stay as printed.
    """
    plain, remark = split_comment(text)
    about = _ABOUT.fullmatch(plain)
    printed = _OR.split(about[1] if about else plain)
    known = [] if _HIJRI_YEAR.search(text) else [partial_date(item) for item in printed]
    if not known or not all(known):
        out.note(f"{label}: {text}")
        return
    for value in known:
        out.add(prop, value, original=text if text != value else "", label=label)
    if about or remark or len(known) > 1:
        out.note(f"{label}: {text}")


def _add_number(prop: str, label: str, item: str, out: Statements) -> None:
    number, remark = split_comment(item)
    if len(number) > MAX_NUMBER:
        is_number = False
    else:
        is_number = prop == "swiftBic" or any(sign.isdigit() for sign in number)  # a BIC may be letters only
    if not is_number:
        out.note(f"{label}: {item}")
        return
    original = item if number != item else ""
    if remark in REMARKED_NUMBERS:
        out.add(REMARKED_NUMBERS[remark], number, original=original, label=remark)
        return
    out.add(prop, number, original=original, label=label)
    if remark:
        out.note(f"{label} {number}: {remark}")
