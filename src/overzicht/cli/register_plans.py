"""`overzicht register plan`: which devices are to be replaced, and how far that is."""

from dataclasses import asdict
from datetime import date

import click

from overzicht.cli.options import DayType, as_of_option, by_option, json_option, json_text, now, opened_store
from overzicht.store.register.devices import DeviceFilter
from overzicht.workflows.licensing.act import Act
from overzicht.workflows.register import plans as workflow
from overzicht.workflows.register.listings import refresh_listings
from overzicht.workflows.register.plans import NewPlan, PlanView


@click.group()
def plan() -> None:
    """Plan replacements and follow them: how many, how many done, and when it ends at this pace."""


@plan.command()
@click.argument("title")
@click.option("--organisation", default="", help="An organisation's id, with all below it.")
@click.option("--site", default="", help="A site's id.")
@click.option("--maker", default="", help="A maker's id, or `unknown`.")
@click.option("--listed", is_flag=True, help="Only devices whose maker is on an official list.")
@click.option("--owner", default="", help="Who leads it.")
@click.option("--due", type=DayType(), help="Before which day, as YYYY-MM-DD.")
@click.option("--reason", default="", help="Why.")
@as_of_option
@by_option
def new(  # noqa: PLR0913 - one parameter per option
    title: str,
    *,
    organisation: str,
    site: str,
    maker: str,
    listed: bool,
    owner: str,
    due: date | None,
    reason: str,
    as_of: date,
    actor: str,
) -> None:
    """Make a plan of the devices that fit all choices on the day."""
    wanted = DeviceFilter(
        as_of, organisation=organisation, site=site, maker=maker, listed=True if listed else None
    )
    with opened_store() as (store, _):
        act = Act(as_of, actor, now())
        refresh_listings(store, as_of, act)
        view = workflow.new_plan(store, NewPlan(title, owner, due, reason), wanted, act)
    click.echo(_line(view))


@plan.command()
@click.argument("number", type=int)
@as_of_option
@json_option
def show(number: int, as_of: date, as_json: bool) -> None:
    """Show plan NUMBER and how far it is on a day; `register devices --plan NUMBER` lists its devices."""
    with opened_store() as (store, _):
        view = workflow.show_plan(store, number, as_of)
    click.echo(_json([view]) if as_json else _line(view))


@plan.command("list")
@click.option("--organisation", default="", help="An organisation's id, with all below it.")
@click.option("--all", "show_all", is_flag=True, help="Also those that are closed.")
@as_of_option
@json_option
def list_(organisation: str, show_all: bool, as_of: date, as_json: bool) -> None:
    """List the plans and how far each is on a day."""
    with opened_store() as (store, _):
        views = workflow.list_plans(store, as_of, organisation, only_open=not show_all)
    if as_json:
        click.echo(_json(views))
        return
    for view in views:
        click.echo(_line(view))
    if not views:
        click.echo("no plans; `overzicht register plan new TITLE --listed` makes one")


@plan.command()
@click.argument("number", type=int)
@click.option("--outcome", required=True, help="What came of it.")
@as_of_option
@by_option
def close(number: int, outcome: str, as_of: date, actor: str) -> None:
    """Close plan NUMBER with its outcome; it stays to be read."""
    with opened_store() as (store, _):
        view = workflow.close_plan(store, number, Act(as_of, actor, now()), outcome)
    click.echo(_line(view))


def _line(view: PlanView) -> str:
    each = view.plan
    due = f", due {each.due}" if each.due else ""
    owner = f", {each.owner}" if each.owner else ""
    late = " (later than due)" if view.progress.on_time is False else ""
    closed = f" [closed: {each.outcome}]" if each.closed_at else ""
    return f"{each.id}  {each.title}{owner}{due}: {view.progress.says}{late}{closed}"


def _json(views: object) -> str:
    rows = [
        {**asdict(view.plan), "progress": asdict(view.progress) | {"says": str(view.progress.says)}}
        for view in (views if isinstance(views, (list, tuple)) else ())
    ]
    return json_text(rows)
