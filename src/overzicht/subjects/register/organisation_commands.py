"""`overzicht register organisations|sites|statements`: owners, places and public statements."""

from pathlib import Path

import click

from overzicht.cli.commands import command, group
from overzicht.cli.language import problem_line, speak, translate
from overzicht.cli.options import COUNTRY, Request, organisation_id, organisation_option, standard
from overzicht.errors import EXIT_INCOMPLETE, EXIT_OK
from overzicht.subjects.register import organisations as workflow
from overzicht.subjects.register import statements as said
from overzicht.subjects.register.organisations import NewOrganisation
from overzicht.subjects.register.statements import StatementView


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


@group()
def statements() -> None:
    """Manage public statements of bodies, or of others about them, about their equipment."""


@statements.command("add")
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option("--organisation", default="", help="The organisation below which unknown bodies are added.")
@standard("as-of", "by", "json")
def add_statements(request: Request, file: Path, organisation: str) -> int:
    """Store the new statements of a CSV file. Unknown bodies are added.

    Columns: public_body, country, maker_named, quantity, device_kind, use_or_place, status, source_address,
    source_date. Exit code 1 if a row could not be read.
    """
    result = said.add_statements(request.store, file, request.act, organisation=organisation)
    added = speak("{added} statements added, {known} known already", added=result.added, known=result.known)
    names = ", ".join(result.organisations)
    bodies = [speak("organisations added: {names}", names=names)] if names else []
    problems = list(map(problem_line, result.problems))
    request.show(lambda: result, lambda: [added, *bodies, *problems])
    return EXIT_INCOMPLETE if problems else EXIT_OK


@statements.command("list")
@organisation_option
@standard("as-of", "json")
def list_statements(request: Request, organisation: str) -> None:
    """List the statements made by a date, and mark those that contradict each other or count differently."""
    views = said.list_statements(request.store, request.as_of, organisation_id(request, organisation))
    request.show(lambda: views, lambda: map(_line, views))


@statements.command("withdraw")
@click.argument("number", type=int)
@standard("by", "json")
def withdraw_statement(request: Request, number: int) -> None:
    """Mark statement NUMBER as withdrawn. It remains visible and no longer counts on any date."""
    said.withdraw_statement(request.store, number, request.act)
    request.say(
        {"statement": number, "by": request.actor},
        speak("statement {number} withdrawn by {actor}", number=number, actor=request.actor),
    )


def _line(view: StatementView) -> str:
    statement = view.statement
    what = " ".join(part for part in (statement.quantity, statement.maker_named, statement.kind) if part)
    others, differing = ", ".join(map(str, view.contradicts)), ", ".join(map(str, view.differs))
    marks = [speak("contradicts {numbers}", numbers=others)] if others else []
    marks += [speak("counts otherwise than {numbers}", numbers=differing)] if differing else []
    marks += [translate("withdrawn")] if statement.withdrawn_at else []
    shown = f" [{'; '.join(marks)}]" if marks else ""
    head = f"{statement.id}  {statement.organisation_id}  {statement.said_as}  {what}"
    return f"{head}: {statement.status}{shown}  {statement.citation.address}"
