"""Lists: their state, their versions, what changed between two, and the bytes they came as."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse

from overzicht.errors import UnknownNameError
from overzicht.reports.i18n import Words
from overzicht.sources.lists.registry import READERS, load_card
from overzicht.store.accounts import Role
from overzicht.store.snapshots import list_snapshots
from overzicht.views.lists import differences
from overzicht.web.api import lists as api
from overzicht.web.api.models.shared import Key
from overzicht.web.asof import OnPage
from overzicht.web.auth import Editor, Reader
from overzicht.web.forms import FormOf, add_forms
from overzicht.web.page import render, words_of
from overzicht.web.paging import Paged
from overzicht.web.problems import not_found
from overzicht.web.service import Here, Service
from overzicht.web.work import UPDATE_LISTS
from overzicht.workflows.accounts import Principal
from overzicht.workflows.lists import ListState, diff_list, list_states

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Row:
    """A list as the table shows it; `newest` is None without a version of its own."""

    state: ListState
    newest: date | None
    versions: int
    records: int


@router.get("/lists", response_class=HTMLResponse)
def lists(request: Request, here: Here, who: Reader, day: OnPage) -> HTMLResponse:
    """Show every list with its age and whether it can tell for the day."""
    rows = [_row(state) for state in list_states(here.store, day.day)]
    return render(request, "lists.html", rows=rows, may_edit=who.may(Role.EDITOR))


@router.get("/lists/{list_id}", response_class=HTMLResponse)
def one(request: Request, here: Here, who: Reader, day: OnPage, list_id: Key) -> HTMLResponse:
    """Show one list and its versions."""
    words = words_of(request)
    found = [state for state in list_states(here.store, day.day) if state.card.id == list_id]
    if not found:
        raise not_found("list", list_id)
    state = found[0]
    return render(
        request,
        "list.html",
        state=state,
        card=state.card,
        title=_title(list_id, words),
        versions=state.snapshots[::-1],
        comparable=_comparable(state, words),
        may_edit=who.may(Role.EDITOR),
    )


@router.get("/lists/{list_id}/diff", response_class=HTMLResponse)
def diff(
    request: Request,
    here: Here,
    _who: Reader,
    list_id: Key,
    before: Annotated[Key, Query()],
    after: Annotated[Key, Query()],
    paging: Paged,
) -> HTMLResponse:
    """Show what was listed, delisted and changed between two versions."""
    found = diff_list(here.store, list_id, before, after)
    page = paging.cut(differences(found))
    return render(
        request,
        "list_diff.html",
        found=found,
        page=page,
        paging=paging,
        card=load_card(list_id),
        title=_title(list_id, words_of(request)),
    )


@router.post("/lists/{list_id}/update")
def update_one(here: Here, who: Editor, list_id: Key) -> RedirectResponse:
    """Begin to fetch one list, and lead to the page of that work."""
    load_card(list_id)
    return _begin(here, who, [list_id])


@router.get("/snapshots/{sha256}", response_class=HTMLResponse)
def snapshot(request: Request, here: Here, _who: Reader, sha256: Key) -> HTMLResponse:
    """Show what is known of a snapshot, with its file where it is held."""
    with here.store.reading() as connection:
        found = [each for each in list_snapshots(connection) if each.snapshot.sha256 == sha256]
    if not found:
        raise UnknownNameError("snapshot", sha256)
    stored = found[0]
    has_bytes = (here.store.folder / sha256[:2] / sha256).is_file()
    source, words = stored.snapshot.source, words_of(request)
    title = _title(source, words) if source in READERS else source
    return render(request, "snapshot.html", stored=stored, has_bytes=has_bytes, title=title)


def _begin(here: Service, who: Principal, lists_asked: list[str]) -> RedirectResponse:
    job = here.runner.start(UPDATE_LISTS, {"lists": lists_asked}, actor=who.name)
    return RedirectResponse(f"/jobs/{job.id}", 303)


def _row(state: ListState) -> Row:
    own = [stored for stored in state.snapshots if not stored.is_starter]
    newest = max((stored.version.day for stored in own), default=None)
    shown = own or list(state.snapshots)
    latest = {stored.snapshot.part: stored.record_count for stored in shown}  # the newest comes last
    return Row(state, newest, len(own), sum(latest.values()))


def _comparable(state: ListState, words: Words) -> list[tuple[str, str]]:
    """Return the versions that can be compared, newest first, as (hash, words)."""
    own = [stored for stored in state.snapshots[::-1] if not stored.is_starter]
    return [
        (
            stored.snapshot.sha256,
            f"{words.day(stored.version.day)} {stored.snapshot.part} ({stored.snapshot.id})".replace(
                "  ", " "
            ),
        )
        for stored in own
    ]


def _title(list_id: str, words: Words) -> str:
    card = load_card(list_id)
    return words.say(card.heading)


add_forms(router, FormOf("/lists/update", api.update, "/jobs/{done.id}"))
