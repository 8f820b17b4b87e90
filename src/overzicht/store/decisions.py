"""What people decide and have to do: judgements on findings, and tasks; nothing is ever overwritten."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, func, select

from overzicht.errors import UnknownNameError
from overzicht.store import register_tables, schema
from overzicht.store.database import Transaction


class Verdict(StrEnum):
    """A person's decision on a finding."""

    CONFIRM = "confirm"
    REJECT = "reject"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A decision with its reason, by whom and when; `withdrawn_at` is empty while it stands."""

    id: int
    finding_id: str
    verdict: Verdict
    reason: str
    actor: str
    at: str
    withdrawn_by: str = ""
    withdrawn_at: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do about a subject; `closed_at` is empty while it is open."""

    id: int
    subject: str
    title: str
    owner: str
    due: date | None
    opened_by: str
    opened_at: str
    closed_by: str = ""
    closed_at: str = ""
    outcome: str = ""


def add_judgement(tx: Transaction, finding_id: str, verdict: Verdict, reason: str) -> int:
    """Keep a decision and return its number; earlier ones on the same finding stay beside it."""
    result = tx.connection.execute(
        schema.judgement.insert().values(
            finding_id=finding_id, verdict=verdict.value, reason=reason, actor=tx.actor, at=tx.at_text
        )
    )
    number = _inserted(result.inserted_primary_key)
    tx.log("judge", finding_id, verdict=verdict.value, reason=reason, judgement=number)
    return number


def withdraw_judgement(tx: Transaction, number: int) -> None:
    """Mark a decision as withdrawn; UnknownNameError when there is none, or it was withdrawn before."""
    table = schema.judgement
    result = tx.connection.execute(
        table.update()
        .where(table.c.id == number, table.c.withdrawn_at.is_(None))
        .values(withdrawn_by=tx.actor, withdrawn_at=tx.at_text)
    )
    if result.rowcount != 1:
        raise UnknownNameError("standing judgement", str(number))
    tx.log("withdraw judgement", str(number))


def get_judgement(connection: Connection, number: int) -> Judgement | None:
    """Return a decision, standing or withdrawn; None where there is none of that number."""
    row = connection.execute(select(schema.judgement).where(schema.judgement.c.id == number)).first()
    return None if row is None else _judgement(row)


def version_of_judgements(connection: Connection) -> int:
    """Return what differs after every decision and every withdrawal."""
    table = schema.judgement
    count, withdrawn = func.count(), func.count(table.c.withdrawn_at)
    return int(connection.execute(select(count + withdrawn).select_from(table)).scalar_one())


def judgements_on(connection: Connection, finding_id: str) -> list[Judgement]:
    """Return every decision on a finding, oldest first, withdrawn ones included."""
    table = schema.judgement
    rows = connection.execute(select(table).where(table.c.finding_id == finding_id).order_by(table.c.id))
    return [_judgement(row) for row in rows]


def judgements_starting(connection: Connection, prefix: str) -> dict[str, list[Judgement]]:
    """Return every decision on findings whose id starts so, by that id, oldest first, withdrawn ones too."""
    table = schema.judgement
    query = select(table).where(table.c.finding_id.startswith(prefix, autoescape=True)).order_by(table.c.id)
    found: dict[str, list[Judgement]] = {}
    for row in connection.execute(query):
        found.setdefault(row.finding_id, []).append(_judgement(row))
    return found


def open_task(tx: Transaction, subject: str, title: str, *, owner: str = "", due: date | None = None) -> int:
    """Keep a task and return its number."""
    result = tx.connection.execute(
        schema.task.insert().values(
            subject=subject, title=title, owner=owner, due=due.isoformat() if due else None,
            opened_by=tx.actor, opened_at=tx.at_text, outcome="",
        )
    )  # fmt: skip
    number = _inserted(result.inserted_primary_key)
    tx.log("open task", subject, title=title, task=number)
    return number


def close_task(tx: Transaction, number: int, outcome: str) -> None:
    """Close an open task with its outcome; UnknownNameError when there is no such open task."""
    table = schema.task
    result = tx.connection.execute(
        table.update()
        .where(table.c.id == number, table.c.closed_at.is_(None))
        .values(closed_by=tx.actor, closed_at=tx.at_text, outcome=outcome)
    )
    if result.rowcount != 1:
        raise UnknownNameError("open task", str(number))
    tx.log("close task", str(number), outcome=outcome)


def list_tasks(connection: Connection, *, only_open: bool = True) -> list[Task]:
    """Return tasks by number; the open ones, or all."""
    table = schema.task
    query = select(table).order_by(table.c.id)
    if only_open:
        query = query.where(table.c.closed_at.is_(None))
    return [_task(row) for row in connection.execute(query)]


def tasks_about(connection: Connection, subject: str) -> list[Task]:
    """Return the tasks about a subject by number, open and closed."""
    table = schema.task
    query = select(table).where(table.c.subject == subject).order_by(table.c.id)
    return [_task(row) for row in connection.execute(query)]


def _inserted(key: Any) -> int:
    return int(key[0])


def _judgement(row: Row[Any]) -> Judgement:
    return Judgement(
        row.id, row.finding_id, Verdict(row.verdict), row.reason, row.actor, row.at, row.withdrawn_by or "",
        row.withdrawn_at or "",
    )  # fmt: skip


def _task(row: Row[Any]) -> Task:
    return Task(
        row.id, row.subject, row.title, row.owner, date.fromisoformat(row.due) if row.due else None,
        row.opened_by, row.opened_at, row.closed_by or "", row.closed_at or "", row.outcome,
    )  # fmt: skip


# What became of a task: opened, assigned, closed and reopened, each with who and when.


@dataclass(frozen=True, slots=True)
class TaskEvent:
    """Something that happened to a task."""

    kind: str  # assigned, closed, reopened
    payload: dict[str, Any]
    actor: str
    at: str


def assign_task(tx: Transaction, number: int, *, owner: str | None, due: date | None) -> None:
    """Give an open task another owner or due day; what is None stays. UnknownNameError for no open task."""
    values: dict[str, Any] = {}
    if owner is not None:
        values["owner"] = owner
    if due is not None:
        values["due"] = due.isoformat()
    table = schema.task
    changed = table.update().where(table.c.id == number, table.c.closed_at.is_(None)).values(**values)
    if not values or tx.connection.execute(changed).rowcount != 1:
        raise UnknownNameError("open task to change", str(number))
    _add_task_event(tx, number, "assigned", values)


def reopen_task(tx: Transaction, number: int, reason: str) -> None:
    """Open a closed task again; how it was closed stays among its events. UnknownNameError for none."""
    table = schema.task
    row = tx.connection.execute(
        select(table).where(table.c.id == number, table.c.closed_at.is_not(None))
    ).first()
    if row is None:
        raise UnknownNameError("closed task", str(number))
    _add_task_event(
        tx, number, "closed", {"outcome": row.outcome, "by": row.closed_by, "at": row.closed_at}, log=False
    )
    tx.connection.execute(
        table.update().where(table.c.id == number).values(closed_by=None, closed_at=None, outcome="")
    )
    _add_task_event(tx, number, "reopened", {"reason": reason})


def task_events(connection: Connection, number: int) -> list[TaskEvent]:
    """Return what happened to a task beside its opening and its last closing, oldest first."""
    table = register_tables.task_event
    rows = connection.execute(select(table).where(table.c.task_id == number).order_by(table.c.id))
    return [TaskEvent(row.kind, row.payload, row.actor, row.at) for row in rows]


def get_task(connection: Connection, number: int) -> Task:
    """Return a task, open or closed; UnknownNameError for none."""
    row = connection.execute(select(schema.task).where(schema.task.c.id == number)).first()
    if row is None:
        raise UnknownNameError("task", str(number))
    return _task(row)


def _add_task_event(
    tx: Transaction, number: int, kind: str, payload: dict[str, Any], *, log: bool = True
) -> None:
    tx.connection.execute(
        register_tables.task_event.insert().values(
            task_id=number, kind=kind, payload=payload, actor=tx.actor, at=tx.at_text
        )
    )
    if log:
        tx.log(f"task {kind}", str(number), **payload)
