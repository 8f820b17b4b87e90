"""Relations of a record: stakes, posts, family, addresses and the like, in both directions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from followthemoney import model
from followthemoney.types import registry
from sqlalchemy import Connection

from overzicht.store import list_records as records
from overzicht.subjects.compat.parties.proxies import FTM_LIST, entity_of, sanctions_of
from overzicht.subjects.compat.parties.state import PartyOnDay, Place, parties_on
from overzicht.subjects.lists.listings import LoadedLists
from overzicht.subjects.screening.merges import SameAs

_ELSEWHERE = frozenset({records.STAKE_SCHEMA, "Sanction"})  # the first has a table, the second is a listing
Links = Mapping[str, tuple[Place, ...]]  # by id of a record, the records that name it


def links_of(connection: Connection) -> Links:
    """Return by the id of a party the records that name it, without stakes and listings.

    It reads every relation of the FollowTheMoney files; store the result until the lists change.
    """
    links: dict[str, dict[Place, None]] = defaultdict(dict)
    relations = sorted(
        schema.name
        for schema in model.schemata.values()
        if schema.name not in _ELSEWHERE
        and any(prop.type == registry.entity and not prop.stub for prop in schema.properties.values())
    )
    for source, record in records.relations_of(connection, FTM_LIST, relations):
        for statement in record.statements:
            if _is_reference(record.schema, statement.prop):
                links[statement.value][source, record.id] = None
    return {target: tuple(places) for target, places in links.items()}


def _is_reference(schema: str, prop: str) -> bool:
    known = model[schema].get(prop)
    return known is not None and known.type == registry.entity and not known.stub


@dataclass(frozen=True, slots=True)
class RelationReader:
    """Reads the relations of parties, over one open connection and for one date."""

    connection: Connection
    loaded_lists: LoadedLists
    links: Links
    same: Mapping[Place, tuple[SameAs, ...]]  # see `same_party_links`
    day: date

    def of(self, party: PartyOnDay) -> dict[str, list[dict[str, Any]]]:
        """Return by property, as FollowTheMoney names it from this side, the related entities.

        A relation includes the party at its other end. Entities that are not loaded, or not listed on the
        date, are left out.
        """
        related: dict[str, list[dict[str, Any]]] = {}
        if sanctions := sanctions_of(party):
            related["sanctions"] = sanctions
        around = self._relations_of(party)
        ends = self._read_ends([party, *around])
        for relation in around:
            nested = self._nested(relation, ends, without=party.record.id)
            # the names, from the record's side, of the properties of a relation that name it
            record_id = party.record.id
            schema = model[relation.record.schema]
            sides = [
                reverse.name
                for prop, ids in _references(relation)
                if record_id in ids and (reverse := schema.properties[prop].reverse) is not None
            ]
            for prop in sides:
                related.setdefault(prop, []).append(nested)
        for prop, ids in _references(party):
            entities = [entity_of(ends[entity_id]) for entity_id in ids if entity_id in ends]
            if entities:
                related.setdefault(prop, []).extend(entities)
        return dict(sorted(related.items()))

    def same_as(self, party: PartyOnDay) -> tuple[str, ...]:
        """Return the ids of records of the same party: by a number, or by a judgement of a person."""
        return tuple(sorted({same.record_id for same in self.same.get(party.place, ())}))

    def _relations_of(self, party: PartyOnDay) -> list[PartyOnDay]:
        stakes = records.stakes_around(self.connection, [party.record.id])
        sources = {stored.key: stored.snapshot.source for stored in self.loaded_lists.stored}
        places = [(sources[key], record_id) for key, record_id in stakes]
        places += self.links.get(party.record.id, ())
        relations = parties_on(self.loaded_lists, sorted(set(places)), self.day).values()
        return [r for r in relations if any(party.record.id in ids for _, ids in _references(r))]

    def _read_ends(self, parties: Sequence[PartyOnDay]) -> dict[str, PartyOnDay]:
        ids = {entity_id for party in parties for _, named in _references(party) for entity_id in named}
        places = records.lists_of(self.connection, sorted(ids))
        return {end.record.id: end for end in parties_on(self.loaded_lists, places, self.day).values()}

    @staticmethod
    def _nested(relation: PartyOnDay, ends: Mapping[str, PartyOnDay], *, without: str) -> dict[str, Any]:
        entity = entity_of(relation)
        for prop, ids in _references(relation):
            entity["properties"][prop] = [
                entity_of(ends[end]) if end in ends and end != without else end for end in ids
            ]
        return entity


def _references(party: PartyOnDay) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Yield the properties of a record that name other entities, with the ids."""
    for prop in dict.fromkeys(statement.prop for statement in party.record.statements):
        if _is_reference(party.record.schema, prop):
            yield prop, tuple(dict.fromkeys(party.record.values(prop)))
