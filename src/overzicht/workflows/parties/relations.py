"""What a record is connected with: stakes, posts, family, addresses and the like, in both directions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from followthemoney import model
from followthemoney.types import registry
from sqlalchemy import Connection

from overzicht.store import records
from overzicht.store.sameparty import confirmed
from overzicht.workflows.listings import LoadedLists
from overzicht.workflows.parties.proxies import FTM_LIST, entity_of, sanctions_of
from overzicht.workflows.parties.state import PartyOnDay, Place, parties_on
from overzicht.workflows.sameparty import joined_parties, snapshots_on

_ELSEWHERE = frozenset({records.STAKE_SCHEMA, "Sanction"})  # the first has a table, the second is a listing
Links = Mapping[str, tuple[Place, ...]]  # id of a record: the records that name it
Joined = Mapping[Place, tuple[Place, ...]]  # a record: those that a number shows to be the same party


def links_of(connection: Connection) -> Links:
    """Return by the id of a party which records name it; stakes and listings are found otherwise.

    It reads every relation of the FollowTheMoney files, and so is worth keeping until the lists change.
    """
    found: dict[str, dict[Place, None]] = defaultdict(dict)
    for source, record in records.relations_of(connection, FTM_LIST, _relations()):
        for statement in record.statements:
            if _is_reference(record.schema, statement.prop):
                found[statement.value][(source, record.id)] = None
    return {target: tuple(places) for target, places in found.items()}


def joined_on(connection: Connection, loaded_lists: LoadedLists, day: date) -> Joined:
    """Return by record what a shared number shows to be the same party; worth keeping like `links_of`."""
    snapshots = snapshots_on(connection, day, loaded_lists.listing_lists)
    found: dict[Place, tuple[Place, ...]] = {}
    for group in joined_parties(connection, day, snapshots):
        places = [member.place for member in group.members]
        found |= {place: tuple(other for other in places if other != place) for place in places}
    return found


def _relations() -> list[str]:
    """Return the schemata that name another entity, in order."""
    return sorted(
        schema.name
        for schema in model.schemata.values()
        if schema.name not in _ELSEWHERE
        and any(prop.type == registry.entity and not prop.stub for prop in schema.properties.values())
    )


def _is_reference(schema: str, prop: str) -> bool:
    found = model[schema].get(prop)
    return found is not None and found.type == registry.entity and not found.stub


@dataclass(frozen=True, slots=True)
class RelationReader:
    """Reads what parties are connected with, over one open connection and for one day."""

    connection: Connection
    loaded_lists: LoadedLists
    links: Links
    joined: Joined
    day: date

    def of(self, party: PartyOnDay) -> dict[str, list[dict[str, Any]]]:
        """Return by property, as FollowTheMoney names it from this side, the entities that it leads to.

        A relation has the party at its other end nested in it. What is not loaded, or not there on that day,
        is left out.
        """
        found: dict[str, list[dict[str, Any]]] = {}
        if sanctions := sanctions_of(party):
            found["sanctions"] = sanctions
        around = self._relations_of(party)
        ends = self._read_ends([party, *around])
        for relation in around:
            nested = self._nested(relation, ends, without=party.record.id)
            for prop in _sides(relation, party.record.id):
                found.setdefault(prop, []).append(nested)
        for prop, ids in _references(party):
            held = [entity_of(ends[each]) for each in ids if each in ends]
            if held:
                found.setdefault(prop, []).extend(held)
        return dict(sorted(found.items()))

    def same_as(self, party: PartyOnDay) -> tuple[str, ...]:
        """Return the ids of records that are the same party: by a number, or by a person's judgement."""
        judged = [
            other
            for merge, _ in confirmed(self.connection)
            for one, other in ((merge.first, merge.second), (merge.second, merge.first))
            if one == party.place
        ]
        return tuple(sorted({record_id for _, record_id in (*self.joined.get(party.place, ()), *judged)}))

    def _relations_of(self, party: PartyOnDay) -> list[PartyOnDay]:
        stakes = records.stakes_around(self.connection, [party.record.id])
        sources = {each.key: each.snapshot.source for each in self.loaded_lists.stored}
        places = [(sources[key], record_id) for key, record_id in stakes]
        places += self.links.get(party.record.id, ())
        held = parties_on(self.loaded_lists, sorted(set(places)), self.day)
        return [each for each in held.values() if party.record.id in _values(each)]

    def _read_ends(self, parties: Sequence[PartyOnDay]) -> dict[str, PartyOnDay]:
        ids = {each for party in parties for _, found in _references(party) for each in found}
        lists = records.lists_of(self.connection, sorted(ids))
        held = parties_on(self.loaded_lists, lists, self.day)
        return {each.record.id: each for each in held.values()}

    @staticmethod
    def _nested(relation: PartyOnDay, ends: Mapping[str, PartyOnDay], *, without: str) -> dict[str, Any]:
        entity = entity_of(relation)
        for prop, ids in _references(relation):
            entity["properties"][prop] = [
                entity_of(ends[each]) if each in ends and each != without else each for each in ids
            ]
        return entity


def _references(party: PartyOnDay) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Yield the properties of a record that name other entities, with the ids."""
    for prop in dict.fromkeys(statement.prop for statement in party.record.statements):
        if _is_reference(party.record.schema, prop):
            yield prop, tuple(dict.fromkeys(party.record.values(prop)))


def _values(party: PartyOnDay) -> set[str]:
    return {each for _, ids in _references(party) for each in ids}


def _sides(relation: PartyOnDay, record_id: str) -> list[str]:
    """Return how the property of a relation that names a record is called from the record's side."""
    schema = model[relation.record.schema]
    return [
        reverse.name
        for prop, ids in _references(relation)
        if record_id in ids and (reverse := schema.properties[prop].reverse) is not None
    ]
