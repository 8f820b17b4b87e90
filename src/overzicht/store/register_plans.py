"""Replacement plans: which devices, before when, by whom; and what became of each device."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, func, select

from overzicht.errors import UnknownNameError
from overzicht.register.model import Life
from overzicht.store import register_tables as tables
from overzicht.store.database import Transaction
from overzicht.store.register_organisations import holds_on
from overzicht.store.register_states import BATCH, batches

PLAN, MEMBER, STATE = tables.register_plan, tables.register_plan_device, tables.register_device_state
ENDED = (Life.REPLACED.value, Life.REMOVED.value)


@dataclass(frozen=True, slots=True)
class StoredPlan:
    """A plan; `closed_at` is empty while it runs."""

    id: int
    organisation_id: str
    title: str
    owner: str
    due: date | None
    opened_on: date
    selection: dict[str, Any]
    reason: str
    actor: str
    at: str
    closed_by: str
    closed_at: str
    outcome: str


def add_plan(tx: Transaction, values: dict[str, Any], device_ids: Sequence[str]) -> int:
    """Keep a plan with its devices and return its number."""
    day = values["opened_on"]
    result = tx.connection.execute(PLAN.insert().values(**values, actor=tx.actor, at=tx.at_text, outcome=""))
    key = result.inserted_primary_key
    assert key is not None  # noqa: S101 - an insert of one row always gives a key
    for batch in batches(device_ids, BATCH):
        tx.connection.execute(
            MEMBER.insert(), [{"plan_id": key[0], "device_id": each, "added_on": day} for each in batch]
        )
    tx.log("open plan", str(key[0]), title=values["title"], devices=len(device_ids))
    return int(key[0])


def close_plan(tx: Transaction, number: int, outcome: str) -> None:
    """Close a plan with its outcome; UnknownNameError when there is no such open plan."""
    result = tx.connection.execute(
        PLAN.update()
        .where(PLAN.c.id == number, PLAN.c.closed_at.is_(None))
        .values(closed_by=tx.actor, closed_at=tx.at_text, outcome=outcome)
    )
    if result.rowcount != 1:
        raise UnknownNameError("open plan", str(number))
    tx.log("close plan", str(number), outcome=outcome)


def get_plan(connection: Connection, number: int) -> StoredPlan:
    """Return a plan; UnknownNameError lists those there are."""
    row = connection.execute(select(PLAN).where(PLAN.c.id == number)).first()
    if row is None:
        known = connection.execute(select(PLAN.c.id).order_by(PLAN.c.id).limit(20)).scalars()
        raise UnknownNameError("plan", str(number), tuple(str(each) for each in known))
    return _plan(row)


def list_plans(
    connection: Connection,
    organisation_ids: Sequence[str] | None,
    *,
    only_open: bool,
    device_id: str = "",
) -> list[StoredPlan]:
    """Return plans by number: the open ones or all, of some organisations or all, with a device in them."""
    query = select(PLAN).order_by(PLAN.c.id)
    if organisation_ids is not None:
        query = query.where(PLAN.c.organisation_id.in_(list(organisation_ids)))
    if only_open:
        query = query.where(PLAN.c.closed_at.is_(None))
    if device_id:
        query = query.join(MEMBER, MEMBER.c.plan_id == PLAN.c.id).where(MEMBER.c.device_id == device_id)
    return [_plan(row) for row in connection.execute(query)]


def progress_of(connection: Connection, number: int, as_of: date) -> tuple[int, list[tuple[date, int]]]:
    """Return how many devices a plan has by a day, and how many ended on each day up to it, in order.

    Quantities are added. A device counts as done from the first day of the state in which it is gone.
    """
    base = (
        select(STATE.c.life, STATE.c.valid_from, func.sum(STATE.c.quantity).label("devices"))
        .join(MEMBER, MEMBER.c.device_id == STATE.c.device_id)
        .where(MEMBER.c.plan_id == number, holds_on(STATE, as_of))
        .group_by(STATE.c.life, STATE.c.valid_from)
        .order_by(STATE.c.valid_from)
    )
    rows = connection.execute(base).all()
    total = sum(int(row.devices) for row in rows)
    done: dict[date, int] = {}
    for row in rows:
        if row.life in ENDED:
            day = date.fromisoformat(row.valid_from)
            done[day] = done.get(day, 0) + int(row.devices)
    return total, sorted(done.items())


def _plan(row: Row[Any]) -> StoredPlan:
    return StoredPlan(
        id=row.id,
        organisation_id=row.organisation_id or "",
        title=row.title,
        owner=row.owner,
        due=date.fromisoformat(row.due) if row.due else None,
        opened_on=date.fromisoformat(row.opened_on),
        selection=row.selection,
        reason=row.reason,
        actor=row.actor,
        at=row.at,
        closed_by=row.closed_by or "",
        closed_at=row.closed_at or "",
        outcome=row.outcome,
    )
