"""Counts of the devices of a register on a date, by the database."""

from collections import Counter
from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from overzicht.devices import DeviceKind
from overzicht.register.merging import most_first
from overzicht.register.terms import LifecycleState
from overzicht.store.register.device_states import lasts
from overzicht.store.register.devices import (
    CONFIDENCE,
    COUNTED,
    IN_REPORTS,
    MAKER_DAY,
    MAKER_ID,
    MAKER_NAME,
    STATE,
    SURE,
    TRACE,
    Counts,
    DeviceFilter,
    DeviceLine,
    SiteCounts,
    condition_of,
    source_of,
)
from overzicht.store.register.organisations import ids_below


def counts(connection: Connection, filters: DeviceFilter) -> Counts:
    """Return the counts on a date; see `Counts`. The filter's `life` is ignored."""
    source, condition = source_of(filters), condition_of(connection, filters, ())
    columns = (
        MAKER_ID.label("maker_id"),
        MAKER_NAME.label("maker_name"),
        TRACE.c.kind,
        STATE.c.life,
        STATE.c.site_id,
        STATE.c.organisation_id,
        CONFIDENCE.label("confidence"),
        TRACE.c.is_relabelled,
        TRACE.c.is_undecided,
        MAKER_DAY.c.is_listed,
        MAKER_DAY.c.owner_is_listed,
        MAKER_DAY.c.is_checked,
    )
    is_later = (func.coalesce(STATE.c.bought, "") > filters.as_of.isoformat()).label("is_later")
    total = func.sum(STATE.c.quantity).label("devices")
    query: Select[Any] = select(*columns, is_later, total)
    query = query.select_from(source).where(condition).group_by(*columns, is_later)
    tally = _Tally()
    for row in connection.execute(query):
        tally.add(row)
    return tally.counts(filters.as_of)


class _Tally:
    """Adds up groups of equal devices from the database."""

    def __init__(self) -> None:
        self._by: dict[str, Counter[str]] = {
            name: Counter() for name in ("maker", "kind", "life", "site", "organisation", "listed")
        }
        self._sites: dict[str, Counter[str]] = {}
        self._names: dict[str, str] = {}
        self._sums: Counter[str] = Counter()

    def add(self, row: Row[Any]) -> None:
        devices = int(row.devices)
        self._by["life"][row.life] += devices
        if row.life not in COUNTED:
            return
        if row.is_later or not DeviceKind(row.kind).is_surveillance:
            self._sums["later" if row.is_later else "other_equipment"] += devices
            return
        self._names[row.maker_id] = row.maker_name
        for name, key in (
            ("maker", row.maker_id),
            ("kind", row.kind),
            ("site", row.site_id or ""),
            ("organisation", row.organisation_id),
        ):
            self._by[name][key] += devices
        site = self._sites.setdefault(row.site_id or "", Counter())
        is_sure = row.confidence in SURE
        is_listed, is_relabelled = is_sure and bool(row.is_listed), is_sure and bool(row.is_relabelled)
        holding = {
            "total": True,
            "in_use": row.life == LifecycleState.IN_USE.value,
            "not_seen": row.life == LifecycleState.NOT_SEEN.value,
            "relabelled": is_relabelled,
            "unknown": not row.maker_id,
            "undecided": not row.maker_id and bool(row.is_undecided),
            "listed": is_listed,
            "listed_relabelled": is_listed and is_relabelled,
            "owner_listed": is_sure and bool(row.owner_is_listed),
            "not_checked": bool(row.maker_id) and not (is_sure and (row.is_checked or row.is_listed)),
        }
        for name, holds in holding.items():
            if holds:
                self._sums[name] += devices
                site[name] += devices
                if name == "listed":
                    self._by["listed"][row.maker_id] += devices

    def counts(self, as_of: date) -> Counts:
        by = {name: most_first(counter) for name, counter in self._by.items()}
        return Counts(
            as_of=as_of,
            by_maker=by["maker"],
            maker_names={key: name for key, name in sorted(self._names.items()) if key},
            by_kind=by["kind"],
            by_life=by["life"],
            by_site=by["site"],
            by_organisation=by["organisation"],
            listed_by_maker=by["listed"],
            sites={
                key: SiteCounts(**{name: sums[name] for name in _SITE_SUMS})
                for key, sums in sorted(self._sites.items())
            },
            **{name: self._sums[name] for name in _SUMS},
        )


_SUMS = (
    "total", "relabelled", "unknown", "undecided", "listed", "listed_relabelled", "owner_listed",
    "not_checked", "other_equipment", "later", "in_use", "not_seen",
)  # fmt: skip
_SITE_SUMS = tuple(part.name for part in fields(SiteCounts))


def is_counted(line: DeviceLine, as_of: date) -> bool:
    """Return whether a device is in the counts of a date: surveillance equipment present by then."""
    is_later = line.bought is not None and line.bought > as_of
    return line.life in COUNTED and not is_later and DeviceKind(line.kind).is_surveillance


def begun_after(connection: Connection, filters: DeviceFilter) -> int:
    """Return the devices of the filter's organisation that a register first showed after its date."""
    earlier = select(STATE.c.device_id).where(STATE.c.valid_from <= filters.as_of.isoformat(), lasts())
    condition = [
        STATE.c.valid_to.is_(None),
        STATE.c.life.in_([life.value for life in IN_REPORTS]),
        STATE.c.device_id.not_in(earlier),
    ]
    if filters.organisation:
        below = ids_below(connection, [filters.organisation], filters.as_of)
        condition.append(STATE.c.organisation_id.in_(below))
    if filters.allowed is not None:
        allowed = ids_below(connection, filters.allowed, filters.as_of)
        condition.append(STATE.c.organisation_id.in_(allowed))
    total = connection.execute(select(func.sum(STATE.c.quantity)).where(*condition)).scalar()
    return int(total or 0)
