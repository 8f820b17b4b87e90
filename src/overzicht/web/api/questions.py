"""`/questions`: parliamentary questions: search, what is overdue, figures, one set, and who is mentioned."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, File, Query, Request, Response, UploadFile

from overzicht.questions.figures import figures_of
from overzicht.questions.mentions import MentionKind
from overzicht.questions.sets import State
from overzicht.reports.questions.as_json import figures_json, set_json
from overzicht.store.questions.papers import papers_of, state_of_questions
from overzicht.web.api.models.jobs import JobModel
from overzicht.web.api.models.questions import (
    NamedModel,
    OverdueModel,
    ReadingModel,
    SetBrief,
    SetMentionsModel,
    overdue_model,
)
from overzicht.web.api.models.shared import Key, Line
from overzicht.web.api.started import started
from overzicht.web.asof import OnDay
from overzicht.web.auth import Editor, Reader
from overzicht.web.paging import Page, Paged
from overzicht.web.service import Here
from overzicht.web.uploads import keep_uploads
from overzicht.web.work import ADD_QUESTIONS
from overzicht.workflows.ask import party_lookup
from overzicht.workflows.questions import listing, mentioning, showing
from overzicht.workflows.questions.listing import Lateness, SetFilter
from overzicht.workflows.questions.mentioning import Wanted

router = APIRouter(prefix="/questions", tags=["questions"])

MakerId = Annotated[Line, Query(description="id of the maker's card")]


@router.get("", summary="Sets of questions", openapi_extra={"x-names": True})
def questions(  # noqa: PLR0913, PLR0917 - one parameter per filter
    here: Here,
    _who: Reader,
    day: OnDay,
    paging: Paged,
    q: Annotated[Line, Query(description="words that all stand in one paper or title")] = "",
    maker: MakerId = "",
    state: Annotated[State | None, Query()] = None,
    year: Annotated[int | None, Query(ge=1800, le=2200, description="year of asking")] = None,
    late: Annotated[Lateness | None, Query()] = None,
) -> Page[SetBrief]:
    """Return the sets that fit: the best first where words or a maker are given, else the newest."""
    with here.store.reading() as connection:
        found = listing.list_sets(connection, SetFilter(q, maker, state, year, late), day)
    return paging.cut([SetBrief.of(one) for one in found])


@router.post("/files", status_code=202, summary="Take in papers")
def add(
    request: Request,
    response: Response,
    here: Here,
    who: Editor,
    files: Annotated[list[UploadFile], File(max_length=200)],
) -> JobModel:
    """Begin to take in papers and indexes: all of them, or nothing when one cannot be read."""

    def keep(folder: Path) -> Iterable[Path]:
        return keep_uploads(files, folder)

    job = here.runner.start(ADD_QUESTIONS, {}, actor=who.name, keep=keep)
    return started(request, response, job)


@router.get("/overdue", summary="Sets past their day")
def overdue(here: Here, _who: Reader, day: OnDay) -> OverdueModel:
    """Return the written sets without an answer that are past their day, the longest open first."""
    with here.store.reading() as connection:
        found = showing.overdue(connection, day)
    return overdue_model(day, list(found.late), (found.in_time, found.finished_unknown, found.undated))


@router.get("/figures", summary="Sets in figures")
def figures(here: Here, _who: Reader, day: OnDay) -> dict[str, Any]:
    """Return counts and medians, in the form of `overzicht questions stats --json`."""
    with here.store.reading() as connection:
        return figures_json(figures_of(showing.all_sets(connection, day), day))


@router.get("/names", summary="Who is named, in how many sets")
def names(
    here: Here, _who: Reader, day: OnDay, paging: Paged, kind: Annotated[MentionKind | None, Query()] = None
) -> Page[NamedModel]:
    """Return the companies, products and bodies that sets name, those in most sets first."""

    def count() -> list[NamedModel]:
        with here.store.reading() as connection:
            found = mentioning.count_names(mentioning.find_mentions(connection, Wanted(kind=kind), day))
        return [NamedModel.of(row) for row in found]

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
) -> Page[SetMentionsModel]:
    """Return the sets that mention a maker or a name, each with those mentions; without either, nothing."""
    if not (maker or name):
        return paging.cut([])
    with here.store.reading() as connection:
        found = [
            SetMentionsModel.of(one)
            for one in mentioning.find_mentions(connection, Wanted(maker, name, kind), day)
        ]
    return paging.cut(found)


@router.get("/{number}", summary="One set")
def one(here: Here, _who: Reader, day: OnDay, number: Key) -> dict[str, Any]:
    """Return a whole set as known on the day, in the form of `overzicht questions show --json`."""
    with here.store.reading() as connection:
        return set_json(showing.show_set(connection, number, day))


@router.get("/{number}/versions", summary="The readings of one set's papers")
def versions(here: Here, _who: Reader, day: OnDay, number: Key) -> list[ReadingModel]:
    """Return the readings that are kept, oldest first, also those that a newer one replaced."""
    with here.store.reading() as connection:
        shown = showing.show_set(connection, number, day)
        return [ReadingModel.of(each) for each in papers_of(connection, shown.number, all_versions=True)]


@router.get("/{number}/mentions", summary="Who is mentioned in one set")
def mentioned(here: Here, _who: Reader, day: OnDay, number: Key) -> SetMentionsModel:
    """Return the mentions of a set, each with its side and the records of lists of that name."""
    with party_lookup(here.store) as lookup:
        return SetMentionsModel.of(
            mentioning.linked_mentions(lookup, showing.show_set(lookup.connection, number, day))
        )
