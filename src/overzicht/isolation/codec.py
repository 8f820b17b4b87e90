"""Arguments and results of a call as JSON: a child process can send data, never code.

Results are the types of the product, read back by their annotations. Long tuples of a result go in pieces,
those of a data class as columns.
"""

import base64
import json
from collections.abc import Callable, Generator, Iterator, Sequence
from datetime import date, datetime
from functools import cache, partial
from typing import Any, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter
from pydantic_core import PydanticSerializationError

from overzicht.evidence.text import SAY, Text
from overzicht.isolation.columns import count_rows, counted_field, dumped_rows, fields_of, loaded_rows
from overzicht.isolation.packed import Packed, closed, is_packed, opened

PIECE = 250  # items of a long tuple that go together
ROWS = 2_000  # of them, if they go as columns


@cache
def adapter(annotation: Any) -> TypeAdapter[Any]:
    """Return the reader and writer of a type."""
    return TypeAdapter(annotation)


def dumped(annotation: Any, value: Any) -> bytes:
    """Return a value as JSON; UnicodeError for a text that is not Unicode, else ValueError."""
    if annotation is Any:
        return json.dumps(_to_plain(value), ensure_ascii=False).encode()
    if annotation is bytes:
        return b'"' + base64.b64encode(value) + b'"'
    if annotation == list[bytes]:
        return json.dumps([base64.b64encode(item).decode("ascii") for item in value]).encode()
    token = SAY.set(Text.to_json)
    try:
        return adapter(annotation).dump_json(value, exclude_defaults=True, by_alias=True)
    except PydanticSerializationError as error:
        if "surrogates" in str(error):
            raise UnicodeError("half of a character in two parts, such as \\ud800") from error
        raise
    finally:
        SAY.reset(token)


def loaded(annotation: Any, content: bytes) -> Any:
    """Return the value that `dumped` wrote; ValueError if it is not valid for the type."""
    if annotation is Any:
        return _from_plain(json.loads(content))
    if annotation is bytes:
        return base64.b64decode(content[1:-1])
    if annotation == list[bytes]:
        return [base64.b64decode(item) for item in json.loads(content)]
    return adapter(annotation).validate_json(content)


@cache
def signature(function: Callable[..., Any]) -> dict[str, Any]:
    """Return the types of the parameters of a function, and of its result as `return`."""
    return get_type_hints(function, include_extras=True)


def is_generator(kind: Any) -> bool:
    """Return whether a type is that of a generator."""
    return get_origin(kind) is Generator


def pieces(annotation: Any, value: Any) -> Iterator[tuple[str, bytes]]:
    """Yield a result as (field, JSON) pairs; the field is empty for a value that goes as a whole."""
    if not fields_of(annotation):
        yield "", dumped(annotation, value)
    for name, field in fields_of(annotation).items():
        content = getattr(value, name)
        if not _is_long(field.kind):
            yield name, dumped(field.kind, content)
        elif isinstance(content, Packed):
            yield from ((name, batch) for batch in content.batches)
        elif counted_field(_item(field.kind)):
            for start in range(0, len(content), ROWS):
                yield name, dumped_rows(_item(field.kind), content[start : start + ROWS], dumped)
        else:
            for start in range(0, len(content), PIECE):
                yield name, dumped(field.kind, content[start : start + PIECE])


def _call(read: Callable[[], Any]) -> Any:
    return read()


def joined(
    annotation: Any, parts: Iterator[tuple[str, bytes]], guard: Callable[[Callable[[], Any]], Any] = _call
) -> Any:
    """Return the result of its pieces; ValueError or KeyError if they do not fit the type.

    Rows that came packed stay so; `guard` makes a batch of them when they are read, and words its faults.
    """
    kinds = {name: field.kind for name, field in fields_of(annotation).items()}
    values: dict[str, Any] = {name: [] for name, kind in kinds.items() if _is_long(kind)}
    batches: dict[str, list[bytes]] = {}
    for name, content in parts:
        kind = kinds[name] if kinds else annotation
        if not (kinds and _is_long(kind)):
            values[name] = loaded(kind, content)
        elif counted_field(_item(kind)) and is_packed(content):
            batches.setdefault(name, []).append(content)
        elif counted_field(_item(kind)):
            values[name].extend(loaded_rows(_item(kind), content, loaded))
        else:
            values[name].extend(loaded(kind, content))
    if set(values) != (set(kinds) or {""}):
        raise ValueError(f"the result has the fields {sorted(values)}")
    if not kinds:
        return values[""]
    long = {name: tuple(values[name]) for name in kinds if _is_long(kinds[name])}
    later = {name: _read_later(_item(kinds[name]), packed, guard) for name, packed in batches.items()}
    if any(map(long.get, later)):
        raise ValueError("some rows are packed and some are not")
    return annotation(**{**values, **long, **later})


def packed_rows(kind: Any, rows: Sequence[Any]) -> bytes:
    """Return values of a data class as packed columns."""
    return closed(dumped_rows(kind, rows, dumped))


def unpacked_rows(kind: Any, content: bytes) -> list[Any]:
    """Return the values of packed columns; ValueError, KeyError or TypeError for another class."""
    return loaded_rows(kind, opened(content), loaded)


def _read_later(kind: Any, batches: list[bytes], guard: Callable[[Callable[[], Any]], Any]) -> Packed[Any]:
    counts = [count_rows(kind, opened(content), loaded) for content in batches]
    return Packed(batches, counts, lambda content: guard(partial(unpacked_rows, kind, content)))


def _item(kind: Any) -> Any:
    """Return the type of the items of a long tuple."""
    return get_args(kind)[0]


def _is_long(kind: Any) -> bool:
    """Return whether a type is a tuple of any length, or a sequence that may be packed."""
    return get_origin(kind) is Sequence or (get_origin(kind) is tuple and get_args(kind)[-1:] == (Ellipsis,))


def _to_plain(value: Any) -> Any:
    """Return data of YAML or JSON in a form of JSON that keeps dates, bytes, sets and keys of any type."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, list):
        return [_to_plain(item) for item in value]
    for name, (kind, write, _) in _FORMS.items():
        if isinstance(value, kind):
            return {name: write(value)}
    raise ValueError(f"a {type(value).__name__} is not plain data")


def _from_plain(data: Any) -> Any:
    if isinstance(data, list):
        return [_from_plain(item) for item in data]
    if not isinstance(data, dict):
        return data
    ((name, content),) = data.items()
    return _FORMS[name][2](content)


# Values that JSON lacks, by the name of their form: type, writer, reader. A datetime is also a date.
_FORMS: dict[str, tuple[type, Callable[[Any], Any], Callable[[Any], Any]]] = {
    "map": (
        dict,
        lambda value: [[_to_plain(key), _to_plain(item)] for key, item in value.items()],
        lambda pairs: {_from_plain(key): _from_plain(item) for key, item in pairs},
    ),
    "set": (set, lambda value: _to_plain(list(value)), lambda items: set(_from_plain(items))),
    "tuple": (tuple, lambda value: _to_plain(list(value)), lambda items: tuple(_from_plain(items))),
    "float": (float, repr, float),
    "datetime": (datetime, datetime.isoformat, datetime.fromisoformat),
    "date": (date, date.isoformat, date.fromisoformat),
    "bytes": (bytes, bytes.hex, bytes.fromhex),
}
