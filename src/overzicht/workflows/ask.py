"""Is this party listed? One name or many, every list's own answer for a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from overzicht.entities import PartyQuery
from overzicht.screening.exact import ExactMatcher
from overzicht.store.database import Store
from overzicht.store.records import StoreLookup
from overzicht.workflows.listings import FoundListing, ListAnswer, Shelf, answer_of


@dataclass(frozen=True, slots=True)
class AskedParty:
    """The listings found for a query, best match first, and the answer of every list asked."""

    query: PartyQuery
    listings: tuple[FoundListing, ...]
    answers: tuple[ListAnswer, ...]


def ask_lists(
    store: Store, queries: Sequence[PartyQuery], *, as_of: date, lists: Sequence[str] = ()
) -> list[AskedParty]:
    """Return one answer per query; all lists of listings are asked when none is named."""
    with store.reading() as connection:
        shelf = Shelf(connection)
        asked = tuple(lists) or shelf.listing_lists
        matched = ExactMatcher(StoreLookup(connection)).match(queries, as_of=as_of, lists=asked)
        answered = []
        for query, matches in zip(queries, matched, strict=True):
            found = [listing for match in matches for listing in shelf.listings(match, as_of)]
            answers = tuple(answer_of(shelf, list_id, found, as_of) for list_id in asked)
            answered.append(AskedParty(query, tuple(found), answers))
    return answered
