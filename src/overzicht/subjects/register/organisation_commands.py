"""`overzicht register organisations|sites`: owners and places."""

import click

from overzicht.cli.commands import command, group
from overzicht.cli.language import translate
from overzicht.cli.options import COUNTRY, Request, organisation_id, organisation_option, standard
from overzicht.subjects.register import organisations as workflow
from overzicht.subjects.register.organisations import NewOrganisation


@group()
def organisations() -> None:
    """Manage the organisations that have equipment, as a tree."""


@organisations.command("add")
@click.argument("name")
@click.option("--id", default="", help="Id. Default: made from the name.")
@click.option("--parent", default="", help="The organisation above it.")
@click.option("--country", type=COUNTRY, default="NL", show_default=True, help="Country, as two letters.")
@click.option("--note", default="", help="Note.")
@standard("as-of", "by", "json", organisation=NewOrganisation)
def add_organisation(request: Request, organisation: NewOrganisation) -> None:
    """Add an organisation. The register knows it from the date of --as-of."""
    line = workflow.add_organisation(request.store, organisation, request.act)
    request.say(line, f"{line.id}  {line.name}")


@organisations.command("change")
@click.argument("organisation_id")
@click.option("--name", help="New name.")
@click.option("--parent", help="New organisation above it. Empty: none.")
@click.option("--note", help="New note.")
@standard("as-of", "by", "json")
def change_organisation(request: Request, organisation_id: str, **changes: str | None) -> None:
    """Change the name or place of an organisation from a date. Earlier dates keep the old values."""
    line = workflow.change_organisation(request.store, organisation_id, request.act, **changes)
    request.say(line, f"{line.id}  {line.name}")


@organisations.command("list")
@standard("as-of", "json")
def list_organisations(request: Request) -> None:
    """List the organisations of a date, each below its parent."""
    lines = workflow.list_organisations(request.store, request.as_of)
    request.show(
        lambda: lines,
        lambda: (f"{'  ' * line.depth}{line.name}  ({line.id})" for line in lines),
        empty=translate("no organisations yet; `overzicht register organisations add NAME` makes one"),
    )


@command()
@organisation_option
@standard("as-of", "json")
def sites(request: Request, organisation: str) -> None:
    """List the sites of a date with the ids that other commands take."""
    lines = workflow.list_sites(request.store, request.as_of, organisation_id(request, organisation))
    request.show(lambda: lines, lambda: (f"{line.id}  {line.name}" for line in lines))
