"""The protocol by which any stage asks whether a party stands on a list, without knowing the engine."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Protocol

from overzicht.evidence import Reason


@dataclass(frozen=True, slots=True)
class PartyQuery:
    """A party to look for.

    `identifiers` are pairs of FollowTheMoney property (`leiCode`, `uscCode`, `registrationNumber`) and value.
    `party_id` is that of a known party (the maker card, or an owner on one), empty where none is known.
    `not_the_same_as` are exact names that are recorded, with a source, to be somebody else.
    `tentative_names` may be names of the party: what they meet is never more than possible. Country and
    nationality are absent on purpose: they never move a score.
    """

    id: str
    names: tuple[str, ...]
    schema: str = "LegalEntity"
    identifiers: tuple[tuple[str, str], ...] = ()
    birth_date: str = ""
    not_the_same_as: tuple[str, ...] = ()
    party_id: str = ""
    tentative_names: tuple[str, ...] = ()


class Band(StrEnum):
    """How a match counts: as the party asked for, or as one that a person has to look at."""

    MATCH = "match"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True)
class PartyMatch:
    """A record that is, or may be, the party asked for.

    `score` runs from 0 to 1; `matched_on` is the identifier or the name that met. `record_id` and `list_id`
    name the record, whose listings and citation the store gives.
    """

    query_id: str
    record_id: str
    list_id: str
    score: float
    matched_on: str
    reasons: tuple[Reason, ...] = field(default=())
    band: Band = Band.MATCH

    def demoted(self) -> "PartyMatch":
        """Return the same match as one that a person has to look at."""
        return replace(self, band=Band.POSSIBLE)


class PartyMatcher(Protocol):
    """Names in, records out, in bulk."""

    def match(
        self, queries: Sequence[PartyQuery], *, as_of: date, lists: Sequence[str] | None = None
    ) -> list[list[PartyMatch]]:
        """Return for each query its matches, best first; an empty list means nothing was found.

        `as_of` limits the search to records seen in the versions of the lists that can tell for that day;
        `lists` to those list ids (None: all that are loaded).
        """
        ...
