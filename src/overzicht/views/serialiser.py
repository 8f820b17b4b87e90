"""The serialiser: frozen values as JSON, for the command line, the service and exported files.

A value is written by its fields, dates in ISO form, enumerations by their value. The function `say` writes
sentences: in one language, or as they are stored (`Text.to_json`).
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from overzicht.evidence import Text
from overzicht.evidence.text import SAY

Say = Callable[[Text], Any]


@contextmanager
def speaking(say: Say) -> Iterator[None]:
    """Write sentences with `say` inside the block."""
    token = SAY.set(say)
    try:
        yield
    finally:
        SAY.reset(token)


def plain(value: Any, say: Say = str) -> Any:
    """Return a value as plain JSON data: dictionaries, lists, texts, numbers, booleans and None."""
    with speaking(say):
        return _plain(value)


def json_text(value: Any, say: Say = str, *, indent: int | None = 2) -> str:
    """Return a value as JSON text without a line break at its end; equal values give equal text."""
    return json.dumps(plain(value, say), ensure_ascii=False, indent=indent)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(item) for item in value]
    return adapter(value.__class__).dump_python(value, mode="json", by_alias=True)


@cache
def adapter(kind: Any) -> TypeAdapter[Any]:
    """Return the adapter that writes and describes a type, built once."""
    return TypeAdapter(kind)


def with_short_names(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema in which types with the same name are distinguished by module, not by the whole path.

    >>> with_short_names({"$ref": "#/$defs/overzicht__register__terms__Change"})
    {'$ref': '#/$defs/RegisterChange'}
    """
    shortened: dict[str, Any] = json.loads(_LONG_NAME.sub(_short_name, json.dumps(schema)))
    return shortened


_LONG_NAME = re.compile(r"overzicht(?:__[a-z_]+?)*__(?P<module>[a-z]+(?:_[a-z]+)*)__(?P<name>[A-Z]\w*)")


_ROLES = ("model", "routes", "operations", "records", "views")  # of a module in its folder, which names it
_PROMISED = {  # by folder and module: the names of schemas outlive those of modules
    "reports__overview_report": "reports",
    "register__terms": "register",
    "diligence__step_terms": "words",
    "diligence__use_assessment": "weighing",
    "licensing__weighing": "licences",
}


def _short_name(match: re.Match[str]) -> str:
    parts = match[0].split("__")
    module = parts[-3] if match["module"] in _ROLES else match["module"]
    for role in _ROLES:
        module = module.removesuffix(f"_{role}")
    module = _PROMISED.get("__".join(parts[-3:-1]), module)
    return "".join(word.capitalize() for word in module.split("_")) + parts[-1]
