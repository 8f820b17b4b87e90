"""Collection of many values of one data class."""

from collections.abc import Sequence
from functools import partial
from typing import Generic, TypeVar

from overzicht.isolation.codec import ROWS, packed_rows, unpacked_rows
from overzicht.isolation.packed import Packed

MOST_UNPACKED = 150_000  # values of a list that is not packed

T = TypeVar("T")


class Packing(Generic[T]):
    """Values that are collected: a tuple if they are few, else packed."""

    def __init__(self, kind: type[T]) -> None:
        self._kind = kind
        self._waiting: list[T] = []
        self._batches: list[bytes] = []
        self._counts: list[int] = []
        self._most = MOST_UNPACKED

    def append(self, value: T) -> None:
        """Add a value."""
        self._waiting.append(value)
        if len(self._waiting) > self._most:
            self._pack()
            self._most = ROWS

    def _pack(self) -> None:
        for start in range(0, len(self._waiting), ROWS):
            rows = self._waiting[start : start + ROWS]
            self._batches.append(packed_rows(self._kind, rows))
            self._counts.append(len(rows))
        self._waiting.clear()

    def values(self) -> Sequence[T]:
        """Return all values in order."""
        if not self._batches:
            return tuple(self._waiting)
        self._pack()
        return Packed(self._batches, self._counts, partial(unpacked_rows, self._kind))
