"""Marks on fields of frozen values that define their JSON form; the values stay plain."""

from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import Field, PlainSerializer

HIDDEN = Field(exclude=True)  # of no use outside the program


def shown_as(name: str) -> Any:
    """Return the mark of a field that is written under another name."""
    return Field(serialization_alias=name)


def pairs_as(first: str, second: str) -> PlainSerializer:
    """Return the mark of pairs that are written as objects with these two names."""

    def named(pairs: Iterable[Sequence[Any]]) -> list[dict[str, Any]]:
        return [{first: pair[0], second: pair[1]} for pair in pairs]

    return PlainSerializer(named)


def _as_object(pairs: Iterable[tuple[Any, Any]]) -> dict[Any, Any]:
    return dict(pairs)


AS_OBJECT = PlainSerializer(_as_object)  # of pairs with a different text first


def _sorted(values: Iterable[str]) -> list[str]:
    return sorted(values)


SORTED = PlainSerializer(_sorted)  # of a set, so that equal values are written alike
