"""Lists: their state, their versions, the changes between two, and their files."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, File, Form, Query, UploadFile
from starlette.responses import HTMLResponse, RedirectResponse

from overzicht.errors import OverzichtError, UnknownNameError
from overzicht.evidence import Text
from overzicht.reports.i18n import Words
from overzicht.sources.lists.registry import load_card
from overzicht.store.accounts import Role
from overzicht.store.snapshots import StoredSnapshot, list_snapshots
from overzicht.subjects.lists import routes as api
from overzicht.subjects.lists.schedule import is_daily
from overzicht.subjects.lists.updating import ListState, covering, diff_list, list_states
from overzicht.subjects.lists.views import differences
from overzicht.web.auth import PageEditor, PageReader
from overzicht.web.fields import Key, Line, Lines
from overzicht.web.forms import FormOf, add_forms, see_other
from overzicht.web.page import list_titles
from overzicht.web.paging import Paged
from overzicht.web.uploads import path_of
from overzicht.workflows.ownlists import ready_mappings

router = APIRouter()
SHOWN = 20  # parties of a preview


@dataclass(frozen=True, slots=True)
class ListRow:
    """A list as a row of the table; `newest` is None if only starter facts are loaded."""

    state: ListState
    newest: date | Text | None
    versions: int
    records: int


@router.get("/lists", response_class=HTMLResponse)
def lists(context: PageReader) -> HTMLResponse:
    """Show every list with its age and whether it covers the date."""
    rows = [_row(state) for state in list_states(context.store, context.day)]
    return context.render(
        "lists.html",
        rows=rows,
        covered=covering(row.state for row in rows),
        titles=sorted(list_titles(context.words).items(), key=lambda pair: pair[1].casefold()),
        is_daily=is_daily(context.store),
        ready=ready_mappings(),
        may_edit=context.may(Role.EDITOR),
    )


@router.post("/lists/preview", response_class=HTMLResponse)
def preview(
    context: PageEditor,
    file: Annotated[UploadFile, File()],
    mapping: Annotated[Lines, Form()] = "",
    ready: Annotated[Line, Form()] = "",
) -> HTMLResponse:
    """Show what a mapping makes of a file: its first parties, the sum of its records, and the unread ones."""
    given = mapping if mapping.strip() else ready
    by_name = {ready_mapping.name: ready_mapping.text for ready_mapping in ready_mappings()}
    text = by_name.get(given.strip(), given)
    made, error = None, None
    try:
        made = api.preview(context, file, text, SHOWN)
    except OverzichtError as fault:
        error = fault
    return context.render(
        "list_preview.html",
        preview=made,
        error=error,
        mapping=text,
        filename=file.filename,
        ready=ready_mappings(),
    )


@router.get("/lists/{list_id}", response_class=HTMLResponse)
def show(context: PageReader, list_id: Key) -> HTMLResponse:
    """Show one list and its versions."""
    state = api.state_of(context, list_id, context.day)
    own = [stored for stored in state.snapshots[::-1] if not stored.is_starter]
    return context.render(
        "list.html",
        state=state,
        card=state.card,
        title=context.words.say(state.card.heading),
        versions=state.snapshots[::-1],
        comparable=[(stored.snapshot.sha256, _version_title(stored, context.words)) for stored in own],
        may_edit=context.may(Role.EDITOR),
    )


@router.get("/lists/{list_id}/diff", response_class=HTMLResponse)
def diff(
    context: PageReader,
    list_id: Key,
    before: Annotated[Key, Query()],
    after: Annotated[Key, Query()],
    paging: Paged,
) -> HTMLResponse:
    """Show the records that were listed, delisted and changed between two versions."""
    comparison = diff_list(context.store, list_id, before, after)
    card = load_card(list_id)
    return context.render(
        "list_diff.html",
        found=comparison,
        page=paging.cut(differences(comparison)),
        paging=paging,
        card=card,
        title=context.words.say(card.heading),
    )


@router.post("/lists/{list_id}/update")
def update_one(context: PageEditor, list_id: Key) -> RedirectResponse:
    """Start to fetch one list, and show the job."""
    return see_other(f"/jobs/{api.update(context, [list_id]).id}")


@router.get("/snapshots/{sha256}", response_class=HTMLResponse)
def snapshot(context: PageReader, sha256: Key) -> HTMLResponse:
    """Show the details of a snapshot, with its file if it is stored."""
    with context.store.reading() as connection:
        versions = [stored for stored in list_snapshots(connection) if stored.snapshot.sha256 == sha256]
    if not versions:
        raise UnknownNameError("snapshot", sha256)
    source = versions[0].snapshot.source
    return context.render(
        "snapshot.html",
        stored=versions[0],
        has_bytes=path_of(context.store, sha256).is_file(),
        title=list_titles(context.words).get(source, source),
    )


def _row(state: ListState) -> ListRow:
    own = [stored for stored in state.snapshots if not stored.is_starter]
    newest = max(own, key=lambda stored: (stored.version.is_dated, stored.version.day), default=None)
    latest = {stored.snapshot.part: stored.record_count for stored in own or state.snapshots}  # newest last
    return ListRow(state, newest.version.shown_day if newest else None, len(own), sum(latest.values()))


def _version_title(stored: StoredSnapshot, words: Words) -> str:
    parts = (words.value(stored.version.shown_day), stored.snapshot.part, f"({stored.snapshot.id})")
    return " ".join(part for part in parts if part)


add_forms(
    router,
    FormOf("/lists/update", api.update, "/jobs/{done.id}"),
    FormOf("/lists/files", api.load, "/jobs/{done.id}"),
    FormOf("/lists/schedule", api.schedule, "/lists"),
)
