"""`/entities`: one entity with what it is connected with."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from followthemoney import model
from followthemoney.types import registry

from overzicht.store import records
from overzicht.web.api.models.shared import Key
from overzicht.web.asof import OnDay
from overzicht.web.auth import Reader
from overzicht.web.faces.desks import REFUSED, sort_of
from overzicht.web.faces.matching import LAST_FOUND, MOST_FOUND
from overzicht.web.faces.models import AdjacentAnswer, AdjacentResults, EntityModel, TotalModel
from overzicht.web.problems import not_found
from overzicht.web.service import Here, Service
from overzicht.workflows.listings import LoadedLists
from overzicht.workflows.parties.proxies import entity_of, listed_record, sanctions_of
from overzicht.workflows.parties.relations import RelationReader, joined_on, links_of
from overzicht.workflows.parties.state import PartyOnDay, parties_on

SORTS = ("caption", "id", "first_seen", "last_seen", "last_change")
router = APIRouter(prefix="/entities", tags=["yente: entities"], responses=REFUSED)


class Page:
    """Which part of what a property leads to is asked for, and in what order."""

    def __init__(
        self,
        limit: Annotated[int, Query(ge=0, le=MOST_FOUND)] = 100,
        offset: Annotated[int, Query(ge=0, le=LAST_FOUND)] = 0,
        sort: Annotated[list[Key], Query(max_length=5)] = [],  # noqa: B006 - never changed
    ) -> None:
        self.limit, self.offset, self.sort = limit, offset, sort

    def cut(self, held: list[dict[str, Any]]) -> AdjacentResults:
        """Return this part of the entities; a problem for an order that there is not."""
        entities = list(held)
        for each in reversed(self.sort):
            name, is_down = sort_of(each, SORTS)
            entities.sort(key=lambda entity, name=name: str(entity[name]), reverse=is_down)  # type: ignore[misc]
        return AdjacentResults(
            results=[
                EntityModel.model_validate(each) for each in entities[self.offset : self.offset + self.limit]
            ],
            total=TotalModel(value=len(entities)),
            limit=self.limit,
            offset=self.offset,
        )


@dataclass(frozen=True, slots=True)
class Found:
    """An entity, and by property what it is connected with."""

    entity: dict[str, Any]
    schema: str
    around: dict[str, list[dict[str, Any]]]


@router.get("/{entity_id}", summary="One entity")
def entity(
    here: Here, _who: Reader, day: OnDay, entity_id: Key,
    nested: Annotated[bool, Query(description="with its listings, stakes and the like inside")] = True,
) -> EntityModel:  # fmt: skip
    """Return an entity as it was on the day; one that did not stand on its list then is not found."""
    found = _entity(here, entity_id, day, is_nested=nested)
    properties = {**found.entity["properties"], **found.around}
    return EntityModel.model_validate({**found.entity, "properties": properties})


@router.get("/{entity_id}/adjacent", summary="What an entity is connected with")
def adjacent(
    here: Here, _who: Reader, day: OnDay, entity_id: Key, page: Annotated[Page, Depends()]
) -> AdjacentAnswer:
    """Return the entity, and a page of what each of its properties leads to."""
    found = _entity(here, entity_id, day, is_nested=True)
    return AdjacentAnswer(
        entity=EntityModel.model_validate(found.entity),
        adjacent={prop: page.cut(held) for prop, held in found.around.items()},
    )


@router.get("/{entity_id}/adjacent/{property_name}", summary="What one property of an entity leads to")
def adjacent_by_property(
    here: Here, _who: Reader, day: OnDay, entity_id: Key, property_name: Key, page: Annotated[Page, Depends()]
) -> AdjacentResults:
    """Return a page of what a property leads to; none at all is an empty page."""
    found = _entity(here, entity_id, day, is_nested=True)
    known = model[found.schema].get(property_name)
    if known is None or known.type != registry.entity:
        raise not_found("property", property_name)
    return page.cut(found.around.get(known.name, []))


@contextmanager
def _around(here: Service, day: date) -> Iterator[RelationReader]:
    with here.store.reading() as connection:
        loaded_lists = LoadedLists(connection)
        links = here.memory.recall("links of relations", lambda: links_of(connection))
        joined = here.memory.recall(("joined", day), lambda: joined_on(connection, loaded_lists, day))
        yield RelationReader(connection, loaded_lists, links, joined, day)


def _entity(here: Service, entity_id: str, day: date, *, is_nested: bool) -> Found:
    """Return an entity on a day: a record, or a listing of one; a problem where there is none."""
    with _around(here, day) as around:
        party = party_called(around.loaded_lists, around, entity_id)
        if party is not None:
            connected = around.of(party) if is_nested else {}
            same = around.same_as(party) if is_nested else ()
            return Found(entity_of(party, same), party.record.schema, connected)
        owner = party_called(around.loaded_lists, around, listed_record(entity_id))
        own = sanctions_of(owner) if owner is not None else []
        for each in own:
            if owner is not None and each["id"] == entity_id:
                return Found(each, each["schema"], {"entity": [entity_of(owner)]} if is_nested else {})
    raise not_found("entity", entity_id)


def party_called(loaded_lists: LoadedLists, around: RelationReader, entity_id: str) -> PartyOnDay | None:
    """Return the record of an id as it stands on its list that day, or None."""
    places = records.lists_of(around.connection, [entity_id] if entity_id else [])
    return next(iter(parties_on(loaded_lists, places, around.day).values()), None)
