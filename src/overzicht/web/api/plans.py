"""`/plans`: replacement plans, made from the devices that match, and their progress."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Body, Query
from pydantic import BaseModel, Field

from overzicht.store.register.devices import DeviceFilter
from overzicht.web.asof import OnDay
from overzicht.web.auth import Reader, SomeEditor
from overzicht.web.clock import today
from overzicht.web.fields import Key, Line, Number
from overzicht.web.paging import Page, Paged
from overzicht.web.problems import HAS_NAMES
from overzicht.web.register_day import screen_register
from overzicht.workflows.register import plans as workflow
from overzicht.workflows.register.plans import NewPlan, PlanView

router = APIRouter(prefix="/plans", tags=["register"])


class PlanRequest(BaseModel):
    """A plan for the devices of an organisation that match the filter now."""

    title: Key
    organisation: Line = Field(default="", description="empty: all, which requires a grant for all")
    owner: Line = ""
    due: date | None = None
    reason: Line = ""
    site: Line = ""
    maker: Line = ""
    kind: Line = ""
    model: Line = ""
    listed: bool | None = None
    relabelled: bool | None = None


@router.get("", summary="Replacement plans", openapi_extra=HAS_NAMES)
def plans(
    context: Reader,
    day: OnDay,
    paging: Paged,
    organisation: Annotated[Line, Query(description="an organisation's id, with all below it")] = "",
    *,
    open_only: Annotated[bool, Query(alias="openOnly")] = True,
) -> Page[PlanView]:
    """Return the visible plans, with their progress on the date."""
    owner = context.own_organisation(organisation, day)
    views = workflow.list_plans(context.store, day, owner, only_open=open_only)
    return paging.cut([view for view in views if context.sees(view.plan.organisation_id)])


@router.post("", status_code=201, summary="Create a plan", openapi_extra=HAS_NAMES)
def make(context: SomeEditor, request: PlanRequest) -> PlanView:
    """Create a plan for the devices that match today; without an organisation it requires a grant for all."""
    owner = context.own_organisation(request.organisation, today())
    context.check_changes(owner)
    screen_register(context, today())
    fields = request.model_dump(include={"site", "maker", "kind", "model", "listed", "relabelled"})
    devices = DeviceFilter(today(), organisation=owner, allowed=context.allowed, **fields)
    new = NewPlan(request.title, request.owner, request.due, request.reason)
    return workflow.new_plan(context.store, new, devices, context.actor())


@router.get("/{number}", summary="One plan")
def show(context: Reader, day: OnDay, number: Number) -> PlanView:
    """Return a plan and its progress on the date; for its devices, use `/devices?plan=` with the number."""
    context.check_subject(f"plan-{number}")
    return workflow.show_plan(context.store, number, day)


@router.post("/{number}/close", summary="Close a plan")
def close(context: SomeEditor, number: Number, outcome: Annotated[Key, Body(embed=True)]) -> PlanView:
    """Close a plan with its outcome. It remains visible."""
    context.check_subject(f"plan-{number}", changes=True)
    return workflow.close_plan(context.store, number, context.actor(), outcome)
