"""`overzicht tasks`: things to do, with owner and due date."""

from datetime import date

import click

from overzicht.cli.commands import group
from overzicht.cli.language import speak, spoken, translate
from overzicht.cli.options import Request, due_option, now, outcome_option, reason_option, standard
from overzicht.evidence import Text, text
from overzicht.store import decisions
from overzicht.store.decisions import Task

number_argument = click.argument("number", type=int)


@group()
def tasks() -> None:
    """Manage tasks about devices, parties and cases. An update of the control list opens some."""


@tasks.command(name="list")
@click.option("--all", "show_all", is_flag=True, help="Include closed tasks.")
@standard("as-of", "json")
def list_(request: Request, *, show_all: bool) -> None:
    """List the open tasks, or all, as they were on a date by the log."""
    stored = decisions.list_tasks(request.connection, only_open=not show_all, as_of=request.as_of)
    request.show(lambda: stored, lambda: map(_line, stored), empty=translate("no open tasks"))


def _line(task: Task) -> str:
    due = f", {speak('due {day}', day=task.due)}" if task.due else ""
    owner = f", {task.owner}" if task.owner else ""
    state = ""
    if task.closed_at:
        state = f" [{speak('closed {time}: {outcome}', time=task.closed_at, outcome=task.outcome)}]"
    return f"{task.id}  {task.subject}: {task.title}{owner}{due}{state}"


@tasks.command(name="open")
@click.argument("subject")
@click.argument("title")
@click.option("--owner", default="", help="Person who does it.")
@due_option
@standard("by", "json")
def open_(request: Request, subject: str, title: str, *, owner: str, due: date | None) -> None:
    """Open a task about SUBJECT, an id that a report, a run or a case shows."""
    with request.store.writing(request.actor, now()) as tx:
        number = decisions.open_task(tx, subject, title, owner=owner, due=due)
    _say(request, number, "opened", text("task {number} opened"))


@tasks.command()
@number_argument
@outcome_option
@standard("by", "json")
def close(request: Request, number: int, outcome: str) -> None:
    """Close a task with its outcome. It remains in the log."""
    with request.store.writing(request.actor, now()) as tx:
        decisions.close_task(tx, number, outcome)
    _say(request, number, "closed", text("task {number} closed"))


@tasks.command()
@number_argument
@click.option("--owner", help="New owner.")
@due_option
@standard("by", "json")
def assign(request: Request, number: int, owner: str | None, due: date | None) -> None:
    """Change the owner or due date of an open task. The earlier values remain in the log."""
    if owner is None and due is None:
        raise click.UsageError(translate("nothing to change. Give --owner, --due or both"))
    with request.store.writing(request.actor, now()) as tx:
        decisions.assign_task(tx, number, owner=owner, due=due)
    _say(request, number, "changed", text("task {number} changed"))


@tasks.command()
@number_argument
@reason_option
@standard("by", "json")
def reopen(request: Request, number: int, reason: str) -> None:
    """Open a closed task again. Its earlier outcome remains in the log."""
    with request.store.writing(request.actor, now()) as tx:
        decisions.reopen_task(tx, number, reason)
    _say(request, number, "opened again", text("task {number} opened again"))


def _say(request: Request, number: int, state: str, message: Text) -> None:
    request.say({"id": number, "state": state}, spoken(message.filled(number=number)))
