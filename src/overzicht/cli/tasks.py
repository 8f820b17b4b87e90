"""`overzicht tasks`: what is to be done, by whom and before when."""

from datetime import date

import click

from overzicht.cli.options import DayType, as_of_option, by_option, json_option, json_text, now, opened_store
from overzicht.store import decisions


@click.group()
def tasks() -> None:
    """Keep tasks about devices, parties and cases; a control-list update opens some by itself."""


@tasks.command(name="list")
@click.option("--all", "show_all", is_flag=True, help="Also those that are closed.")
@as_of_option
@json_option
def list_(show_all: bool, as_of: date, as_json: bool) -> None:
    """List the open tasks, or all, as they stood on a day: by the log, which says when each was changed."""
    with opened_store() as (store, _), store.reading() as connection:
        kept = decisions.list_tasks(connection, only_open=not show_all, as_of=as_of)
    if as_json:
        click.echo(json_text(kept))
        return
    if not kept:
        click.echo("no open tasks")
    for task in kept:
        due = f", due {task.due}" if task.due else ""
        owner = f", {task.owner}" if task.owner else ""
        state = f" [closed {task.closed_at}: {task.outcome}]" if task.closed_at else ""
        click.echo(f"{task.id}  {task.subject}: {task.title}{owner}{due}{state}")


@tasks.command(name="open")
@click.argument("subject")
@click.argument("title")
@click.option("--owner", default="", help="Who is to do it.")
@click.option("--due", type=DayType(), help="Before which day, as YYYY-MM-DD.")
@by_option
def open_(subject: str, title: str, owner: str, due: date | None, actor: str) -> None:
    """Open a task about SUBJECT, an id that a report, a run or a case shows.

    Example: overzicht tasks open hikvision "ask which cameras are replaced" --owner facility --due 2027-01-15
    """
    with opened_store() as (store, _), store.writing(actor, now()) as tx:
        number = decisions.open_task(tx, subject, title, owner=owner, due=due)
    click.echo(f"task {number} opened")


@tasks.command()
@click.argument("number", type=int)
@click.option("--outcome", required=True, help="What came of it.")
@by_option
def close(number: int, outcome: str, actor: str) -> None:
    """Close a task with its outcome; it stays in the log."""
    with opened_store() as (store, _), store.writing(actor, now()) as tx:
        decisions.close_task(tx, number, outcome)
    click.echo(f"task {number} closed")


@tasks.command()
@click.argument("number", type=int)
@click.option("--owner", help="Who is to do it from now on.")
@click.option("--due", type=DayType(), help="Before which day, as YYYY-MM-DD.")
@by_option
def assign(number: int, owner: str | None, due: date | None, actor: str) -> None:
    """Give an open task another owner or due day; what it had stays in the log."""
    if owner is None and due is None:
        raise click.UsageError("say --owner, --due or both")
    with opened_store() as (store, _), store.writing(actor, now()) as tx:
        decisions.assign_task(tx, number, owner=owner, due=due)
    click.echo(f"task {number} changed")


@tasks.command()
@click.argument("number", type=int)
@click.option("--reason", required=True, help="Why it is not done after all.")
@by_option
def reopen(number: int, reason: str, actor: str) -> None:
    """Open a closed task again; how it was closed stays in the log."""
    with opened_store() as (store, _), store.writing(actor, now()) as tx:
        decisions.reopen_task(tx, number, reason)
    click.echo(f"task {number} opened again")
