"""Parliamentary questions: a list with search and filters, what is overdue, figures, and one set."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from overzicht.devices.knowledge import load_maker_cards
from overzicht.evidence import text
from overzicht.questions.facts import term
from overzicht.questions.figures import figures_of
from overzicht.questions.sets import State
from overzicht.reports.html import charts
from overzicht.reports.i18n import Words
from overzicht.reports.questions import vocabulary
from overzicht.reports.questions.lines import day_lines
from overzicht.reports.questions.mentions import place_text
from overzicht.reports.questions.page import figure_tables, ministry_rows
from overzicht.store.questions.papers import state_of_questions
from overzicht.web.api.models.shared import Key, Line
from overzicht.web.asof import OnPage
from overzicht.web.auth import Reader
from overzicht.web.page import render, words_of
from overzicht.web.paging import Paged
from overzicht.web.question_view import Said, named_views, papers_with_notes, question_views
from overzicht.web.service import Here
from overzicht.workflows.ask import party_lookup
from overzicht.workflows.questions import listing, showing
from overzicht.workflows.questions.listing import Lateness, SetFilter
from overzicht.workflows.questions.mentioning import linked_mentions

router = APIRouter(prefix="/questions")

ALL_OF_IT = ("", "–")
LATENESS = {
    Lateness.OVERDUE: text("past its day, without an answer"),
    Lateness.ANSWERED_LATE: text("answered late"),
    Lateness.IN_TIME: text("in time so far"),
}


@router.get("", response_class=HTMLResponse)
def questions(  # noqa: PLR0913, PLR0917 - one parameter per filter
    request: Request,
    here: Here,
    _who: Reader,
    day: OnPage,
    paging: Paged,
    q: Annotated[Line, Query()] = "",
    maker: Annotated[Line, Query()] = "",
    state: Annotated[Line, Query()] = "",
    year: Annotated[Line, Query()] = "",
    late: Annotated[Line, Query()] = "",
) -> HTMLResponse:
    """Show the sets that fit; a filter with a value that does not exist narrows nothing."""
    words, cards = words_of(request), load_maker_cards()
    asked = SetFilter(
        q,
        maker if maker in cards else "",
        _state(state),
        int(year) if _is_year(year) else None,
        _lateness(late),
    )
    with here.store.reading() as connection:
        page = paging.cut(listing.list_sets(connection, asked, day.day))
        state_now = state_of_questions(connection)
        years = here.memory.recall(
            ("years of questions", day.day, state_now), lambda: listing.years_of(connection, day.day)
        )
    return render(
        request,
        "questions.html",
        page=page,
        paging=paging,
        asked=asked,
        said=Said(words),
        choices=_choices(words, years),
        has_any=bool(page.total or years),
    )


@router.get("/overdue", response_class=HTMLResponse)
def overdue(request: Request, here: Here, _who: Reader, day: OnPage, paging: Paged) -> HTMLResponse:
    """Show the written sets without an answer that are past their day, the longest open first."""
    with here.store.reading() as connection:
        found = showing.overdue(connection, day.day)
    return render(
        request,
        "questions_overdue.html",
        found=found,
        page=paging.cut(found.late),
        paging=paging,
        said=Said(words_of(request)),
    )


@router.get("/figures", response_class=HTMLResponse)
def figures(request: Request, here: Here, _who: Reader, day: OnPage) -> HTMLResponse:
    """Show the sets in figures, with charts."""
    words = words_of(request)
    with here.store.reading() as connection:
        found = figures_of(showing.all_sets(connection, day.day), day.day)
    return render(
        request,
        "questions_figures.html",
        found=found,
        tables=figure_tables(found, words),
        rule=term(),
        ministries=ministry_rows(found, words),
        day_sentence=" ".join(day_lines(found, words)),
        has_charts=charts.are_available(),
    )


@router.get("/{number}", response_class=HTMLResponse)
def one(request: Request, here: Here, _who: Reader, day: OnPage, number: Key) -> HTMLResponse:
    """Show one set as known on the day: who asked whom, the days, who is named, questions and answers."""
    words = words_of(request)
    with party_lookup(here.store) as lookup:
        shown = showing.show_set(lookup.connection, number, day.day)
        found = linked_mentions(lookup, shown)
    return render(
        request,
        "question.html",
        set=shown,
        found=found,
        said=Said(words),
        place_text=place_text,
        views=question_views(found, words),
        named=named_views(found, words),
        notes=papers_with_notes(shown),
    )


def _state(value: str) -> State | None:
    return State(value) if value in set(State) else None


def _lateness(value: str) -> Lateness | None:
    return Lateness(value) if value in set(Lateness) else None


def _is_year(value: str) -> bool:
    return len(value) == 4 and value.isdecimal() and value.isascii()


def _choices(words: Words, years: list[int]) -> Mapping[str, list[tuple[str, str]]]:
    """Return the options of each filter, the first of which narrows nothing."""
    makers = sorted(load_maker_cards().values(), key=lambda card: card.trade_name.casefold())
    return {
        "maker": [ALL_OF_IT, *((card.id, card.trade_name) for card in makers)],
        "state": [ALL_OF_IT, *((s.value, words.say(vocabulary.STATES[s])) for s in State)],
        "year": [ALL_OF_IT, *((str(year), str(year)) for year in years)],
        "late": [ALL_OF_IT, *((one.value, words.say(told)) for one, told in LATENESS.items())],
    }
