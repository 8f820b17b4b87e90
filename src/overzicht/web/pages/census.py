"""The national overview: the coverage of a round first, then what its answers say."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse

from overzicht.census.answers import Question
from overzicht.store.census import rounds as stored
from overzicht.web.auth import PageReader
from overzicht.web.fields import Line
from overzicht.web.paging import Paged
from overzicht.workflows.census.claims import maker_id, maker_name
from overzicht.workflows.census.overview import OTHERS, OverviewRow, national_overview

router = APIRouter()


@router.get("/census", response_class=HTMLResponse)
def census(
    context: PageReader,
    paging: Paged,
    round_id: Annotated[Line, Query(alias="round")] = "",
    maker: Annotated[Line, Query()] = "",
) -> HTMLResponse:
    """Show the overview of a round on the date, the newest one without a choice."""
    with context.store.reading() as connection:
        rounds = [own for own in stored.list_rounds(connection) if own.reference_date <= context.day]
    names = [own.id for own in rounds]
    chosen = round_id if round_id in names else (names[-1] if names else "")
    question = Question(frozenset({maker_id(maker)} if maker else ()))
    shown = national_overview(context.store, chosen, context.day, question) if chosen else None
    bodies = paging.cut(shown.bodies if shown else ())
    return context.render(
        "census.html",
        shown=shown,
        maker=maker,
        name_of=_row_name,
        choices=[(own.id, own.title) for own in rounds],
        rows_of_bodies=bodies.items,
        bodies=bodies,
        paging=paging,
    )


def _row_name(row: OverviewRow) -> str:
    return "" if row.key == OTHERS else maker_name(row.key)
