"""The protocol for finding parties on lists, independent of the engine."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Protocol

from overzicht.evidence import Reason


@dataclass(frozen=True, slots=True)
class PartyQuery:
    """A party to search for.

    `identifiers` are pairs of FollowTheMoney property (`leiCode`, `uscCode`, `registrationNumber`) and value.
    `party_id` is that of a known party (a maker card, or an owner on one), else empty. `not_the_same_as` are
    exact names that a source states to be of another party. `tentative_names` may be names of the party; a
    match on them is at most possible. `countries` are codes of the country of birth or registration: evidence
    of identity, never of risk. Nationality is not a field, because it does not count.
    """

    id: str
    names: tuple[str, ...]
    schema: str = "LegalEntity"
    identifiers: tuple[tuple[str, str], ...] = ()
    birth_date: str = ""
    not_the_same_as: tuple[str, ...] = ()
    party_id: str = ""
    tentative_names: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()

    @property
    def has_evidence(self) -> bool:
        """Whether a date, a country or a number says more than the names, for a party not known yet."""
        return bool(self.birth_date or self.countries or self.identifiers) and not self.party_id


class Band(StrEnum):
    """Band of a match: the party of the query, or one that a person must review."""

    MATCH = "match"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True)
class PartyMatch:
    """A record that is, or may be, the party of a query.

    `score` is 0 to 1; `matched_on` is the number or the name that matched.
    """

    query_id: str
    record_id: str
    list_id: str
    score: float
    matched_on: str
    reasons: tuple[Reason, ...] = field(default=())
    band: Band = Band.MATCH

    @property
    def place(self) -> tuple[str, str]:
        """The list and the id of the record."""
        return self.list_id, self.record_id

    def demoted(self) -> "PartyMatch":
        """Return the same match as one that a person must review."""
        return replace(self, band=Band.POSSIBLE)


class PartyMatcher(Protocol):
    """Finds the records of many parties."""

    def match(
        self, queries: Sequence[PartyQuery], *, as_of: date, lists: Sequence[str] | None = None
    ) -> list[list[PartyMatch]]:
        """Return for each query its matches, best first; an empty list if there are none.

        `as_of` limits the search to records in versions of the lists that cover that date; `lists` to those
        list ids (None: all loaded lists).
        """
        ...
