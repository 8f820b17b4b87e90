"""Answers of the loaded lists about parties: the one service of every command, page and report.

A query that names a known party is searched with all its names and numbers. The engine finds the entries, and
every entry of a resolved party; each list gives one of five answers for the date.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Protocol

from sqlalchemy import Connection

from overzicht.entities import Band, PartyMatch, PartyQuery
from overzicht.evidence import text
from overzicht.parties.makers import identified
from overzicht.progress import watched
from overzicht.screening.policy import possible_score
from overzicht.sources.lists.registry import list_ids
from overzicht.store.database import Store
from overzicht.store.rows import batches
from overzicht.subjects.lists.listings import FoundListing, ListAnswer, LoadedLists, answer_of
from overzicht.subjects.screening.merges import PartyLinks, SameAs
from overzicht.subjects.screening.same_party import Place
from overzicht.workflows.recent import RecentMatches

if TYPE_CHECKING:
    from overzicht.screening.engine import ScreeningEngine

BATCH = 1_000  # queries that are matched together


@dataclass(frozen=True, slots=True)
class PartyListings:
    """The listings of a query, best match first, and the answer of every list of the request.

    `listings` are entries of the party itself; `possible` are entries in force that may be it. `same_as` has,
    by (list, record id), the other records of the party of a record in `listings`.
    """

    query: PartyQuery
    listings: tuple[FoundListing, ...]
    possible: tuple[FoundListing, ...]
    answers: tuple[ListAnswer, ...]
    same_as: Mapping[Place, tuple[SameAs, ...]] = field(default_factory=dict)


class StreamMatcher(Protocol):
    """Matches a long batch: in this process, or on many machines."""

    def match_each(
        self, queries: Sequence[PartyQuery], *, as_of: date, lists: tuple[str, ...], threshold: float | None
    ) -> Iterator[list[PartyMatch]]:
        """Yield the matches of each query, in order, best first."""
        ...


class Embedded:
    """Matches in this process; the matches of recent queries are kept in `recent`."""

    def __init__(self, engine: "ScreeningEngine", recent: RecentMatches) -> None:
        self._engine, self._recent = engine, recent

    def match_each(
        self, queries: Sequence[PartyQuery], *, as_of: date, lists: tuple[str, ...], threshold: float | None
    ) -> Iterator[list[PartyMatch]]:
        """Yield the matches of each query, in order, best first."""
        search = partial(self._engine.match, as_of=as_of, threshold=threshold, possible=possible_score())
        settings = (self._engine.version, threshold)
        for part in batches(queries, BATCH):
            for matches in self._recent.of(part, settings, search):
                yield [match for match in matches if match.list_id in lists]


class PartyLookup:
    """Answers queries from the loaded lists, over one open connection; for one thread."""

    def __init__(self, connection: Connection, matcher: StreamMatcher) -> None:
        self.connection, self.loaded_lists = connection, LoadedLists(connection)
        self._matcher = matcher
        self._links_on: dict[date, PartyLinks] = {}

    def match(
        self, queries: Sequence[PartyQuery], *, as_of: date, lists: Sequence[str] | None = None
    ) -> list[list[PartyMatch]]:
        """Return for each query the entries of the party itself, best first; see PartyMatcher."""
        matched = self.entries(queries, as_of=as_of, lists=tuple(lists or list_ids()))
        return [[match for match in matches if match.band is Band.MATCH] for matches in matched]

    def entries(
        self, queries: Sequence[PartyQuery], *, as_of: date, lists: tuple[str, ...]
    ) -> Iterator[list[PartyMatch]]:
        """Yield for each query the entries that are, or may be, the party, best first, on any date."""
        known = [identified(query) for query in queries]
        return self._matcher.match_each(known, as_of=as_of, lists=lists, threshold=None)

    def ask(
        self,
        queries: Sequence[PartyQuery],
        *,
        as_of: date,
        lists: Sequence[str] = (),
        threshold: float | None = None,
    ) -> Iterator[PartyListings]:
        """Yield one answer per query, in order, from these lists (none: all lists of listings).

        `threshold` is the minimum score of a match (0 to 1; None: that of the policy).
        """
        loaded = self.loaded_lists
        queries = [identified(query) for query in queries]
        lists = tuple(lists) or loaded.lists_on(as_of)
        unmatched = {list_id: answer_of(loaded, list_id, (), as_of) for list_id in lists}
        matched = self._matcher.match_each(queries, as_of=as_of, lists=tuple(lists), threshold=threshold)
        counted = watched(queries, text("Screening names"))
        for batch in batches(zip(counted, matched, strict=True), BATCH):
            loaded.preload([match.record_id for _, matches in batch for match in matches])
            certain = {m.place for _, matches in batch for m in matches if m.band is Band.MATCH}
            same = self._links(as_of).among(certain) if certain else {}
            for query, matches in batch:
                listings = [listing for match in matches for listing in loaded.listings(match, as_of)]
                own = tuple(listing for listing in listings if listing.match.band is Band.MATCH)
                named = {listing.card.id for listing in listings}
                answers = (
                    answer_of(loaded, list_id, listings, as_of) if list_id in named else unmatched[list_id]
                    for list_id in lists
                )
                places = dict.fromkeys((listing.card.id, listing.state.record.id) for listing in own)
                same_as = {place: same.get(place, ()) for place in places}
                possible = tuple(listing for listing in listings if listing.is_possible)
                yield PartyListings(query, own, possible, tuple(answers), same_as)

    def _links(self, as_of: date) -> PartyLinks:
        if as_of not in self._links_on:
            self._links_on[as_of] = PartyLinks(self.connection, as_of, self.loaded_lists.listing_lists)
        return self._links_on[as_of]


@contextmanager
def party_lookup(
    store: Store, connection: Connection | None = None, *, matcher: StreamMatcher | None = None
) -> Iterator[PartyLookup]:
    """Open a lookup over a store, on `connection` if one is open.

    `matcher` finds the matches (None: an engine of this process over the store's index).
    """
    with ExitStack() as stack:
        if matcher is None:
            from overzicht.workflows.engines import engines_of  # noqa: PLC0415 - the engine is slow to load

            engines = engines_of(store)
            matcher = Embedded(stack.enter_context(engines.lend()), engines.recent)
        yield PartyLookup(connection or stack.enter_context(store.reading()), matcher)


def ask_lists(
    store: Store, queries: Sequence[PartyQuery], *, as_of: date, lists: Sequence[str] = ()
) -> list[PartyListings]:
    """Return one answer per query, in order; see `PartyLookup.ask`."""
    with party_lookup(store) as lookup:
        return list(lookup.ask(queries, as_of=as_of, lists=lists))
