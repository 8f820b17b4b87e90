"""Strict reading of JSON: items are streamed, and every field is known, ignored or reported.

A layout is a tree of known fields: TAKEN leaves are read, IGNORED ones are counted, a dict goes deeper. Lists
have no level of their own.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

from overzicht.errors import MissingExtraError
from overzicht.sources.interface import ListFileRefusedError, SourceFile

TAKEN: Final = True
IGNORED: Final = False

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
