"""The queue of devices without a judgement on their maker, in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, literal, or_, select

from overzicht.store.decisions import is_judged
from overzicht.store.reading import count_of
from overzicht.store.register.devices import SITE, STATE, DeviceFilter, condition_of, source_of
from overzicht.store.register.subjects import FINDING

KEY_SHOWN = 8  # characters of a trace's key in the id of a finding


@dataclass(frozen=True, slots=True)
class Queue:
    """Number of matching devices with and without a judgement, and the ids of the next ones."""

    judged: int
    waiting: int
    following: tuple[str, ...]


def queue(connection: Connection, filters: DeviceFilter, after: str = "", most: int = 2) -> Queue:
    """Return the queue on the filter's date; `after` is the device after which to continue.

    A decision counts from the date on which it was made.
    """
    source, condition = source_of(filters), condition_of(connection, filters)
    total = count_of(connection, source, condition)
    waiting = and_(condition, ~is_judged(_finding(), filters.as_of))
    left = count_of(connection, source, waiting)
    query = select(STATE.c.device_id).select_from(source).where(waiting)
    order = (func.coalesce(SITE.c.name, ""), STATE.c.label, STATE.c.device_id)
    place = _place(connection, after, filters.as_of)
    if place is not None:
        query = query.where(_comes_after(order, place))
    device_ids = connection.execute(query.order_by(*order).limit(most)).scalars()
    return Queue(total - left, left, tuple(device_ids))


def _finding() -> ColumnElement[str]:
    name = literal(FINDING).concat(STATE.c.device_id).concat("-")
    return name.concat(func.substr(STATE.c.trace_key, 1, KEY_SHOWN))


def _place(connection: Connection, device_id: str, as_of: date) -> Sequence[Any] | None:
    """Return the last known position of a device in the order; None for none, or a later one."""
    if not device_id:
        return None
    query = (
        select(func.coalesce(SITE.c.name, ""), STATE.c.label, STATE.c.device_id)
        .select_from(STATE.outerjoin(SITE, SITE.c.id == STATE.c.site_id))
        .where(STATE.c.device_id == device_id, STATE.c.valid_from <= as_of.isoformat())
        .order_by(STATE.c.id.desc())
    )
    return connection.execute(query.limit(1)).first()


def _comes_after(order: Sequence[ColumnElement[Any]], place: Sequence[Any]) -> ColumnElement[bool]:
    first, second, third = order
    return or_(
        first > place[0],
        and_(first == place[0], second > place[1]),
        and_(first == place[0], second == place[1], third > place[2]),
    )
