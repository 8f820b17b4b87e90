"""`overzicht control use`: exports under Union general authorisations, kept so that updates re-open them."""

from datetime import date

import click

from overzicht.cli.options import DayType, by_option, json_option, json_text, now, opened_store
from overzicht.exportcontrol.controllist.path import parse_path
from overzicht.store.control.authorisation_uses import AuthorisationUse, end_use, list_uses
from overzicht.workflows.control.uses import keep_use


@click.group()
def use() -> None:
    """Keep what is exported under a general authorisation; a changed provision re-opens it with a task."""


@use.command()
@click.argument("authorisation")
@click.argument("path")
@click.option("--destination", required=True, help="Country, as two letters.")
@click.option("--consignee", default="", help="Who receives it.")
@click.option("--since", type=DayType(), default="today", show_default=True, help="First export.")
@by_option
def add(authorisation: str, path: str, destination: str, consignee: str, since: date, actor: str) -> None:
    """Keep a use. It does not judge whether the authorisation fits: `overzicht licence assess` does.

    Example: overzicht control use add EU001 6A003.b.4.b --destination CH
    """
    given = AuthorisationUse(0, authorisation, parse_path(path), destination.upper(), consignee, since)
    with opened_store() as (store, _):
        kept = keep_use(store, given, actor=actor, at=now())
    click.echo(f"{kept.id}: {kept.authorisation} for {kept.path} to {kept.destination}, since {kept.since}")


@use.command()
@click.argument("name")
@click.option("--on", "day", type=DayType(), default="today", show_default=True, help="Last day.")
@by_option
def end(name: str, day: date, actor: str) -> None:
    """End a use, such as USE-3; it stays kept, and no update re-opens it."""
    with opened_store() as (store, _), store.writing(actor, now()) as tx:
        end_use(tx, name, day)
    click.echo(f"{name}: ended on {day}")


@use.command("list")
@json_option
def list_(as_json: bool) -> None:
    """List all uses, ended ones too."""
    with opened_store() as (store, _), store.reading() as connection:
        uses = list_uses(connection)
    if as_json:
        click.echo(json_text([_to_json(each) for each in uses]))
        return
    for each in uses:
        until = f" until {each.ended}" if each.ended else ""
        click.echo(
            f"{each.id}: {each.authorisation} for {each.path} to {each.destination}, "
            f"since {each.since}{until} {each.consignee}".rstrip()
        )


def _to_json(each: AuthorisationUse) -> dict[str, str | None]:
    return {
        "id": each.id, "authorisation": each.authorisation, "path": each.path,
        "destination": each.destination, "consignee": each.consignee, "since": each.since.isoformat(),
        "ended": each.ended.isoformat() if each.ended else None,
    }  # fmt: skip
