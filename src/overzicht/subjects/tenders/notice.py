"""A procurement notice, whatever the form in which it was published."""

from dataclasses import dataclass, field
from datetime import date
from functools import cache

from rigour.langs import iso_639_alpha2
from rigour.territories import get_territory


@dataclass(frozen=True, slots=True)
class Body:
    """A buyer or supplier: its name, and its country by two small letters (empty if it is not stated)."""

    name: str
    country: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of a notice and where it stands; `lot` is the number of the lot it is about, empty for all."""

    place: str
    words: str
    lot: str = ""


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract that was awarded: to whom, when (None if it is not stated), for which lots (empty: all)."""

    place: str
    suppliers: tuple[Body, ...]
    day: date | None = None
    lots: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice. `number` is its official one; `language` two small letters, empty if it is not stated."""

    number: str
    title: str
    buyers: tuple[Body, ...]
    passages: tuple[Passage, ...]
    contracts: tuple[Contract, ...] = ()
    cpv: tuple[str, ...] = ()
    kind: str = ""
    language: str = ""
    country: str = ""
    published: date | None = None
    address: str = ""
    place: str = field(default="")  # its place in the file, empty if it is the whole file

    def contract_of(self, lot: str) -> Contract | None:
        """Return the contract for a lot (empty: for all), or the only one; None if there is none."""
        fitting = [
            contract for contract in self.contracts if lot in contract.lots or not contract.lots or not lot
        ]
        return fitting[0] if fitting else None


def two_letters(language: str) -> str:
    """Return a language code as two small letters, or an empty text for none that is known."""
    code = language.strip().lower()
    return code if len(code) == 2 else (iso_639_alpha2(code) or "") if code else ""


def day_of(printed: str) -> date | None:
    """Return the date at the start of a text (`2024-12-30+02:00`, `20241230`); None without one."""
    try:
        return date.fromisoformat(printed[:10])
    except ValueError:
        return None


@cache
def country_code(country: str) -> str:
    """Return the code of a country (two or three letters, or a name) as two small letters; empty for none."""
    code = {"UK": "GB", "EL": "GR"}.get(country.strip().upper(), country.strip())
    match = get_territory(code) if len(code) in (2, 3) else None
    return match.code.lower() if match is not None and len(match.code) == 2 else ""
