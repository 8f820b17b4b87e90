"""Replacement plans: made of the devices that match, and followed until these are replaced or removed."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any

from pydantic import Field

from overzicht.evidence.actor import SYSTEM_ACTOR, Actor
from overzicht.evidence.limited import Key, Line, Number
from overzicht.evidence.text import text
from overzicht.kit.ask import READER, SOME_EDITOR, Ask
from overzicht.kit.operation import Body, Command, Form, Paging, Param, Part, Route, Say, operation
from overzicht.store.register.devices import DeviceFilter
from overzicht.store.register.subjects import PLAN
from overzicht.subjects.register import replacement_plans as workflow
from overzicht.subjects.register.listings import refresh_listings
from overzicht.subjects.register.organisations import Within
from overzicht.subjects.register.replacement_plans import NewPlan, PlanView

GROUP = "Plan replacements and follow them: devices, devices replaced, and the expected end."
OfRoute = Param(is_offered=False)  # a filter of the route
Owner = Annotated[
    Line,
    Param("Id of an organisation. Includes all organisations below it."),
    Field(description="empty: all, which requires a grant for all"),
]
Place = Annotated[Line, Param("Id of a site, as `register sites` shows it.")]
Maker = Annotated[Line, Param("Id of a manufacturer, or `unknown`.")]
Listed = Annotated[bool | None, Param("Only devices whose manufacturer is on an official list.")]
Leader = Annotated[Line, Param("Person who leads the plan.")]
Due = Annotated[date | None, Param("Due date (YYYY-MM-DD).")]
Reason = Annotated[Line, Param("Reason for the plan.")]
Outcome = Annotated[Key, Param("Outcome, recorded in the audit log (required).", text("Outcome"))]
OpenOnly = Annotated[bool, Param("Include closed plans.", option="--all", inverts=True)]
CHANGE = ("as-of", "by", "json")  # the options of a change as of a date


def _lines(view: PlanView, say: Say) -> list[str]:
    plan = view.plan
    due = f", {say(text('due {day}', day=plan.due))}" if plan.due else ""
    owner = f", {plan.owner}" if plan.owner else ""
    late = f" ({say(text('later than due'))})" if view.progress.on_time is False else ""
    closed = f" [{say(text('closed: {outcome}', outcome=plan.outcome))}]" if plan.closed_at else ""
    return [f"{plan.id}  {plan.title}{owner}{due}: {say(view.progress.statement)}{late}{closed}"]


def _list_lines(views: list[PlanView], say: Say) -> Iterator[str]:
    return (line for view in views for line in _lines(view, say))


@operation(
    Command("register plan new", _lines, options=CHANGE),
    Route(
        "POST /plans",
        SOME_EDITOR,
        Body("PlanRequest", "A plan for the devices of an organisation that match the filter now."),
        "Create a plan",
        has_names=True,
        is_new=True,
    ),
)
def make(  # noqa: PLR0913 - the fields of a plan and of the filter of its devices
    ask: Ask,
    title: Key,
    *,
    organisation: Owner = "",
    site: Place = "",
    maker: Maker = "",
    listed: Listed = None,
    owner: Leader = "",
    due: Due = None,
    reason: Reason = "",
    kind: Annotated[Line, OfRoute] = "",
    model: Annotated[Line, OfRoute] = "",
    relabelled: Annotated[bool | None, OfRoute] = None,
) -> PlanView:
    """Make a plan of the devices that match all options on a date."""
    body = ask.own_organisation(organisation, ask.day)
    filters: dict[str, Any] = {"site": site, "maker": maker, "kind": kind, "model": model}
    filters |= {"listed": listed, "relabelled": relabelled}
    devices = DeviceFilter(ask.day, organisation=body, allowed=ask.allowed, **filters)
    return make_plan(ask, NewPlan(title, owner, due, reason), devices)


def make_plan(ask: Ask, plan: NewPlan, devices: DeviceFilter) -> PlanView:
    """Make a plan of the devices of an organisation that the caller may edit; without one, of all."""
    ask.check_changes(devices.organisation)
    refresh_listings(ask.store, ask.day, Actor(ask.day, SYSTEM_ACTOR, ask.now()))
    return workflow.new_plan(ask.store, plan, devices, ask.actor(ask.day))


@operation(
    Command("register plan show", _lines, data=lambda view: [view]),
    Route("GET /plans/{number}", READER, summary="One plan"),
)
def show(ask: Ask, number: Number) -> PlanView:
    """Show plan NUMBER and its progress on a date. `register devices --plan NUMBER` lists its devices."""
    ask.check_subject(f"{PLAN}{number}")
    return workflow.show_plan(ask.store, number, ask.day)


@operation(
    Command(
        "register plan list",
        _list_lines,
        empty=text("no plans; `overzicht register plan new TITLE --listed` makes one"),
    ),
    Route("GET /plans", READER, summary="Replacement plans", has_names=True),
)
def plans(
    ask: Ask, paging: Paging, *, organisation: Within = "", open_only: OpenOnly = True
) -> Part[PlanView]:
    """List the plans and their progress on a date."""
    body = ask.own_organisation(organisation, ask.day)
    views = workflow.list_plans(ask.store, ask.day, body, only_open=open_only)
    return paging.part([view for view in views if ask.sees(view.plan.organisation_id)])


@operation(
    Command("register plan close", _lines, options=CHANGE),
    Route("POST /plans/{number}/close", SOME_EDITOR, summary="Close a plan"),
    Form("/plans/{number}", text("Close the plan")),
)
def close(ask: Ask, number: Number, *, outcome: Outcome) -> PlanView:
    """Close plan NUMBER with its outcome. It remains in the history."""
    ask.check_subject(f"{PLAN}{number}", changes=True)
    return workflow.close_plan(ask.store, number, ask.actor(ask.day), outcome)
