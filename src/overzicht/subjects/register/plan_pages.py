"""Replacement plans: made from the devices that match, and followed until these are replaced or removed."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query
from starlette.responses import HTMLResponse, RedirectResponse

from overzicht.kit.operation import ALL
from overzicht.store.decisions import tasks_about
from overzicht.store.register.devices import DeviceFilter
from overzicht.store.register.devices import Page as DevicesPage
from overzicht.subjects.register import plans as operations
from overzicht.subjects.register.device_query import FilterOnPage, FilterToday, query_of
from overzicht.subjects.register.devices import list_devices
from overzicht.subjects.register.devices_page import chips, choices_of
from overzicht.subjects.register.register_day import screen_register
from overzicht.subjects.register.replacement_plans import NewPlan
from overzicht.web.auth import PageReader, PageSomeEditor
from overzicht.web.clock import today
from overzicht.web.fields import FormDate, Key, Line, Number
from overzicht.web.forms import see_other
from overzicht.web.operations import add_forms_of
from overzicht.web.paging import Paged

router = APIRouter()


@dataclass(frozen=True, slots=True)
class PlanForm:
    """A new plan."""

    title: Annotated[Key, Form()]
    owner: Annotated[Line, Form()] = ""
    due: Annotated[FormDate, Form()] = ""
    reason: Annotated[Line, Form()] = ""


@router.get("/plans", response_class=HTMLResponse)
def plans(context: PageReader, *, closed: Annotated[bool, Query()] = False) -> HTMLResponse:
    """Show the visible plans, with their progress on the date; with `closed` also closed ones."""
    shown = operations.plans(context, ALL, open_only=not closed).rows
    return context.render("plans.html", plans=shown, closed=closed)


@router.get("/plans/new", response_class=HTMLResponse)
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


@router.post("/plans")
def make(
    context: PageSomeEditor, devices: FilterToday, form: Annotated[PlanForm, Depends()]
) -> RedirectResponse:
    """Create a plan for the devices in the query, and show it."""
    organisation = context.own_organisation(devices.organisation, today())
    devices = replace(devices, organisation=organisation, allowed=context.allowed)
    new_plan = NewPlan(
        form.title, form.owner, date.fromisoformat(form.due) if form.due else None, form.reason
    )
    view = operations.make_plan(context.on(today()), new_plan, devices)
    return see_other(f"/plans/{view.plan.id}")


@router.get("/plans/{number}", response_class=HTMLResponse)
def show(context: PageReader, paging: Paged, number: Number) -> HTMLResponse:
    """Show a plan, its progress on the date, its devices and tasks. Only the current date has forms."""
    organisation = context.check_subject(f"plan-{number}")
    screen_register(context, context.day)
    view = operations.show(context, number)
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


add_forms_of(router, "subjects.register.plans")
