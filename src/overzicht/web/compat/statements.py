"""`/statements`: the values of a party, each with its list and the versions that have it."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from followthemoney import model
from starlette.responses import Response

from overzicht.store import records
from overzicht.web.asof import OnCompatDay
from overzicht.web.auth import Reader
from overzicht.web.compat.datasets import REFUSED, bad_request, lists_of, sort_of
from overzicht.web.compat.matching import MAX_OFFSET
from overzicht.web.compat.models import StatementModel, StatementsAnswer, TotalModel
from overzicht.web.context import RequestContext
from overzicht.web.fields import Key, Line
from overzicht.web.forms import see_other
from overzicht.web.problems import wants_page
from overzicht.workflows.listings import LoadedLists
from overzicht.workflows.merges import same_party_links
from overzicht.workflows.parties.statements import DatedStatement, statements_of

MAX_STATEMENTS = 5_000
SORTS = ("canonical_id", "entity_id", "prop", "value", "dataset", "first_seen", "last_seen")
router = APIRouter(tags=["yente: entities"], responses=REFUSED)


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
    models = [_model(statement) for statement in _statements(context, day, query)]
    filters = {"prop": query.prop, "value": query.value, "schema_": query.schema}
    models = [
        m for m in models if all(not value or getattr(m, name) == value for name, value in filters.items())
    ]
    for value in reversed(query.sort):
        name, is_descending = sort_of(value, SORTS)
        models.sort(key=lambda m, name=name: str(getattr(m, name)), reverse=is_descending)  # type: ignore[misc]
    return StatementsAnswer(
        results=models[query.offset : query.offset + query.limit],
        total=TotalModel(value=len(models)),
        limit=query.limit,
        offset=query.offset,
    )


def _statements(context: RequestContext, day: date, query: StatementQuery) -> list[DatedStatement]:
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
        return statements_of(loaded_lists, requested, places, day)


def _model(dated: DatedStatement) -> StatementModel:
    statement, prop = dated.statement, model[dated.schema].get(dated.statement.prop)
    values: dict[str, Any] = {
        "id": dated.id,
        "entity_id": dated.place[1],
        "canonical_id": dated.party_id,
        "prop": statement.prop,
        "prop_type": prop.type.name if prop is not None else "string",
        "schema": dated.schema,
        "value": statement.value,
        "original_value": statement.original or None,
        "dataset": dated.place[0],
        "lang": statement.lang or None,
        "first_seen": f"{dated.first_seen}T00:00:00",
        "last_seen": f"{dated.last_seen}T00:00:00",
    }
    return StatementModel.model_validate(values)
