"""Records with a history: how a table is read as of a date, declared once per thing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Generic, TypeVar

from sqlalchemy import Column, ColumnElement, Connection, Row, Table, or_, select

from overzicht.store.rows import done_by, is_by, value_of, values_of

T = TypeVar("T")
DAY = len("2026-01-31")


@dataclass(frozen=True)
class DatedRecord(Generic[T]):
    """A thing that begins and may end: its value, its table, and the columns that say when.

    `open` has the fields of its end as they are until then. A column of ten characters contains a day,
    another a time. Without a date everything is as it is now.
    """

    kind: Any  # the frozen dataclass T
    table: Table
    began: str
    ended: str
    open: Mapping[str, Any]

    def has_begun(self, day: date | None) -> ColumnElement[bool]:
        """Return the condition that it began by a date."""
        return _by(self.table.c[self.began], day)

    def is_open(self, day: date | None) -> ColumnElement[bool]:
        """Return the condition that it had not ended by a date."""
        ended = self.table.c[self.ended]
        return or_(ended.is_(None), ~_by(ended, day))

    def read(self, row: Row[Any], day: date | None = None) -> T:
        """Return a row as it was on a date: an end after it is taken back."""
        value: T = value_of(self.kind, row)
        return self.as_of(value, day)

    def as_of(self, value: T, day: date | None) -> T:
        """Return a value as it was on a date."""
        ended = getattr(value, self.ended)
        if isinstance(ended, date):
            return value if day is None or ended <= day else self.reopened(value)
        return value if is_by(ended, day) else self.reopened(value)

    def reopened(self, value: T) -> T:
        """Return a value without its end."""
        reopened: T = replace(value, **self.open)  # type: ignore[type-var]
        return reopened

    def where(
        self, connection: Connection, *conditions: ColumnElement[bool], day: date | None = None
    ) -> list[T]:
        """Return those that began by a date and meet the conditions on their present rows, by number."""
        query = select(self.table).where(self.has_begun(day), *conditions).order_by(self.table.c.id)
        values: list[T] = values_of(self.kind, connection, query)
        return [self.as_of(value, day) for value in values]


def _by(column: Column[Any], day: date | None) -> ColumnElement[bool]:
    if day is not None and getattr(column.type, "length", None) == DAY:
        return column <= day.isoformat()
    return done_by(column, day)
