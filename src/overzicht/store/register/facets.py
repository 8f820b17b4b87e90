"""Matching devices counted by property, so that a person can narrow the selection."""

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import ColumnElement, Connection, and_, case, func, select

from overzicht.store.register.devices import (
    LISTED,
    MAKER_ID,
    MAKER_NAME,
    NOT_CHECKED,
    NOT_LISTED,
    SITE,
    STATE,
    TRACE,
    DeviceFilter,
    condition_of,
    source_of,
)

_LISTED_ANSWER = case((LISTED, "yes"), (NOT_LISTED, "no"), (NOT_CHECKED, "not checked"), else_="")
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
    is_counted = and_(condition_of(connection, filters), *conditions)
    columns = {
        "listed": (_LISTED_ANSWER, _LISTED_ANSWER),
        "maker": (MAKER_ID, MAKER_NAME),
        "kind": (TRACE.c.kind, TRACE.c.kind),
        "site": (STATE.c.site_id, SITE.c.name),
        "life": (STATE.c.life, STATE.c.life),
    }
    parts = [part.label(f"{name}_{n}") for name in names for n, part in enumerate(columns[name])]
    query = select(*parts, amount.label("amount")).select_from(source_of(filters)).where(is_counted)
    counted: dict[str, Counter[tuple[str, str]]] = {name: Counter() for name in names}
    for row in connection.execute(query.group_by(*(part.name for part in parts))):
        for n, name in enumerate(names):  # one look at the rows for all properties
            counted[name][str(row[2 * n] or ""), str(row[2 * n + 1] or "")] += int(row.amount)
    return {
        name: tuple(sorted(((*key, total) for key, total in sums.items()), key=_most_first))
        for name, sums in counted.items()
    }


def _most_first(value: tuple[str, str, int]) -> tuple[int, str, str]:
    return -value[2], value[1].casefold(), value[0]


def facets_of_devices(connection: Connection, filters: DeviceFilter) -> Mapping[str, Facet]:
    """Return the number of matching devices by site, kind, manufacturer and state, quantities added."""
    return facets(connection, filters, ("site", "kind", "maker", "life"), func.sum(STATE.c.quantity))
