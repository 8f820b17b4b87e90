"""Replacement plans: devices, due date, owner; and the result for each device."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, and_, func, select

from overzicht.errors import UnknownNameError
from overzicht.register.terms import LifecycleState
from overzicht.store.database import Transaction
from overzicht.store.dated import DatedRecord
from overzicht.store.register.organisations import RegisterError, holds_on
from overzicht.store.rows import BATCH, batches, same_or_all
from overzicht.store.tables import register as tables

PLAN, MEMBER, STATE = tables.register_plan, tables.register_plan_device, tables.register_device_state
ENDED = (LifecycleState.REPLACED.value, LifecycleState.REMOVED.value)


@dataclass(frozen=True, slots=True)
class StoredPlan:
    """A plan as of a date; `closed_on` is None and `closed_at` empty while it runs."""

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
    closed_on: date | None
    closed_at: str
    outcome: str


PLANS = DatedRecord[StoredPlan](
    StoredPlan,
    PLAN,
    "opened_on",
    "closed_on",
    {"closed_by": "", "closed_on": None, "closed_at": "", "outcome": ""},
)


def add_plan(tx: Transaction, values: dict[str, Any], device_ids: Sequence[str]) -> int:
    """Store a plan with its devices and return its number."""
    day = values["opened_on"]
    number = tx.insert(PLAN, **values, outcome="")
    for batch in batches(device_ids, BATCH):
        tx.insert_all(
            MEMBER, [{"plan_id": number, "device_id": device_id, "added_on": day} for device_id in batch]
        )
    tx.log("open plan", str(number), title=values["title"], devices=len(device_ids))
    return number


def close_plan(tx: Transaction, number: int, day: date, outcome: str) -> None:
    """Close a plan from a date on with its outcome; UnknownNameError if there is no such open plan.

    RegisterError for a date before the plan was made.
    """
    row = tx.connection.execute(select(PLAN).where(PLAN.c.id == number, PLAN.c.closed_on.is_(None))).first()
    if row is None:
        raise UnknownNameError("open plan", str(number))
    if day.isoformat() < row.opened_on:
        raise RegisterError(f"plan {number} was made on {row.opened_on}, after {day}", fix="give a later day")
    closed = {"closed_by": tx.actor, "closed_on": day, "closed_at": tx.at_text}
    tx.update(PLAN, PLAN.c.id == number, outcome=outcome, **closed)
    tx.log("close plan", str(number), day=day.isoformat(), outcome=outcome)


def get_plan(connection: Connection, number: int, as_of: date) -> StoredPlan:
    """Return a plan as of a date; UnknownNameError lists the known ones."""
    there = PLANS.has_begun(as_of)
    row = connection.execute(select(PLAN).where(PLAN.c.id == number, there)).first()
    if row is None:
        ids = connection.execute(select(PLAN.c.id).where(there).order_by(PLAN.c.id).limit(20)).scalars()
        known = tuple(str(plan_id) for plan_id in ids)
        raise UnknownNameError(f"plan in the register of {as_of}", str(number), known)
    return PLANS.read(row, as_of)


def list_plans(
    connection: Connection,
    organisation_ids: Sequence[str] | None,
    as_of: date,
    *,
    only_open: bool,
    device_id: str = "",
) -> list[StoredPlan]:
    """Return the plans on a date by number: open or all, of some organisations, with a device."""
    is_wanted = same_or_all(PLAN.c.organisation_id, organisation_ids)
    query = select(PLAN).where(PLANS.has_begun(as_of), is_wanted).order_by(PLAN.c.id)
    if only_open:
        query = query.where(PLANS.is_open(as_of))
    if device_id:
        query = query.join(
            MEMBER, and_(MEMBER.c.plan_id == PLAN.c.id, MEMBER.c.added_on <= as_of.isoformat())
        )
        query = query.where(MEMBER.c.device_id == device_id)
    return [PLANS.read(row, as_of) for row in connection.execute(query)]


def progress_of(connection: Connection, number: int, as_of: date) -> tuple[int, list[tuple[date, int]]]:
    """Return the number of devices of a plan by a date, and how many ended on each date, in order.

    Quantities are added. A device is done from the first date of the state in which it ended.
    """
    base = (
        select(STATE.c.life, STATE.c.valid_from, func.sum(STATE.c.quantity).label("devices"))
        .join(MEMBER, MEMBER.c.device_id == STATE.c.device_id)
        .where(MEMBER.c.plan_id == number, MEMBER.c.added_on <= as_of.isoformat(), holds_on(STATE, as_of))
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
