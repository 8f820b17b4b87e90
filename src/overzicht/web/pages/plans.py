"""Replacement plans: made from the devices that match, and followed until these are replaced or removed."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query
from starlette.responses import HTMLResponse, RedirectResponse

from overzicht.store.decisions import tasks_about
from overzicht.store.register.devices import DeviceFilter
from overzicht.store.register.devices import Page as DevicesPage
from overzicht.web.api import plans as api
from overzicht.web.auth import PageReader, PageSomeEditor
from overzicht.web.clock import today
from overzicht.web.device_query import FilterOnPage, FilterToday, query_of
from overzicht.web.fields import FormDate, Key, Line, Number
from overzicht.web.forms import FormOf, add_forms, see_other
from overzicht.web.pages.devices import chips, choices_of
from overzicht.web.paging import Paged
from overzicht.web.register_day import screen_register
from overzicht.workflows.register import plans as workflow
from overzicht.workflows.register.devices import list_devices
from overzicht.workflows.register.plans import NewPlan

router = APIRouter(prefix="/plans")


@dataclass(frozen=True, slots=True)
class PlanForm:
    """A new plan."""

    title: Annotated[Key, Form()]
    owner: Annotated[Line, Form()] = ""
    due: Annotated[FormDate, Form()] = ""
    reason: Annotated[Line, Form()] = ""


@router.get("", response_class=HTMLResponse)
def plans(context: PageReader, *, closed: Annotated[bool, Query()] = False) -> HTMLResponse:
    """Show the visible plans, with their progress on the date; with `closed` also closed ones."""
    views = workflow.list_plans(context.store, context.day, only_open=not closed)
    visible = [view for view in views if context.sees(view.plan.organisation_id)]
    return context.render("plans.html", plans=visible, closed=closed)


@router.get("/new", response_class=HTMLResponse)
def new(context: PageSomeEditor, devices: FilterOnPage) -> HTMLResponse:
    """Show the form for a plan of the devices that match."""
    devices = replace(devices, as_of=today())
    screen_register(context, devices.as_of)
    return context.render(
        "plan_new.html",
        total=list_devices(context.store, devices, DevicesPage(1, 1)).total,
        query=query_of(devices),
        chips=chips(devices, choices_of(context, devices)),
        may_make=context.may_change(devices.organisation),
    )


@router.post("")
def make(
    context: PageSomeEditor, devices: FilterToday, form: Annotated[PlanForm, Depends()]
) -> RedirectResponse:
    """Create a plan for the devices in the query, and show it."""
    organisation = context.own_organisation(devices.organisation, today())
    context.check_changes(organisation)
    screen_register(context, today())
    devices = replace(devices, organisation=organisation, allowed=context.allowed)
    new_plan = NewPlan(
        form.title, form.owner, date.fromisoformat(form.due) if form.due else None, form.reason
    )
    view = workflow.new_plan(context.store, new_plan, devices, context.actor())
    return see_other(f"/plans/{view.plan.id}")


@router.get("/{number}", response_class=HTMLResponse)
def show(context: PageReader, paging: Paged, number: Number) -> HTMLResponse:
    """Show a plan, its progress on the date, its devices and tasks. Only the current date has forms."""
    organisation = context.check_subject(f"plan-{number}")
    screen_register(context, context.day)
    view = workflow.show_plan(context.store, number, context.day)
    devices = DeviceFilter(context.day, life=(), plan=number, allowed=context.allowed)
    with context.store.reading() as connection:
        tasks = tasks_about(connection, f"plan-{number}", context.day)
    return context.render(
        "plan.html",
        shown=view,
        plan=view.plan,
        devices=list_devices(context.store, devices, DevicesPage(paging.page, paging.size, "life")),
        paging=paging,
        tasks=tasks,
        may_edit=not context.has_chosen_day and context.may_change(organisation),
    )


add_forms(router, FormOf("/{number}/close", api.close, "/plans/{number}"))
