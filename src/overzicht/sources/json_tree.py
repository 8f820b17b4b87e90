"""Strict reading of JSON: items are streamed or one document is read, every field known, ignored or reported.

A layout is a tree of known fields: TAKEN leaves are read, IGNORED ones are counted, a dict goes deeper. Lists
have no level of their own.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

from overzicht.errors import MissingExtraError
from overzicht.sources.interface import ListFileRefusedError, SourceFile

TAKEN: Final = True
IGNORED: Final = False

MAX_DOCUMENT_BYTES = 50_000_000  # the largest of these files is below 2 million

Spec = Mapping[str, Any]
"""A field's name to TAKEN, IGNORED, or the Spec of what lies below it."""


def iterate_items(source: SourceFile, path: str) -> Iterator[Any]:
    """Yield the JSON values at `path` (ijson's notation: `records.item`), one in memory at a time.

    A syntax fault, a cut-off file or invalid UTF-8 raises ListFileRefusedError with the number of the last
    item.
    """
    try:
        import ijson  # type: ignore[import-untyped]  # noqa: PLC0415 - an extra; it ships no types
    except ImportError as error:
        raise MissingExtraError("reading the JSON of GLEIF", "gleif") from error
    count = 0
    with source.open() as stream:
        try:
            for item in ijson.items(stream, path, use_float=True):
                count += 1
                yield item
        except (ijson.JSONError, UnicodeDecodeError) as error:
            detail = str(error).strip().partition("\n")[0]
            raise ListFileRefusedError(
                source.filename,
                f"not whole JSON ({detail})",
                place=f"after item {count}",
                fix="the file may be cut off; fetch it again",
            ) from error


def parse_json(data: str | bytes) -> Any:
    """Return a JSON value; ValueError if it is not valid, or names a key of an object twice.

    >>> parse_json('{"a": 1, "a": 2}')
    Traceback (most recent call last):
    ValueError: the key 'a' occurs twice in one object
    """
    return json.loads(data, object_pairs_hook=_object)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        twice = next(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
        raise ValueError(f"the key {twice!r} occurs twice in one object")
    return value


def parse_document(data: bytes, filename: str) -> Any:
    """Return the value of a JSON document; ListFileRefusedError if it is cut, not valid or nests too deep."""
    try:
        return parse_json(data)
    except json.JSONDecodeError as error:
        raise ListFileRefusedError(
            filename,
            f"not valid JSON: {error.msg}",
            place=f"line {error.lineno}",
            fix="the file may be cut off; fetch it again",
        ) from error
    except (ValueError, RecursionError) as error:  # not UTF-8, a number of too many digits, or too deep
        raise ListFileRefusedError(filename, f"not valid JSON: {error}", fix="fetch it again") from error


def read_object(source: SourceFile) -> dict[str, Any]:
    """Return the one JSON object of a file of at most 50 MB.

    A larger file, one that nests too deep, another value, a syntax fault or invalid UTF-8 raises
    ListFileRefusedError.
    """
    with source.open() as stream:
        data = stream.read(MAX_DOCUMENT_BYTES + 1)
    if len(data) > MAX_DOCUMENT_BYTES:
        raise ListFileRefusedError(source.filename, f"it is larger than {MAX_DOCUMENT_BYTES:,} bytes")
    document = parse_document(data, source.filename)
    if not isinstance(document, dict):
        raise ListFileRefusedError(
            source.filename, "it is not a JSON object", fix="check that this is the official file"
        )
    return document


def unknown_fields(node: Any, spec: Spec, ignored: Counter[str]) -> tuple[str, ...]:
    """Return the unknown fields of a record as sorted dotted paths; count the ignored ones.

    Fields without content are skipped. A leaf in place of a branch, or a branch in place of a leaf, is
    unknown.
    """
    unknown: set[str] = set()
    _walk(node, spec, "", unknown, ignored)
    return tuple(sorted(unknown))


def _walk(node: Any, spec: Any, path: str, unknown: set[str], ignored: Counter[str]) -> None:
    if node is None or node in ("", [], {}):
        return
    if spec is IGNORED:
        ignored[path] += 1
    elif isinstance(node, list):
        for item in node:
            _walk(item, spec, path, unknown, ignored)
    elif isinstance(node, dict) is isinstance(spec, Mapping):
        if isinstance(node, dict):
            for name, value in node.items():
                below = f"{path}.{name}" if path else name
                if name in spec:
                    _walk(value, spec[name], below, unknown, ignored)
                elif value not in (None, "", [], {}):
                    unknown.add(below)
    else:
        unknown.add(path)
