"""`/lists`: the official lists, how far each can tell, what changed, and new versions."""

from typing import Annotated

from fastapi import APIRouter, Depends, File, Query, UploadFile

from overzicht.sources.lists.registry import load_card
from overzicht.store.jobs import Job
from overzicht.views.lists import ListDifference, ListView, compared, differences
from overzicht.web.api.models.lists import DiffPage, LoadAsked, UpdateAsked
from overzicht.web.api.models.shared import Key
from overzicht.web.api.started import Begin
from overzicht.web.asof import OnDay
from overzicht.web.auth import Editor, Reader
from overzicht.web.paging import Page, Paged
from overzicht.web.problems import not_found
from overzicht.web.service import Here
from overzicht.web.work import LOAD_LIST, UPDATE_LISTS
from overzicht.workflows.lists import diff_list, list_states

router = APIRouter(prefix="/lists", tags=["lists"])


@router.get("", summary="All lists that are read")
def lists(here: Here, _who: Reader, day: OnDay, paging: Paged) -> Page[ListView]:
    """Return every list with its versions and how far it can tell for the day."""
    return paging.cut([ListView.of(state) for state in list_states(here.store, day)])


@router.get("/{list_id}", summary="One list")
def one(here: Here, _who: Reader, day: OnDay, list_id: Key) -> ListView:
    """Return a list with its versions and how far it can tell for the day."""
    found = [state for state in list_states(here.store, day) if state.card.id == list_id]
    if not found:
        raise not_found("list", list_id)
    return ListView.of(found[0])


@router.get("/{list_id}/diff", summary="What changed between two versions")
def diff(
    here: Here,
    _who: Reader,
    list_id: Key,
    before: Annotated[Key, Query(description="a day, or the start of a hash")],
    after: Annotated[Key, Query(description="a day, or the start of a hash")],
    paging: Paged,
) -> DiffPage:
    """Return what was listed, delisted and changed between two versions of a list."""
    found = diff_list(here.store, list_id, before, after)
    page: Page[ListDifference] = paging.cut(differences(found))
    return DiffPage.model_validate({**dict(compared(found, page.items)), **page.place})


@router.post("/update", status_code=202, summary="Fetch new versions", openapi_extra={"x-names": True})
def update(begin: Begin, who: Editor, asked: UpdateAsked) -> Job:
    """Begin to fetch lists from the addresses on their cards, and from nowhere else."""
    for list_id in asked.lists:
        load_card(list_id)
    return begin(UPDATE_LISTS, {"lists": list(asked.lists)}, who)


@router.post("/files", status_code=202, summary="Load files of lists", openapi_extra={"x-names": True})
def load(
    begin: Begin,
    who: Editor,
    files: Annotated[list[UploadFile], File(max_length=20)],
    asked: Annotated[LoadAsked, Depends()],
) -> Job:
    """Begin to load files, each recognised, read strictly, and kept whole or not at all."""
    if asked.list_id:
        load_card(asked.list_id)
    parameters = {
        "list": asked.list_id,
        "published": asked.published.isoformat() if asked.published else None,
        "official": asked.official,
        "partial": asked.partial,
        "force": asked.force,
    }
    return begin(LOAD_LIST, parameters, who, files)
