"""What both layouts of OFAC's lists share: the words, the columns of vessels, a listing per programme."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from overzicht.dates import LegalDate, Period
from overzicht.entities import Listing, Statement
from overzicht.sources.lists.us_features import NOTES, country_code

LIST_ID = "us-ofac"
SDN, CONSOLIDATED = "sdn", "consolidated"
MEASURES = {SDN: "Specially Designated Nationals", CONSOLIDATED: "Non-SDN Consolidated Sanctions List"}
ALIAS_PROPERTIES = {"aka": "alias", "fka": "previousName", "nka": "alias"}
COLUMN_PROPERTIES = {
    "title": ("Person", "position"),
    "call_sign": ("Vessel", "callSign"),
    "vessel_type": ("Vessel", "type"),
    "tonnage": ("Vessel", "tonnage"),
    "gross_registered_tonnage": ("Vessel", "grossRegisteredTonnage"),
    "flag": ("Vessel", "flag"),
    "owner": ("", ""),  # a name in words, while the vocabulary wants the record of the owner
}
_WEIGHTS = frozenset({"tonnage", "gross_registered_tonnage"})


def own_columns(values: Mapping[str, str], schema: str) -> Iterator[Statement]:
    """Yield the columns for persons and vessels; a value where it does not belong is kept as a note."""
    for column, (of_schema, prop) in COLUMN_PROPERTIES.items():
        value = values.get(column, "")
        cleaned = country_code(value) if column == "flag" and value else value
        if column in _WEIGHTS:
            cleaned = value.replace(",", "")  # the CSV writes 318,000, the XML 318000
        if schema == of_schema and cleaned:
            yield Statement(prop, cleaned, original=value if value != cleaned else "")
        elif value:
            yield Statement(NOTES, f"{column}: {value}")


def country(text: str, prop: str = "country", label: str = "Country") -> Statement:
    """Return the statement for a country name; a note if the country is unknown."""
    code = country_code(text)
    return Statement(prop, code, original=text) if code else Statement(NOTES, f"{label}: {text}")


def listings(
    number: int, programmes: Sequence[str], days: Mapping[str, date], part: str
) -> tuple[Listing, ...]:
    """Return a listing per programme; its start only where the entry states the day for that programme."""
    return tuple(
        Listing(
            f"{LIST_ID}-{number}:{programme}",
            LIST_ID,
            MEASURES[part],
            Period(LegalDate(days[programme])) if programme in days else Period(),
            programme=programme,
        )
        for programme in programmes
    )
