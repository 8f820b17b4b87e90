"""Records of the same party: joined by numbers, suggested by names, and judged by people."""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from sqlalchemy import Connection

from overzicht.evidence.actor import Actor
from overzicht.evidence.json_marks import HIDDEN, pairs_as
from overzicht.store import list_records as records
from overzicht.store.database import Store, reading
from overzicht.store.decisions import Judgement
from overzicht.store.sameparty import StoredMerge, confirmed, judged_merges, keep_merges
from overzicht.subjects.lists.listings import LoadedLists
from overzicht.subjects.screening.same_party import (
    SUGGEST_FROM,
    JoinedParty,
    Place,
    Suggestion,
    groups_by_number,
    joined_parties,
    members_on,
    parties_of_groups,
    snapshots_on,
    suggested_parties,
)


@dataclass(frozen=True, slots=True)
class SameParties:
    """Parties joined by numbers, and suggestions with the decisions about them."""

    joined: tuple[JoinedParty, ...]
    suggested: tuple[tuple[Suggestion, tuple[Judgement, ...]], ...]


@dataclass(frozen=True, slots=True)
class SameAs:
    """Another list's record of the same party, by shared numbers or by a person's judgement."""

    list_id: str
    record_id: str
    name: str
    numbers: Annotated[tuple[tuple[str, str], ...], pairs_as("kind", "value")] = ()
    judgement: Judgement | None = None
    merge_id: Annotated[str, HIDDEN] = ""


def find_same(
    store: Store, actor: Actor, *, lists: Sequence[str] = (), threshold: float = SUGGEST_FROM
) -> SameParties:
    """Return the parties of the lists (all if none is named) that are the same, or may be, on a date.

    The suggestions are stored with their reasons, so that a later judgement shows its subject.
    """
    as_of = actor.day
    from overzicht.workflows.index import open_engine  # noqa: PLC0415 - the engine is slow to load

    engine = open_engine(store)
    with store.reading() as connection:
        snapshots = snapshots_on(connection, as_of, tuple(lists) or LoadedLists(connection).listing_lists)
        joined = joined_parties(connection, as_of, snapshots)
        members = members_on(connection, as_of, snapshots)
        judged = {merge.id: tuple(judgements) for merge, judgements in judged_merges(connection)}
    suggestions = suggested_parties(members, engine, as_of=as_of, threshold=threshold, joined=joined)
    with store.writing(actor.name, actor.at) as tx:
        keep_merges(
            tx,
            (
                StoredMerge(
                    merge.finding_id, merge.first.place, merge.second.place, merge.score, merge.reasons
                )
                for merge in suggestions
            ),
        )
    return SameParties(
        tuple(joined), tuple((merge, judged.get(merge.finding_id, ())) for merge in suggestions)
    )


@reading
def joined_on(connection: Connection, as_of: date) -> list[JoinedParty]:
    """Return the parties that numbers join across lists on a date; nothing is stored."""
    snapshots = snapshots_on(connection, as_of, LoadedLists(connection).listing_lists)
    return joined_parties(connection, as_of, snapshots)


def same_party_links(
    connection: Connection, as_of: date, lists: Sequence[str]
) -> Mapping[Place, tuple[SameAs, ...]]:
    """Return by record the other records of its party, by list and id; records without others are absent."""
    return PartyLinks(connection, as_of, lists).among()


class PartyLinks:
    """The records of one party on several lists, on a date. Numbers are read at once, records on request."""

    def __init__(self, connection: Connection, as_of: date, lists: Sequence[str]) -> None:
        self._connection, self._as_of, self._lists = connection, as_of, lists
        self._snapshots = snapshots_on(connection, as_of, lists)
        self._groups = groups_by_number(connection, self._snapshots)

    def among(self, places: Set[Place] | None = None) -> Mapping[Place, tuple[SameAs, ...]]:
        """Return by record the other records of its party, by list and id; None for all records.

        Records without others are absent.
        """
        groups = [group for group in self._groups if places is None or not places.isdisjoint(group[1])]
        links: dict[Place, list[SameAs]] = defaultdict(list)
        for party in parties_of_groups(self._connection, self._as_of, self._snapshots, groups):
            for member in party.members:
                links[member.place] += [
                    SameAs(*other.place, other.record.caption, party.numbers)
                    for other in party.members
                    if other.place != member.place
                ]
        for merge, judgement in confirmed(self._connection):
            for place, other in ((merge.first, merge.second), (merge.second, merge.first)):
                if other[0] in self._lists and (places is None or place in places):
                    for _, record, _ in records.versions_of_record(self._connection, other[1])[-1:]:
                        same = SameAs(*other, record.caption, judgement=judgement, merge_id=merge.id)
                        links[place].append(same)
        return {
            place: tuple(sorted(same, key=lambda s: (s.list_id, s.record_id, s.merge_id)))
            for place, same in links.items()
        }
