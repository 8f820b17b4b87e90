"""`/entities`: one entity and the entities connected to it."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from followthemoney import model
from followthemoney.types import registry

from overzicht.store import records
from overzicht.web.asof import OnCompatDay
from overzicht.web.auth import Reader
from overzicht.web.compat.datasets import REFUSED, sort_of
from overzicht.web.compat.matching import MAX_OFFSET, MAX_RESULTS
from overzicht.web.compat.models import AdjacentAnswer, AdjacentResults, EntityModel, TotalModel
from overzicht.web.context import RequestContext
from overzicht.web.fields import Key
from overzicht.web.problems import not_found
from overzicht.workflows.listings import LoadedLists
from overzicht.workflows.merges import same_party_links
from overzicht.workflows.parties.proxies import entity_of, listed_record, sanctions_of
from overzicht.workflows.parties.relations import RelationReader, links_of
from overzicht.workflows.parties.state import PartyOnDay, parties_on

SORTS = ("caption", "id", "first_seen", "last_seen", "last_change")
router = APIRouter(prefix="/entities", tags=["yente: entities"], responses=REFUSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """The part of a list of entities to return, and its order."""

    limit: Annotated[int, Query(ge=0, le=MAX_RESULTS)] = 100
    offset: Annotated[int, Query(ge=0, le=MAX_OFFSET)] = 0
    sort: Annotated[list[Key], Query(max_length=5, default_factory=list)]

    def cut(self, entities: list[dict[str, Any]]) -> AdjacentResults:
        """Return this part of the entities; a problem for an unknown order."""
        entities = list(entities)
        for value in reversed(self.sort):
            name, is_descending = sort_of(value, SORTS)
            entities.sort(key=lambda entity, name=name: str(entity[name]), reverse=is_descending)  # type: ignore[misc]
        return AdjacentResults(
            results=[
                EntityModel.model_validate(entity)
                for entity in entities[self.offset : self.offset + self.limit]
            ],
            total=TotalModel(value=len(entities)),
            limit=self.limit,
            offset=self.offset,
        )


@dataclass(frozen=True, slots=True)
class ConnectedEntity:
    """An entity, and by property the entities connected to it."""

    entity: dict[str, Any]
    schema: str
    connected: dict[str, list[dict[str, Any]]]


@router.get("/{entity_id}", summary="One entity")
def entity(
    context: Reader,
    day: OnCompatDay,
    entity_id: Key,
    nested: Annotated[bool, Query(description="include its listings, stakes and relations")] = True,
) -> EntityModel:
    """Return an entity on the date. An entity that was not on its list then is not found."""
    result = _entity(context, entity_id, day, is_nested=nested)
    properties = {**result.entity["properties"], **result.connected}
    return EntityModel.model_validate({**result.entity, "properties": properties})


@router.get("/{entity_id}/adjacent", summary="The entities connected to an entity")
def adjacent(
    context: Reader, day: OnCompatDay, entity_id: Key, part: Annotated[Slice, Depends()]
) -> AdjacentAnswer:
    """Return the entity, and a page of connected entities for each of its properties."""
    result = _entity(context, entity_id, day)
    return AdjacentAnswer(
        entity=EntityModel.model_validate(result.entity),
        adjacent={prop: part.cut(entities) for prop, entities in result.connected.items()},
    )


@router.get("/{entity_id}/adjacent/{property_name}", summary="The entities of one property")
def adjacent_by_property(
    context: Reader, day: OnCompatDay, entity_id: Key, property_name: Key, part: Annotated[Slice, Depends()]
) -> AdjacentResults:
    """Return a page of the entities of a property; it may be empty."""
    result = _entity(context, entity_id, day)
    prop = model[result.schema].get(property_name)
    if prop is None or prop.type != registry.entity:
        raise not_found("property", property_name)
    return part.cut(result.connected.get(prop.name, []))


def _entity(context: RequestContext, entity_id: str, day: date, *, is_nested: bool = True) -> ConnectedEntity:
    """Return an entity on a date: a record, or a listing of one; a problem if it does not exist."""
    with context.store.reading() as connection:
        lists = LoadedLists(connection)
        links = context.cache.get("links of relations", lambda: links_of(connection))
        same_parties = context.cache.get(
            ("same parties", day), lambda: same_party_links(connection, day, lists.listing_lists)
        )
        reader = RelationReader(connection, lists, links, same_parties, day)
        party = _party(reader, entity_id)
        if party is not None:
            connected = reader.of(party) if is_nested else {}
            same = reader.same_as(party) if is_nested else ()
            return ConnectedEntity(entity_of(party, same), party.record.schema, connected)
        owner = _party(reader, listed_record(entity_id))
        if owner is not None:
            for listing in sanctions_of(owner):
                if listing["id"] == entity_id:
                    connected = {"entity": [entity_of(owner)]} if is_nested else {}
                    return ConnectedEntity(listing, listing["schema"], connected)
    raise not_found("entity", entity_id)


def _party(reader: RelationReader, entity_id: str) -> PartyOnDay | None:
    """Return the party of a record on its list on the date, or None."""
    places = records.lists_of(reader.connection, [entity_id] if entity_id else [])
    return next(iter(parties_on(reader.loaded_lists, places, reader.day).values()), None)
