"""Recording of changed rows: every statement of a writer is seen, so no caller can forget it."""

import operator
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    CursorResult,
    Delete,
    ForeignKey,
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
from overzicht.store.rows import batches

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
            named = (getattr(column, "key", column) for column in statement._values or ())  # noqa: SLF001
            written = {*named, *(many[0] if many else values)}
            left = [
                column for column in table.columns if column.server_default and column.name not in written
            ]
            if left:  # the row would have a value that its hash does not: it would look like tampering
                raise UnrecordableStatementError(f"{left[0]}: an insert leaves its value to the database")
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
        # the parameter that an update writes into each column
        writes = {}
        for column, value in (statement._values or {}).items():  # noqa: SLF001 - no public accessor
            if not isinstance(value, BindParameter):
                raise UnrecordableStatementError(f"{statement.table}: a value that the database computes")
            writes[getattr(column, "name", column)] = value
        if any(column.name in writes for column in table.primary_key):
            raise UnrecordableStatementError(f"{table}: the key of a row changes")
        for row, parameters in self._updated_rows(statement, many):
            values = {name: parameters.get(bound.key, bound.value) for name, bound in writes.items()}
            before, after = hashes.of_update(row, values)
            change.remove(before)
            change.add(after)

    def _updated_rows(
        self, statement: Any, many: Sequence[Mapping[str, Any]]
    ) -> Iterator[tuple[Sequence[Any], Mapping[str, Any]]]:
        """Yield each row that a statement changes, and the parameters that change it."""
        table, where = statement.table, statement._where_criteria  # noqa: SLF001
        query = self._hash_of(table).query(self._connection)
        if len(many) == 1:
            for row in stream(self._connection, query.where(*where).params(**many[0])):
                yield row, many[0]
            return
        # the parameter of each column of the primary key in a condition of only these columns
        named = {}
        for condition in (part for whole in where for part in getattr(whole, "clauses", [whole])):
            left, right = getattr(condition, "left", None), getattr(condition, "right", None)
            if getattr(condition, "operator", None) is operator.eq and isinstance(right, BindParameter):
                named[getattr(left, "name", "")] = right
        if named.keys() != {column.name for column in table.primary_key}:
            raise UnrecordableStatementError(f"{table}: a change for each of many values, not by key")
        key = {column: named[column.name] for column in table.primary_key}
        own = {column: bound for column, bound in key.items() if bound.key in many[0]}
        query = query.where(*(column == bound.value for column, bound in key.items() if column not in own))
        by_key = {tuple(values[bound.key] for bound in own.values()): values for values in many}
        names = self._hash_of(table).names
        places = [names.index(column.name) for column in own]
        for chunk in batches(by_key, CHUNK):
            columns = list(own)
            if len(columns) == 1:
                is_one = columns[0].in_([value for (value,) in chunk])
            else:
                is_one = tuple_(*columns).in_(chunk)
            for row in stream(self._connection, query.where(is_one)):
                yield row, by_key[tuple([row[place] for place in places])]

    def _add_inserted(self, table: Table, result: CursorResult[Any]) -> None:
        change, hashes, context = self._change(table.name), self._hash_of(table), result.context
        given, keys = self._given_keys(table, result)
        compiled: Any = context.compiled
        if compiled.positional:
            rows = ((*row, *key) for row, key in zip(context.parameters, keys, strict=True))
            for row_hash in hashes.of_bound([*compiled.positiontup, *given], rows):
                change.add(row_hash)
            return
        for values, key in zip(context.compiled_parameters, keys, strict=True):
            change.add(hashes.of_values({**values, **dict(zip(given, key, strict=True))}))

    def _given_keys(
        self, table: Table, result: CursorResult[Any]
    ) -> tuple[list[str], Iterable[Sequence[Any]]]:
        """Return the columns of the key that the database may have given, and their values by row."""
        if self._floor is not None:
            (column,) = table.primary_key
            query = select(column).where(column > self._floor).order_by(column)  # in the order of the rows
            self._floor = None
            return [column.name], self._connection.execute(query).all()
        count = len(result.context.compiled_parameters)
        if count != 1:
            return [], repeat((), count)
        keys = zip(table.primary_key, result.inserted_primary_key or (), strict=False)
        numbered = {column.name: key for column, key in keys if key is not None}
        return [*numbered], [tuple(numbered.values())]

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
        for key in _cascading_keys(table):
            self._remove(key.parent.table, (key.parent.in_(select(key.column).where(*where)),), values)

    def _hash_of(self, table: Table) -> RowHashes:
        if table.name not in self._hashes:
            self._hashes[table.name] = RowHashes(table)
        return self._hashes[table.name]

    def _change(self, name: str) -> TableChange:
        return self.changes.setdefault(name, TableChange())


@cache
def _cascading_keys(table: Table) -> tuple[ForeignKey, ...]:
    """Return the foreign keys whose rows the database deletes with those of this table."""
    keys = (key for child in table.metadata.sorted_tables for key in child.foreign_keys)
    return tuple(key for key in keys if key.column.table is table and key.ondelete == "CASCADE")


def is_recorded(statement: Any) -> bool:
    """Return whether a statement changes rows that the log proves."""
    return (
        isinstance(statement, Insert | Update | Delete)
        and getattr(statement.table, "name", "") not in UNPROVEN
    )
