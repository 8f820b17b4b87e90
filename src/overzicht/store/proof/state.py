"""The state of the rows: one hash over the sums of all tables; log entries state it before and after."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, MetaData, Table, exc, inspect, select

from overzicht.store.proof.recording import TableChange
from overzicht.store.proof.rows import MODULUS, PROVEN_FROM, UNPROVEN, TableSum, state_of, sum_table
from overzicht.store.tables.metadata import metadata
from overzicht.store.tables.proof import table_digest

EMPTY = state_of({})


@dataclass(frozen=True, slots=True)
class Seal:
    """What a log entry states of the rows: the state before and after it, and the changed tables.

    `changes` has [rows added, rows removed] by table. `before` is None if nothing was proven before.
    """

    before: str | None
    after: str
    changes: dict[str, list[int]]


def proven_tables(connection: Connection, revision: str = "") -> list[Table]:
    """Return the tables that the log proves in the stored version of the schema; empty: the newest one."""
    tables = metadata
    if revision:
        tables = MetaData()
        tables.reflect(connection)
    later = {name for name, version in PROVEN_FROM.items() if revision and revision < version}
    return [table for name, table in sorted(tables.tables.items()) if name not in UNPROVEN.keys() | later]


def is_sealed(connection: Connection) -> bool:
    """Return whether the version of the schema has sums of rows."""
    return inspect(connection).has_table(table_digest.name)


def stored_state(connection: Connection) -> str:
    """Return the state by the stored sums, without reading the rows themselves."""
    return state_of(_stored_digests(connection))


def seal_changes(connection: Connection, changes: Mapping[str, TableChange]) -> Seal | None:
    """Update the sums by the changes of a transaction; None if no proven row changed."""
    real = {name: change for name, change in changes.items() if change.total % MODULUS}
    if not real:
        return None
    digests = _stored_digests(connection)
    before = state_of(digests)
    old = _stored_sums(connection, list(real))
    for name, change in real.items():
        was = old.get(name, TableSum())
        now = TableSum(was.rows + change.added - change.removed, (was.total + change.total) % MODULUS)
        _write(connection, name, now, is_new=name not in old)
        digests[name] = (now.rows, now.digest)
    return Seal(
        before,
        state_of(digests),
        {name: [change.added, change.removed] for name, change in sorted(real.items())},
    )


def seal_all(connection: Connection, before: str | None, revision: str = "") -> Seal:
    """Write the sums of all tables from their rows, after a migration to a version; empty: the newest one."""
    connection.execute(table_digest.delete())
    digests = {}
    for table in proven_tables(connection, revision):
        now = sum_table(connection, table)
        if now.rows:
            _write(connection, table.name, now, is_new=True)
            digests[table.name] = (now.rows, now.digest)
    return Seal(before, state_of(digests), {name: [rows, 0] for name, (rows, _) in digests.items()})


def differing_tables(connection: Connection, revision: str = "") -> Iterator[tuple[str, str]]:
    """Yield (table, what differs) for each table whose rows do not add up to the stored sum."""
    digests = _stored_digests(connection)
    sums = _stored_sums(connection, list(digests))
    for table in proven_tables(connection, revision):
        rows, digest = digests.pop(table.name, (0, TableSum().digest))
        try:
            stated, now = sums.get(table.name, TableSum()), sum_table(connection, table)
        except exc.DBAPIError as error:
            yield table.name, f"a row cannot be read ({error.orig})"
            continue
        if now.rows != rows:
            yield table.name, f"it has {now.rows:,} rows, the log states {rows:,}"
        elif now.digest != digest:
            yield table.name, f"a row was changed outside the log ({now.rows:,} rows)"
        elif stated != now:
            yield table.name, "its stored sum was changed"
    for name in digests:
        yield name, "the table does not exist"


def _stored_sums(connection: Connection, names: list[str]) -> dict[str, TableSum]:
    query = select(table_digest.c.name, table_digest.c.rows, table_digest.c.total)
    # a stored sum; -1, which no sum is, for changed text
    sums = {}
    for row in connection.execute(query.where(table_digest.c.name.in_(names))):
        total = row.total
        try:
            number = int(total, 16)
        except ValueError:
            number = -1
        sums[row.name] = TableSum(row.rows, number)
    return sums


def _stored_digests(connection: Connection) -> dict[str, tuple[int, str]]:
    query = select(table_digest.c.name, table_digest.c.rows, table_digest.c.digest)
    return {row.name: (row.rows, row.digest) for row in connection.execute(query)}


def _write(connection: Connection, name: str, now: TableSum, *, is_new: bool) -> None:
    values: dict[str, Any] = {"rows": now.rows, "digest": now.digest, "total": f"{now.total:x}"}
    if is_new:
        connection.execute(table_digest.insert().values(name=name, **values))
    else:
        connection.execute(table_digest.update().where(table_digest.c.name == name).values(values))
