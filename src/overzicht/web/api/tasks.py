"""`/tasks`: tasks about a device, a plan, a party or a case, with an owner and a due date."""

from dataclasses import replace
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Body, Depends, Query
from pydantic import BaseModel

from overzicht.errors import UnknownNameError
from overzicht.store.accounts import Role
from overzicht.store.decisions import Task
from overzicht.store.register.devices import Page as TasksPage
from overzicht.store.register.subjects import CASES, organisation_of
from overzicht.web.asof import OnDay
from overzicht.web.auth import Reader, SomeEditor
from overzicht.web.clock import today
from overzicht.web.context import RequestContext
from overzicht.web.fields import Key, Line, Number
from overzicht.web.paging import Page, Paged, Paging
from overzicht.web.problems import ProblemError, not_found
from overzicht.workflows.register import tasks as workflow
from overzicht.workflows.register.tasks import TaskFilter, TaskPage, TaskView

router = APIRouter(prefix="/tasks", tags=["register"])


class TaskRequest(BaseModel):
    """A new task."""

    subject: Key
    title: Key
    owner: Line = ""
    due: date | None = None


class TaskChange(BaseModel):
    """A new owner or due date of a task; omitted fields do not change."""

    owner: Line | None = None
    due: date | None = None


def _filter(
    subject: Annotated[Line, Query()] = "",
    owner: Annotated[Line, Query()] = "",
    *,
    open_only: Annotated[bool, Query(alias="openOnly")] = True,
    due_before: Annotated[date | None, Query(alias="dueBefore")] = None,
) -> TaskFilter:
    return TaskFilter(subject, owner, open_only, due_before)


@router.get("", summary="Tasks")
def tasks(
    context: Reader, day: OnDay, paging: Paged, tasks: Annotated[TaskFilter, Depends(_filter)]
) -> Page[Task]:
    """Return the visible tasks as of the date, the first due date first."""
    page = visible_tasks(context, tasks, day, paging)
    return paging.envelope(page.rows, page.total)


@router.post("", status_code=201, summary="Open a task")
def open_task(context: SomeEditor, request: TaskRequest) -> TaskView:
    """Save a task. A task about shared data requires a grant for all."""
    context.check_subject(request.subject, changes=True)
    return workflow.open_task(
        context.store, request.subject, request.title, context.actor(), owner=request.owner, due=request.due
    )


@router.get("/{number}", summary="One task")
def show(context: Reader, day: OnDay, number: Number) -> TaskView:
    """Return a task as of the date, with its history until then."""
    return visible_task(context, number, day)


@router.patch("/{number}", summary="Change the owner or due date of a task")
def change(context: SomeEditor, number: Number, request: TaskChange) -> TaskView:
    """Change the owner or the due date of an open task."""
    check_task(context, number)
    return workflow.assign_task(context.store, number, context.actor(), owner=request.owner, due=request.due)


@router.post("/{number}/close", summary="Close a task")
def close(context: SomeEditor, number: Number, outcome: Annotated[Key, Body(embed=True)]) -> TaskView:
    """Close a task with its outcome."""
    check_task(context, number)
    return workflow.close_task(context.store, number, outcome, context.actor())


@router.post("/{number}/reopen", summary="Reopen a task")
def reopen(context: SomeEditor, number: Number, reason: Annotated[Key, Body(embed=True)]) -> TaskView:
    """Reopen a closed task. Its earlier outcome remains visible."""
    check_task(context, number)
    return workflow.reopen_task(context.store, number, reason, context.actor())


def visible_tasks(context: RequestContext, tasks: TaskFilter, day: date, paging: Paging) -> TaskPage:
    """Return a page of the tasks that match and that the principal may see, as of a date."""
    tasks = replace(
        tasks, organisations=context.allowed_ids(today()), as_of=day, with_cases=context.may(Role.OFFICER)
    )
    return workflow.list_tasks(context.store, tasks, TasksPage(paging.page, paging.size))


def owner_of(context: RequestContext, subject: str) -> str:
    """Return the organisation of the subject of a task; empty for shared data."""
    with context.store.reading() as connection:
        return organisation_of(connection, subject) or ""


def check_task(context: RequestContext, number: int) -> None:
    """Raise a problem if the principal may not see or change a task."""
    subject = visible_task(context, number, today()).task.subject
    context.check_changes(owner_of(context, subject))


def visible_task(context: RequestContext, number: int, day: date) -> TaskView:
    """Return a task on a date; the same problem if it does not exist or the principal may not see it."""
    try:
        view = workflow.show_task(context.store, number, day)
        context.check_subject(view.task.subject)
        if view.task.subject.startswith(CASES) and not context.may(Role.OFFICER):
            raise not_found("task", str(number))
    except (UnknownNameError, ProblemError):
        raise not_found("task", str(number)) from None
    return view
