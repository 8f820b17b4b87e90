"""Tasks: what is to be done about a device, a plan, a party or a case, by whom and before when."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, func, or_, select

from overzicht.store import decisions, schema
from overzicht.store.database import Store
from overzicht.store.decisions import Task, TaskEvent
from overzicht.store.register_devices import Page
from overzicht.store.register_subjects import is_of
from overzicht.workflows.licensing.act import Act

LARGEST_PAGE = 1_000
CASES = "licence:"  # how the subject of a task about a licence case begins


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """Which tasks; an empty value asks for nothing in particular. `due_before` is exclusive.

    `organisations` limits them to those about devices and plans of these ids; None is no limit. With `as_of`
    what was opened later is left out, and what was closed later counts as open. Without `with_cases` those
    about licence cases are left out: that a state is consulted is confidential.
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
    chosen, table = page or Page(), schema.task
    conditions = []
    if wanted.subject:
        conditions.append(table.c.subject == wanted.subject)
    if wanted.owner:
        conditions.append(func.lower(table.c.owner) == wanted.owner.lower())
    later = None if wanted.as_of is None else (wanted.as_of + timedelta(days=1)).isoformat()
    if later is not None:
        conditions.append(table.c.opened_at < later)
    if wanted.only_open:
        is_open = table.c.closed_at.is_(None)
        conditions.append(is_open if later is None else or_(is_open, table.c.closed_at >= later))
    if wanted.due_before is not None:
        conditions.append(table.c.due < wanted.due_before.isoformat())
    if not wanted.with_cases:
        conditions.append(~table.c.subject.startswith(CASES, autoescape=True))
    if wanted.organisations is not None:
        conditions.append(is_of(table.c.subject, wanted.organisations))
    size = max(1, min(chosen.size, LARGEST_PAGE))
    with store.reading() as connection:
        count = select(func.count()).select_from(table).where(*conditions)
        total = int(connection.execute(count).scalar_one())
        query = (
            select(table.c.id).where(*conditions)
            .order_by(func.coalesce(table.c.due, "9999"), table.c.id)
            .limit(size).offset((max(1, chosen.number) - 1) * size)
        )  # fmt: skip
        rows = [decisions.get_task(connection, number) for number in connection.execute(query).scalars()]
    return TaskPage(tuple(rows), total, chosen)


def show_task(store: Store, number: int) -> TaskView:
    """Return a task and what happened to it."""
    with store.reading() as connection:
        return _view(connection, number)


def open_task(
    store: Store, subject: str, title: str, act: Act, *, owner: str = "", due: date | None = None
) -> TaskView:
    """Keep a task about a subject: the id of a device, plan, party or case."""
    with store.writing(act.actor, act.at) as tx:
        return _view(tx.connection, decisions.open_task(tx, subject, title, owner=owner, due=due))


def assign_task(
    store: Store, number: int, act: Act, *, owner: str | None = None, due: date | None = None
) -> TaskView:
    """Give an open task another owner or due day; what is None stays."""
    with store.writing(act.actor, act.at) as tx:
        decisions.assign_task(tx, number, owner=owner, due=due)
        return _view(tx.connection, number)


def close_task(store: Store, number: int, outcome: str, act: Act) -> TaskView:
    """Close a task with what came of it."""
    with store.writing(act.actor, act.at) as tx:
        decisions.close_task(tx, number, outcome)
        return _view(tx.connection, number)


def reopen_task(store: Store, number: int, reason: str, act: Act) -> TaskView:
    """Open a closed task again; how it was closed stays among its events."""
    with store.writing(act.actor, act.at) as tx:
        decisions.reopen_task(tx, number, reason)
        return _view(tx.connection, number)


def _view(connection: Connection, number: int) -> TaskView:
    return TaskView(decisions.get_task(connection, number), tuple(decisions.task_events(connection, number)))
