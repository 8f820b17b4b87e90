"""`overzicht register organisations|sites|statements`: who has equipment, where, and what was said of it."""

from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from overzicht.cli.options import as_of_option, by_option, json_option, json_text, now, opened_store, today
from overzicht.errors import EXIT_INCOMPLETE, EXIT_OK
from overzicht.evidence.actor import Actor
from overzicht.workflows.register import organisations as workflow
from overzicht.workflows.register import statements as said
from overzicht.workflows.register.organisations import NewOrganisation
from overzicht.workflows.register.statements import StatementView


@click.group()
def organisations() -> None:
    """Keep the organisations that have equipment, as a tree."""


@organisations.command("add")
@click.argument("name")
@click.option("--id", "organisation_id", default="", help="Its id; by default made of the name.")
@click.option("--parent", default="", help="The organisation above it.")
@click.option("--country", default="NL", show_default=True, help="Two letters.")
@click.option("--note", default="", help="Anything to add.")
@as_of_option
@by_option
def add_organisation(  # noqa: PLR0913 - one parameter per option
    name: str, *, organisation_id: str, parent: str, country: str, note: str, as_of: date, actor: str
) -> None:
    """Add an organisation; --as-of is the day from which the register knows it."""
    new = NewOrganisation(name, organisation_id, parent, country.upper()[:2], note)
    with opened_store() as (store, _):
        line = workflow.add_organisation(store, new, Actor(as_of, actor, now()))
    click.echo(f"{line.id}  {line.name}")


@organisations.command("change")
@click.argument("organisation_id")
@click.option("--name", help="Its new name.")
@click.option("--parent", help="The organisation above it from now on; empty for none.")
@click.option("--note", help="Another note.")
@as_of_option
@by_option
def change_organisation(
    organisation_id: str, *, name: str | None, parent: str | None, note: str | None, as_of: date, actor: str
) -> None:
    """Give an organisation another name or place in the tree from a day on; earlier days keep the old one."""
    with opened_store() as (store, _):
        act = Actor(as_of, actor, now())
        line = workflow.change_organisation(store, organisation_id, act, name=name, parent=parent, note=note)
    click.echo(f"{line.id}  {line.name}")


@organisations.command("list")
@as_of_option
@json_option
def list_organisations(as_of: date, as_json: bool) -> None:
    """List the organisations of a day, each below its parent."""
    with opened_store() as (store, _):
        lines = workflow.list_organisations(store, as_of)
    if as_json:
        click.echo(json_text([asdict(line) for line in lines]))
        return
    for line in lines:
        click.echo(f"{'  ' * line.depth}{line.name}  ({line.id})")
    if not lines:
        click.echo("no organisations yet; `overzicht register organisations add NAME` makes one")


@click.command()
@click.option("--organisation", default="", help="An organisation's id, with all below it.")
@as_of_option
@json_option
def sites(organisation: str, as_of: date, as_json: bool) -> None:
    """List the sites of a day, with the ids by which other commands know them."""
    with opened_store() as (store, _):
        lines = workflow.list_sites(store, as_of, organisation)
    if as_json:
        click.echo(json_text([asdict(line) for line in lines]))
        return
    for line in lines:
        click.echo(f"{line.id}  {line.name}")


@click.group()
def statements() -> None:
    """Keep what bodies, or others about them, said in public of their equipment."""


@statements.command("add")
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option("--organisation", default="", help="The organisation below which unknown bodies are added.")
@as_of_option
@by_option
def add_statements(file: Path, organisation: str, as_of: date, actor: str) -> int:
    """Keep the statements of a CSV file, each once; bodies that are not known are added.

    Columns: public_body, country, maker_named, quantity, device_kind, use_or_place, status, source_address,
    source_date. Exit code 1 when a row could not be read.
    """
    with opened_store() as (store, _):
        found = said.add_statements(store, file, Actor(as_of, actor, now()), organisation=organisation)
    click.echo(f"{found.added} statements added, {found.known} known already")
    if found.organisations:
        click.echo(f"organisations added: {', '.join(found.organisations)}")
    for problem in found.problems:
        click.echo(f"{problem.place}: {problem.reason}")
    return EXIT_INCOMPLETE if found.problems else EXIT_OK


@statements.command("list")
@click.option("--organisation", default="", help="An organisation's id, with all below it.")
@as_of_option
@json_option
def list_statements(organisation: str, as_of: date, as_json: bool) -> None:
    """List the statements made by a day, with those that contradict each other or count differently."""
    with opened_store() as (store, _):
        views = said.list_statements(store, as_of, organisation)
    if as_json:
        click.echo(json_text([asdict(view) for view in views]))
        return
    for view in views:
        click.echo(_line(view))


@statements.command("withdraw")
@click.argument("number", type=int)
@by_option
def withdraw_statement(number: int, actor: str) -> None:
    """Mark statement NUMBER as withdrawn; it stays to be read and counts on no day any more."""
    with opened_store() as (store, _):
        said.withdraw_statement(store, number, Actor(today(), actor, now()))
    click.echo(f"statement {number} withdrawn by {actor}")


def _line(view: StatementView) -> str:
    each = view.statement
    what = " ".join(part for part in (each.quantity, each.maker_named, each.kind) if part)
    marks = [f"contradicts {', '.join(map(str, view.contradicts))}"] if view.contradicts else []
    marks += [f"counts otherwise than {', '.join(map(str, view.differs))}"] if view.differs else []
    marks += ["withdrawn"] if each.withdrawn_at else []
    told = f" [{'; '.join(marks)}]" if marks else ""
    head = f"{each.id}  {each.organisation_id}  {each.said_as}  {what}"
    return f"{head}: {each.status}{told}  {each.citation.address}"
