"""`/plans`: replacement plans, made of the devices that fit, and how far each is."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from overzicht.store.register.devices import DeviceFilter
from overzicht.web.api.models.plans import Closing, PlanAsked, PlanModel
from overzicht.web.api.models.shared import Line, Number
from overzicht.web.asof import OnDay
from overzicht.web.auth import Reader, SomeEditor
from overzicht.web.clock import today
from overzicht.web.page import words_of
from overzicht.web.paging import Page, Paged
from overzicht.web.register_day import act_of, ask_the_lists
from overzicht.web.rights import allowed, check_changes, check_subject, own_organisation, sees
from overzicht.web.service import Here
from overzicht.workflows.register import plans as workflow
from overzicht.workflows.register.plans import NewPlan

router = APIRouter(prefix="/plans", tags=["register"])


@router.get("", summary="Replacement plans", openapi_extra={"x-names": True})
def plans(  # noqa: PLR0913, PLR0917 - one parameter per value of the query
    request: Request,
    here: Here,
    who: Reader,
    day: OnDay,
    paging: Paged,
    organisation: Annotated[Line, Query(description="an organisation's id, with all below it")] = "",
    open_only: Annotated[bool, Query()] = True,
) -> Page[PlanModel]:
    """Return the plans that may be seen, with their progress on the day."""
    owner = own_organisation(here, who, organisation, day)
    found = workflow.list_plans(here.store, day, owner, only_open=open_only)
    seen = [view for view in found if sees(here, who, view.plan.organisation_id)]
    words = words_of(request)
    return paging.cut([PlanModel.of_view(view, words) for view in seen])


@router.post("", status_code=201, summary="Make a plan", openapi_extra={"x-names": True})
def make(request: Request, here: Here, who: SomeEditor, asked: PlanAsked) -> PlanModel:
    """Make a plan of the devices that fit today; without an organisation it takes a grant for all."""
    owner = own_organisation(here, who, asked.organisation, today())
    check_changes(here, who, owner)
    ask_the_lists(here, today())
    wanted = DeviceFilter(
        today(), organisation=owner, site=asked.site, maker=asked.maker, kind=asked.kind,
        listed=asked.listed, relabelled=asked.relabelled, model=asked.model, allowed=allowed(who),
    )  # fmt: skip
    new = NewPlan(asked.title, asked.owner, asked.due, asked.reason)
    view = workflow.new_plan(here.store, new, wanted, act_of(who.name))
    return PlanModel.of_view(view, words_of(request))


@router.get("/{number}", summary="One plan")
def one(request: Request, here: Here, who: Reader, day: OnDay, number: Number) -> PlanModel:
    """Return a plan and where it stands on the day; its devices: `/devices?plan=` with the number."""
    check_subject(here, who, f"plan-{number}")
    return PlanModel.of_view(workflow.show_plan(here.store, number, day), words_of(request))


@router.post("/{number}/close", summary="Close a plan")
def close(request: Request, here: Here, who: SomeEditor, number: Number, asked: Closing) -> PlanModel:
    """Close a plan with its outcome; it stays to be read."""
    check_subject(here, who, f"plan-{number}", changes=True)
    view = workflow.close_plan(here.store, number, act_of(who.name), asked.outcome)
    return PlanModel.of_view(view, words_of(request))
