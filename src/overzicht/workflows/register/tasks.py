"""Tasks about a device, a plan, a party or a case: title, owner and due date."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, and_, or_, true

from overzicht.evidence.actor import Actor
from overzicht.store import decisions, schema
from overzicht.store.database import Store, reading
from overzicht.store.decisions import Task, TaskEvent
from overzicht.store.reading import done_by
from overzicht.store.register.devices import Page
from overzicht.store.register.subjects import CASES, is_of

LARGEST_PAGE = 1_000


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """Filter for tasks; an empty value does not restrict the result. `due_before` is exclusive.

    `organisations` are ids whose devices and plans the tasks are about; None does not restrict. `as_of` gives
    the tasks as of a date: without those opened later, and with the owner, due date and status on that date.
    Without `with_cases` tasks about licence cases are left out, because a consultation is confidential.
    """

    subject: str = ""
    owner: str = ""
    only_open: bool = True
    due_before: date | None = None
    organisations: tuple[str, ...] | None = None
    as_of: date | None = None
    with_cases: bool = True


@dataclass(frozen=True, slots=True)
class TaskPage:
    """A page of tasks, by due date; `total` counts the tasks of all pages."""

    rows: tuple[Task, ...]
    total: int
    page: Page


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task and its history."""

    task: Task
    events: tuple[TaskEvent, ...]


@reading
def list_tasks(connection: Connection, filters: TaskFilter, page: Page | None = None) -> TaskPage:
    """Return a page of the tasks that fit: by due date, those without one last."""
    page = page or Page()
    tasks = decisions.tasks_where(connection, _may_fit(filters), filters.as_of)
    fitting = sorted(
        (task for task in tasks if _fits(task, filters)), key=lambda task: (task.due or date.max, task.id)
    )
    size = max(1, min(page.size, LARGEST_PAGE))
    start = (max(1, page.number) - 1) * size
    return TaskPage(tuple(fitting[start : start + size]), len(fitting), page)


def _may_fit(filters: TaskFilter) -> ColumnElement[bool]:
    """Return the condition on the present rows of all tasks that can fit as of the filter's date."""
    table = schema.task
    conditions: list[ColumnElement[bool]] = [true()]
    if filters.subject:
        conditions.append(table.c.subject == filters.subject)
    if filters.only_open:  # a task that was closed for good by then was not open then
        conditions.append(or_(table.c.closed_at.is_(None), ~done_by(table.c.closed_at, filters.as_of)))
    if not filters.with_cases:
        conditions.append(~table.c.subject.startswith(CASES, autoescape=True))
    if filters.organisations is not None:
        conditions.append(is_of(table.c.subject, filters.organisations))
    return and_(*conditions)


def _fits(task: Task, filters: TaskFilter) -> bool:
    is_theirs = not filters.owner or task.owner.casefold() == filters.owner.casefold()
    is_due = filters.due_before is None or (task.due is not None and task.due < filters.due_before)
    return is_theirs and is_due and not (filters.only_open and task.closed_at)


def open_task(
    store: Store, subject: str, title: str, actor: Actor, *, owner: str = "", due: date | None = None
) -> TaskView:
    """Record a task about a subject: the id of a device, plan, party or case."""
    with store.writing(actor.name, actor.at) as tx:
        return _view(tx.connection, decisions.open_task(tx, subject, title, owner=owner, due=due))


def assign_task(
    store: Store, number: int, actor: Actor, *, owner: str | None = None, due: date | None = None
) -> TaskView:
    """Change the owner or due date of an open task; None changes nothing."""
    with store.writing(actor.name, actor.at) as tx:
        decisions.assign_task(tx, number, owner=owner, due=due)
        return _view(tx.connection, number)


def close_task(store: Store, number: int, outcome: str, actor: Actor) -> TaskView:
    """Close a task with its outcome."""
    with store.writing(actor.name, actor.at) as tx:
        decisions.close_task(tx, number, outcome)
        return _view(tx.connection, number)


def reopen_task(store: Store, number: int, reason: str, actor: Actor) -> TaskView:
    """Open a closed task again; its history remains."""
    with store.writing(actor.name, actor.at) as tx:
        decisions.reopen_task(tx, number, reason)
        return _view(tx.connection, number)


def _view(connection: Connection, number: int, as_of: date | None = None) -> TaskView:
    """Return a task and its history as of a date; UnknownNameError if it was opened later."""
    task = decisions.get_task(connection, number, as_of)
    return TaskView(task, tuple(decisions.task_events(connection, number, as_of)))


show_task = reading(_view)
