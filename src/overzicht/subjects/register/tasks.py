"""Tasks: what to do about a device, a plan, a party or a case, with an owner and a due date."""

from datetime import date
from typing import Annotated

from sqlalchemy import ColumnElement, and_, true

from overzicht.evidence.limited import Key, Line, Number
from overzicht.evidence.text import Text, text
from overzicht.kit.ask import READER, SOME_EDITOR, Ask
from overzicht.kit.operation import (
    BACK,
    Body,
    Command,
    Form,
    Paging,
    Param,
    Part,
    Route,
    Say,
    each_line,
    operation,
)
from overzicht.store import decisions
from overzicht.store.accounts import Role
from overzicht.store.decisions import TaskView
from overzicht.store.register.subjects import CASES, is_of, organisation_of
from overzicht.store.tables.tasks import TASKS, Task

GROUP = "Manage tasks about devices, parties and cases. An update of the control list opens some."
Title = Annotated[Key, Param(label=text("What needs to be done?"))]
Owner = Annotated[Line, Param("Person who does it.", text("Owner"))]
NewOwner = Annotated[Line | None, Param("New owner.", text("Owner"))]
Due = Annotated[date | None, Param("Due date (YYYY-MM-DD).", text("Due date"))]
Outcome = Annotated[Key, Param("Outcome, recorded in the audit log (required).", text("Outcome"))]
Reason = Annotated[Key, Param("Reason, recorded in the audit log (required).", text("Reason"))]
OpenOnly = Annotated[bool, Param("Include closed tasks.", option="--all", inverts=True)]
OfRoute = Param(is_offered=False)  # a filter of the route and the page


def _line(task: Task, say: Say) -> str:
    due = f", {say(text('due {day}', day=task.due))}" if task.due else ""
    owner = f", {task.owner}" if task.owner else ""
    closed = text("closed {time}: {outcome}", time=task.closed_at, outcome=task.outcome)
    return (
        f"{task.id}  {task.subject}: {task.title}{owner}{due}{f' [{say(closed)}]' if task.closed_at else ''}"
    )


def _change(name: str, state: str, sentence: Text, needs: Text | None = None) -> Command:
    """Return a command that changes a task and prints its number and what happened to it."""
    return Command(
        name,
        lambda view, say: [say(sentence.filled(number=view.task.id))],
        data=lambda view: {"id": view.task.id, "state": state},
        needs=needs,
    )


@operation(
    Command("tasks list", each_line(_line), empty=text("no open tasks")),
    Route("GET /tasks", READER, summary="Tasks"),
)
def tasks(
    ask: Ask,
    paging: Paging,
    *,
    subject: Annotated[Line, OfRoute] = "",
    owner: Annotated[Line, OfRoute] = "",
    open_only: OpenOnly = True,
    due_before: Annotated[date | None, OfRoute] = None,
) -> Part[Task]:
    """List the open tasks, or all, as they were on a date by the log."""
    table = TASKS.table
    conditions: list[ColumnElement[bool]] = [true()]  # on the present rows of all tasks that can fit
    if subject:
        conditions.append(table.c.subject == subject)
    if open_only:  # a task that was closed for good by then was not open then
        conditions.append(TASKS.is_open(ask.day))
    if not ask.may(Role.OFFICER):  # a consultation in a licence case is confidential
        conditions.append(~table.c.subject.startswith(CASES, autoescape=True))
    organisations = ask.allowed_ids(ask.today)
    if organisations is not None:
        conditions.append(is_of(table.c.subject, organisations))
    with ask.store.reading() as connection:
        rows = decisions.tasks_where(connection, and_(*conditions), ask.day)
    fitting = [
        task
        for task in rows
        if (not owner or task.owner.casefold() == owner.casefold())
        and (due_before is None or (task.due is not None and task.due < due_before))
        and not (open_only and task.closed_at)
    ]
    return paging.part(sorted(fitting, key=lambda task: (task.due or date.max, task.id)))


@operation(
    _change("tasks open", "opened", text("task {number} opened")),
    Route("POST /tasks", SOME_EDITOR, Body("TaskRequest", "A new task."), "Open a task", is_new=True),
    Form(BACK, text("Open the task")),
)
def open_task(ask: Ask, subject: Key, title: Title, *, owner: Owner = "", due: Due = None) -> TaskView:
    """Open a task about SUBJECT, an id that a report, a run or a case shows."""
    ask.check_subject(subject, changes=True)
    with ask.writing() as tx:
        return decisions.task_view(
            tx.connection, decisions.open_task(tx, subject, title, owner=owner, due=due)
        )


@operation(Route("GET /tasks/{number}", READER, summary="One task"))
def show(ask: Ask, number: Number) -> TaskView:
    """Show a task as of the date, with its history until then."""
    with ask.hiding("task", number):
        with ask.store.reading() as connection:
            view = decisions.task_view(connection, number, ask.day)
        ask.check_subject(view.task.subject)
        if view.task.subject.startswith(CASES) and not ask.may(Role.OFFICER):
            raise ask.missing("task", str(number))
    return view


@operation(
    _change("tasks close", "closed", text("task {number} closed")),
    Route("POST /tasks/{number}/close", SOME_EDITOR, summary="Close a task"),
    Form("/tasks/{number}", text("Close the task")),
)
def close(ask: Ask, number: Number, *, outcome: Outcome) -> TaskView:
    """Close a task with its outcome. It remains in the log."""
    _check_changes(ask, number)
    with ask.writing() as tx:
        decisions.close_task(tx, number, outcome)
        return decisions.task_view(tx.connection, number)


@operation(
    _change(
        "tasks assign",
        "changed",
        text("task {number} changed"),
        needs=text("nothing to change. Give --owner, --due or both"),
    ),
    Route(
        "PATCH /tasks/{number}",
        SOME_EDITOR,
        Body("TaskChange", "A new owner or due date of a task; omitted fields do not change."),
        "Change the owner or due date of a task",
    ),
    Form("/tasks/{number}", text("Save"), "/tasks/{number}/assign"),
)
def change(ask: Ask, number: Number, *, owner: NewOwner = None, due: Due = None) -> TaskView:
    """Change the owner or due date of an open task. The earlier values remain in the log."""
    _check_changes(ask, number)
    with ask.writing() as tx:
        decisions.assign_task(tx, number, owner=owner, due=due)
        return decisions.task_view(tx.connection, number)


@operation(
    _change("tasks reopen", "opened again", text("task {number} opened again")),
    Route("POST /tasks/{number}/reopen", SOME_EDITOR, summary="Reopen a task"),
    Form("/tasks/{number}", text("Reopen the task")),
)
def reopen(ask: Ask, number: Number, *, reason: Reason) -> TaskView:
    """Open a closed task again. Its earlier outcome remains in the log."""
    _check_changes(ask, number)
    with ask.writing() as tx:
        decisions.reopen_task(tx, number, reason)
        return decisions.task_view(tx.connection, number)


def owner_of(ask: Ask, subject: str) -> str:
    """Return the organisation of the subject of a task; empty for shared data."""
    with ask.store.reading() as connection:
        return organisation_of(connection, subject) or ""


def _check_changes(ask: Ask, number: int) -> None:
    """Raise an error if the caller may not see or change a task."""
    ask.check_changes(owner_of(ask, show(ask, number).task.subject))
