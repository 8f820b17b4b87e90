"""Recording of changed rows: every statement of a writer is seen, so no caller can forget it."""

import operator
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    CursorResult,
    Delete,
    Insert,
    Integer,
    Table,
    TextClause,
    Update,
    event,
    func,
    select,
    tuple_,
)

from overzicht.store.proof.rows import UNPROVEN, RowHashes, stream
from overzicht.store.reading import batches

CHUNK = 400  # keys in one query
CHANGING_SQL = re.compile(r"\s*(?:insert|update|delete|replace|merge|drop|alter|truncate)\b", re.IGNORECASE)


class UnrecordableStatementError(TypeError):
    """A statement changes rows in a way that cannot be recorded (a fault of the program)."""


@dataclass(slots=True)
class TableChange:
    """Change of a table within a transaction: rows added and removed, and the change of its sum."""

    added: int = 0
    removed: int = 0
    total: int = 0

    def add(self, row_hash: int) -> None:
        """Count an added row."""
        self.added += 1
        self.total += row_hash

    def remove(self, row_hash: int) -> None:
        """Count a removed row."""
        self.removed += 1
        self.total -= row_hash

    def extend(self, change: "TableChange") -> None:
        """Count the changes of a statement."""
        self.added += change.added
        self.removed += change.removed
        self.total += change.total


class ChangeRecorder:
    """Changes that a connection makes from now on, by table. A changed row is one removed and one added."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._hashes: dict[str, RowHashes] = {}
        self._running: dict[str, TableChange] = {}  # what the running statement removes or changes
        self._floor: int | None = None  # highest number before a statement that lets the database number rows
        self.changes: dict[str, TableChange] = {}
        event.listen(connection, "before_execute", self._before)
        event.listen(connection, "after_execute", self._after)

    def _before(
        self,
        _connection: Connection,
        statement: Any,
        many: Sequence[Mapping[str, Any]],
        values: Mapping[str, Any],
        _options: Any,
    ) -> None:
        if isinstance(statement, TextClause) and CHANGING_SQL.match(statement.text):
            raise UnrecordableStatementError(f"a change in plain SQL: {statement.text[:80]}")
        if not is_recorded(statement):
            return
        table: Table = statement.table
        self._running = {}
        if isinstance(statement, Insert):
            if statement.select is not None or statement._multi_values:  # noqa: SLF001 - no public accessor
                raise UnrecordableStatementError(f"rows of {statement.table} that come from a query")
            if getattr(statement, "_post_values_clause", None) is not None:
                raise UnrecordableStatementError(f"{statement.table}: an insert that may change a row")
            self._floor = self._highest(table, many[0]) if many else None
        elif isinstance(statement, Update):
            self._update(statement, many or [values])
        elif many:
            raise UnrecordableStatementError(f"{statement.table}: a deletion for each of many values")
        else:
            self._remove(table, statement._where_criteria, values)  # noqa: SLF001

    def _after(
        self,
        _connection: Connection,
        statement: Any,
        _many: Sequence[Mapping[str, Any]],
        _values: Mapping[str, Any],
        _options: Any,
        result: CursorResult[Any],
    ) -> None:
        if not is_recorded(statement):
            return
        table: Table = statement.table
        if isinstance(statement, Insert):
            self._add_inserted(table, result)
        for name, change in self._running.items():
            self._change(name).extend(change)

    def _update(self, statement: Any, many: Sequence[Mapping[str, Any]]) -> None:
        table, hashes = statement.table, self._hash_of(statement.table)
        change = self._running.setdefault(table.name, TableChange())
        for place, (row, values) in enumerate(self._updated_rows(statement, many), 1):
            if any(column.name in values for column in table.primary_key):
                raise UnrecordableStatementError(f"{table}: the key of a row changes (row {place})")
            change.remove(hashes.of_stored(row))
            change.add(hashes.of_changed(row, values))

    def _updated_rows(
        self, statement: Any, many: Sequence[Mapping[str, Any]]
    ) -> Iterator[tuple[Sequence[Any], dict[str, Any]]]:
        """Yield each row that a statement changes, and the values that it writes into it."""
        where = statement._where_criteria  # noqa: SLF001
        query = self._hash_of(statement.table).query(self._connection)
        if len(many) == 1:
            values = _written_values(statement, many[0])
            for row in stream(self._connection, query.where(*where).params(**many[0])):
                yield row, values
            return
        keys = {_key_of(statement.table, where, values): values for values in many}
        places = [self._hash_of(statement.table).names.index(c.name) for c in statement.table.primary_key]
        for chunk in batches(keys, CHUNK):
            is_one = tuple_(*statement.table.primary_key).in_(chunk)
            for row in stream(self._connection, query.where(is_one)):
                yield row, _written_values(statement, keys[tuple(row[place] for place in places)])

    def _add_inserted(self, table: Table, result: CursorResult[Any]) -> None:
        change, hashes = self._change(table.name), self._hash_of(table)
        if self._floor is not None:
            (number,) = table.primary_key
            for row_hash in self._stored(table, (number > self._floor,)):
                change.add(row_hash)
            self._floor = None
            return
        written = result.context.compiled_parameters
        if len(written) == 1:  # the database may have numbered it
            keys = zip(table.primary_key, result.inserted_primary_key or (), strict=False)
            numbered = {column.name: key for column, key in keys if key is not None}
            change.add(hashes.of_values({**written[0], **numbered}))
            return
        for values in written:
            change.add(hashes.of_values(values))

    def _highest(self, table: Table, values: Mapping[str, Any]) -> int | None:
        """Return the highest number of a table if the database numbers its new rows, else None."""
        number = table.autoincrement_column
        if number is None or not isinstance(number.type, Integer) or number.name in values:
            return None
        return int(self._connection.execute(select(func.max(number))).scalar() or 0)

    def _remove(self, table: Table, where: Sequence[ColumnElement[bool]], values: Mapping[str, Any]) -> None:
        """Count the rows that a deletion removes, and those that the database deletes with them."""
        if table.name not in UNPROVEN:
            change = self._running.setdefault(table.name, TableChange())
            query = self._hash_of(table).query(self._connection).where(*where).params(**values)
            for row in stream(self._connection, query):
                change.remove(self._hash_of(table).of_stored(row))
        for child in table.metadata.sorted_tables:
            for key in child.foreign_keys:
                if key.column.table is table and key.ondelete == "CASCADE":
                    self._remove(child, (key.parent.in_(select(key.column).where(*where)),), values)

    def _stored(self, table: Table, where: Sequence[ColumnElement[bool]]) -> Iterator[int]:
        hashes = self._hash_of(table)
        for row in stream(self._connection, hashes.query(self._connection).where(*where)):
            yield hashes.of_stored(row)

    def _hash_of(self, table: Table) -> RowHashes:
        if table.name not in self._hashes:
            self._hashes[table.name] = RowHashes(table)
        return self._hashes[table.name]

    def _change(self, name: str) -> TableChange:
        return self.changes.setdefault(name, TableChange())


def _written_values(statement: Any, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values that an update writes, by column."""
    written = {}
    for column, value in (statement._values or {}).items():  # noqa: SLF001 - no public accessor
        if not isinstance(value, BindParameter):
            raise UnrecordableStatementError(f"{statement.table}: a value that the database computes")
        written[getattr(column, "name", column)] = parameters.get(value.key, value.value)
    return written


def _key_of(
    table: Table, where: Sequence[ColumnElement[bool]], parameters: Mapping[str, Any]
) -> tuple[Any, ...]:
    """Return the primary key that a condition names, which is all that it may name."""
    named = {}
    for condition in (part for whole in where for part in getattr(whole, "clauses", [whole])):
        left, right = getattr(condition, "left", None), getattr(condition, "right", None)
        if getattr(condition, "operator", None) is operator.eq and isinstance(right, BindParameter):
            named[getattr(left, "name", "")] = parameters.get(right.key, right.value)
    if named.keys() != {column.name for column in table.primary_key}:
        raise UnrecordableStatementError(f"{table}: a change for each of many values, not by key")
    return tuple(named[column.name] for column in table.primary_key)


def is_recorded(statement: Any) -> bool:
    """Return whether a statement changes rows that the log proves."""
    return (
        isinstance(statement, Insert | Update | Delete)
        and getattr(statement.table, "name", "") not in UNPROVEN
    )
