"""`/plans`: replacement plans, made of the devices that fit, and how far each is."""

from typing import Annotated

from fastapi import APIRouter, Query

from overzicht.store.register.devices import DeviceFilter
from overzicht.web.api.models.plans import Closing, PlanAsked
from overzicht.web.api.models.shared import Line, Number
from overzicht.web.asof import OnDay
from overzicht.web.auth import Reader, SomeEditor
from overzicht.web.clock import today
from overzicht.web.paging import Page, Paged
from overzicht.web.register_day import act_of, ask_the_lists
from overzicht.web.rights import allowed, check_changes, check_subject, own_organisation, sees
from overzicht.web.service import Here
from overzicht.workflows.register import plans as workflow
from overzicht.workflows.register.plans import NewPlan, PlanView

router = APIRouter(prefix="/plans", tags=["register"])


@router.get("", summary="Replacement plans", openapi_extra={"x-names": True})
def plans(
    here: Here,
    who: Reader,
    day: OnDay,
    paging: Paged,
    organisation: Annotated[Line, Query(description="an organisation's id, with all below it")] = "",
    open_only: Annotated[bool, Query()] = True,
) -> Page[PlanView]:
    """Return the plans that may be seen, with their progress on the day."""
    owner = own_organisation(here, who, organisation, day)
    found = workflow.list_plans(here.store, day, owner, only_open=open_only)
    seen = [view for view in found if sees(here, who, view.plan.organisation_id)]
    return paging.cut(seen)


@router.post("", status_code=201, summary="Make a plan", openapi_extra={"x-names": True})
def make(here: Here, who: SomeEditor, asked: PlanAsked) -> PlanView:
    """Make a plan of the devices that fit today; without an organisation it takes a grant for all."""
    owner = own_organisation(here, who, asked.organisation, today())
    check_changes(here, who, owner)
    ask_the_lists(here, today())
    wanted = DeviceFilter(
        today(),
        organisation=owner,
        site=asked.site,
        maker=asked.maker,
        kind=asked.kind,
        listed=asked.listed,
        relabelled=asked.relabelled,
        model=asked.model,
        allowed=allowed(who),
    )
    new = NewPlan(asked.title, asked.owner, asked.due, asked.reason)
    return workflow.new_plan(here.store, new, wanted, act_of(who.name))


@router.get("/{number}", summary="One plan")
def one(here: Here, who: Reader, day: OnDay, number: Number) -> PlanView:
    """Return a plan and where it stands on the day; its devices: `/devices?plan=` with the number."""
    check_subject(here, who, f"plan-{number}")
    return workflow.show_plan(here.store, number, day)


@router.post("/{number}/close", summary="Close a plan")
def close(here: Here, who: SomeEditor, number: Number, asked: Closing) -> PlanView:
    """Close a plan with its outcome; it stays to be read."""
    check_subject(here, who, f"plan-{number}", changes=True)
    return workflow.close_plan(here.store, number, act_of(who.name), asked.outcome)
