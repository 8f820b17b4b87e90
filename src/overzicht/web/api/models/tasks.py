"""Tasks: what is to be done, by whom and before when."""

from datetime import date
from typing import Any

from pydantic import BaseModel, Field

from overzicht.store.decisions import Task, TaskEvent
from overzicht.web.api.models.shared import Key, Line
from overzicht.workflows.register.tasks import TaskView


class TaskModel(BaseModel):
    """A task; `closed_at` is empty while it is open."""

    number: int
    subject: str = Field(description="what it is about: the id of a device, a party or a case, or `plan-1`")
    title: str
    owner: str
    due: date | None
    opened_by: str
    opened_at: str
    closed_by: str
    closed_at: str
    outcome: str

    @classmethod
    def of(cls, task: Task) -> "TaskModel":
        """Return the form of a task."""
        return cls(
            number=task.id, subject=task.subject, title=task.title, owner=task.owner, due=task.due,
            opened_by=task.opened_by, opened_at=task.opened_at, closed_by=task.closed_by,
            closed_at=task.closed_at, outcome=task.outcome,
        )  # fmt: skip


class TaskEventModel(BaseModel):
    """Something that happened to a task."""

    kind: str
    detail: dict[str, Any]
    by: str
    at: str

    @classmethod
    def of(cls, event: TaskEvent) -> "TaskEventModel":
        """Return the form of an event."""
        return cls(kind=event.kind, detail=event.payload, by=event.actor, at=event.at)


class TaskDetail(TaskModel):
    """A task and what happened to it."""

    events: list[TaskEventModel]

    @classmethod
    def of_view(cls, view: TaskView) -> "TaskDetail":
        """Return the form of a task with its events."""
        return cls(
            **TaskModel.of(view.task).model_dump(), events=[TaskEventModel.of(each) for each in view.events]
        )


class TaskAsked(BaseModel):
    """A task to keep."""

    subject: Key
    title: Key
    owner: Line = ""
    due: date | None = None


class TaskChange(BaseModel):
    """Another owner or due day of a task; what is left out stays."""

    owner: Line | None = None
    due: date | None = None


class Reopening(BaseModel):
    """Why a task is opened again."""

    reason: Key
