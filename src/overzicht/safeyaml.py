"""YAML as plain values: text, numbers, lists and mappings, never a class that a file names."""

import json
from datetime import date
from hashlib import sha256
from math import inf
from typing import TYPE_CHECKING, Any

import yaml

from overzicht.derived import Bytes, derived

__all__ = ["SafeLoader", "check_aliases", "read_packaged_yaml", "read_texts", "read_yaml"]
_DATE = "$date"
FREE_VALUES = 10_000
MOST_BITS = 9_966  # of a number: 3,000 digits
VALUES_PER_BYTE = 5  # without aliases, each value takes a byte or more

if TYPE_CHECKING:
    from yaml import SafeLoader
else:

    class SafeLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # the one in C, where the library has it
        """A loader that reads a date outside the calendar as text."""


def _day(loader: SafeLoader, node: yaml.ScalarNode) -> Any:
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError:
        return loader.construct_scalar(node)  # who reads the field gives the reason


SafeLoader.add_constructor("tag:yaml.org,2002:timestamp", _day)


class _TextLoader(yaml.BaseLoader):
    """A loader whose values are texts, lists and mappings."""


def _mapping(loader: yaml.BaseLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
    twice = next((key for key in keys if keys.count(key) > 1), None)
    if twice is not None or len(keys) < len(node.value):
        what = "a key is not a text" if twice is None else f"the key {twice!r} occurs twice"
        raise yaml.constructor.ConstructorError(None, None, what, node.start_mark)
    return {str(key.value): loader.construct_object(value, deep=True) for key, value in node.value}


_TextLoader.add_constructor("tag:yaml.org,2002:map", _mapping)


def read_yaml(written: str | bytes) -> Any:
    """Return the values of a document, None for an empty one; yaml.YAMLError if it is not valid YAML."""
    tree = yaml.load(written, Loader=SafeLoader)  # noqa: S506 - a safe loader
    check_aliases(tree, len(written))
    return tree


def read_texts(written: str | bytes) -> Any:
    """Return a document whose values are texts as they are written (`no`, `007`, `2021-03-22`).

    yaml.YAMLError if it is not valid YAML, or names a key of a mapping twice.
    """
    tree = yaml.load(written, Loader=_TextLoader)  # noqa: S506 - a loader of plain values alone
    check_aliases(tree, len(written))
    return tree


def read_packaged_yaml(written: str | bytes) -> Any:
    """Return the values of a document that ships with the product, as `read_yaml`.

    They are stored as JSON, which is read many times faster. Documents with keys that are not texts are not.
    """
    content = written.encode() if isinstance(written, str) else written

    def as_json() -> bytes:
        tree = read_yaml(content)
        stored = json.dumps(tree, default=_marked).encode()
        if _read_json(stored) != tree:
            raise TypeError("JSON has no such keys")
        return stored

    try:
        return derived(f"yaml/{sha256(content).hexdigest()}", as_json, _read_json)
    except TypeError:
        return read_yaml(content)


def _read_json(content: Bytes) -> Any:
    return json.loads(content[:], object_hook=_unmarked)


def _marked(value: object) -> dict[str, str]:
    if type(value) is not date:
        raise TypeError(f"{value!r} is not JSON")
    return {_DATE: value.isoformat()}


def _unmarked(values: dict[str, Any]) -> Any:
    return date.fromisoformat(values[_DATE]) if values.keys() == {_DATE} else values


def check_aliases(tree: Any, size: int) -> None:
    """Raise yaml.YAMLError if the aliases in a document of `size` bytes stand for far more values.

    Also if a number has more digits than Python writes.
    """
    if _values(tree, {}) > FREE_VALUES + VALUES_PER_BYTE * size:
        raise yaml.YAMLError("its aliases stand for more values than the file has characters")


def _values(tree: Any, known: dict[int, float]) -> float:
    """Return the number of values with each alias written out; infinite if an alias contains itself."""
    if not isinstance(tree, list | dict):
        _check_number(tree)
        return 1
    for key in tree if isinstance(tree, dict) else ():
        _check_number(key)
    if id(tree) not in known:
        known[id(tree)] = inf
        known[id(tree)] = 1 + sum(
            _values(part, known) for part in (tree if isinstance(tree, list) else tree.values())
        )
    return known[id(tree)]


def _check_number(value: object) -> None:
    if isinstance(value, int) and value.bit_length() > MOST_BITS:
        raise yaml.YAMLError("a number has more than 3,000 digits")
