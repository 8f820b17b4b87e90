"""Matching devices counted by property, so that a person can narrow the selection."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, Connection, and_, func, select

from overzicht.store.register.devices import (
    LISTED,
    SITE,
    STATE,
    TRACE,
    DeviceFilter,
    condition_of,
    source_of,
)

Facet = tuple[tuple[str, str, int], ...]  # value in the address, its name, and the count


def facets(
    connection: Connection,
    filters: DeviceFilter,
    names: tuple[str, ...],
    amount: ColumnElement[int],
    *conditions: ColumnElement[bool],
) -> Mapping[str, Facet]:
    """Return `amount` of the matching rows by property: the values, highest first.

    `names` are among listed, maker, kind, site and life. `conditions` limit the rows further.
    """
    source = source_of(filters)
    is_counted = and_(condition_of(connection, filters), *conditions)
    columns = {
        "listed": (LISTED, LISTED),
        "maker": (TRACE.c.maker_id, TRACE.c.maker_name),
        "kind": (TRACE.c.kind, TRACE.c.kind),
        "site": (STATE.c.site_id, SITE.c.name),
        "life": (STATE.c.life, STATE.c.life),
    }
    counted: dict[str, Facet] = {}
    for facet in names:
        value, name = columns[facet]
        query = select(value.label("value"), name.label("shown"), amount.label("amount")).select_from(source)
        rows = connection.execute(query.where(is_counted).group_by("value", "shown")).all()
        values = [(str(row.value or ""), str(row.shown or ""), int(row.amount)) for row in rows]
        counted[facet] = tuple(sorted(values, key=lambda row: (-row[2], row[1].casefold(), row[0])))
    return counted


def facets_of_devices(connection: Connection, filters: DeviceFilter) -> Mapping[str, Facet]:
    """Return the number of matching devices by site, kind, manufacturer and state, quantities added."""
    return facets(connection, filters, ("site", "kind", "maker", "life"), func.sum(STATE.c.quantity))
