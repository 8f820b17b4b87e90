"""The national overview, its coverage first; and the return of a body, by the link of its letter."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, Query, Request, UploadFile
from markupsafe import Markup
from starlette.responses import HTMLResponse

from overzicht.errors import OverzichtError
from overzicht.evidence import Text, text
from overzicht.evidence.actor import Actor
from overzicht.reports.html.charts import Picture
from overzicht.reports.html.svg import Caption
from overzicht.reports.map_drawing import JOINED, MapDrawing, RegionValue, fill_of, legend_swatch
from overzicht.reports.vocabulary import BODY_KINDS, word
from overzicht.store.accounts import Role
from overzicht.subjects.census import round_records as stored
from overzicht.subjects.census.answers import Basis, Depth, Level, Question, Scope
from overzicht.subjects.census.browser import (
    FormAnswer,
    FormRow,
    OpenRequest,
    answer_by_link,
    open_link,
)
from overzicht.subjects.census.claims_workflow import maker_id, maker_name
from overzicht.subjects.census.letters import what_is_asked
from overzicht.subjects.census.links import PATH, AnswerLinkError
from overzicht.subjects.census.overview import NationalOverview, national_overview
from overzicht.subjects.census.receiving import Received
from overzicht.subjects.census.tables import OTHERS, OverviewRow, RegionResponse
from overzicht.subjects.register.maps import Boundaries, stored_boundaries
from overzicht.web.auth import PageReader
from overzicht.web.clock import now, today
from overzicht.web.context import PageContext
from overzicht.web.fields import Line
from overzicht.web.identity import address_of
from overzicht.web.logins import check_encrypted
from overzicht.web.page import render
from overzicht.web.paging import Paged
from overzicht.web.service import Service, ServiceDep
from overzicht.web.uploads import read_small

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
ROWS = 8  # of the empty form
DEPTHS = (
    Depth.NONE,
    Depth.COUNTS,
    Depth.MODELS,
    Depth.REGISTER,
    Depth.PRESENT,
    Depth.NOT_HELD,
    Depth.REFUSED,
)
BODY = "the body, by the link of its letter"  # actor in the log
Lines = Annotated[list[Line] | None, Form(max_length=200)]


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


@dataclass(frozen=True, slots=True)
class ReturnForm:
    """The fields of the form; the lists of a row belong together by position."""

    depth: Annotated[Depth, Form()] = Depth.NONE
    scope: Annotated[Scope, Form()] = Scope.ALL
    basis: Annotated[Line, Form()] = ""
    ground: Annotated[Line, Form()] = ""
    level: Annotated[Level, Form()] = Level.COUNTS
    role: Annotated[Line, Form()] = ""
    maker: Lines = None
    model: Lines = None
    kind: Lines = None
    least: Lines = None
    most: Lines = None
    file: Annotated[UploadFile | None, File()] = None

    def rows(self) -> tuple[FormRow, ...]:
        """Return the rows of the form, empty ones too."""
        columns = (self.maker or [], self.model or [], self.kind or [], self.least or [], self.most or [])
        cells = zip_longest(*columns, fillvalue="")
        return tuple(FormRow(*(cell.strip() for cell in row)) for row in cells)

    def answer(self, limit: int) -> FormAnswer:
        """Return the answer of the form; a file may have up to `limit` bytes."""
        has_file = self.file is not None and bool(self.file.filename)
        return FormAnswer(
            self.depth,
            self.scope,
            Basis(self.basis) if self.basis in set(Basis) else None,
            self.ground,
            self.level,
            self.role,
            self.rows(),
            read_small(self.file, limit) if has_file and self.file is not None else None,
        )


@router.get(PATH, response_class=HTMLResponse)
def form(request: Request, service: ServiceDep, key: Annotated[Line, Query()] = "") -> HTMLResponse:
    """Show the form of the request that the link opens, with what others state about the body."""
    service.limits.note_request(f"address {address_of(request)}")
    return _page(request, service, key, ReturnForm())


@router.post(PATH, response_class=HTMLResponse)
def send(
    request: Request,
    service: ServiceDep,
    given: Annotated[ReturnForm, Depends()],
    key: Annotated[Line, Form()] = "",
) -> HTMLResponse:
    """Sign the form as the body and accept it, or show what is wrong with it."""
    service.limits.note_request(f"address {address_of(request)}")
    return _page(request, service, key, given, is_sent=True)


def _page(
    request: Request, service: Service, key: str, given: ReturnForm, *, is_sent: bool = False
) -> HTMLResponse:
    opened: OpenRequest | None = None
    outcome: Received | None = None
    fault: OverzichtError | None = None
    try:
        opened = open_link(service.store, key, today())
        if is_sent:
            check_encrypted(request)
            answer = given.answer(service.options.max_upload_bytes)
            outcome = answer_by_link(service.store, opened, answer, Actor(today(), BODY, now()))
    except OverzichtError as error:
        fault = error
    is_refused = fault is not None or (outcome is not None and not outcome.is_accepted)
    answer_page = render(
        request,
        "census_return.html",
        opened=opened,
        question=what_is_asked(opened.round.reference_date) if opened else None,
        outcome=outcome,
        fault=fault,
        key=key,
        given=given,
        path=PATH,
        rows=[*given.rows(), *[FormRow()] * ROWS][: max(ROWS, len(given.rows()))],
        depths=[(own.value, own.words) for own in DEPTHS],
        scopes=[(own.value, own.words) for own in Scope],
        bases=[(own.value, own.words) for own in Basis],
        levels=[(own.value, own.words) for own in Level],
    )
    answer_page.status_code = 404 if isinstance(fault, AnswerLinkError) else 422 if is_refused else 200
    return answer_page
