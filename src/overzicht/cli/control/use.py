"""`overzicht control use`: exports under Union general authorisations, which updates of the list re-open."""

from datetime import date
from typing import Any

import click

from overzicht.cli.options import DayType, Request, now, opened_store, standard
from overzicht.exportcontrol.controllist.path import parse_path
from overzicht.store.control.authorisation_uses import AuthorisationUse, end_use, list_uses
from overzicht.workflows.control.uses import keep_use


@click.group()
def use() -> None:
    """Manage exports under a general authorisation. A changed provision re-opens them with a task."""


@use.command()
@click.argument("authorisation")
@click.argument("path")
@click.option("--destination", required=True, help="Country, as two letters.")
@click.option("--consignee", default="", help="Consignee.")
@click.option("--since", type=DayType(), default="today", show_default=True, help="Date of the first export.")
@standard("by", "json")
def add(request: Request, authorisation: str, path: str, **given: Any) -> None:
    """Record a use. `overzicht licence assess` judges whether the authorisation fits, this command does not.

    Example: overzicht control use add EU001 6A003.b.4.b --destination CH
    """
    destination = given["destination"].upper()
    new = AuthorisationUse(
        0, authorisation, parse_path(path), destination, given["consignee"], given["since"]
    )
    with opened_store() as store:
        kept = keep_use(store, new, actor=request.actor, at=now())
    request.say(kept, _line(kept))


@use.command()
@click.argument("name")
@click.option("--on", "day", type=DayType(), default="today", show_default=True, help="Last date of the use.")
@standard("by", "json")
def end(request: Request, name: str, day: date) -> None:
    """End a use, for example USE-3. It remains in the history, and no update re-opens it."""
    with opened_store() as store, store.writing(request.actor, now()) as tx:
        end_use(tx, name, day)
    request.say({"id": name, "ended": day}, f"{name}: ended on {day}")


@use.command("list")
@standard("json")
def list_(request: Request) -> None:
    """List all uses, also ended ones."""
    with opened_store() as store, store.reading() as connection:
        uses = list_uses(connection)
    request.show(lambda: uses, lambda: map(_line, uses))


def _line(each: AuthorisationUse) -> str:
    until = f" until {each.ended}" if each.ended else ""
    head = f"{each.id}: {each.authorisation} for {each.path} to {each.destination}"
    return f"{head}, since {each.since}{until} {each.consignee}".rstrip()
