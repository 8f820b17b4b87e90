"""What the loaded lists state of parties: the one service that every command, page and report asks.

A query is first identified: whoever names a known party asks with all its names and numbers. The engine finds
the entries, every entry of a resolved party among them, and each list gives one of five answers for the day.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from sqlalchemy import Connection

from overzicht.entities import Band, PartyMatch, PartyQuery
from overzicht.parties.known import identified
from overzicht.screening.policy import possible_score
from overzicht.sources.lists.registry import READERS
from overzicht.store.database import Store
from overzicht.workflows.listings import FoundListing, ListAnswer, LoadedLists, answer_of
from overzicht.workflows.merges import SameAs, SamePartyRecords
from overzicht.workflows.sameparty import Place

if TYPE_CHECKING:
    from overzicht.screening.engine import ScreeningEngine

BATCH = 1_000  # queries that are answered at once; results are given after each


@dataclass(frozen=True, slots=True)
class PartyListings:
    """The listings of a query, best match first, and the answer of every list asked.

    `listings` are entries of the party itself; `possible` are entries in force that may be it. `same_as` has,
    by (list, record id), what is known to be the same party as a record of `listings`.
    """

    query: PartyQuery
    listings: tuple[FoundListing, ...]
    possible: tuple[FoundListing, ...]
    answers: tuple[ListAnswer, ...]
    same_as: Mapping[Place, tuple[SameAs, ...]] = field(default_factory=dict)


class StreamMatcher(Protocol):
    """What matches a long batch: in this process, or on many machines."""

    def match_each(
        self, queries: Sequence[PartyQuery], *, as_of: date, lists: tuple[str, ...], threshold: float | None
    ) -> Iterator[list[PartyMatch]]:
        """Yield the matches of each query, in order, best first."""
        ...


class Embedded:
    """Matches in this process."""

    def __init__(self, engine: "ScreeningEngine") -> None:
        self._engine = engine

    def match_each(
        self, queries: Sequence[PartyQuery], *, as_of: date, lists: tuple[str, ...], threshold: float | None
    ) -> Iterator[list[PartyMatch]]:
        """Yield the matches of each query, in order, best first."""
        for start in range(0, len(queries), BATCH):
            part = queries[start : start + BATCH]
            yield from self._engine.match(
                part, as_of=as_of, lists=lists, threshold=threshold, possible=possible_score()
            )


class PartyLookup:
    """Answers what the loaded lists state of parties, over one open connection; for one thread."""

    def __init__(self, connection: Connection, matcher: StreamMatcher) -> None:
        self.connection, self.loaded_lists = connection, LoadedLists(connection)
        self._matcher = matcher

    def match(
        self, queries: Sequence[PartyQuery], *, as_of: date, lists: Sequence[str] | None = None
    ) -> list[list[PartyMatch]]:
        """Return for each query the entries that are the party's own, best first; see PartyMatcher."""
        identified_queries = [identified(query) for query in queries]
        matched = self._matcher.match_each(
            identified_queries, as_of=as_of, lists=tuple(lists or READERS), threshold=None
        )
        return [[match for match in matches if match.band is Band.MATCH] for matches in matched]

    def ask(
        self,
        queries: Sequence[PartyQuery],
        *,
        as_of: date,
        lists: Sequence[str] = (),
        threshold: float | None = None,
    ) -> Iterator[PartyListings]:
        """Yield one answer per query, in order; all lists of listings are asked when none is named.

        `threshold` is the score from which a name counts as the party's (0 to 1; None: that of the policy).
        """
        loaded_lists = self.loaded_lists
        queries = [identified(query) for query in queries]
        asked = tuple(lists) or loaded_lists.lists_on(as_of)
        joins = SamePartyRecords(self.connection, as_of, loaded_lists.listing_lists)
        silent = {
            list_id: answer_of(loaded_lists, list_id, (), as_of) for list_id in asked
        }  # the same for all
        matched = self._matcher.match_each(queries, as_of=as_of, lists=asked, threshold=threshold)
        for query, matches in _held(loaded_lists, zip(queries, matched, strict=True)):
            listings = [listing for match in matches for listing in loaded_lists.listings(match, as_of)]
            own = tuple(listing for listing in listings if listing.match.band is Band.MATCH)
            named = {listing.card.id for listing in listings}
            answers = (
                answer_of(loaded_lists, list_id, listings, as_of) if list_id in named else silent[list_id]
                for list_id in asked
            )
            places = dict.fromkeys((listing.card.id, listing.state.record.id) for listing in own)
            same_as = {place: joins.of(*place) for place in places}
            possible = tuple(listing for listing in listings if listing.is_possible)
            yield PartyListings(query, own, possible, tuple(answers), same_as)


@contextmanager
def party_lookup(
    store: Store, connection: Connection | None = None, *, matcher: StreamMatcher | None = None
) -> Iterator[PartyLookup]:
    """Open a lookup over a store, on `connection` where one is open already.

    `matcher` does the matching (None: an engine of this process over the store's index).
    """
    with ExitStack() as stack:
        if matcher is None:
            from overzicht.workflows.engines import engines_of  # noqa: PLC0415 - the engine is slow to load

            matcher = Embedded(stack.enter_context(engines_of(store).lend()))
        yield PartyLookup(connection or stack.enter_context(store.reading()), matcher)


def ask_lists(
    store: Store, queries: Sequence[PartyQuery], *, as_of: date, lists: Sequence[str] = ()
) -> list[PartyListings]:
    """Return one answer per query, in order; see `PartyLookup.ask`."""
    with party_lookup(store) as lookup:
        return list(lookup.ask(queries, as_of=as_of, lists=lists))


def _held(
    loaded_lists: LoadedLists, matched: Iterator[tuple[PartyQuery, list[PartyMatch]]]
) -> Iterator[tuple[PartyQuery, list[PartyMatch]]]:
    """Yield queries with their matches, the records of a whole batch read at once."""
    while batch := list(islice(matched, BATCH)):
        loaded_lists.preload([match.record_id for _, matches in batch for match in matches])
        yield from batch
