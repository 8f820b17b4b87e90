"""`/questions`: parliamentary questions: search, overdue sets, figures, one set, and mentions of names."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Query, UploadFile

from overzicht.composition import Slot
from overzicht.store.jobs import Job
from overzicht.subjects.questions import listing, mentioning, promising, showing
from overzicht.subjects.questions.as_json import set_json
from overzicht.subjects.questions.figures import Figures, figures_of
from overzicht.subjects.questions.jobs import IMPORT
from overzicht.subjects.questions.listing import SetFilter, Timeliness
from overzicht.subjects.questions.mentioning import MentionFilter
from overzicht.subjects.questions.mentions import MentionKind
from overzicht.subjects.questions.mentions.counting import NameCount
from overzicht.subjects.questions.papers_records import papers_of, state_of_questions
from overzicht.subjects.questions.precedents import precedents_of
from overzicht.subjects.questions.promising import PromiseState
from overzicht.subjects.questions.sets import State
from overzicht.subjects.questions.views import (
    OverdueView,
    PrecedentsView,
    PromiseView,
    QuestionSetLine,
    ReadingView,
    SetMentionsView,
)
from overzicht.subjects.screening.lookup import party_lookup
from overzicht.web.asof import OnDay
from overzicht.web.auth import Editor, Reader
from overzicht.web.fields import Key, Line
from overzicht.web.paging import Page, Paged
from overzicht.web.problems import HAS_NAMES

router = APIRouter(prefix="/questions", tags=["questions"])
ADDED: Slot[Callable[[APIRouter], None]] = Slot("routes of questions")  # each adds its own
MakerId = Annotated[Line, Query(description="id of the manufacturer's card")]
NameKind = Annotated[MentionKind | None, Query()]


def _filter(
    q: Annotated[Line, Query(description="words that all occur in one paper or title")] = "",
    maker: MakerId = "",
    state: Annotated[State | None, Query()] = None,
    year: Annotated[int | None, Query(ge=1800, le=2200, description="year of the questions")] = None,
    late: Annotated[Timeliness | None, Query()] = None,
) -> SetFilter:
    return SetFilter(q, maker, state, year, late)


@router.get("", summary="Sets of questions", openapi_extra=HAS_NAMES)
def questions(
    context: Reader, day: OnDay, paging: Paged, sets: Annotated[SetFilter, Depends(_filter)]
) -> Page[QuestionSetLine]:
    """Return the sets that match: best match first for words or a manufacturer, else newest first."""
    with context.store.reading() as connection:
        lines = listing.list_sets(connection, sets, day)
    return paging.cut([QuestionSetLine.of(line) for line in lines])


@router.post("/files", status_code=202, summary="Import papers")
def add(context: Editor, files: Annotated[list[UploadFile], File(max_length=200)]) -> Job:
    """Start to import papers and indexes. The job names the files that could not be read."""
    return context.start_job(IMPORT.name, {}, files)


@router.get("/overdue", summary="Overdue sets")
def overdue(context: Reader, day: OnDay) -> OverdueView:
    """Return the overdue written sets without an answer, the longest open first."""
    with context.store.reading() as connection:
        return OverdueView.of(showing.overdue(connection, day))


@router.get("/figures", summary="Sets in figures")
def figures(context: Reader, day: OnDay) -> Figures:
    """Return counts and medians of all sets."""
    with context.store.reading() as connection:
        return figures_of(showing.all_sets(connection, day), day)


@router.get("/names", summary="Names by number of sets")
def names(context: Reader, day: OnDay, paging: Paged, kind: NameKind = None) -> Page[NameCount]:
    """Return the companies, products and bodies in sets, the most frequent first."""

    def count() -> list[NameCount]:
        with context.store.reading() as connection:
            return mentioning.count_names(mentioning.find_mentions(connection, MentionFilter(kind=kind), day))

    with context.store.reading() as connection:
        key = ("names in questions", kind, day, state_of_questions(connection))
    return paging.cut(context.cache.get(key, count))


@router.get("/mentions", summary="Mentions of a manufacturer or a name", openapi_extra=HAS_NAMES)
def mentions(
    context: Reader,
    day: OnDay,
    paging: Paged,
    maker: MakerId = "",
    name: Annotated[Line, Query(description="a name as it is written, or its usual spelling")] = "",
    *,
    kind: NameKind = None,
) -> Page[SetMentionsView]:
    """Return the sets that mention a manufacturer or a name, with those mentions; without either, nothing."""
    if not (maker or name):
        return paging.cut([])
    with context.store.reading() as connection:
        sets = mentioning.find_mentions(connection, MentionFilter(maker, name, kind), day)
        return paging.cut([SetMentionsView.of(set_mentions) for set_mentions in sets])


@router.get("/promises", summary="Promises in answers")
def promises(
    context: Reader, day: OnDay, paging: Paged, state: Annotated[PromiseState | None, Query()] = None
) -> Page[PromiseView]:
    """Return the promises in answers known on the date, the earliest last day first."""
    with context.store.reading() as connection:
        lines = promising.list_promises(connection, day)
    return paging.cut([PromiseView.of(line) for line in lines if state in (None, line.state)])


@router.post("/promises/tasks", summary="Open tasks for promises")
def open_promise_tasks(context: Editor, day: OnDay) -> list[PromiseView]:
    """Open a task for each promise that has none; return all promises with their tasks."""
    lines, _ = promising.open_promise_tasks(context.store, day, context.actor())
    return [PromiseView.of(line) for line in lines]


for add_routes in ADDED.added():  # before /{number}, which any word fits
    add_routes(router)


@router.get("/{number}/precedents", summary="Earlier questions like those of one set")
def precedents(context: Reader, day: OnDay, number: Key) -> list[PrecedentsView]:
    """Return for each question the most similar earlier questions with their answers, best first."""
    with context.store.reading() as connection:
        return [PrecedentsView.of(row) for row in precedents_of(connection, number, day)]


@router.get("/{number}", summary="One set")
def show(context: Reader, day: OnDay, number: Key) -> dict[str, Any]:
    """Return a whole set as known on the date, in the format of `overzicht questions show --json`."""
    with context.store.reading() as connection:
        return set_json(showing.show_set(connection, number, day))


@router.get("/{number}/versions", summary="The readings of one set's papers")
def versions(context: Reader, day: OnDay, number: Key) -> list[ReadingView]:
    """Return the stored readings, oldest first, also those that a newer one replaced."""
    with context.store.reading() as connection:
        shown = showing.show_set(connection, number, day)
        return [ReadingView.of(paper) for paper in papers_of(connection, shown.number, all_versions=True)]


@router.get("/{number}/mentions", summary="Mentions in one set")
def set_mentions(context: Reader, day: OnDay, number: Key) -> SetMentionsView:
    """Return the mentions in a set, each with its side and the list records with that name."""
    with party_lookup(context.store) as lookup:
        shown = showing.show_set(lookup.connection, number, day)
        return SetMentionsView.of(mentioning.linked_mentions(lookup, shown))
