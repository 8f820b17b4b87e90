"""`/tasks`: what is to be done about a device, a plan, a party or a case, by whom and before when."""

from dataclasses import replace
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from overzicht.errors import UnknownNameError
from overzicht.store.accounts import Role
from overzicht.store.decisions import Task
from overzicht.store.register.devices import Page as TasksPage
from overzicht.store.register.subjects import organisation_of
from overzicht.web.api.models.plans import Closing
from overzicht.web.api.models.shared import Line, Number
from overzicht.web.api.models.tasks import Reopening, TaskAsked, TaskChange
from overzicht.web.asof import OnDay
from overzicht.web.auth import Reader, SomeEditor
from overzicht.web.clock import today
from overzicht.web.paging import Page, Paged
from overzicht.web.problems import ProblemError, not_found
from overzicht.web.register_day import act_of
from overzicht.web.rights import allowed_ids, check_changes, check_subject
from overzicht.web.service import Here, Service
from overzicht.workflows.accounts import Principal
from overzicht.workflows.register import tasks as workflow
from overzicht.workflows.register.tasks import TaskFilter, TaskView

router = APIRouter(prefix="/tasks", tags=["register"])


def _asked(
    subject: Annotated[Line, Query()] = "",
    owner: Annotated[Line, Query()] = "",
    open_only: Annotated[bool, Query()] = True,
    due_before: Annotated[date | None, Query()] = None,
) -> TaskFilter:
    return TaskFilter(subject, owner, open_only, due_before)


@router.get("", summary="Tasks")
def tasks(
    here: Here, who: Reader, day: OnDay, paging: Paged, asked: Annotated[TaskFilter, Depends(_asked)]
) -> Page[Task]:
    """Return the tasks that may be seen as they stood on the day, those due first on top."""
    wanted = replace(
        asked, organisations=allowed_ids(here, who, today()), as_of=day, with_cases=who.may(Role.OFFICER)
    )
    found = workflow.list_tasks(here.store, wanted, TasksPage(paging.page, paging.size))
    return paging.envelope(found.rows, found.total)


@router.post("", status_code=201, summary="Open a task")
def open_task(here: Here, who: SomeEditor, asked: TaskAsked) -> TaskView:
    """Keep a task; about what all share it takes a grant for all."""
    check_subject(here, who, asked.subject, changes=True)
    act = act_of(who.name)
    return workflow.open_task(here.store, asked.subject, asked.title, act, owner=asked.owner, due=asked.due)


@router.get("/{number}", summary="One task")
def one(here: Here, who: Reader, day: OnDay, number: Number) -> TaskView:
    """Return a task as it stood on the day and what happened to it by then."""
    return seen_task(here, who, number, day)


@router.patch("/{number}", summary="Give a task another owner or due day")
def change(here: Here, who: SomeEditor, number: Number, asked: TaskChange) -> TaskView:
    """Change who does an open task, or before when."""
    _check(here, who, number)
    act = act_of(who.name)
    return workflow.assign_task(here.store, number, act, owner=asked.owner, due=asked.due)


@router.post("/{number}/close", summary="Close a task")
def close(here: Here, who: SomeEditor, number: Number, asked: Closing) -> TaskView:
    """Close a task with what came of it."""
    _check(here, who, number)
    return workflow.close_task(here.store, number, asked.outcome, act_of(who.name))


@router.post("/{number}/reopen", summary="Open a task again")
def reopen(here: Here, who: SomeEditor, number: Number, asked: Reopening) -> TaskView:
    """Open a closed task again; how it was closed stays to be read."""
    _check(here, who, number)
    return workflow.reopen_task(here.store, number, asked.reason, act_of(who.name))


def _check(here: Service, who: Principal, number: int) -> None:
    subject = seen_task(here, who, number, today()).task.subject
    with here.store.reading() as connection:
        check_changes(here, who, organisation_of(connection, subject) or "")


def seen_task(here: Service, who: Principal, number: int, day: date) -> TaskView:
    """Return a task on a day; a problem for one that is not there or may not be seen, alike for both."""
    try:
        view = workflow.show_task(here.store, number, day)
        check_subject(here, who, view.task.subject)
        if view.task.subject.startswith(workflow.CASES) and not who.may(Role.OFFICER):
            raise not_found("task", str(number))
    except (UnknownNameError, ProblemError):
        raise not_found("task", str(number)) from None
    return view
