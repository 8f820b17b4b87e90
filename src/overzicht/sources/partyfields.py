"""Fields of a party to screen, and the headers that mean them in tables."""

HEADERS = {
    "name": ("name", "naam", "query", "party", "partij", "company", "bedrijf", "bedrijfsnaam", "full name"),
    "alias": ("alias", "aliases", "other names", "andere namen"),
    "id": ("id", "nummer", "number", "reference", "kenmerk"),
    "schema": ("schema", "kind", "soort", "type"),
    "birth_date": ("birth_date", "birth date", "date of birth", "geboortedatum"),
    "leiCode": ("lei", "leicode"),
    "uscCode": ("uscc", "usccode", "unified social credit code"),
    "registrationNumber": ("registration number", "registrationnumber", "kvk", "kvk-nummer", "kvk number"),
    "imoNumber": ("imo", "imo number", "imonumber"),
    "taxNumber": ("tax number", "taxnumber", "rsin", "btw-nummer", "vat"),
    "innCode": ("inn", "inncode"),
    "ogrnCode": ("ogrn", "ogrncode"),
    "passportNumber": ("passport", "passport number", "passportnumber", "paspoortnummer"),
    "idNumber": ("id number", "idnumber"),
    "cryptoAddress": (
        "wallet",
        "wallet address",
        "crypto address",
        "wallet-adres",
        "digital currency address",
    ),
    "country": ("country", "countries", "land", "jurisdiction", "birth country", "country of birth"),
}
SCHEMATA = {
    "person": "Person", "persoon": "Person", "company": "Company", "bedrijf": "Company",
    "organization": "Organization", "organisation": "Organization", "organisatie": "Organization",
    "body": "Organization", "legalentity": "LegalEntity", "vessel": "Vessel", "schip": "Vessel",
}  # fmt: skip
IDENTIFIERS = tuple(field for field in HEADERS if field.endswith(("Code", "Number", "cryptoAddress")))


def field_of(header: str) -> str:
    """Return the field that a header or the name of a number means; empty if unknown."""
    plain = header.strip().casefold()
    return next(
        (field for field, names in HEADERS.items() if plain in names or plain == field.casefold()), ""
    )
