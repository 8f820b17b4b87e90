"""`overzicht control use`: exports under Union general authorisations, which updates of the list re-open."""

from datetime import date
from typing import Any

import click

from overzicht.cli.commands import group
from overzicht.cli.language import speak
from overzicht.cli.options import COUNTRY, DayType, Request, now, standard
from overzicht.exportcontrol.controllist.path import parse_path
from overzicht.store.control.authorisation_uses import AuthorisationUse, end_use, list_uses
from overzicht.store.reading import StoredRecordError
from overzicht.workflows.control.uses import keep_use


@group()
def use() -> None:
    """Manage exports under a general authorisation. A changed provision re-opens them with a task."""


@use.command()
@click.argument("authorisation")
@click.argument("path")
@click.option("--destination", type=COUNTRY, required=True, help="Country, as two letters.")
@click.option("--consignee", default="", help="Consignee.")
@click.option("--since", type=DayType(), default="today", show_default=True, help="Date of the first export.")
@standard("by", "json")
def add(request: Request, authorisation: str, path: str, **given: Any) -> None:
    """Record a use. `overzicht licence assess` judges whether the authorisation fits."""
    new = AuthorisationUse(
        0, authorisation, parse_path(path), given["destination"], given["consignee"], given["since"]
    )
    kept = keep_use(request.store, new, actor=request.actor, at=now())
    request.say(kept, _line(kept))


@use.command()
@click.argument("name")
@click.option("--on", "day", type=DayType(), default="today", show_default=True, help="Last date of the use.")
@standard("by", "json")
def end(request: Request, name: str, day: date) -> None:
    """End a use, for example USE-3. It remains in the history, and no update re-opens it."""
    with request.store.writing(request.actor, now()) as tx:
        end_use(tx, name, day)
    request.say({"id": name, "ended": day}, speak("{name}: ended on {day}", name=name, day=day))


@use.command("list")
@standard("json")
def list_(request: Request) -> int:
    """List all uses, also ended ones. Exit code 1: a stored use cannot be read."""
    problems: list[StoredRecordError] = []
    uses = list_uses(request.connection, problems)
    request.show(lambda: uses, lambda: map(_line, uses))
    return request.report(problems)


def _line(use: AuthorisationUse) -> str:
    head = speak(
        "{id}: {authorisation} for {path} to {destination}, since {day}",
        id=use.id,
        authorisation=use.authorisation,
        path=use.path,
        destination=use.destination,
        day=use.since,
    )
    if use.ended:
        head = speak("{use} until {day}", use=head, day=use.ended)
    return f"{head} {use.consignee}".rstrip()
