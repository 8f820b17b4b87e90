"""Which parties are one: what numbers join, what is suggested, and what people judged, as one answer."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from sqlalchemy import Connection

from overzicht.evidence.shown import HIDDEN, pairs_as
from overzicht.store import records
from overzicht.store.database import Store
from overzicht.store.decisions import Judgement
from overzicht.store.sameparty import StoredMerge, confirmed, judged_merges, keep_merges
from overzicht.workflows.listings import LoadedLists
from overzicht.workflows.sameparty import (
    SUGGEST_FROM,
    JoinedParty,
    Place,
    Suggestion,
    joined_parties,
    members_on,
    snapshots_on,
    suggested_parties,
)


@dataclass(frozen=True, slots=True)
class SameParties:
    """What numbers join, and what is suggested, each suggestion with what people judged of it so far."""

    joined: tuple[JoinedParty, ...]
    suggested: tuple[tuple[Suggestion, tuple[Judgement, ...]], ...]


@dataclass(frozen=True, slots=True)
class SameAs:
    """Another list's record of the same party, by the numbers they share or by a person's judgement."""

    list_id: str
    record_id: str
    name: str
    numbers: Annotated[tuple[tuple[str, str], ...], pairs_as("kind", "value")] = ()
    judgement: Judgement | None = None
    merge_id: Annotated[str, HIDDEN] = ""


def find_same(  # noqa: PLR0913 - by keyword
    store: Store,
    *,
    as_of: date,
    at: datetime,
    actor: str,
    lists: Sequence[str] = (),
    threshold: float = SUGGEST_FROM,
    progress: Callable[[int, int], None] = lambda _done, _of: None,
) -> SameParties:
    """Return which parties of the lists (all when none is named) are one, or may be, on a day.

    What is suggested is kept with its reasons, so that a judgement on it says later what it was about.
    `progress` is told how many of how many records were asked about.
    """
    from overzicht.workflows.index import open_engine  # noqa: PLC0415 - the engine is slow to load

    engine = open_engine(store)
    with store.reading() as connection:
        snapshots = snapshots_on(connection, as_of, tuple(lists) or LoadedLists(connection).listing_lists)
        joined = joined_parties(connection, as_of, snapshots)
        members = members_on(connection, as_of, snapshots)
        judged = {merge.id: tuple(judgements) for merge, judgements in judged_merges(connection)}
    done = 0

    def tell(count: int) -> None:
        nonlocal done
        done += count
        progress(done, len(members))

    found = suggested_parties(members, engine, as_of=as_of, threshold=threshold, joined=joined, progress=tell)
    with store.writing(actor, at) as tx:
        keep_merges(tx, (_stored(each) for each in found))
    return SameParties(tuple(joined), tuple((each, judged.get(each.finding_id, ())) for each in found))


def joined_on(store: Store, as_of: date) -> list[JoinedParty]:
    """Return the parties that numbers join across the lists of listings on a day; nothing is kept."""
    with store.reading() as connection:
        snapshots = snapshots_on(connection, as_of, LoadedLists(connection).listing_lists)
        return joined_parties(connection, as_of, snapshots)


def _stored(each: Suggestion) -> StoredMerge:
    return StoredMerge(each.finding_id, each.first.place, each.second.place, each.score, each.reasons)


class Joins:
    """What is known to be the same party as a listed record, for answers that show it; read when asked."""

    def __init__(self, connection: Connection, as_of: date, lists: Sequence[str]) -> None:
        self._connection, self._as_of, self._lists = connection, as_of, lists
        self._by_place: dict[Place, list[SameAs]] | None = None

    def of(self, list_id: str, record_id: str) -> tuple[SameAs, ...]:
        """Return the records that are the same party as this one, by list and id; empty for none."""
        if self._by_place is None:
            self._by_place = self._read()
        found = self._by_place.get((list_id, record_id), [])
        return tuple(sorted(found, key=lambda each: (each.list_id, each.record_id, each.merge_id)))

    def _read(self) -> dict[Place, list[SameAs]]:
        found: dict[Place, list[SameAs]] = defaultdict(list)
        snapshots = snapshots_on(self._connection, self._as_of, self._lists)
        for party in joined_parties(self._connection, self._as_of, snapshots):
            for member in party.members:
                found[member.place] += [
                    SameAs(*other.place, other.record.caption, party.numbers)
                    for other in party.members
                    if other.place != member.place
                ]
        for merge, judgement in confirmed(self._connection):
            for one, other in ((merge.first, merge.second), (merge.second, merge.first)):
                name = self._caption(*other)
                if name is not None:
                    found[one].append(SameAs(*other, name, judgement=judgement, merge_id=merge.id))
        return dict(found)

    def _caption(self, list_id: str, record_id: str) -> str | None:
        """Return how a list calls a record; None where it is of no list that is asked, or not loaded."""
        if list_id not in self._lists:
            return None
        held = records.versions_of_record(self._connection, record_id)
        return held[-1][1].caption if held else None
