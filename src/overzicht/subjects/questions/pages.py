"""Parliamentary questions: a list with search and filters, overdue sets, figures, and one set."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import HTMLResponse

from overzicht.devices.knowledge import load_maker_cards
from overzicht.evidence import text
from overzicht.reports.html import charts
from overzicht.reports.i18n import Words
from overzicht.subjects.questions import listing, showing
from overzicht.subjects.questions.facts import term
from overzicht.subjects.questions.figures import figures_of
from overzicht.subjects.questions.lines import day_sentence
from overzicht.subjects.questions.listing import SetFilter, Timeliness
from overzicht.subjects.questions.mention_words import place_text
from overzicht.subjects.questions.mentioning import linked_mentions
from overzicht.subjects.questions.page import figure_tables, ministry_rows
from overzicht.subjects.questions.page_view import (
    named_views,
    papers_with_notes,
    question_views,
    question_words,
)
from overzicht.subjects.questions.papers_records import state_of_questions
from overzicht.subjects.questions.promising import SUBJECT
from overzicht.subjects.questions.sets import State
from overzicht.subjects.register.task_pages import TaskPages
from overzicht.subjects.screening.lookup import party_lookup
from overzicht.web.auth import PageReader
from overzicht.web.fields import Key, Line
from overzicht.web.paging import Paged

router = APIRouter(prefix="/questions")
OF_TASKS = TaskPages(SUBJECT, "/questions")

NO_FILTER = ("", "–")
LATENESS = {
    Timeliness.OVERDUE: text("overdue, without an answer"),
    Timeliness.ANSWERED_LATE: text("answered late"),
    Timeliness.IN_TIME: text("in time so far"),
}


@dataclass(frozen=True, slots=True)
class SetQuery:
    """The filters of the list; an unknown value does not limit the result."""

    q: Annotated[Line, Query()] = ""
    maker: Annotated[Line, Query()] = ""
    state: Annotated[Line, Query()] = ""
    year: Annotated[Line, Query()] = ""
    late: Annotated[Line, Query()] = ""

    def filter(self) -> SetFilter:
        """Return the filter with the known values."""
        is_year = len(self.year) == 4 and self.year.isdecimal() and self.year.isascii()
        return SetFilter(
            self.q,
            self.maker if self.maker in load_maker_cards() else "",
            State(self.state) if self.state in set(State) else None,
            int(self.year) if is_year else None,
            Timeliness(self.late) if self.late in set(Timeliness) else None,
        )


@router.get("", response_class=HTMLResponse)
def questions(context: PageReader, paging: Paged, query: Annotated[SetQuery, Depends()]) -> HTMLResponse:
    """Show the sets that match."""
    sets, day = query.filter(), context.day
    with context.store.reading() as connection:
        page = paging.cut(listing.list_sets(connection, sets, day))
        key = ("years of questions", day, state_of_questions(connection))
        years = context.cache.get(key, lambda: listing.years_of(connection, day))
    return context.render(
        "questions.html",
        page=page,
        paging=paging,
        asked=sets,
        **question_words(context.words),
        choices=_choices(context.words, years),
        has_any=bool(page.total or years),
    )


@router.get("/overdue", response_class=HTMLResponse)
def overdue(context: PageReader, paging: Paged) -> HTMLResponse:
    """Show the overdue written sets without an answer, the longest open first."""
    with context.store.reading() as connection:
        sets = showing.overdue(connection, context.day)
    page, words = paging.cut(sets.late), question_words(context.words)
    return context.render("questions_overdue.html", found=sets, page=page, paging=paging, **words)


@router.get("/figures", response_class=HTMLResponse)
def figures(context: PageReader) -> HTMLResponse:
    """Show the sets in figures, with charts."""
    words = context.words
    with context.store.reading() as connection:
        counts = figures_of(showing.all_sets(connection, context.day), context.day)
    return context.render(
        "questions_figures.html",
        found=counts,
        tables=figure_tables(counts, words),
        rule=term(),
        ministries=ministry_rows(counts, words),
        day_sentence=day_sentence(counts, words),
        has_charts=charts.are_available(),
    )


@router.get("/{number}", response_class=HTMLResponse)
def show(context: PageReader, number: Key) -> HTMLResponse:
    """Show one set as known on the date: people, dates, names, questions and answers."""
    words = context.words
    with party_lookup(context.store) as lookup:
        shown = showing.show_set(lookup.connection, number, context.day)
        mentions = linked_mentions(lookup, shown)
    return context.render(
        "question.html",
        set=shown,
        found=mentions,
        **question_words(words),
        place_text=place_text,
        views=question_views(mentions, words),
        named=named_views(mentions, words),
        notes=papers_with_notes(shown),
    )


def _choices(words: Words, years: list[int]) -> Mapping[str, list[tuple[str, str]]]:
    """Return the options of each filter; the first one does not limit the result."""
    makers = sorted(load_maker_cards().values(), key=lambda card: card.trade_name.casefold())
    return {
        "maker": [NO_FILTER, *((card.id, card.trade_name) for card in makers)],
        "state": [NO_FILTER, *words.choices(State)],
        "year": [NO_FILTER, *((str(year), str(year)) for year in years)],
        "late": [NO_FILTER, *((lateness.value, words.say(label)) for lateness, label in LATENESS.items())],
    }
