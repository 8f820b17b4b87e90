"""`overzicht register plan`: replacement plans and their progress."""

from datetime import date
from typing import Any

import click

from overzicht.cli.commands import group
from overzicht.cli.language import speak, spoken, translate
from overzicht.cli.options import (
    Request,
    due_option,
    organisation_option,
    outcome_option,
    site_option,
    standard,
)
from overzicht.store.register.devices import DeviceFilter
from overzicht.workflows.register import plans as workflow
from overzicht.workflows.register.listings import refresh_listings
from overzicht.workflows.register.plans import NewPlan, PlanView


@group()
def plan() -> None:
    """Plan replacements and follow them: devices, devices replaced, and the expected end."""


@plan.command()
@click.argument("title")
@organisation_option
@site_option
@click.option("--maker", default="", help="Id of a manufacturer, or `unknown`.")
@click.option("--listed", is_flag=True, help="Only devices whose manufacturer is on an official list.")
@click.option("--owner", default="", help="Person who leads the plan.")
@due_option
@click.option("--reason", default="", help="Reason for the plan.")
@standard("as-of", "by", "json")
def new(request: Request, title: str, *, due: date | None, listed: bool, **given: Any) -> None:
    """Make a plan of the devices that match all options on a date."""
    plan = NewPlan(title, given.pop("owner"), due, given.pop("reason"))
    filters = DeviceFilter(request.as_of, listed=listed or None, **given)
    refresh_listings(request.store, request.as_of, request.act)
    view = workflow.new_plan(request.store, plan, filters, request.act)
    request.say(view, _line(view))


@plan.command()
@click.argument("number", type=int)
@standard("as-of", "json")
def show(request: Request, number: int) -> None:
    """Show plan NUMBER and its progress on a date. `register devices --plan NUMBER` lists its devices."""
    view = workflow.show_plan(request.store, number, request.as_of)
    request.say([view], _line(view))


@plan.command("list")
@organisation_option
@click.option("--all", "show_all", is_flag=True, help="Include closed plans.")
@standard("as-of", "json")
def list_(request: Request, organisation: str, *, show_all: bool) -> None:
    """List the plans and their progress on a date."""
    views = workflow.list_plans(request.store, request.as_of, organisation, only_open=not show_all)
    request.show(
        lambda: views,
        lambda: map(_line, views),
        empty=translate("no plans; `overzicht register plan new TITLE --listed` makes one"),
    )


@plan.command()
@click.argument("number", type=int)
@outcome_option
@standard("as-of", "by", "json")
def close(request: Request, number: int, outcome: str) -> None:
    """Close plan NUMBER with its outcome. It remains in the history."""
    view = workflow.close_plan(request.store, number, request.act, outcome)
    request.say(view, _line(view))


def _line(view: PlanView) -> str:
    plan = view.plan
    due = f", {speak('due {day}', day=plan.due)}" if plan.due else ""
    owner = f", {plan.owner}" if plan.owner else ""
    late = f" ({translate('later than due')})" if view.progress.on_time is False else ""
    closed = f" [{speak('closed: {outcome}', outcome=plan.outcome)}]" if plan.closed_at else ""
    return f"{plan.id}  {plan.title}{owner}{due}: {spoken(view.progress.statement)}{late}{closed}"
