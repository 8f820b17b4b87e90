"""Replacement plans: made of the devices that fit, followed as these are replaced or removed."""

from dataclasses import replace
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse

from overzicht.store.decisions import tasks_about
from overzicht.store.register.devices import DeviceFilter
from overzicht.store.register.devices import Page as DevicesPage
from overzicht.web.api import plans as api
from overzicht.web.api.models.device_query import Chosen, WantedOnPage, query_of
from overzicht.web.api.models.shared import Key, Line, Number
from overzicht.web.asof import OnPage
from overzicht.web.auth import Reader, SomeEditor
from overzicht.web.clock import today
from overzicht.web.forms import FormOf, add_forms
from overzicht.web.page import render, words_of
from overzicht.web.pages.devices import chips, choices_of
from overzicht.web.paging import Paged
from overzicht.web.register_day import act_of, ask_the_lists
from overzicht.web.rights import allowed, check_changes, check_subject, may_change, own_organisation, sees
from overzicht.web.service import Here
from overzicht.workflows.register import plans as workflow
from overzicht.workflows.register.devices import list_devices
from overzicht.workflows.register.plans import NewPlan

router = APIRouter(prefix="/plans")


@router.get("", response_class=HTMLResponse)
def plans(
    request: Request, here: Here, who: Reader, day: OnPage, closed: Annotated[bool, Query()] = False
) -> HTMLResponse:
    """Show the plans that may be seen, with their progress on the day; closed ones too when asked."""
    found = workflow.list_plans(here.store, day.day, only_open=not closed)
    seen = [view for view in found if sees(here, who, view.plan.organisation_id)]
    return render(request, "plans.html", plans=seen, closed=closed)


@router.get("/new", response_class=HTMLResponse)
def new(request: Request, here: Here, who: SomeEditor, wanted: WantedOnPage) -> HTMLResponse:
    """Ask what the plan of the devices that fit is called, who leads it, and before when."""
    chosen = replace(wanted, as_of=today())
    ask_the_lists(here, chosen.as_of)
    found = list_devices(here.store, chosen, DevicesPage(1, 1))
    choices = choices_of(here, who, chosen, words_of(request))
    return render(
        request,
        "plan_new.html",
        total=found.total,
        query=query_of(chosen),
        chips=chips(chosen, choices),
        may_make=may_change(here, who, chosen.organisation),
    )


@router.post("")
def make(  # noqa: PLR0913, PLR0917 - one parameter per value of the form
    here: Here,
    who: SomeEditor,
    chosen: Chosen,
    title: Annotated[Key, Form()],
    owner: Annotated[Line, Form()] = "",
    due: Annotated[str, Form(pattern=r"^(\d{4}-\d{2}-\d{2})?$")] = "",
    reason: Annotated[Line, Form()] = "",
) -> RedirectResponse:
    """Make a plan of the devices that the address chooses, and lead to it."""
    organisation = own_organisation(here, who, chosen.organisation, today())
    check_changes(here, who, organisation)
    ask_the_lists(here, today())
    wanted = replace(chosen, organisation=organisation, allowed=allowed(who))
    asked = NewPlan(title, owner, date.fromisoformat(due) if due else None, reason)
    view = workflow.new_plan(here.store, asked, wanted, act_of(who.name))
    return RedirectResponse(f"/plans/{view.plan.id}", 303)


@router.get("/{number}", response_class=HTMLResponse)
def one(
    request: Request, here: Here, who: Reader, day: OnPage, paging: Paged, number: Number
) -> HTMLResponse:
    """Show a plan, where it stands on the day, its devices, and what is to be done.

    It is changed on the page of today: that of another day offers no form.
    """
    organisation = check_subject(here, who, f"plan-{number}")
    ask_the_lists(here, day.day)
    view = workflow.show_plan(here.store, number, day.day)
    wanted = DeviceFilter(day.day, life=(), plan=number, allowed=allowed(who))
    devices = list_devices(here.store, wanted, DevicesPage(paging.page, paging.size, "life"))
    with here.store.reading() as connection:
        tasks = tasks_about(connection, f"plan-{number}", day.day)
    return render(
        request,
        "plan.html",
        shown=view,
        plan=view.plan,
        devices=devices,
        paging=paging,
        tasks=tasks,
        may_edit=not day.chosen and may_change(here, who, organisation),
    )


add_forms(router, FormOf("/{number}/close", api.close, "/plans/{number}"))
