"""Organisations, their sites, and public statements about their equipment."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, File, Form, UploadFile
from starlette.responses import HTMLResponse, RedirectResponse

from overzicht.kit.operation import ALL
from overzicht.register.merging import Level
from overzicht.store.accounts import Role
from overzicht.store.register.devices import Counts, DeviceFilter
from overzicht.store.register.organisations import OrganisationLine, get_organisation
from overzicht.subjects.register import organisations as registered
from overzicht.subjects.register import statements as said
from overzicht.subjects.register.register_day import cached_counts, screen_register
from overzicht.subjects.register.sites import list_sites
from overzicht.subjects.register.statements import StatementsAdded
from overzicht.web.auth import PageReader, PageSomeEditor
from overzicht.web.clock import today
from overzicht.web.context import PageContext
from overzicht.web.fields import Key, Line
from overzicht.web.forms import see_other
from overzicht.web.operations import add_forms_of
from overzicht.web.organisations import organisation_choices, visible_organisations
from overzicht.web.uploads import copies_of

router = APIRouter()


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """An organisation in the tree; `depth` starts at the visible top, `counts` include all below it."""

    line: OrganisationLine
    depth: int
    counts: Counts


@router.get("/organisations", response_class=HTMLResponse)
def organisations(context: PageReader) -> HTMLResponse:
    """Show the visible organisations as a tree, with the devices of each."""
    screen_register(context, context.day)
    lines = visible_organisations(context, context.day)
    least = min((line.depth for line in lines), default=0)
    return context.render(
        "organisations.html",
        rows=[OrganisationRow(line, line.depth - least, _counts(context, line.id)) for line in lines],
        parents=organisation_choices(context, today(), changes=True),
        may_add=context.may(Role.EDITOR),
        today=today(),
    )


def _counts(context: PageContext, organisation: str) -> Counts:
    devices = DeviceFilter(context.day, organisation=organisation, allowed=context.allowed)
    return cached_counts(context, devices)


@router.get("/organisations/{organisation_id}", response_class=HTMLResponse)
def show(context: PageReader, organisation_id: Key) -> HTMLResponse:
    """Show an organisation on a date: its devices, its sites, and statements about it."""
    day = context.day
    screen_register(context, day)
    owner = context.own_organisation(organisation_id, day)
    with context.store.reading() as connection:
        line = get_organisation(connection, owner, day)
    lines = visible_organisations(context, day)
    names = {visible.id: visible.name for visible in lines}
    return context.render(
        "organisation.html",
        line=line,
        counts=_counts(context, owner),
        above=[(parent, names[parent]) for parent in line.path[:-1] if parent in names],
        below=[visible for visible in lines if visible.parent_id == owner],
        sites=list_sites(context.store, day, owner),
        statements=said.public_statements(context, ALL, organisation=owner).rows,
        names=names,
        levels=list(Level),
        may_edit=context.may_change(owner),
    )


@router.post("/organisations/{organisation_id}")
def change(
    context: PageSomeEditor,
    organisation_id: Key,
    name: Annotated[registered.Name, Form()],
    note: Annotated[Line, Form()] = "",
) -> RedirectResponse:
    """Change the name or note of an organisation from today."""
    line = registered.change(context.on(today()), organisation_id, name=name, note=note)
    return see_other(f"/organisations/{line.id}")


@router.get("/public-statements", response_class=HTMLResponse)
def statements(context: PageReader) -> HTMLResponse:
    """Show the public statements until the date, with their contradictions."""
    return _statements_page(context, may_edit=context.may(Role.EDITOR))


def _statements_page(
    context: PageContext, *, may_edit: bool, done: StatementsAdded | None = None
) -> HTMLResponse:
    return context.render(
        "statements.html",
        statements=said.public_statements(context, ALL).rows,
        names={line.id: line.name for line in visible_organisations(context, context.day)},
        may_edit=may_edit,
        done=done,
    )


@router.post("/public-statements")
def add_statements(context: PageSomeEditor, file: Annotated[UploadFile, File()]) -> HTMLResponse:
    """Add the statements of a CSV file, and show the result."""
    context = context.on(today())
    with copies_of([file]) as (path,):
        done = said.add_statements(context, path)
    return _statements_page(context, may_edit=True, done=done)


add_forms_of(router, "subjects.register.organisations")
add_forms_of(router, "subjects.register.statements")
