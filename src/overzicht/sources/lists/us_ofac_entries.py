"""What both layouts of OFAC's lists share: the words, the columns of vessels, a listing per programme."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from overzicht.dates import LegalDate, Period
from overzicht.entities import Listing, Statement
from overzicht.sources.lists.interface import ReadReport
from overzicht.sources.lists.us_features import NOTES, birth_dates, country_code, feature, split_label
from overzicht.sources.strict import Row


class SideFileRows:
    """The rows of a companion file, given out by entry number; the file must be in that order."""

    def __init__(self, name: str, rows: Iterator[Row], report: ReadReport) -> None:
        self._name = name
        self._rows = rows
        self._report = report
        self._last = 0
        self._next: tuple[int, Row] | None = None
        self._advance()

    def rows_for(self, number: int) -> list[Row]:
        """Return the rows of the entry; rows before it, which belong to nobody, become problems."""
        matching: list[Row] = []
        while self._next is not None and self._next[0] <= number:
            key, row = self._next
            if key == number:
                matching.append(row)
            else:
                self._tell(row, f"it belongs to entry {key}, which is not in the list")
            self._advance()
        return matching

    def finish(self) -> None:
        """Report the rows that are left when the list has ended."""
        while self._next is not None:
            self._tell(self._next[1], f"it belongs to entry {self._next[0]}, which is not in the list")
            self._advance()

    def _advance(self) -> None:
        self._next = None
        for row in self._rows:
            text = row.take("ent_num")
            if not text.isdecimal():
                self._tell(row, f"{text!r} is not an entry number")
            elif int(text) < self._last:
                self._tell(row, f"entry {text} stands after {self._last}, the file is not in order")
            else:
                self._last = int(text)
                self._next = (self._last, row)
                return

    def _tell(self, row: Row, reason: str) -> None:
        self._report.problem(f"{self._name}, {row.place}", reason)


COMPANY_LABELS = ("ISIN ", "Equity Ticker ", "BIK (RU) ")
# OFAC quotes the names that it calls weak, former ones too: the XML marks the same ones as weak.
QUOTED_NAME = dict.fromkeys(("a.k.a.", "f.k.a.", "n.k.a."), "weakAlias")


def remark_items(remarks: str) -> list[str]:
    """Return the facts of the remarks in order, without the final stop."""
    text = remarks.strip().removesuffix(".")
    return [item.strip() for item in text.split("; ") if item.strip()]


def is_company(remarks: str) -> bool:
    """Return whether a fact applies only to a company (a share, a ticker, a bank code)."""
    return any(item.removeprefix("alt. ").startswith(COMPANY_LABELS) for item in remark_items(remarks))


def remark_statements(remarks: str, schema: str) -> Iterator[Statement]:
    """Yield a statement per fact, or more for a range of birth dates."""
    for item in remark_items(remarks):
        plain = item.removeprefix("alt. ")
        named = re.fullmatch(r"([afn]\.k\.a\.) '(.+)'", plain)
        word, _, rest = plain.partition(" ")
        if named is not None:
            yield Statement(QUOTED_NAME[named[1]], named[2])
        elif schema == "Person" and rest and word == "DOB":
            yield from birth_dates(rest)
        elif schema == "Person" and rest and word == "POB":
            yield Statement("birthPlace", rest)
        elif schema == "Person" and rest and word in {"nationality", "citizen"}:
            prop = "nationality" if word == "nationality" else "citizenship"
            code = country_code(rest)
            yield Statement(prop, code, original=rest) if code else Statement(NOTES, item)
        else:
            label, value = split_label(item)
            bare = re.sub(r" (?:issued|expires) .*$", "", value)
            yield feature(label, re.sub(r" \([A-Z][A-Za-z ,.'-]+\)$", "", bare).strip(), schema, item)


def listing_facts(remarks: str) -> Iterator[tuple[str, str]]:
    """Yield (label, day as text) for each "Listing Date (…)" in the remarks."""
    for item in remark_items(remarks):
        match = re.fullmatch(r"(Listing Date \([^)]+\)):? (.+)", item.removeprefix("alt. "))
        if match is not None:
            yield match[1], match[2]


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
