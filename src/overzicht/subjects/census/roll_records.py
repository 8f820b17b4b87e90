"""Rolls in the store: each load is a version, and the newest of a name counts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, func, or_, select

from overzicht.errors import UnknownNameError
from overzicht.store.database import Transaction, row_of
from overzicht.store.rows import BATCH, batches, find_value, known_names, value_of
from overzicht.store.tables import census as tables
from overzicht.subjects.census.roll import Body, Roll

ROLLS, BODIES = tables.census_roll, tables.census_body


@dataclass(frozen=True, slots=True)
class StoredRoll:
    """A version of a roll and the date on which it was checked; `report` has the checks."""

    id: int
    name: str
    day: date
    filename: str
    sha256: str
    report: Mapping[str, Any]


def add_roll(tx: Transaction, name: str, bodies: Sequence[Body], **values: Any) -> None:
    """Store a version of a roll with its bodies."""
    number = tx.insert(ROLLS, name=name, **values)
    tx.insert_all(BODIES, [{"roll_id": number, **row_of(body, BODIES)} for body in bodies])
    tx.log("load roll", name, bodies=len(bodies), sha256=values["sha256"])


def get_roll(connection: Connection, name: str = "") -> StoredRoll:
    """Return the newest roll of a name, or the newest of all; UnknownNameError if there is none."""
    query = select(ROLLS).where(ROLLS.c.name == name) if name else select(ROLLS)
    roll = find_value(StoredRoll, connection, query.order_by(ROLLS.c.id.desc()).limit(1))
    if roll is None:
        raise UnknownNameError("roll", name, known_names(connection, ROLLS.c.name))
    return roll


def newest_rolls(connection: Connection) -> tuple[StoredRoll, ...]:
    """Return the newest roll of each name, by name."""
    newest = select(func.max(ROLLS.c.id)).group_by(ROLLS.c.name)
    query = select(ROLLS).where(ROLLS.c.id.in_(newest)).order_by(ROLLS.c.name)
    return tuple(value_of(StoredRoll, row) for row in connection.execute(query))


def read_bodies(connection: Connection, roll_ids: Sequence[int]) -> Roll:
    """Return the bodies of some versions of rolls as one roll, ended ones too."""
    query = select(BODIES).where(BODIES.c.roll_id.in_(list(roll_ids))).order_by(BODIES.c.id, BODIES.c.roll_id)
    bodies = [value_of(Body, row, codes=tuple(map(tuple, row.codes))) for row in connection.execute(query)]
    return Roll(tuple({body.id: body for body in bodies}.values()))


def read_lineage(connection: Connection, roll_id: int, body_ids: Collection[str]) -> Roll:
    """Return some bodies of a version of a roll as a roll, with their successors and those of these."""
    bodies: dict[str, Body] = {}
    left = set(body_ids)
    while left:
        for batch in batches(sorted(left), BATCH):
            query = select(BODIES).where(BODIES.c.roll_id == roll_id, BODIES.c.id.in_(batch))
            rows = connection.execute(query)
            bodies |= {row.id: value_of(Body, row, codes=tuple(map(tuple, row.codes))) for row in rows}
        left = {own for body in left & bodies.keys() for own in bodies[body].successors} - bodies.keys()
    return Roll(tuple(bodies.values()))


def bodies_on(connection: Connection, roll_id: int, day: date, kinds: Sequence[str] = ()) -> tuple[Body, ...]:
    """Return the bodies of a roll that exist on a date, of these kinds (empty: all), by id."""
    query = _on(select(BODIES), roll_id, day)
    if kinds:
        query = query.where(BODIES.c.kind.in_(list(kinds)))
    rows = connection.execute(query.order_by(BODIES.c.id))
    return tuple(value_of(Body, row, codes=tuple(map(tuple, row.codes))) for row in rows)


def counts_on(connection: Connection, roll_id: int, day: date) -> Mapping[str, int]:
    """Return the number of bodies of a roll by kind on a date."""
    query = _on(select(BODIES.c.kind, func.count()), roll_id, day).group_by(BODIES.c.kind)
    return dict(sorted((row[0], int(row[1])) for row in connection.execute(query)))


def countries_of(connection: Connection, roll_id: int) -> frozenset[str]:
    """Return the countries of the bodies of a roll."""
    query = select(BODIES.c.country).where(BODIES.c.roll_id == roll_id).distinct()
    return frozenset(connection.execute(query).scalars())


def _on(query: Select[Any], roll_id: int, day: date) -> Select[Any]:
    iso, table = day.isoformat(), BODIES.c
    return query.where(
        table.roll_id == roll_id,
        or_(table.start.is_(None), table.start <= iso),
        or_(table.end.is_(None), table.end > iso),
    )
