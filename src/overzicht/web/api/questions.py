"""`/questions`: parliamentary questions: search, what is overdue, figures, one set, and who is mentioned."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Query, UploadFile

from overzicht.questions.figures import Figures, figures_of
from overzicht.questions.mentions import MentionKind
from overzicht.questions.mentions.counting import NameCount
from overzicht.questions.sets import State
from overzicht.reports.questions.as_json import set_json
from overzicht.store.jobs import Job
from overzicht.store.questions.papers import papers_of, state_of_questions
from overzicht.views.questions import OverdueView, QuestionSetLine, ReadingView, SetMentionsView
from overzicht.web.api.models.shared import Key, Line
from overzicht.web.api.started import Begin
from overzicht.web.asof import OnDay
from overzicht.web.auth import Editor, Reader
from overzicht.web.paging import Page, Paged
from overzicht.web.service import Here
from overzicht.web.work import ADD_QUESTIONS
from overzicht.workflows.ask import party_lookup
from overzicht.workflows.questions import listing, mentioning, showing
from overzicht.workflows.questions.listing import Lateness, SetFilter
from overzicht.workflows.questions.mentioning import Wanted

router = APIRouter(prefix="/questions", tags=["questions"])

MakerId = Annotated[Line, Query(description="id of the maker's card")]


def _asked(
    q: Annotated[Line, Query(description="words that all stand in one paper or title")] = "",
    maker: MakerId = "",
    state: Annotated[State | None, Query()] = None,
    year: Annotated[int | None, Query(ge=1800, le=2200, description="year of asking")] = None,
    late: Annotated[Lateness | None, Query()] = None,
) -> SetFilter:
    return SetFilter(q, maker, state, year, late)


@router.get("", summary="Sets of questions", openapi_extra={"x-names": True})
def questions(
    here: Here, _who: Reader, day: OnDay, paging: Paged, asked: Annotated[SetFilter, Depends(_asked)]
) -> Page[QuestionSetLine]:
    """Return the sets that fit: the best first where words or a maker are given, else the newest."""
    with here.store.reading() as connection:
        found = listing.list_sets(connection, asked, day)
    return paging.cut([QuestionSetLine.of(one) for one in found])


@router.post("/files", status_code=202, summary="Take in papers")
def add(
    begin: Begin,
    who: Editor,
    files: Annotated[list[UploadFile], File(max_length=200)],
) -> Job:
    """Begin to take in papers and indexes: all of them, or nothing when one cannot be read."""
    return begin(ADD_QUESTIONS, {}, who, files)


@router.get("/overdue", summary="Sets past their day")
def overdue(here: Here, _who: Reader, day: OnDay) -> OverdueView:
    """Return the written sets without an answer that are past their day, the longest open first."""
    with here.store.reading() as connection:
        return OverdueView.of(showing.overdue(connection, day))


@router.get("/figures", summary="Sets in figures")
def figures(here: Here, _who: Reader, day: OnDay) -> Figures:
    """Return counts and medians of all sets."""
    with here.store.reading() as connection:
        return figures_of(showing.all_sets(connection, day), day)


@router.get("/names", summary="Who is named, in how many sets")
def names(
    here: Here, _who: Reader, day: OnDay, paging: Paged, kind: Annotated[MentionKind | None, Query()] = None
) -> Page[NameCount]:
    """Return the companies, products and bodies that sets name, those in most sets first."""

    def count() -> list[NameCount]:
        with here.store.reading() as connection:
            return mentioning.count_names(mentioning.find_mentions(connection, Wanted(kind=kind), day))

    with here.store.reading() as connection:
        asked = ("names in questions", kind, day, state_of_questions(connection))
    return paging.cut(here.memory.recall(asked, count))


@router.get("/mentions", summary="Where a maker or a name is mentioned", openapi_extra={"x-names": True})
def mentions(
    here: Here,
    _who: Reader,
    day: OnDay,
    paging: Paged,
    maker: MakerId = "",
    name: Annotated[Line, Query(description="a name as it stands, or its usual spelling")] = "",
    kind: Annotated[MentionKind | None, Query()] = None,
) -> Page[SetMentionsView]:
    """Return the sets that mention a maker or a name, each with those mentions; without either, nothing."""
    if not (maker or name):
        return paging.cut([])
    with here.store.reading() as connection:
        found = [
            SetMentionsView.of(one)
            for one in mentioning.find_mentions(connection, Wanted(maker, name, kind), day)
        ]
    return paging.cut(found)


@router.get("/{number}", summary="One set")
def one(here: Here, _who: Reader, day: OnDay, number: Key) -> dict[str, Any]:
    """Return a whole set as known on the day, in the form of `overzicht questions show --json`."""
    with here.store.reading() as connection:
        return set_json(showing.show_set(connection, number, day))


@router.get("/{number}/versions", summary="The readings of one set's papers")
def versions(here: Here, _who: Reader, day: OnDay, number: Key) -> list[ReadingView]:
    """Return the readings that are kept, oldest first, also those that a newer one replaced."""
    with here.store.reading() as connection:
        shown = showing.show_set(connection, number, day)
        return [ReadingView.of(each) for each in papers_of(connection, shown.number, all_versions=True)]


@router.get("/{number}/mentions", summary="Who is mentioned in one set")
def mentioned(here: Here, _who: Reader, day: OnDay, number: Key) -> SetMentionsView:
    """Return the mentions of a set, each with its side and the records of lists of that name."""
    with party_lookup(here.store) as lookup:
        return SetMentionsView.of(
            mentioning.linked_mentions(lookup, showing.show_set(lookup.connection, number, day))
        )
