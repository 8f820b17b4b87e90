"""`/census`: the rounds of the census, and the national overview of each, without protected numbers."""

from typing import Annotated

from fastapi import APIRouter, Query

from overzicht.errors import UnknownNameError
from overzicht.subjects.census import round_records as stored
from overzicht.subjects.census.answers import Question
from overzicht.subjects.census.claims_workflow import maker_id
from overzicht.subjects.census.overview import NationalOverview, national_overview
from overzicht.subjects.census.publishing import published_overview
from overzicht.subjects.census.round_records import StoredRound
from overzicht.web.asof import OnDay
from overzicht.web.auth import Reader
from overzicht.web.fields import Key, Line
from overzicht.web.paging import Page, Paged

router = APIRouter(prefix="/census", tags=["census"])


@router.get("", summary="Rounds of the census")
def rounds(context: Reader, paging: Paged) -> Page[StoredRound]:
    """Return the rounds by reference date."""
    with context.store.reading() as connection:
        return paging.cut(stored.list_rounds(connection))


@router.get("/{round_id}", summary="National overview of a round")
def overview(
    context: Reader,
    day: OnDay,
    round_id: Key,
    maker: Annotated[Line, Query(description="a manufacturer or brand; empty: any equipment")] = "",
    kind: Annotated[Line, Query(description="a kind of device; empty: any kind")] = "",
    published: Annotated[
        bool, Query(description="the newest that `census publish` made by the date")
    ] = False,
) -> NationalOverview:
    """Return the coverage, bounds, estimate and tables of a round on the date."""
    question = Question(frozenset({maker_id(maker)} if maker else ()), kind)
    if not published:
        return national_overview(context.store, round_id, day, question)
    overview = published_overview(context.store, round_id, day, question)
    if overview is None:
        raise UnknownNameError(f"published overview of this question by {day} in census round", round_id)
    return overview
