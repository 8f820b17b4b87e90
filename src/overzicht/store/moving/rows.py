"""Rows of every table to and from lines of JSON, for moving a store; independent of the tables."""

import base64
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, Protocol

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    func,
    select,
    text,
)

from overzicht.store import schema
from overzicht.store.migrating import newest_revision, revision_of

BATCH = 1_000
Row = dict[str, Any]


class RowSource(Protocol):
    """Source of rows for a store: a version of the schema, and the rows of each of its tables."""

    @property
    def revision(self) -> str:
        """The version of the schema that the rows fit."""

    def rows(self, tables: Sequence[Table]) -> Iterator[tuple[str, Row]]:
        """Yield the rows of tables in this order, with the name of the table, as the database takes them."""


class RowSchemaError(ValueError):
    """A row does not fit its table; names the table and the number of the row, from 1."""

    def __init__(self, table: str, number: int, reason: str) -> None:
        super().__init__(f"table {table}, row {number}: {reason}")


def tables_of(connection: Connection) -> list[Table]:
    """Return the tables of the store as they are in this version of its schema, those referred to first."""
    if revision_of(connection) == newest_revision():
        return list(schema.metadata.sorted_tables)
    reflected = MetaData()
    reflected.reflect(connection)
    for table in reflected.tables.values():
        own = schema.metadata.tables.get(table.name)
        for column in table.columns:
            if isinstance(column.type, JSON) and own is not None and column.name in own.columns:
                column.type = own.columns[column.name].type  # a database does not tell `none_as_null`
    return [table for table in reflected.sorted_tables if table.name != "alembic_version"]


def read_rows(connection: Connection, table: Table) -> Iterator[Row]:
    """Yield the rows of a table by primary key; both databases give the same order."""
    query = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=BATCH)
    with connection.execute(query) as result:
        for row in result.mappings():
            yield dict(row)


def row_to_line(row: Row) -> bytes:
    """Return a row as one line of canonical JSON; bytes become {"base64": text}."""
    return (
        json.dumps(
            row, ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=_encode_bytes
        ).encode()
        + b"\n"
    )


def row_from_line(table: Table, number: int, line: bytes) -> Row:
    """Return the row that `row_to_line` wrote; UnfittingRowError where it has not exactly these columns."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise RowSchemaError(table.name, number, f"it is not valid JSON ({error})") from error
    if not isinstance(row, dict) or row.keys() != {column.name for column in table.columns}:
        raise RowSchemaError(table.name, number, "its columns are not those of the table")
    for column in table.columns:
        value = row[column.name]
        if isinstance(column.type, LargeBinary) and value is not None:
            try:
                row[column.name] = base64.b64decode(value["base64"], validate=True)
            except (TypeError, KeyError, ValueError) as error:
                raise RowSchemaError(table.name, number, "its bytes are not written as base64") from error
        elif not _fits(column, value):
            raise RowSchemaError(table.name, number, f"{column.name} has a value of another type or size")
    return row


def line_of(table: str, line: bytes) -> bytes:
    """Return a line of `row_to_line` with the name of its table, for `rows_of`."""
    return table.encode() + b"\t" + line


def rows_of(tables: Sequence[Table], lines: Iterable[bytes]) -> Iterator[tuple[str, Row]]:
    """Yield the rows of lines with the names of their tables; RowSchemaError for one that does not fit."""
    known = {table.name: table for table in tables}
    numbers: Counter[str] = Counter()
    for line in lines:
        name, _, content = line.partition(b"\t")
        table = known[name.decode()]
        numbers[table.name] += 1
        yield table.name, row_from_line(table, numbers[table.name], content)


def _fits(column: Column[Any], value: Any) -> bool:
    """Return whether a column takes a value; SQLite would take anything."""
    kind = column.type
    if value is None or isinstance(kind, JSON):
        return value is not None or bool(column.nullable) or isinstance(kind, JSON)
    if isinstance(kind, Boolean):
        return isinstance(value, bool)
    if isinstance(kind, Integer):
        return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63
    if isinstance(kind, String):
        return isinstance(value, str) and len(value) <= (kind.length or len(value))
    return isinstance(value, int | float)


def fill(connection: Connection, source: RowSource) -> dict[str, int]:
    """Write all rows of a source into tables that are empty; returns how many each table got."""
    tables = {table.name: table for table in tables_of(connection)}
    written = dict.fromkeys(tables, 0)
    for name, rows in groupby(source.rows(tuple(tables.values())), key=itemgetter(0)):
        written[name] = _fill_table(connection, tables[name], (row for _, row in rows))
    if connection.dialect.name == "postgresql":
        # make it number new rows after the written ones; SQLite does so by itself
        for table in tables.values():
            column = table.autoincrement_column
            if column is None or not isinstance(column.type, Integer):
                continue
            named = {"name": table.name, "column": column.name}
            sequence = connection.execute(
                text("SELECT pg_get_serial_sequence(:name, :column)"), named
            ).scalar()
            highest = connection.execute(select(func.max(column))).scalar()
            if sequence is not None and highest is not None:
                connection.execute(
                    text("SELECT setval(:sequence, :value)"), {"sequence": sequence, "value": highest}
                )
        # make it count the rows; until then it would plan for empty tables
        for table in tables_of(connection):
            connection.execute(text(f"ANALYZE {connection.dialect.identifier_preparer.format_table(table)}"))
    return written


def _fill_table(connection: Connection, table: Table, rows: Iterator[Row]) -> int:
    parents = {
        key.parent.name: key.column.name for key in table.foreign_keys if key.column.table.name == table.name
    }
    if parents:
        # write rows that refer to others of their table, each after those that it refers to
        waiting = list(rows)
        total = len(waiting)
        written: dict[str, set[Any]] = {target: set() for target in parents.values()}
        while waiting:
            ready: list[Row] = []
            for row in waiting:
                if all(
                    row[column] is None or row[column] in written[target] or row[column] == row[target]
                    for column, target in parents.items()
                ):
                    ready.append(row)
            if not ready:
                raise RowSchemaError(table.name, 0, f"{len(waiting)} rows refer to each other or to none")
            connection.execute(table.insert(), ready)
            for target, values in written.items():
                values.update(row[target] for row in ready)
            chosen = {id(row) for row in ready}
            waiting = [row for row in waiting if id(row) not in chosen]
        return total
    count = 0
    while batch := list(islice(rows, BATCH)):
        connection.execute(table.insert(), batch)
        count += len(batch)
    return count


def _encode_bytes(value: Any) -> dict[str, str]:
    if isinstance(value, bytes | memoryview):
        return {"base64": base64.b64encode(bytes(value)).decode("ascii")}
    raise TypeError(f"{type(value).__name__} has no form in JSON")
