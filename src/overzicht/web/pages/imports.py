"""Imports: an inventory offered, looked at row by row before it is accepted, its columns told otherwise."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from sqlalchemy import Connection
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse

from overzicht.errors import UnknownNameError
from overzicht.register.model import Outcome, Status
from overzicht.reports.vocabulary import INPUT_KINDS, word
from overzicht.sources.inventories.registry import kinds
from overzicht.sources.inventories.tables.vocabulary import vocabulary
from overzicht.store.accounts import Role
from overzicht.store.register import imports as kept
from overzicht.store.register.devices import DeviceLine, get_device
from overzicht.store.register.devices import Page as RowsPage
from overzicht.store.register.imports import RowView
from overzicht.store.register.organisations import get_organisation
from overzicht.web.api import imports as api
from overzicht.web.api.imports import seen_import
from overzicht.web.api.models.imports import Choice
from overzicht.web.api.models.shared import Number
from overzicht.web.asof import OnPage
from overzicht.web.auth import Reader, SomeEditor
from overzicht.web.clock import today
from overzicht.web.forms import FormOf, add_forms
from overzicht.web.import_form import mapping_of_form
from overzicht.web.page import render, words_of
from overzicht.web.pages.devices import organisation_choices
from overzicht.web.paging import Paged
from overzicht.web.register_day import act_of
from overzicht.web.rights import allowed_ids, check_changes, may_change
from overzicht.web.service import Here
from overzicht.web.work import PREVIEW_IMPORT
from overzicht.workflows.accounts import Principal
from overzicht.workflows.register import importing
from overzicht.workflows.register.organisations import list_organisations

router = APIRouter(prefix="/imports")
DAY = r"^(\d{4}-\d{2}-\d{2})?$"


@router.get("", response_class=HTMLResponse)
def imports(request: Request, here: Here, who: Reader, day: OnPage, paging: Paged) -> HTMLResponse:
    """Show the imports that may be seen of inventories up to the day, newest first."""
    with here.store.reading() as connection:
        found = kept.list_imports(connection, allowed_ids(here, who, today()))
    page = paging.cut([each for each in found if each.day <= day.day])
    names = {line.id: line.name for line in list_organisations(here.store, today())}
    return render(
        request, "imports.html", page=page, paging=paging, names=names, may_edit=_edits_something(who)
    )


def _edits_something(who: Principal) -> bool:
    return any(grant.role.rank >= Role.EDITOR.rank for grant in who.grants)


@router.get("/new", response_class=HTMLResponse)
def new(request: Request, here: Here, who: SomeEditor) -> HTMLResponse:
    """Ask for an inventory."""
    words = words_of(request)
    organisations = [
        each for each in organisation_choices(here, who, today()) if may_change(here, who, each[0])
    ]
    shown = [(kind, words.say(word(INPUT_KINDS, kind))) for kind in kinds()]
    return render(
        request,
        "import_new.html",
        organisations=organisations,
        kinds=shown,
        today=today(),
        may_add=who.may(Role.EDITOR),
    )


@router.get("/{number}", response_class=HTMLResponse)
def one(
    request: Request,
    here: Here,
    who: Reader,
    number: Number,
    paging: Paged,
    outcome: Annotated[Outcome | None, Query()] = None,
) -> HTMLResponse:
    """Show an import: what its rows come to, what its columns were taken for, and what can be done."""
    found = seen_import(here, who, number)
    view = importing.show_import(here.store, number, outcome=outcome, page=RowsPage(paging.page, paging.size))
    with here.store.reading() as connection:
        organisation = get_organisation(connection, found.organisation_id, today()).name
        lines = _lines(connection, view.rows, found.day)
    return render(
        request,
        "import.html",
        found=found,
        rows=[(row, row.values) for row in view.rows],
        total=view.total,
        paging=paging,
        outcome=outcome,
        outcomes=list(Outcome),
        organisation=organisation,
        fields=vocabulary().fields,
        lines=lines,
        may_edit=found.status is Status.PREVIEW and may_change(here, who, found.organisation_id),
    )


def _lines(connection: Connection, rows: Sequence[RowView], day: date) -> dict[str, DeviceLine]:
    """Return the devices that rows are, or may be, as the register had them on the day of the inventory."""
    found = {}
    for name in {each for row in rows for each in (row.device_id, *row.candidates) if each}:
        with suppress(UnknownNameError):  # a device that this very import adds
            found[name] = get_device(connection, name, day)
    return found


async def _form(request: Request) -> FormData:
    return await request.form()


@router.post("/{number}/again")
def read_again(
    here: Here, who: SomeEditor, number: Number, form: Annotated[FormData, Depends(_form)]
) -> RedirectResponse:
    """Begin to read the file of a preview again, with its columns taken otherwise."""
    found = seen_import(here, who, number)
    check_changes(here, who, found.organisation_id)
    said = dict(mapping_of_form(form, found.columns))
    before = dict(found.options.get("mapping", ()))
    parameters = {
        "of": number,
        "organisation": found.organisation_id,
        "site": found.site,
        "day": found.day.isoformat(),
        "mapping": [list(pair) for pair in {**before, **said}.items()],
        "sheet": found.options.get("sheet", ""),
        "kind": found.kind,
        "is_whole": found.is_whole,
        "again": True,
    }
    job = here.runner.start(PREVIEW_IMPORT, parameters, actor=who.name)
    return RedirectResponse(f"/jobs/{job.id}", 303)


@router.post("/{number}/rows/{row}")
def choose(
    here: Here,
    who: SomeEditor,
    number: Number,
    row: Number,
    choice: Annotated[Choice, Form()] = "",
    page: Annotated[int, Form(ge=1, le=100_000)] = 1,
) -> RedirectResponse:
    """Keep what a person says of a row, and lead back to it."""
    check_changes(here, who, seen_import(here, who, number).organisation_id)
    importing.resolve_row(here.store, number, row, choice, act_of(who.name))
    return RedirectResponse(f"/imports/{number}?outcome=unclear&page={page}#row-{row}", 303)


add_forms(
    router,
    FormOf("", api.offer, "/jobs/{done.id}"),
    FormOf("/{number}/accept", api.accept, "/jobs/{done.id}"),
    FormOf("/{number}/reject", api.reject, "/imports/{number}"),
)
