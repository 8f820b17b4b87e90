"""Rows as values: one way from a row to a frozen dataclass, and common queries."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from functools import cache
from itertools import islice
from types import NoneType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from pydantic import ValidationError
from sqlalchemy import Column, ColumnElement, Connection, FromClause, Row, Select, func, select, true

from overzicht.errors import OverzichtError, UnknownNameError
from overzicht.evidence import Text, text
from overzicht.evidence.faults import MISSING, in_words

BATCH = 2_000  # rows written or read at a time
SHOWN_NAMES = 20  # of those that an error lists
T = TypeVar("T")
OTHER_FIELDS = text("its fields are not those of such a record")


class StoredRecordError(OverzichtError):
    """A stored record does not follow the rules of this release; nothing was changed."""

    def __init__(self, sentence: Text, name: str = "", reason: str = "") -> None:
        super().__init__(
            str(sentence), fix="open the store with the release that wrote it, and correct the field there"
        )
        self.name, self.reason = name, reason
        self.sentence: Text = sentence


@contextmanager
def stored_record(kind: Text, name: str, problems: list[StoredRecordError] | None = None) -> Iterator[None]:
    """Add a fault in the content of this record to `problems`; without them raise StoredRecordError."""
    try:
        yield
    except StoredRecordError as error:
        problem = error
    except (ValueError, LookupError, TypeError, AttributeError, OverzichtError) as error:
        if isinstance(error, ValidationError):
            reason = in_words(error.errors())
        elif isinstance(error, KeyError):
            reason = f"{error.args[0]}: {MISSING}"
        elif isinstance(error, OverzichtError):
            reason = error.message
        else:
            reason = str(error) if isinstance(error, ValueError) else str(OTHER_FIELDS)
        sentence = text(
            "the stored {kind} {name} cannot be read: {reason}", kind=kind, name=name, reason=reason
        )
        problem = StoredRecordError(sentence, name, reason)
    else:
        return
    if problems is None:
        raise problem
    problems.append(problem)


def value_of(kind: type[T], row: Row[Any], **given: Any) -> T:
    """Return a row as a frozen dataclass, each field from the column of its name except those given.

    Dates, enumerations, tuples and classes with `from_json` are converted. An empty column becomes None if
    the field allows it, and an empty text in a text field. A field without a column gets its default.
    """
    columns = row._asdict()
    return kind(**fields_of(kind, {name: columns[name] for name in columns if name not in given}), **given)


def fields_of(kind: type[T], columns: Mapping[str, Any]) -> dict[str, Any]:
    """Return those columns that are fields of a frozen dataclass, as `value_of` reads them."""
    readers = _readers(cast("Any", kind)).items()
    return {name: read(columns[name]) for name, read in readers if name in columns}


def values_of(kind: type[T], connection: Connection, query: Select[Any]) -> list[T]:
    """Return every row of an answer as a frozen dataclass, as `value_of` does."""
    result = connection.execute(query)
    places = {name: place for place, name in enumerate(result.keys())}
    columns = list(zip(*result.all(), strict=True))
    if not columns:
        return []
    readers = _readers(cast("Any", kind))
    names = [name for name in readers if name in places]
    read: list[Sequence[Any]] = []
    for name in names:
        reader, column = readers[name], columns[places[name]]
        if reader is _plain or (reader is _text and None not in column):
            read.append(column)
            continue
        try:
            known = {value: reader(value) for value in set(column)}  # a repeated value is read once
        except TypeError:  # a list cannot be a key
            read.append(list(map(reader, column)))
        else:
            read.append([known[value] for value in column])
    if names == list(readers)[: len(names)]:  # the first fields of the class, in order
        return list(map(kind, *read))
    return [kind(**dict(zip(names, values, strict=True))) for values in zip(*read, strict=True)]


def find_value(kind: type[T], connection: Connection, query: Select[Any]) -> T | None:
    """Return the first row of an answer as a frozen dataclass; None if there is none."""
    row = connection.execute(query).first()
    return None if row is None else value_of(kind, row)


@cache
def _readers(kind: type[Any]) -> dict[str, Callable[[Any], Any]]:
    hints = get_type_hints(kind)
    return {column_field.name: _reader(hints[column_field.name]) for column_field in fields(kind)}


def _reader(hint: Any) -> Callable[[Any], Any]:
    """Return what makes a field of a column: see `value_of`."""
    kinds = get_args(hint) if NoneType in get_args(hint) else (hint,)
    kind = get_origin(kinds[0]) or kinds[0]
    empty = "" if kind is str and len(kinds) == 1 else None
    read: Callable[[Any], Any] | None = getattr(kind, "from_json", None)
    if kind is date:
        read = date.fromisoformat
    elif kind is tuple or (isinstance(kind, type) and issubclass(kind, Enum)):
        read = kind
    if read is None:
        return _plain if empty is None else _text
    return lambda value: read(value) if value is not None else empty


def _plain(value: Any) -> Any:
    return value


def _text(value: Any) -> Any:
    return "" if value is None else value


def count_of(connection: Connection, source: FromClause, *conditions: ColumnElement[bool]) -> int:
    """Return how many rows of a table, or of several joined tables, meet all conditions."""
    return int(connection.execute(select(func.count()).select_from(source).where(*conditions)).scalar_one())


def is_there(connection: Connection, column: Column[Any], value: Any) -> bool:
    """Return whether a column has a value."""
    return connection.execute(select(column).where(column == value).limit(1)).first() is not None


def known_names(connection: Connection, column: Column[Any], most: int = SHOWN_NAMES) -> tuple[str, ...]:
    """Return the first values of a column in order, for an error that lists the known names."""
    query = select(column).distinct().order_by(column).limit(most)
    return tuple(str(value) for value in connection.execute(query).scalars())


def named_row(connection: Connection, column: Column[Any], name: str, what: str) -> Row[Any]:
    """Return the row of this name in a column; UnknownNameError lists the known names."""
    row = connection.execute(select(column.table).where(column == name)).first()
    if row is None:
        raise UnknownNameError(what, name, known_names(connection, column))
    return row


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield lists of up to `size` items; nothing for no items."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def same_or_all(column: ColumnElement[Any], values: Sequence[Any] | None) -> ColumnElement[bool]:
    """Return the condition that a column has one of these values; None: any value."""
    return true() if values is None else column.in_(list(values))


def end_of(day: date) -> str:
    """Return the first moment after a date, which ends by the local clock, in the store's format (UTC)."""
    midnight = datetime.combine(day + timedelta(days=1), time())
    return midnight.astimezone(UTC).isoformat(timespec="seconds")


def is_by(at: str, day: date | None) -> bool:
    """Return whether a time is before the end of a date (None: any time); False for an empty time."""
    return bool(at) and (day is None or at < end_of(day))


def done_by(column: ColumnElement[str], day: date | None) -> ColumnElement[bool]:
    """Return the condition that a time is set and before the end of a date (None: any time)."""
    return column.is_not(None) if day is None else column < end_of(day)
