"""The devices without a judgement on their maker, in groups that show the same traces, with counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, and_, func, literal, select

from overzicht.store.decisions import is_judged
from overzicht.store.register import facets
from overzicht.store.register.devices import SITE, STATE, TRACE, DeviceFilter, condition_of, source_of
from overzicht.store.register.facets import Facet
from overzicht.store.register.subjects import FINDING
from overzicht.store.rows import count_of

KEY_SHOWN = 8  # characters of a trace's key in the id of a finding
MOST_DEVICES = 200  # of a group in one decision


@dataclass(frozen=True, slots=True)
class ReviewGroup:
    """Devices with the same traces, so with one maker on one evidence: the first devices, and all of them."""

    key: str
    device_ids: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Queue:
    """Number of matching devices with and without a judgement, of groups to judge, and the next group.

    `following` is the key of the group after it, empty for none.
    """

    judged: int
    waiting: int
    groups: int
    group: ReviewGroup | None
    following: str


def queue(connection: Connection, filters: DeviceFilter, after: str = "") -> Queue:
    """Return the queue on the filter's date; `after` is the key of the group after which to continue.

    A decision counts from the date on which it was made. Groups are in the order of their makers, those
    without one last.
    """
    source, condition = source_of(filters), condition_of(connection, filters)
    total = count_of(connection, source, condition)
    waiting = and_(condition, ~is_judged(_finding(), filters.as_of))
    amount = func.count()
    query = select(TRACE.c.key, TRACE.c.maker_name, amount.label("amount")).select_from(source)
    grouped = connection.execute(query.where(waiting).group_by(TRACE.c.key, TRACE.c.maker_name)).all()
    groups = {row.key: row.amount for row in sorted(grouped, key=lambda row: _place(row.maker_name, row.key))}
    keys = list(groups)
    if after:
        name = connection.execute(select(TRACE.c.maker_name).where(TRACE.c.key == after)).scalar() or ""
        names = {row.key: row.maker_name for row in grouped}
        keys = [key for key in keys if _place(names[key], key) > _place(name, after)]
    group = None
    if keys:
        devices = select(STATE.c.device_id).select_from(source).where(waiting, TRACE.c.key == keys[0])
        order = (func.coalesce(SITE.c.name, ""), STATE.c.label, STATE.c.device_id)
        ids = connection.execute(devices.order_by(*order).limit(MOST_DEVICES)).scalars()
        group = ReviewGroup(keys[0], tuple(ids), groups[keys[0]])
    left = sum(groups.values())
    return Queue(total - left, left, len(groups), group, keys[1] if len(keys) > 1 else "")


def _place(maker: str, key: str) -> tuple[bool, str, str]:
    return (not maker, maker.casefold(), key)


def review_facets(connection: Connection, filters: DeviceFilter) -> Mapping[str, Facet]:
    """Return the rows to judge by maker, site, kind and listing: the values, most rows first."""
    waiting = ~is_judged(_finding(), filters.as_of)
    return facets.facets(connection, filters, ("listed", "maker", "kind", "site"), func.count(), waiting)


def findings_of_group(
    connection: Connection, key: str, device_ids: Sequence[str], as_of: date
) -> dict[str, str]:
    """Return the findings about these devices, by device, as far as they show the traces of the group."""
    filters = DeviceFilter(as_of, life=())
    query = select(STATE.c.device_id, _finding().label("finding")).select_from(source_of(filters))
    holds = condition_of(connection, filters)
    rows = connection.execute(
        query.where(holds, STATE.c.trace_key == key, STATE.c.device_id.in_(list(device_ids)))
    )
    return {row.device_id: row.finding for row in rows}


def _finding() -> ColumnElement[str]:
    name = literal(FINDING).concat(STATE.c.device_id).concat("-")
    return name.concat(func.substr(STATE.c.trace_key, 1, KEY_SHOWN))
