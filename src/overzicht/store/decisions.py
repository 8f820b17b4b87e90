"""Decisions and tasks of people: judgements on findings, and tasks; nothing is ever overwritten.

Reads can be as of a date: later actions are left out, and what was undone later still holds. Without a date
the current state is read.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, String, and_, exists, func, select

from overzicht.errors import UnknownNameError
from overzicht.evidence import text
from overzicht.evidence.worded_enum import WordedEnum
from overzicht.grouping import by_key
from overzicht.store import schema
from overzicht.store.database import Transaction, plain
from overzicht.store.dated import DatedRecord
from overzicht.store.rows import BATCH, batches, done_by, fields_of, is_by, value_of, values_of
from overzicht.store.tables.tasks import TASKS, Task, TaskEvent, task_event


class Verdict(WordedEnum):
    """A person's decision on a finding."""

    CONFIRM = "confirm", text("confirmed")
    REJECT = "reject", text("rejected")
    UNSURE = "unsure", text("unsure")


@dataclass(frozen=True, slots=True)
class Judgement:
    """A decision with its reason, author and time; `withdrawn_at` is empty while it is in force."""

    id: int
    finding_id: str
    verdict: Verdict
    reason: str
    actor: str
    at: str
    withdrawn_by: str = ""
    withdrawn_at: str = ""


JUDGEMENTS = DatedRecord[Judgement](
    Judgement, schema.judgement, "at", "withdrawn_at", {"withdrawn_by": "", "withdrawn_at": ""}
)


def add_judgement(tx: Transaction, finding_id: str, verdict: Verdict, reason: str) -> int:
    """Store a decision and return its number; earlier ones on the same finding remain."""
    number = tx.insert(schema.judgement, finding_id=finding_id, verdict=verdict, reason=reason)
    tx.log("judge", finding_id, verdict=verdict.value, reason=reason, judgement=number)
    return number


def withdraw_judgement(tx: Transaction, number: int) -> None:
    """Withdraw a decision; UnknownNameError if there is none, or it was withdrawn before."""
    table = schema.judgement
    tx.withdraw(table, table.c.id == number, missing=("standing judgement", str(number)))
    tx.log("withdraw judgement", str(number))


def get_judgement(connection: Connection, number: int) -> Judgement:
    """Return a decision, in force or withdrawn; UnknownNameError if there is none of that number."""
    row = connection.execute(select(schema.judgement).where(schema.judgement.c.id == number)).first()
    if row is None:
        raise UnknownNameError("judgement", str(number))
    return JUDGEMENTS.read(row)


def version_of_judgements(connection: Connection) -> int:
    """Return a value that changes with every decision and every withdrawal."""
    table = schema.judgement
    count, withdrawn = func.count(), func.count(table.c.withdrawn_at)
    return int(connection.execute(select(count + withdrawn).select_from(table)).scalar_one())


def judgements_on(connection: Connection, finding_id: str, as_of: date | None = None) -> list[Judgement]:
    """Return the decisions on a finding as of a date, oldest first, withdrawn ones included."""
    return JUDGEMENTS.where(connection, schema.judgement.c.finding_id == finding_id, day=as_of)


def judgements_by_finding(
    connection: Connection, finding_ids: Iterable[str], as_of: date | None = None
) -> dict[str, list[Judgement]]:
    """Return the decisions of `judgements_on` by finding; a finding without one is left out."""
    finding = schema.judgement.c.finding_id
    return by_key(
        (judgement.finding_id, judgement)
        for batch in batches(finding_ids, BATCH)
        for judgement in JUDGEMENTS.where(connection, finding.in_(batch), day=as_of)
    )


def standing(judgements: Iterable[Judgement]) -> Judgement | None:
    """Return the newest judgement in force; None if there is none."""
    left = [judgement for judgement in judgements if not judgement.withdrawn_at]
    return left[-1] if left else None


def is_judged(finding: ColumnElement[str], as_of: date) -> ColumnElement[bool]:
    """Return the condition that a decision on the finding of this id was in force on a date."""
    is_on_it = schema.judgement.c.finding_id == finding
    return exists().where(is_on_it, JUDGEMENTS.has_begun(as_of), JUDGEMENTS.is_open(as_of))


def judgements_starting(connection: Connection, prefix: str) -> dict[str, list[Judgement]]:
    """Return the decisions by finding id with this prefix, oldest first, withdrawn ones too."""
    starts = schema.judgement.c.finding_id.startswith(prefix, autoescape=True)
    return by_key((judgement.finding_id, judgement) for judgement in JUDGEMENTS.where(connection, starts))


def open_task(tx: Transaction, subject: str, title: str, **fields: Any) -> int:
    """Store a task with these fields of a `Task` and return its number; what is not given is empty."""
    empty = {c.name: "" for c in TASKS.table.c if isinstance(c.type, String) and not c.nullable}
    opened = {"subject": subject, "title": title, "opened_by": tx.actor, "opened_at": tx.at_text}
    number = tx.insert(TASKS.table, **empty | fields | opened)
    tx.log("open task", subject, title=title, task=number)
    return number


def open_task_once(
    tx: Transaction, subject: str, title: str, *, due: date | None = None, again: bool = True
) -> bool:
    """Open a task unless the same one is open, and return whether it is new; its due date is updated.

    Without `again` a closed task with the same title counts as well.
    """
    same = [task for task in tasks_about(tx.connection, subject) if task.title == title]
    known = [task for task in same if not (again and task.closed_at)]
    for task in known:
        if due is not None and due != task.due and not task.closed_at:
            assign_task(tx, task.id, due=due)
    if not known:
        open_task(tx, subject, title, due=due)
    return not known


def close_task(tx: Transaction, number: int, outcome: str) -> None:
    """Close an open task with its outcome; UnknownNameError if there is no such open task."""
    table = TASKS.table
    closed = {"closed_by": tx.actor, "closed_at": tx.at_text, "outcome": outcome}
    is_open = (table.c.id == number, table.c.closed_at.is_(None))
    tx.update_one(table, *is_open, missing=("open task", str(number)), **closed)
    tx.log("close task", str(number), outcome=outcome)


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task and its history."""

    task: Task
    events: tuple[TaskEvent, ...]


def assign_task(tx: Transaction, number: int, **fields: Any) -> None:
    """Change these fields of an open task; None leaves one. UnknownNameError for no open task or no change.

    The event stores the earlier values (`was`), so that the task can be read as of any date.
    """
    values = {name: plain(value) for name, value in fields.items() if value is not None}
    columns = TASKS.table.c
    is_open = and_(columns.id == number, columns.closed_at.is_(None))
    before = tx.connection.execute(select(TASKS.table).where(is_open)).first()
    if not values or before is None:
        raise UnknownNameError("open task to change", str(number))
    tx.update(TASKS.table, is_open, **values)
    was = {name: getattr(before, name) for name in values}
    _add_task_event(tx, number, "assigned", {**values, "was": was})


def reopen_task(tx: Transaction, number: int, reason: str) -> None:
    """Open a closed task again; its closing remains among its events. UnknownNameError for none."""
    table = TASKS.table
    row = tx.connection.execute(
        select(table).where(table.c.id == number, table.c.closed_at.is_not(None))
    ).first()
    if row is None:
        raise UnknownNameError("closed task", str(number))
    closed = {"outcome": row.outcome, "by": row.closed_by, "at": row.closed_at}
    tx.insert(task_event, task_id=number, kind="closed", payload=closed)
    tx.update(table, table.c.id == number, closed_by=None, closed_at=None, outcome="")
    _add_task_event(tx, number, "reopened", {"reason": reason})


def task_events(connection: Connection, number: int, as_of: date | None = None) -> list[TaskEvent]:
    """Return the events of a task by a date, except its opening and last closing, oldest first."""
    table = task_event
    query = select(table).where(table.c.task_id == number, done_by(table.c.at, as_of))
    return values_of(TaskEvent, connection, query.order_by(table.c.id))


def get_task(connection: Connection, number: int, as_of: date | None = None) -> Task:
    """Return a task as of a date, open or closed; UnknownNameError if there was none."""
    tasks = tasks_where(connection, TASKS.table.c.id == number, as_of)
    if not tasks:
        raise UnknownNameError("task", str(number))
    return tasks[0]


def task_view(connection: Connection, number: int, as_of: date | None = None) -> TaskView:
    """Return a task and its history as of a date; UnknownNameError if there was none."""
    task = get_task(connection, number, as_of)
    return TaskView(task, tuple(task_events(connection, number, as_of)))


def tasks_about(connection: Connection, subject: str, as_of: date | None = None) -> list[Task]:
    """Return the tasks about a subject as of a date, by number, open and closed."""
    return tasks_where(connection, TASKS.table.c.subject == subject, as_of)


def tasks_where(
    connection: Connection, condition: ColumnElement[bool], as_of: date | None = None
) -> list[Task]:
    """Return the tasks opened by a date, as of that date, by number.

    The condition applies to the current rows.
    """
    tasks = TASKS.where(connection, condition, day=as_of)
    if as_of is None:
        return tasks
    table, events = TASKS.table, task_event
    query = select(events).join(table, table.c.id == events.c.task_id)
    later: dict[int, list[TaskEvent]] = defaultdict(list)
    for row in connection.execute(query.where(condition, ~done_by(events.c.at, as_of)).order_by(events.c.id)):
        later[row.task_id].append(value_of(TaskEvent, row))
    return [as_it_stood(task, later[task.id], as_of) for task in tasks]


def as_it_stood(task: Task, later: Sequence[TaskEvent], day: date) -> Task:
    """Return a task as of a date, with `later` events, oldest first, taken back.

    Old events that do not store the earlier values take back nothing.
    """
    stood = TASKS.as_of(task, day)
    for event in reversed(later):
        payload = event.payload
        if event.kind == "closed" and is_by(payload["at"], day):
            stood = replace(
                stood, closed_by=payload["by"], closed_at=payload["at"], outcome=payload["outcome"]
            )
        elif event.kind == "closed":
            stood = TASKS.reopened(stood)
        elif was := payload.get("was"):
            stood = replace(stood, **fields_of(Task, was))
    return stood


def _add_task_event(tx: Transaction, number: int, kind: str, payload: dict[str, Any]) -> None:
    tx.insert(task_event, task_id=number, kind=kind, payload=payload)
    tx.log(f"task {kind}", str(number), **payload)
