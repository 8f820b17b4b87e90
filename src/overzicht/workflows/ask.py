"""Is this party listed? One name or many, every list's own answer for a day."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from overzicht.devices.knowledge import load_maker_cards
from overzicht.entities import PartyMatch, PartyQuery
from overzicht.names.normal import exact_key
from overzicht.store.database import Store
from overzicht.workflows.listings import FoundListing, ListAnswer, Shelf, answer_of
from overzicht.workflows.merges import Joins, SameAs
from overzicht.workflows.sameparty import Place

if TYPE_CHECKING:
    from overzicht.screening.engine import ScreeningEngine

BATCH = 1_000  # queries that are answered at once; results are given after each


@dataclass(frozen=True, slots=True)
class AskedParty:
    """The listings found for a query, best match first, and the answer of every list asked.

    `same_as` has, by (list, record id), what is known to be the same party as a record that was found.
    """

    query: PartyQuery
    listings: tuple[FoundListing, ...]
    answers: tuple[ListAnswer, ...]
    same_as: Mapping[Place, tuple[SameAs, ...]] = field(default_factory=dict)


class StreamMatcher(Protocol):
    """What matches a long batch: here, or on many machines."""

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
            yield from self._engine.match(part, as_of=as_of, lists=lists, threshold=threshold)


def ask_lists(
    store: Store,
    queries: Sequence[PartyQuery],
    *,
    as_of: date,
    lists: Sequence[str] = (),
    threshold: float | None = None,
) -> list[AskedParty]:
    """Return one answer per query, in order; see `ask_each`."""
    return list(ask_each(store, queries, as_of=as_of, lists=lists, threshold=threshold))


def ask_each(
    store: Store,
    queries: Sequence[PartyQuery],
    *,
    as_of: date,
    lists: Sequence[str] = (),
    threshold: float | None = None,
    matcher: StreamMatcher | None = None,
) -> Iterator[AskedParty]:
    """Yield one answer per query, in order; all lists of listings are asked when none is named.

    `threshold` is the score from which a name counts as found (0 to 1; None: the engine's own, chosen by a
    stated cost). The score and its reasons stand with each listing. `matcher` does the matching (None: this
    process, over the index of the store).
    """
    if matcher is None:
        from overzicht.workflows.index import open_engine  # noqa: PLC0415 - the engine is slow to load

        matcher = Embedded(open_engine(store))
    statements = Statements()
    queries = [statements.added_to(query) for query in queries]
    with store.reading() as connection:
        shelf = Shelf(connection)
        asked = tuple(lists) or shelf.lists_on(as_of)
        joins = Joins(connection, as_of, shelf.listing_lists)
        silent = {list_id: answer_of(shelf, list_id, (), as_of) for list_id in asked}  # the same for all
        matched = matcher.match_each(queries, as_of=as_of, lists=asked, threshold=threshold)
        for query, matches in _held(shelf, zip(queries, matched, strict=True)):
            found = [listing for match in matches for listing in shelf.listings(match, as_of)]
            named = {listing.card.id for listing in found}
            answers = (
                answer_of(shelf, each, found, as_of) if each in named else silent[each] for each in asked
            )
            places = dict.fromkeys((each.card.id, each.state.record.id) for each in found)
            same_as = {place: joins.of(*place) for place in places}
            yield AskedParty(query, tuple(found), tuple(answers), same_as)


def _held(
    shelf: Shelf, matched: Iterator[tuple[PartyQuery, list[PartyMatch]]]
) -> Iterator[tuple[PartyQuery, list[PartyMatch]]]:
    """Yield queries with their matches, the records of a whole batch read at once."""
    while batch := list(islice(matched, BATCH)):
        shelf.hold([match.record_id for _, matches in batch for match in matches])
        yield from batch


class Statements:
    """What the maker cards record of somebody else by a like name, read once for a whole batch."""

    def __init__(self) -> None:
        self._others: dict[str, dict[str, None]] = {}
        for card in load_maker_cards().values():
            own = [name.name for name in card.names]
            apart = [other.name for other in card.not_the_same_as]
            for name in own:
                self._others.setdefault(exact_key(name), {}).update(dict.fromkeys(apart))
            for name in set(map(exact_key, apart)) - set(map(exact_key, own)):
                self._others.setdefault(name, {}).update(dict.fromkeys(own))

    def added_to(self, query: PartyQuery) -> PartyQuery:
        """Return a query with who it is not.

        Whoever is asked about by a maker's name is not the party that its card says is another; and who is
        asked about by that other party's name is not the maker.
        """
        others: dict[str, None] = dict.fromkeys(query.not_the_same_as)
        for name in query.names:
            others.update(self._others.get(exact_key(name), {}))
        return replace(query, not_the_same_as=tuple(others)) if others else query
