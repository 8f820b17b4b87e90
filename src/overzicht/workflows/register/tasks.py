"""Tasks: what is to be done about a device, a plan, a party or a case, by whom and before when."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, and_, or_, true

from overzicht.evidence.actor import Actor
from overzicht.store import decisions, schema
from overzicht.store.database import Store
from overzicht.store.days import done_by
from overzicht.store.decisions import Task, TaskEvent
from overzicht.store.register.devices import Page
from overzicht.store.register.subjects import is_of

LARGEST_PAGE = 1_000
CASES = "licence:"  # how the subject of a task about a licence case begins


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """Which tasks; an empty value asks for nothing in particular. `due_before` is exclusive.

    `organisations` limits them to those about devices and plans of these ids; None is no limit. With `as_of`
    they are taken as they stood on that day: what was opened later is left out, what was closed later is
    open, and owner and due day are those of then. Without `with_cases` those about licence cases are left
    out: that a state is consulted is confidential.
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
    """A page of tasks, those due first on top; `total` is how many there are."""

    rows: tuple[Task, ...]
    total: int
    page: Page


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task and what happened to it."""

    task: Task
    events: tuple[TaskEvent, ...]


def list_tasks(store: Store, wanted: TaskFilter, page: Page | None = None) -> TaskPage:
    """Return a page of the tasks that fit: by due day, those without one last."""
    chosen = page or Page()
    with store.reading() as connection:
        found = decisions.tasks_where(connection, _may_fit(wanted), wanted.as_of)
    fitting = sorted((task for task in found if _fits(task, wanted)), key=_by_due)
    size = max(1, min(chosen.size, LARGEST_PAGE))
    start = (max(1, chosen.number) - 1) * size
    return TaskPage(tuple(fitting[start : start + size]), len(fitting), chosen)


def _may_fit(wanted: TaskFilter) -> ColumnElement[bool]:
    """Return the condition on the rows as they are now of all tasks that can fit as they stood on the day."""
    table = schema.task
    found: list[ColumnElement[bool]] = [true()]
    if wanted.subject:
        found.append(table.c.subject == wanted.subject)
    if wanted.only_open:  # what was closed for good by then was not open then
        found.append(or_(table.c.closed_at.is_(None), ~done_by(table.c.closed_at, wanted.as_of)))
    if not wanted.with_cases:
        found.append(~table.c.subject.startswith(CASES, autoescape=True))
    if wanted.organisations is not None:
        found.append(is_of(table.c.subject, wanted.organisations))
    return and_(*found)


def _fits(task: Task, wanted: TaskFilter) -> bool:
    is_theirs = not wanted.owner or task.owner.casefold() == wanted.owner.casefold()
    is_due = wanted.due_before is None or (task.due is not None and task.due < wanted.due_before)
    return is_theirs and is_due and not (wanted.only_open and task.closed_at)


def _by_due(task: Task) -> tuple[date, int]:
    return task.due or date.max, task.id


def show_task(store: Store, number: int, as_of: date | None = None) -> TaskView:
    """Return a task as it stood on a day, and what happened by then; UnknownNameError if opened later."""
    with store.reading() as connection:
        return _view(connection, number, as_of)


def open_task(
    store: Store, subject: str, title: str, actor: Actor, *, owner: str = "", due: date | None = None
) -> TaskView:
    """Keep a task about a subject: the id of a device, plan, party or case."""
    with store.writing(actor.name, actor.at) as tx:
        return _view(tx.connection, decisions.open_task(tx, subject, title, owner=owner, due=due))


def assign_task(
    store: Store, number: int, actor: Actor, *, owner: str | None = None, due: date | None = None
) -> TaskView:
    """Give an open task another owner or due day; what is None stays."""
    with store.writing(actor.name, actor.at) as tx:
        decisions.assign_task(tx, number, owner=owner, due=due)
        return _view(tx.connection, number)


def close_task(store: Store, number: int, outcome: str, actor: Actor) -> TaskView:
    """Close a task with what came of it."""
    with store.writing(actor.name, actor.at) as tx:
        decisions.close_task(tx, number, outcome)
        return _view(tx.connection, number)


def reopen_task(store: Store, number: int, reason: str, actor: Actor) -> TaskView:
    """Open a closed task again; how it was closed stays among its events."""
    with store.writing(actor.name, actor.at) as tx:
        decisions.reopen_task(tx, number, reason)
        return _view(tx.connection, number)


def _view(connection: Connection, number: int, as_of: date | None = None) -> TaskView:
    task = decisions.get_task(connection, number, as_of)
    return TaskView(task, tuple(decisions.task_events(connection, number, as_of)))
