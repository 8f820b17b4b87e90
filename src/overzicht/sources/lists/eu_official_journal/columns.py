"""The columns of the transcription and what each becomes."""

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
