"""Where devices are: those with coordinates, for a map."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from overzicht.devices import DeviceKind
from overzicht.store.register.devices import (
    COUNTED,
    LISTED,
    SITE,
    STATE,
    TRACE,
    DeviceFilter,
    condition_of,
    source_of,
)


@dataclass(frozen=True, slots=True)
class Placed:
    """Equal devices at one point: their site, label and place, and whether their maker is listed."""

    site_id: str
    site: str
    label: str
    place: str
    longitude: float
    latitude: float
    quantity: int
    is_listed: bool


def placed_devices(connection: Connection, filters: DeviceFilter) -> Iterator[Placed]:
    """Yield the devices with coordinates that count on the date, in the order of their sites."""
    source = source_of(filters)
    surveillance = [kind.value for kind in DeviceKind if kind.is_surveillance]
    query = (
        select(
            STATE.c.site_id,
            SITE.c.name,
            STATE.c.label,
            STATE.c.place,
            STATE.c.longitude,
            STATE.c.latitude,
            STATE.c.quantity,
            LISTED.label("is_listed"),
        )
        .select_from(source)
        .where(
            condition_of(connection, filters, COUNTED),
            STATE.c.latitude.is_not(None),
            STATE.c.longitude.is_not(None),
            TRACE.c.kind.in_(surveillance),
            func.coalesce(STATE.c.bought, "") <= filters.as_of.isoformat(),
        )
        .order_by(STATE.c.site_id, STATE.c.device_id)
    )
    for row in connection.execute(query):
        yield Placed(
            row.site_id or "",
            row.name or "",
            row.label,
            row.place,
            row.longitude,
            row.latitude,
            int(row.quantity),
            bool(row.is_listed),
        )
