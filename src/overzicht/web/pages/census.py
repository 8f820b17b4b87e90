"""The national overview: the coverage of a round first, then what its answers say."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Annotated

from fastapi import APIRouter, Query
from markupsafe import Markup
from starlette.responses import HTMLResponse

from overzicht.census.answers import Question
from overzicht.evidence import Text, text
from overzicht.reports.html.charts import Picture
from overzicht.reports.html.svg import Caption
from overzicht.reports.map_drawing import JOINED, MapDrawing, RegionValue, fill_of, legend_swatch
from overzicht.reports.vocabulary import BODY_KINDS, word
from overzicht.store.accounts import Role
from overzicht.store.census import rounds as stored
from overzicht.web.auth import PageReader
from overzicht.web.context import PageContext
from overzicht.web.fields import Line
from overzicht.web.paging import Paged
from overzicht.workflows.census.claims import maker_id, maker_name
from overzicht.workflows.census.overview import NationalOverview, national_overview
from overzicht.workflows.census.tables import OTHERS, OverviewRow, RegionResponse
from overzicht.workflows.register.maps import Boundaries, stored_boundaries

router = APIRouter()
LEGEND = (
    (RegionValue(0, ""), text("0 %")),
    (RegionValue(0.1, ""), text("less than 25 %")),
    (RegionValue(0.3, ""), text("25 to 49 %")),
    (RegionValue(0.6, ""), text("50 to 74 %")),
    (RegionValue(1, ""), text("75 % or more")),
    (RegionValue(None, "", reason=JOINED), text("few bodies: counted with other regions")),
    (None, text("no bodies of this round, or no answer to the question")),
)


@dataclass(frozen=True, slots=True)
class RegionMap:
    """A map of shares by region, None if no region is on it; its boundaries, legend and regions left out."""

    figure: str
    title: Text
    boundaries: Boundaries
    drawing: Picture | None
    legend: tuple[tuple[Markup, Text], ...]
    missing: tuple[str, ...]


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

    def body_kind(kind: str) -> str:
        return context.words.say(word(BODY_KINDS, kind))

    return context.render(
        "census.html",
        shown=shown,
        maps=_maps(context, shown) if shown else (),
        may_edit=context.may(Role.EDITOR),
        maker=maker,
        name_of=_row_name,
        kind_name=lambda row: "" if row.key == OTHERS else body_kind(row.key),
        body_kind=body_kind,
        choices=[(own.id, own.title) for own in rounds],
        titles={own.id: own.title for own in rounds},
        rows_of_bodies=bodies.items,
        bodies=bodies,
        paging=paging,
    )


def _row_name(row: OverviewRow) -> str:
    return "" if row.key == OTHERS else maker_name(row.key)


def _maps(context: PageContext, shown: NationalOverview) -> tuple[RegionMap, ...]:
    """Return the maps of the response and of the answers; none if no boundaries are loaded."""
    boundaries = stored_boundaries(context.store)
    if boundaries is None:
        return ()
    response = {row.region: (row.answered, row.bodies, _response_label(row)) for row in shown.response}
    answers = {row.key: (row.have, row.number, _answer_label(row)) for row in shown.regions}
    on = {"day": shown.day}
    titles = (
        text("Share of bodies that answered, by region, on {day}", **on),
        text("Share of the answers to the question that have it, by region, on {day}", **on),
    )
    joined = ([row.joined for row in shown.response], [row.joined for row in shown.regions])
    return tuple(
        _region_map(context, boundaries, (figure, title), shares, frozenset(chain(*keys)))
        for figure, title, shares, keys in zip(
            ("fig-response", "fig-answers"), titles, (response, answers), joined, strict=True
        )
    )


def _region_map(
    context: PageContext,
    boundaries: Boundaries,
    figure: tuple[str, Text],
    shares: Mapping[str, tuple[int, int, Text]],
    joined: Collection[str],
) -> RegionMap:
    """Return the map of one share: part, whole and label by region; `joined` are regions of few bodies."""
    few = context.words.say(text("few bodies"))
    values = {name: RegionValue(None, f"{name}: {few}", reason=JOINED) for name in joined}
    for name, (part, whole, label) in shares.items():
        if name != OTHERS and whole:
            values[name] = RegionValue(part / whole, context.words.say(label), f"{100 * part // whole} %")
    drawing = MapDrawing(boundaries.regions, values)
    note = context.words.say(text("The tables of this page have the same numbers."))
    caption = Caption(figure[0], context.words.say(figure[1]), note)
    swatches = (
        (legend_swatch(fill_of(value), f"legend-{figure[0]}-{place}"), label)
        for place, (value, label) in enumerate(LEGEND)
    )
    return RegionMap(*figure, boundaries, drawing.draw(caption), tuple(swatches), drawing.missing)


def _response_label(row: RegionResponse) -> Text:
    return text(
        "{region}: {answered} of {bodies} bodies answered ({percent} %)",
        region=row.region,
        answered=row.answered,
        bodies=row.bodies,
        percent=row.percent,
    )


def _answer_label(row: OverviewRow) -> Text:
    return text(
        "{region}: {have} of {answered} bodies that answered the question have it",
        region=row.key,
        have=row.have,
        answered=row.number,
    )
