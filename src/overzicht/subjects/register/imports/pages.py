"""Imports: an inventory is uploaded and checked row by row before it is accepted; columns can be changed."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from sqlalchemy import Connection
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse

from overzicht.devices.knowledge import load_maker_cards
from overzicht.errors import UnknownNameError
from overzicht.evidence import Text
from overzicht.register.terms import PROPOSED, REPLACED, Outcome, Status
from overzicht.reports.account import account_line
from overzicht.reports.citation_places import with_place
from overzicht.reports.vocabulary import INPUT_KINDS, word
from overzicht.sources.inventories.profiles import Profile, load_profiles, same_layout, save_profile
from overzicht.sources.inventories.registry import kinds
from overzicht.sources.inventories.tables.vocabulary import vocabulary
from overzicht.store.accounts import Role
from overzicht.store.register import imports as stored
from overzicht.store.register.devices import DeviceLine, get_device
from overzicht.store.register.devices import Page as RowsPage
from overzicht.store.register.imports import RowView
from overzicht.store.register.organisations import get_organisation
from overzicht.subjects.register.imports import importing
from overzicht.subjects.register.imports import routes as api
from overzicht.subjects.register.imports.jobs import PREVIEW_IMPORT
from overzicht.subjects.register.organisations import list_organisations
from overzicht.web.auth import PageReader, PageSomeEditor
from overzicht.web.clock import today
from overzicht.web.fields import Number
from overzicht.web.forms import FormOf, add_forms, see_other
from overzicht.web.organisations import organisation_choices
from overzicht.web.paging import Paged

router = APIRouter(prefix="/imports")
POINTERS = (PROPOSED, REPLACED)  # fields of a change whose value is the id of a device
COLUMN = "column-"  # prefix of a form field, before the column's number in the import


@router.get("", response_class=HTMLResponse)
def imports(context: PageReader, paging: Paged) -> HTMLResponse:
    """Show the visible imports of inventories until the date, newest first."""
    with context.store.reading() as connection:
        imports = stored.list_imports(connection, context.allowed_ids(today()))
    return context.render(
        "imports.html",
        page=paging.cut([import_ for import_ in imports if import_.day <= context.day]),
        paging=paging,
        names={line.id: line.name for line in list_organisations(context.store, today())},
        may_edit=any(grant.role.rank >= Role.EDITOR.rank for grant in context.principal.grants),
    )


@router.get("/new", response_class=HTMLResponse)
def new(context: PageSomeEditor) -> HTMLResponse:
    """Show the form to upload an inventory."""
    return context.render(
        "import_new.html",
        organisations=organisation_choices(context, today(), changes=True),
        kinds=[(kind, context.words.say(word(INPUT_KINDS, kind))) for kind in kinds()],
        today=today(),
        may_add=context.may(Role.EDITOR),
    )


@router.get("/{number}", response_class=HTMLResponse)
def show(
    context: PageReader, number: Number, paging: Paged, outcome: Annotated[Outcome | None, Query()] = None
) -> HTMLResponse:
    """Show an import: the outcomes of its rows, the fields of its columns, and the next steps."""
    import_ = api.visible_import(context, number)
    page = RowsPage(paging.page, paging.size)
    view = importing.show_import(context.store, number, outcome=outcome, page=page)
    with context.store.reading() as connection:
        organisation = get_organisation(connection, import_.organisation_id, today()).name
        lines = _lines(connection, view.rows, import_.day)
    is_open = import_.status is Status.PREVIEW and not import_.options.get("mapping")
    saved = load_profiles(context.store.home, import_.organisation_id) if is_open else ()
    profile = same_layout(saved, [column["column"] for column in import_.columns])
    return context.render(
        "import.html",
        found=import_,
        account=view.account,
        sums=account_line(view.account),
        proposed=import_.options.get("proposed"),
        doubts=[(row["place"], Text.from_json(row["reason"])) for row in import_.options.get("doubts", ())],
        rows=[(row, row.values) for row in view.rows],
        total=view.total,
        paging=paging,
        outcome=outcome,
        outcomes=list(Outcome),
        organisation=organisation,
        fields=vocabulary().fields,
        profile=profile.name if profile else "",
        given=dict(profile.mapping) if profile else {},
        lines=lines,
        pointers=POINTERS,
        makers={card.id: card.trade_name for card in load_maker_cards().values()},
        with_place=partial(with_place, words=context.words),
        may_edit=import_.status is Status.PREVIEW and context.may_change(import_.organisation_id),
        may_undo=import_.status is Status.ACCEPTED and context.may_change(import_.organisation_id),
    )


def _lines(connection: Connection, rows: Sequence[RowView], day: date) -> dict[str, DeviceLine]:
    """Return the devices of rows, their candidates and those they replace, on the date of the inventory."""
    lines = {}
    replaced = {change.new for row in rows for change in row.changes if change.field in POINTERS}
    shown = {name for row in rows for name in (row.device_id, *row.candidates) if name}
    for name in replaced | shown:
        with suppress(UnknownNameError):  # a device that this import adds
            lines[name] = get_device(connection, name, day)
    return lines


async def _form(request: Request) -> FormData:
    return await request.form()


@router.post("/{number}/again")
def read_again(
    context: PageSomeEditor, number: Number, form: Annotated[FormData, Depends(_form)]
) -> RedirectResponse:
    """Start to read the file of a preview again, with other fields for its columns."""
    import_ = api.check_import(context, number)
    mapping = dict(import_.options.get("mapping", ()))
    include = {*import_.options.get("include", ()), *map(str, form.getlist("include"))}
    for index, column in enumerate(import_.columns[: api.MAX_COLUMNS]):
        field = form.get(f"{COLUMN}{index}")
        if isinstance(field, str) and field != column["field"]:
            mapping[column["column"]] = field[:100]
    name = form.get("profile")
    if isinstance(name, str) and name.strip():
        columns = [column["column"] for column in import_.columns]
        read = {column["column"]: column["field"] for column in import_.columns}
        fields = tuple((read | mapping).items())
        owner = import_.organisation_id
        save_profile(context.store.home, Profile(name.strip()[:100], tuple(columns), fields, owner))
    parameters = {
        "of": number,
        "organisation": import_.organisation_id,
        "site": import_.site,
        "day": import_.day.isoformat(),
        "mapping": [list(pair) for pair in mapping.items()],
        "sheet": import_.options.get("sheet", ""),
        "kind": import_.kind,
        "is_whole": import_.is_whole and not form.get("part"),
        "again": True,
        "include": sorted(include),
        "accept_reading": bool(form.get("accept_reading") or import_.options.get("accept_reading")),
    }
    return see_other(f"/jobs/{context.start_job(PREVIEW_IMPORT, parameters).id}")


@router.post("/{number}/rows/{row}")
def choose(
    context: PageSomeEditor,
    number: Number,
    row: Number,
    choice: Annotated[api.Choice, Form()] = "",
    page: Annotated[int, Form(ge=1, le=100_000)] = 1,
) -> RedirectResponse:
    """Save the choice for a row, and show the row."""
    api.choose(context, number, row, choice)
    return see_other(f"/imports/{number}?outcome=unclear&page={page}#row-{row}")


add_forms(
    router,
    FormOf("", api.offer, "/jobs/{done.id}"),
    FormOf("/{number}/accept", api.accept, "/jobs/{done.id}"),
    FormOf("/{number}/reject", api.reject, "/imports/{number}"),
    FormOf("/{number}/undo", api.undo, "/imports/{number}"),
)
