"""Organisations, their sites, and what was said in public of what they have."""

import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, File, Form, Request, UploadFile
from starlette.responses import HTMLResponse, RedirectResponse

from overzicht.register.merging import Level
from overzicht.store.accounts import Role
from overzicht.store.register.devices import Counts, DeviceFilter
from overzicht.store.register.organisations import OrganisationLine, get_organisation
from overzicht.web.api import organisations as api
from overzicht.web.api.models.organisations import Country, Name
from overzicht.web.api.models.shared import Key, Line
from overzicht.web.asof import OnPage
from overzicht.web.auth import Reader, SomeEditor
from overzicht.web.clock import today
from overzicht.web.forms import FormOf, add_forms
from overzicht.web.page import render
from overzicht.web.pages.devices import organisation_choices
from overzicht.web.register_day import act_of, ask_the_lists, counted
from overzicht.web.rights import allowed, allowed_ids, check_changes, may_change, own_organisation
from overzicht.web.service import Here, Service
from overzicht.web.uploads import keep_uploads
from overzicht.workflows.accounts import Principal
from overzicht.workflows.register import organisations as workflow
from overzicht.workflows.register import statements as said
from overzicht.workflows.register.organisations import NewOrganisation
from overzicht.workflows.register.statements import StatementView

router = APIRouter()
DAY = r"^(\d{4}-\d{2}-\d{2})?$"


@dataclass(frozen=True, slots=True)
class Row:
    """An organisation in the tree, `depth` from what may be seen, with its own devices and those below."""

    line: OrganisationLine
    depth: int
    counts: Counts


@router.get("/organisations", response_class=HTMLResponse)
def organisations(request: Request, here: Here, who: Reader, day: OnPage) -> HTMLResponse:
    """Show the organisations that may be seen as a tree, with what each has."""
    ask_the_lists(here, day.day)
    lines = _seen(here, who, day.day)
    least = min((line.depth for line in lines), default=0)
    rows = [Row(line, line.depth - least, _counts(here, who, line.id, day.day)) for line in lines]
    parents = [each for each in organisation_choices(here, who, today()) if may_change(here, who, each[0])]
    return render(
        request, "organisations.html", rows=rows, parents=parents, may_add=who.may(Role.EDITOR), today=today()
    )


def _seen(here: Service, who: Principal, day: date) -> list[OrganisationLine]:
    ids = allowed_ids(here, who, day)
    return [each for each in workflow.list_organisations(here.store, day) if ids is None or each.id in ids]


def _counts(here: Service, who: Principal, organisation: str, day: date) -> Counts:
    return counted(here, DeviceFilter(day, organisation=organisation, allowed=allowed(who)))


@router.post("/organisations")
def add(  # noqa: PLR0913, PLR0917 - one parameter per value of the form
    here: Here,
    who: SomeEditor,
    name: Annotated[Name, Form()],
    parent: Annotated[Line, Form()] = "",
    country: Annotated[Country, Form()] = "NL",
    note: Annotated[Line, Form()] = "",
    since: Annotated[str, Form(pattern=DAY)] = "",
) -> RedirectResponse:
    """Keep an organisation from a day on, and lead to it."""
    act = act_of(who.name, date.fromisoformat(since) if since else None)
    above = own_organisation(here, who, parent, act.day)
    check_changes(here, who, above)
    line = workflow.add_organisation(here.store, NewOrganisation(name, "", above, country, note), act)
    return RedirectResponse(f"/organisations/{line.id}", 303)


@router.get("/organisations/{organisation_id}", response_class=HTMLResponse)
def one(request: Request, here: Here, who: Reader, day: OnPage, organisation_id: Key) -> HTMLResponse:
    """Show an organisation on a day: what it has, where, and what was said of it."""
    ask_the_lists(here, day.day)
    found = own_organisation(here, who, organisation_id, day.day)
    with here.store.reading() as connection:
        line = get_organisation(connection, found, day.day)
    names = {each.id: each.name for each in _seen(here, who, day.day)}
    return render(
        request,
        "organisation.html",
        line=line,
        counts=_counts(here, who, found, day.day),
        above=[(each, names[each]) for each in line.path[:-1] if each in names],
        below=[each for each in _seen(here, who, day.day) if each.parent_id == found],
        sites=workflow.list_sites(here.store, day.day, found),
        statements=_statements(here, who, day.day, found),
        names=names,
        levels=list(Level),
        may_edit=may_change(here, who, found),
    )


@router.post("/organisations/{organisation_id}")
def change(
    here: Here,
    who: SomeEditor,
    organisation_id: Key,
    name: Annotated[Name, Form()],
    note: Annotated[Line, Form()] = "",
) -> RedirectResponse:
    """Give an organisation another name or note from today on."""
    act = act_of(who.name)
    found = own_organisation(here, who, organisation_id, act.day)
    check_changes(here, who, found)
    workflow.change_organisation(here.store, found, act, name=name, note=note)
    return RedirectResponse(f"/organisations/{found}", 303)


def _statements(here: Service, who: Principal, day: date, organisation: str = "") -> list[StatementView]:
    ids = allowed_ids(here, who, day)
    found = said.list_statements(here.store, day, organisation)
    return [each for each in found if ids is None or each.statement.organisation_id in ids]


@router.get("/statements", response_class=HTMLResponse)
def statements(request: Request, here: Here, who: Reader, day: OnPage) -> HTMLResponse:
    """Show what was said in public by the day, with what cannot be true beside it."""
    names = {each.id: each.name for each in _seen(here, who, day.day)}
    return render(
        request,
        "statements.html",
        statements=_statements(here, who, day.day),
        names=names,
        may_edit=who.may(Role.EDITOR),
    )


@router.post("/statements")
def add_statements(
    request: Request, here: Here, who: SomeEditor, file: Annotated[UploadFile, File()]
) -> HTMLResponse:
    """Keep the statements of a CSV file, and show what came of it."""
    check_changes(here, who, "")
    with tempfile.TemporaryDirectory() as folder:
        path = keep_uploads([file], Path(folder))[0]
        done = said.add_statements(here.store, path, act_of(who.name))
    names = {each.id: each.name for each in _seen(here, who, today())}
    return render(
        request,
        "statements.html",
        statements=_statements(here, who, today()),
        names=names,
        may_edit=True,
        done=done,
    )


add_forms(router, FormOf("/statements/{number}/withdraw", api.withdraw, "/statements"))
