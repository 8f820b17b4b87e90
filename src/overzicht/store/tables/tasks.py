"""Tasks and what happened to them: the value, its tables, and how a task is read as of a date.

A field of a task is a column and a field here; `store/decisions.py` writes and reads all of them alike.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import JSON, Column, ForeignKey, Integer, String, Table, Text

from overzicht.store.dated import DatedRecord
from overzicht.store.tables.metadata import metadata, signed


@dataclass(frozen=True, slots=True)
class Task:
    """A task about a subject; `closed_at` is empty while it is open."""

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


@dataclass(frozen=True, slots=True)
class TaskEvent:
    """An event of a task."""

    kind: str  # assigned, closed, reopened
    payload: dict[str, Any]
    actor: str
    at: str


task = Table(
    "task",  # something a person should do, with what it is about
    metadata,
    Column("id", Integer, primary_key=True),
    Column("subject", String(300), nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("owner", String(200), nullable=False),
    Column("due", String(10)),
    Column("opened_by", String(200), ForeignKey("actor.name"), nullable=False),
    Column("opened_at", String(40), nullable=False),
    Column("closed_by", String(200), ForeignKey("actor.name")),
    Column("closed_at", String(40)),
    Column("outcome", Text, nullable=False),
)

task_event = Table(
    "task_event",  # what happened to a task: opened, assigned, closed, reopened; append-only
    metadata,
    Column("id", Integer, primary_key=True),
    Column("task_id", Integer, ForeignKey("task.id"), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("payload", JSON, nullable=False),
    *signed(),
)

TASKS = DatedRecord[Task](
    Task, task, "opened_at", "closed_at", {"closed_by": "", "closed_at": "", "outcome": ""}
)
