"""`/entities`: an entity and those connected to it. `/statements`: its values, each with its versions."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from followthemoney import model
from followthemoney.types import registry
from starlette.responses import Response

from overzicht.store import list_records as records
from overzicht.subjects.compat.datasets import REFUSED, bad_request, lists_of, sort_of
from overzicht.subjects.compat.matching import MAX_OFFSET, MAX_RESULTS
from overzicht.subjects.compat.models import (
    AdjacentAnswer,
    AdjacentResults,
    EntityModel,
    StatementModel,
    StatementsAnswer,
    TotalModel,
)
from overzicht.subjects.compat.parties.proxies import entity_of, listed_record, sanctions_of
from overzicht.subjects.compat.parties.relations import RelationReader, links_of
from overzicht.subjects.compat.parties.state import PartyOnDay, parties_on
from overzicht.subjects.compat.parties.statements import statements_of
from overzicht.subjects.lists.listings import LoadedLists
from overzicht.subjects.screening.merges import same_party_links
from overzicht.web.asof import OnCompatDay
from overzicht.web.auth import Reader
from overzicht.web.context import RequestContext
from overzicht.web.fields import Key, Line
from overzicht.web.forms import see_other
from overzicht.web.problems import not_found, wants_page

SORTS = ("caption", "id", "first_seen", "last_seen", "last_change")
router = APIRouter(tags=["yente: entities"], responses=REFUSED)
MAX_STATEMENTS = 5_000
STATEMENT_SORTS = ("canonical_id", "entity_id", "prop", "value", "dataset", "first_seen", "last_seen")


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


@router.get("/entities/{entity_id}", summary="One entity")
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


@router.get("/entities/{entity_id}/adjacent", summary="The entities connected to an entity")
def adjacent(
    context: Reader, day: OnCompatDay, entity_id: Key, part: Annotated[Slice, Depends()]
) -> AdjacentAnswer:
    """Return the entity, and a page of connected entities for each of its properties."""
    result = _entity(context, entity_id, day)
    return AdjacentAnswer(
        entity=EntityModel.model_validate(result.entity),
        adjacent={prop: part.cut(entities) for prop, entities in result.connected.items()},
    )


@router.get("/entities/{entity_id}/adjacent/{property_name}", summary="The entities of one property")
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


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementQuery:
    """Filters of statements. An id is required: of one record, or of a record with all of its party."""

    entity_id: Annotated[Line, Query(description="a record of a list")] = ""
    canonical_id: Annotated[Line, Query(description="a record, with the records of the same party")] = ""
    dataset: Annotated[Line, Query()] = ""
    prop: Annotated[Line, Query()] = ""
    value: Annotated[Line, Query()] = ""
    schema: Annotated[Line, Query()] = ""
    limit: Annotated[int, Query(ge=0, le=MAX_STATEMENTS)] = 50
    offset: Annotated[int, Query(ge=0, le=MAX_OFFSET)] = 0
    sort: Annotated[list[Key], Query(max_length=5, default_factory=list)]


@router.get(
    "/statements", summary="The values of a party, with their sources", response_model=StatementsAnswer
)
def statements(
    context: Reader, day: OnCompatDay, query: Annotated[StatementQuery, Depends()]
) -> StatementsAnswer | Response:
    """Return the values of a record, or of all records of its party, in versions until the date."""
    if wants_page(context.request):
        return see_other("/public-statements")  # the page that had this address
    if bool(query.entity_id) == bool(query.canonical_id):
        raise bad_request("one of `entity_id` and `canonical_id` is required", "give the id of an entity")
    models: list[StatementModel] = []
    requested = query.entity_id or query.canonical_id
    with context.store.reading() as connection:
        loaded_lists = LoadedLists(connection)
        known = lists_of(loaded_lists, query.dataset) if query.dataset else None
        places = list(records.lists_of(connection, [requested]))
        if query.canonical_id:
            same = context.cache.get(
                ("same parties", day), lambda: same_party_links(connection, day, loaded_lists.listing_lists)
            )
            places += [(s.list_id, s.record_id) for place in places for s in same.get(place, ())]
        places = [place for place in dict.fromkeys(places) if known is None or place[0] in known]
        statements_found = statements_of(loaded_lists, requested, places, day)
    for statement in statements_found:
        model_statement, prop = statement.statement, model[statement.schema].get(statement.statement.prop)
        values: dict[str, Any] = {
            "id": statement.id,
            "entity_id": statement.place[1],
            "canonical_id": statement.party_id,
            "prop": model_statement.prop,
            "prop_type": prop.type.name if prop is not None else "string",
            "schema": statement.schema,
            "value": model_statement.value,
            "original_value": model_statement.original or None,
            "dataset": statement.place[0],
            "lang": model_statement.lang or None,
            "first_seen": f"{statement.first_seen}T00:00:00",
            "last_seen": f"{statement.last_seen}T00:00:00",
        }
        models.append(StatementModel.model_validate(values))
    filters = {"prop": query.prop, "value": query.value, "schema_": query.schema}
    models = [
        m for m in models if all(not value or getattr(m, name) == value for name, value in filters.items())
    ]
    for value in reversed(query.sort):
        name, is_descending = sort_of(value, STATEMENT_SORTS)
        models.sort(key=lambda m, name=name: str(getattr(m, name)), reverse=is_descending)  # type: ignore[misc]
    return StatementsAnswer(
        results=models[query.offset : query.offset + query.limit],
        total=TotalModel(value=len(models)),
        limit=query.limit,
        offset=query.offset,
    )
