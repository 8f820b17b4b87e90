"""`/lists`: the official lists, the dates that each covers, changes, and new versions."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Body, Depends, File, Form, Query, UploadFile

from overzicht.sources.lists.registry import load_card
from overzicht.store.jobs import Job
from overzicht.subjects.lists.jobs import LOAD_LIST, UPDATE_LISTS
from overzicht.subjects.lists.schedule import set_daily
from overzicht.subjects.lists.updating import ListState, diff_list, list_states
from overzicht.subjects.lists.views import (
    ListDifference,
    ListView,
    PreviewView,
    SnapshotView,
    compared,
    differences,
    preview_view,
)
from overzicht.web.asof import OnDay
from overzicht.web.auth import Editor, Reader
from overzicht.web.context import RequestContext
from overzicht.web.fields import FormNumber, Key, Line, Lines
from overzicht.web.paging import Page, Paged
from overzicht.web.problems import HAS_NAMES, not_found
from overzicht.web.uploads import copies_of
from overzicht.workflows.ownlists import Declared, ReadyMapping, declared_as, previewed, ready_mappings

router = APIRouter(prefix="/lists", tags=["lists"])
Version = Annotated[Key, Query(description="a date, or the start of a hash")]


class DiffPage(Page[ListDifference]):
    """Two versions of a list compared. If `complete` is false, an absent record may still be listed."""

    before: SnapshotView
    after: SnapshotView
    complete: bool
    listed: int
    delisted: int
    changed: int


@dataclass(frozen=True, slots=True)
class ListSchedule:
    """Whether the service fetches new versions of all lists every day."""

    daily: bool


@dataclass(frozen=True, slots=True)
class LoadForm:
    """How to read files of lists; the fields of a form next to its files."""

    list_id: Annotated[Line, Form(alias="list", description="default: recognised from the file")] = ""
    published: Annotated[date | None, Form()] = None
    official: Annotated[bool, Form()] = True
    partial: Annotated[bool, Form(description="load the valid records of a damaged file")] = False
    force: Annotated[bool, Form(description="accept an unexpected number of records")] = False
    mapping: Annotated[
        Lines, Form(description="mapping of an own list (YAML), or the name of a ready one")
    ] = ""
    records: Annotated[
        FormNumber, Form(description="number of records that the file has; it confirms that it is complete")
    ] = ""


@router.get("", summary="All lists")
def lists(context: Reader, day: OnDay, paging: Paged) -> Page[ListView]:
    """Return every list with its versions and whether it covers the date."""
    return paging.views(list_states(context.store, day), ListView.of)


@router.put("/schedule", summary="Daily update of all lists")
def schedule(context: Editor, daily: Annotated[bool, Body(embed=True)] = False) -> ListSchedule:
    """Switch the daily update on or off: the service then fetches new versions of all lists once a day."""
    set_daily(context.store, context.actor(), is_on=daily)
    return ListSchedule(daily=daily)


@router.get("/mappings", summary="Ready mappings of lists")
def mappings(context: Reader, paging: Paged) -> Page[ReadyMapping]:
    """Return the mappings that ship with the service, to use, or to start an own mapping from."""
    del context
    return paging.cut(ready_mappings())


@router.post("/preview", summary="Preview of an own list")
def preview(
    context: Editor,
    file: Annotated[UploadFile, File()],
    mapping: Annotated[Lines, Form(description="mapping (YAML), or the name of a ready one")],
    first: Annotated[int, Form(ge=0, le=1000, description="parties to show at most")] = 20,
) -> PreviewView:
    """Return what a mapping makes of a file, before anything is stored."""
    del context
    with copies_of([file]) as (path,):
        return preview_view(*previewed(path, declared_as(mapping) or Declared("", "mapping")), first)


@router.get("/{list_id}", summary="One list")
def show(context: Reader, day: OnDay, list_id: Key) -> ListView:
    """Return a list with its versions and whether it covers the date."""
    return ListView.of(state_of(context, list_id, day))


def state_of(context: RequestContext, list_id: str, day: date) -> ListState:
    """Return a list on a date; a problem if it does not exist."""
    for state in list_states(context.store, day):
        if state.card.id == list_id:
            return state
    raise not_found("list", list_id)


@router.get("/{list_id}/diff", summary="Changes between two versions")
def diff(context: Reader, list_id: Key, before: Version, after: Version, paging: Paged) -> DiffPage:
    """Return the records that were listed, delisted and changed between two versions of a list."""
    comparison = diff_list(context.store, list_id, before, after)
    page: Page[ListDifference] = paging.cut(differences(comparison))
    return DiffPage.model_validate({**dict(compared(comparison, page.items)), **page.place})


@router.post("/update", status_code=202, summary="Fetch new versions", openapi_extra=HAS_NAMES)
def update(
    context: Editor, lists: Annotated[list[Key], Body(embed=True, max_length=50, default_factory=list)]
) -> Job:
    """Start to fetch lists (default: all) from the addresses on their cards, and from nowhere else."""
    for list_id in lists:
        load_card(list_id)
    return context.start_job(UPDATE_LISTS, {"lists": lists})


@router.post("/files", status_code=202, summary="Load files of lists", openapi_extra=HAS_NAMES)
def load(
    context: Editor,
    files: Annotated[list[UploadFile], File(max_length=20)],
    form: Annotated[LoadForm, Depends()],
) -> Job:
    """Start to load files. Each is recognised, read strictly, and loaded completely or not at all.

    With a mapping the files belong to an own list.
    """
    if form.list_id:
        load_card(form.list_id)
    parameters = {
        "list": form.list_id,
        "published": form.published.isoformat() if form.published else None,
        "official": form.official,
        "partial": form.partial,
        "force": form.force,
        "mapping": form.mapping,
        "records": int(form.records) if form.records else None,
    }
    return context.start_job(LOAD_LIST, parameters, files)
