"""The customs territory of the Union: its states over time, and places with a rule of their own.

**What the law says.** The regulation refers to the customs territory of the Union (Article 2(2)). The customs
code lists it, and includes or excludes places by name.

**What we check.** The code of the destination, a place that the case names, and the names of such places in
the addresses of a case.

**What we cannot see.** The place of an address that does not mention one of these names. If a source is
missing or leaves room, the answer is unknown and gives the reason.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import cache

from pydantic import Field

from overzicht.dates import Holds
from overzicht.evidence import Citation
from overzicht.evidence.packaged import ById, LocalizedText, StrictModel, packaged_facts
from overzicht.evidence.source import Source

OFTEN_MEANT = {"UK": "GB", "EL": "GR"}  # what people write, and the country code that they mean


class SpecialPlace(LocalizedText):
    """A place whose rule may differ from that of its state `of`; a person decides on unknown."""

    id: str
    of: str
    codes: tuple[str, ...] = ()
    names: tuple[str, ...] = Field(min_length=1)
    inside: Holds
    sources: tuple[str, ...]
    unverified: tuple[str, ...] = ()


class UnionTerritory(StrictModel):
    """The states of the customs territory, those that left with the date, and special places by key."""

    id: str
    last_value_still_valid_on: date
    since: date
    states: tuple[str, ...]
    left: dict[str, date]
    unverified: tuple[str, ...]
    special: ById[SpecialPlace]
    sources: dict[str, Source]

    def holds(self, country: str, day: date) -> Holds:
        """Return whether a country (ISO code) was inside on `day`; unknown before the first recorded date."""
        if day < self.since:
            return Holds.UNKNOWN
        own = self.with_code(country)
        if own is not None:
            return own.inside
        if country in self.left:
            return Holds.YES if day < self.left[country] else Holds.NO
        return Holds.YES if country in self.states else Holds.NO

    def with_code(self, country: str) -> SpecialPlace | None:
        """Return the place that has a code of its own, or None."""
        return next((place for place in self.special.values() if country in place.codes), None)

    def within(self, country: str) -> tuple[SpecialPlace, ...]:
        """Return the places of a state whose rule may differ from the state's, in the order of the file."""
        return tuple(place for place in self.special.values() if place.of == country)

    def named_in(self, country: str, addresses: Iterable[str]) -> tuple[SpecialPlace, ...]:
        """Return the places of a state that addresses name as whole words, ignoring accents."""
        plain_addresses = [_plain(address) for address in addresses]
        return tuple(
            place
            for place in self.within(country)
            if any(
                re.search(rf"\b{re.escape(_plain(name))}\b", text)
                for name in place.names
                for text in plain_addresses
            )
        )

    def cite(self, place: SpecialPlace | None = None) -> tuple[Citation, ...]:
        """Return the citations for a place, or for the list of states."""
        keys = place.sources if place is not None else ("states", "years")
        return tuple(self.sources[key].cite(f"law: {self.id}", key) for key in keys)


def _plain(words: str) -> str:
    parted = unicodedata.normalize("NFKD", words)
    return "".join(sign for sign in parted if not unicodedata.combining(sign)).casefold()


@cache
def union_territory() -> UnionTerritory:
    """Return the packaged list of states, read once; PackagedFactError if the file is not valid."""
    return packaged_facts(UnionTerritory, "overzicht.law", "data/union-territory.yaml")
