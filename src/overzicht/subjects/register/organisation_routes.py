"""`/organisations` and `/sites`: who has equipment, and where."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field, StringConstraints

from overzicht.register.merging import Level
from overzicht.store.register.organisations import OrganisationLine, SiteLine, get_organisation
from overzicht.subjects.register import organisations as workflow
from overzicht.subjects.register.organisations import NewOrganisation
from overzicht.subjects.register.publishing import publish
from overzicht.web.asof import OnDay
from overzicht.web.auth import Reader, SomeEditor
from overzicht.web.fields import Key, Line
from overzicht.web.organisations import visible_organisations
from overzicht.web.paging import Page, Paged
from overzicht.web.problems import HAS_NAMES

router = APIRouter(tags=["register"])
Name = Annotated[Key, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
OrganisationId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{0,80}$")]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Within = Annotated[Line, Query(description="an organisation's id, with all below it")]


class OrganisationRequest(BaseModel):
    """A new organisation; without an id one is made from the name."""

    name: Name
    id: OrganisationId = ""
    parent: Line = Field(default="", description="id of its parent; empty: requires a grant for all")
    country: Country = "NL"
    note: Line = ""
    since: date | None = Field(default=None, description="first date of the organisation; default: today")


class OrganisationChange(BaseModel):
    """The changes of an organisation; omitted fields do not change. An empty parent means none."""

    name: Name | None = None
    parent: Line | None = None
    note: Line | None = None


@router.get("/organisations", summary="Organisations as a tree")
def organisations(context: Reader, day: OnDay, paging: Paged) -> Page[OrganisationLine]:
    """Return the visible organisations, each below its parent."""
    ids = context.allowed_ids(day)
    return paging.cut([line.seen_by(ids) for line in visible_organisations(context, day)])


@router.post("/organisations", status_code=201, summary="Add an organisation", openapi_extra=HAS_NAMES)
def add(context: SomeEditor, request: OrganisationRequest) -> OrganisationLine:
    """Add an organisation from a date, below one that the principal may change, or at the top."""
    actor = context.actor(request.since)
    parent = context.own_organisation(request.parent, actor.day)
    context.check_changes(parent)
    new = NewOrganisation(request.name, request.id, parent, request.country, request.note)
    line = workflow.add_organisation(context.store, new, actor)
    return line.seen_by(context.allowed_ids(actor.day))


@router.get("/organisations/{organisation_id}", summary="One organisation")
def show(context: Reader, day: OnDay, organisation_id: Key) -> OrganisationLine:
    """Return an organisation on the date."""
    owner = context.own_organisation(organisation_id, day)
    with context.store.reading() as connection:
        line = get_organisation(connection, owner, day)
    return line.seen_by(context.allowed_ids(day))


@router.patch("/organisations/{organisation_id}", summary="Change an organisation")
def change(context: SomeEditor, organisation_id: Key, request: OrganisationChange) -> OrganisationLine:
    """Change the name, parent or note of an organisation from today."""
    actor = context.actor()
    owner = context.own_organisation(organisation_id, actor.day)
    context.check_changes(owner)
    if request.parent is not None:
        context.check_changes(context.own_organisation(request.parent, actor.day))
    line = workflow.change_organisation(context.store, owner, actor, **request.model_dump())
    return line.seen_by(context.allowed_ids(actor.day))


@router.get("/organisations/{organisation_id}/published", summary="A register for publication")
def published(
    context: SomeEditor, day: OnDay, organisation_id: Key, level: Annotated[Level, Query()] = Level.COUNTS
) -> dict[str, Any]:
    """Return the part of an organisation's register that it shares, ready to be merged with others."""
    owner = context.own_organisation(organisation_id, day)
    context.check_changes(owner)
    return publish(context.store, owner, level, context.actor(day))


@router.get("/sites", summary="Sites", openapi_extra=HAS_NAMES)
def sites(context: Reader, day: OnDay, paging: Paged, organisation: Within = "") -> Page[SiteLine]:
    """Return the sites of the visible organisations."""
    ids = context.allowed_ids(day)
    lines = workflow.list_sites(context.store, day, context.own_organisation(organisation, day))
    return paging.cut([line for line in lines if ids is None or line.organisation_id in ids])
