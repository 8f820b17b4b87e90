"""Many values of one data class as columns of JSON: a value that all rows share is sent once.

A batch has a line of JSON for its head and a line for each column. The head names the columns by the path
of their field, and says whether a column has one value for `all` rows or one for `each`. The first plain
field always has one for each, so that the rows are no more than what was sent. Fields that have their
default in every row are left out. A field with a data class has the columns of that class.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, is_dataclass
from functools import cache
from itertools import repeat
from types import GenericAlias
from typing import Any, get_type_hints

Write = Callable[[Any, Any], bytes]
Read = Callable[[Any, bytes], Any]
ALL, EACH = "all", "each"


@dataclass(frozen=True, slots=True)
class _Field:
    """A field of a data class: its type without the mark that hides it, and its default, if any."""

    kind: Any
    default: Any
    is_class: bool


@cache
def fields_of(kind: Any) -> Mapping[str, _Field]:
    """Return the fields of a data class in the order of its arguments; empty for any other type."""
    if not _is_class(kind):
        return {}
    hints = get_type_hints(kind)  # without the marks of Annotated
    return {
        field.name: _Field(
            hints[field.name],
            field.default_factory() if field.default_factory is not MISSING else field.default,
            _is_class(hints[field.name]),
        )
        for field in fields(kind)
        if field.init
    }


def _is_class(kind: Any) -> bool:
    """Return whether a type is a data class that pydantic writes by its fields."""
    is_class = isinstance(kind, type) and is_dataclass(kind)
    return is_class and not hasattr(kind, "__get_pydantic_core_schema__")


@cache
def counted_field(kind: Any) -> str:
    """Return the name of the first plain field, which counts the rows; empty if there is none."""
    return next((name for name, field in fields_of(kind).items() if not field.is_class), "")


def dumped_rows(kind: Any, rows: Sequence[Any], write: Write) -> bytes:
    """Return values of a data class as columns; `write` gives the JSON of a value by its type."""
    columns = list(_columns(kind, rows, "", write))
    head = [[path, form] for path, form, _ in columns]
    return b"\n".join((json.dumps(head).encode(), *(content for _, _, content in columns)))


def _columns(kind: Any, rows: Sequence[Any], prefix: str, write: Write) -> Iterator[tuple[str, str, bytes]]:
    for name, field in fields_of(kind).items():
        path, values = prefix + name, [getattr(row, name) for row in rows]
        first = values[0]
        is_shared = path != counted_field(kind) and all(v is first or v == first for v in values)
        if is_shared and not (field.default is not MISSING and first == field.default):
            yield path, ALL, write(field.kind, first)
        elif not is_shared and field.is_class:
            yield from _columns(field.kind, values, f"{path}.", write)
        elif not is_shared:
            yield path, EACH, write(_list_of(field.kind), values)


def loaded_rows(kind: Any, content: bytes, read: Read) -> list[Any]:
    """Return the values that `dumped_rows` wrote; ValueError or KeyError if they do not fit the type."""
    columns = _by_path(content)
    rows = _rows(kind, _counted(kind, columns, read), "", columns, read)
    if columns:
        raise ValueError(f"the fields {sorted(columns)} are unknown")
    return rows


def count_rows(kind: Any, content: bytes, read: Read) -> int:
    """Return how many values `dumped_rows` wrote; ValueError or KeyError if that is not stated."""
    return _counted(kind, _by_path(content), read)


def _by_path(content: bytes) -> dict[str, tuple[str, bytes]]:
    head, *lines = content.split(b"\n")
    return {path: (form, line) for (path, form), line in zip(json.loads(head), lines, strict=True)}


def _counted(kind: Any, columns: Mapping[str, tuple[str, bytes]], read: Read) -> int:
    form, line = columns[counted_field(kind)]
    if form != EACH:
        raise ValueError("the rows are not counted")
    return len(read(_list_of(fields_of(kind)[counted_field(kind)].kind), line))


def _rows(kind: Any, count: int, prefix: str, columns: dict[str, tuple[str, bytes]], read: Read) -> list[Any]:
    arguments: list[Iterable[Any]] = []
    for name, field in fields_of(kind).items():
        form, content = columns.pop(prefix + name, ("", b""))
        if form == EACH:
            values = read(_list_of(field.kind), content)
            if len(values) != count:
                raise ValueError(f"{len(values)} values for {count} rows")
            arguments.append(values)
        elif form == ALL:
            arguments.append(repeat(read(field.kind, content), count))
        elif field.is_class and any(path.startswith(f"{prefix}{name}.") for path in columns):
            arguments.append(_rows(field.kind, count, f"{prefix}{name}.", columns, read))
        elif field.default is MISSING:
            raise KeyError(name)
        else:
            arguments.append(repeat(field.default, count))
    return list(map(kind, *arguments))


@cache
def _list_of(kind: Any) -> Any:
    return GenericAlias(list, (kind,))
