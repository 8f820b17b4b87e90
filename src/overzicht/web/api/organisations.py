"""`/organisations`, `/sites`, `/statements`: who has equipment, where, and what was said of it in public."""

import tempfile
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Query, UploadFile

from overzicht.register.merging import Level
from overzicht.store.register.organisations import OrganisationLine, SiteLine, get_organisation
from overzicht.web.api.models.organisations import OrganisationAsked, OrganisationChange
from overzicht.web.api.models.shared import Key, Line, Number
from overzicht.web.asof import OnDay
from overzicht.web.auth import Reader, SomeEditor
from overzicht.web.paging import Page, Paged
from overzicht.web.register_day import act_of
from overzicht.web.rights import allowed_ids, check_changes, check_seen, own_organisation
from overzicht.web.service import Here, Service
from overzicht.web.uploads import keep_uploads
from overzicht.workflows.accounts import Principal
from overzicht.workflows.register import organisations as workflow
from overzicht.workflows.register import statements
from overzicht.workflows.register.organisations import NewOrganisation
from overzicht.workflows.register.publishing import publish

router = APIRouter(tags=["register"])


@router.get("/organisations", summary="Organisations as a tree")
def organisations(here: Here, who: Reader, day: OnDay, paging: Paged) -> Page[OrganisationLine]:
    """Return the organisations that may be seen, each below its parent."""
    ids = allowed_ids(here, who, day)
    lines = workflow.list_organisations(here.store, day)
    return paging.cut([line.seen_by(ids) for line in lines if ids is None or line.id in ids])


@router.post(
    "/organisations", status_code=201, summary="Add an organisation", openapi_extra={"x-names": True}
)
def add(here: Here, who: SomeEditor, asked: OrganisationAsked) -> OrganisationLine:
    """Keep an organisation from a day on, below one that the asker may change, or on top for who may all."""
    act = act_of(who.name, asked.since)
    parent = own_organisation(here, who, asked.parent, act.day)
    check_changes(here, who, parent)
    new = NewOrganisation(asked.name, asked.id, parent, asked.country, asked.note)
    return _shown(here, who, workflow.add_organisation(here.store, new, act), act.day)


@router.get("/organisations/{organisation_id}", summary="One organisation")
def one(here: Here, who: Reader, day: OnDay, organisation_id: Key) -> OrganisationLine:
    """Return an organisation as it was on the day."""
    found = own_organisation(here, who, organisation_id, day)
    with here.store.reading() as connection:
        line = get_organisation(connection, found, day)
    return _shown(here, who, line, day)


@router.patch("/organisations/{organisation_id}", summary="Change an organisation")
def change(here: Here, who: SomeEditor, organisation_id: Key, asked: OrganisationChange) -> OrganisationLine:
    """Give an organisation another name, parent or note from today on."""
    act = act_of(who.name)
    found = own_organisation(here, who, organisation_id, act.day)
    check_changes(here, who, found)
    if asked.parent is not None:
        check_changes(here, who, own_organisation(here, who, asked.parent, act.day))
    line = workflow.change_organisation(
        here.store, found, act, name=asked.name, parent=asked.parent, note=asked.note
    )
    return _shown(here, who, line, act.day)


def _shown(here: Service, who: Principal, line: OrganisationLine, day: date) -> OrganisationLine:
    return line.seen_by(allowed_ids(here, who, day))


@router.get("/organisations/{organisation_id}/published", summary="A register as it may be published")
def published(
    here: Here,
    who: SomeEditor,
    day: OnDay,
    organisation_id: Key,
    level: Annotated[Level, Query()] = Level.COUNTS,
) -> dict[str, Any]:
    """Return an organisation's register as far as it shares it, ready to be combined with others."""
    found = own_organisation(here, who, organisation_id, day)
    check_changes(here, who, found)
    return publish(here.store, found, level, act_of(who.name, day))


@router.get("/sites", summary="Sites", openapi_extra={"x-names": True})
def sites(
    here: Here,
    who: Reader,
    day: OnDay,
    paging: Paged,
    organisation: Annotated[Line, Query(description="an organisation's id, with all below it")] = "",
) -> Page[SiteLine]:
    """Return the sites of the organisations that may be seen."""
    ids = allowed_ids(here, who, day)
    found = workflow.list_sites(here.store, day, own_organisation(here, who, organisation, day))
    return paging.cut([each for each in found if ids is None or each.organisation_id in ids])


@router.get("/statements", summary="Public statements", openapi_extra={"x-names": True})
def said(
    here: Here,
    who: Reader,
    day: OnDay,
    paging: Paged,
    organisation: Annotated[Line, Query(description="an organisation's id, with all below it")] = "",
) -> Page[statements.StatementView]:
    """Return what was said in public of organisations' equipment; contradictions are kept and named."""
    ids = allowed_ids(here, who, day)
    found = statements.list_statements(here.store, day, own_organisation(here, who, organisation, day))
    return paging.cut([each for each in found if ids is None or each.statement.organisation_id in ids])


@router.post("/statements", summary="Add statements", openapi_extra={"x-names": True})
def add_statements(
    here: Here,
    who: SomeEditor,
    file: Annotated[UploadFile, File()],
    organisation: Annotated[Line, Form()] = "",
) -> statements.StatementsAdded:
    """Keep the statements of a CSV file; bodies that are not known are added, so it takes a grant for all."""
    check_changes(here, who, "")
    with tempfile.TemporaryDirectory() as folder:
        path = keep_uploads([file], Path(folder))[0]
        return statements.add_statements(here.store, path, act_of(who.name), organisation=organisation)


@router.post("/statements/{number}/withdraw", status_code=204, summary="Withdraw a statement")
def withdraw(here: Here, who: SomeEditor, day: OnDay, number: Number) -> None:
    """Mark a statement as withdrawn; it stays to be read."""
    found = [e.statement for e in statements.list_statements(here.store, day) if e.statement.id == number]
    organisation = found[0].organisation_id if found else None
    check_seen(here, who, organisation, "statement", str(number))
    check_changes(here, who, organisation or "")
    statements.withdraw_statement(here.store, number, act_of(who.name))
