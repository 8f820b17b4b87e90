"""`/match`: screen parties, many at once."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter
from followthemoney import model
from pydantic import AfterValidator, BaseModel, Field

from overzicht.dates import PARTIAL_DATE
from overzicht.entities import PartyQuery
from overzicht.sources.lists.registry import load_card
from overzicht.subjects.screening.lookup import party_lookup
from overzicht.subjects.screening.views import ScreenedParty
from overzicht.views.view import also
from overzicht.web.asof import OnDay
from overzicht.web.auth import Reader
from overzicht.web.fields import Key
from overzicht.web.problems import HAS_NAMES

router = APIRouter(tags=["matching"])
MAX_QUERIES = 500
MAX_NAMES = 20


def _check_schema(value: str) -> str:
    if value not in model.schemata:
        raise ValueError("not a FollowTheMoney schema (Person, Company, LegalEntity, Vessel, …)")
    return value


class QueryModel(BaseModel):
    """A party to screen; the answer repeats `id`."""

    id: Key
    names: Annotated[list[Key], Field(min_length=1, max_length=MAX_NAMES)]
    kind: Annotated[Key, AfterValidator(_check_schema)] = "LegalEntity"
    birth_date: Annotated[
        str, Field(pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$", json_schema_extra={"format": PARTIAL_DATE})
    ] = ""
    countries: Annotated[list[Key], Field(max_length=MAX_NAMES)] = Field(
        default_factory=list, description="ISO codes of the country of birth or registration"
    )
    identifiers: Annotated[dict[Key, Key], Field(max_length=MAX_NAMES)] = Field(
        default_factory=dict, description="numbers by FollowTheMoney property, such as leiCode"
    )


class MatchRequest(BaseModel):
    """Parties to screen. Default: all lists, and the threshold of the engine."""

    queries: Annotated[list[QueryModel], Field(min_length=1, max_length=MAX_QUERIES)]
    lists: Annotated[list[Key], Field(max_length=50)] = Field(default_factory=list)
    threshold: Annotated[float | None, Field(ge=0, le=1)] = None


class MatchResponse(BaseModel):
    """One answer per party, in the same order."""

    as_of: date
    results: list[Annotated[ScreenedParty, also(id="query")]]


@router.post("/match", summary="Screen parties", openapi_extra=HAS_NAMES)
def match(context: Reader, day: OnDay, request: MatchRequest) -> MatchResponse:
    """Return for each party the answer of every list, and the listings with scores and reasons."""
    for list_id in request.lists:
        load_card(list_id)
    queries = [
        PartyQuery(
            id=query.id,
            names=tuple(query.names),
            schema=query.kind,
            birth_date=query.birth_date,
            countries=tuple(code.lower() for code in query.countries),
            identifiers=tuple(query.identifiers.items()),
        )
        for query in request.queries
    ]
    with party_lookup(context.store) as lookup:
        answers = list(lookup.ask(queries, as_of=day, lists=request.lists, threshold=request.threshold))
    return MatchResponse(as_of=day, results=[ScreenedParty.of(answer, day) for answer in answers])
