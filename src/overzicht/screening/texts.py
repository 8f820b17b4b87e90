"""Collectors of texts and numbers, and spans of arrays in another order."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from overzicht.names.compiled import compiled

_CLOSED_AT = 65_536


class Texts(NamedTuple):
    """Texts per row: `blob[at[i]:at[i + 1]]` in UTF-8."""

    at: NDArray[np.int64]
    blob: NDArray[np.uint8]

    def get(self, row: int) -> str:
        """Return a row's text; half of a surrogate pair, which a damaged list may have, stays as it is."""
        return bytes(self.blob[self.at[row] : self.at[row + 1]]).decode("utf-8", "surrogatepass")

    def rows(self) -> list[bytes]:
        """Return all texts as bytes; for millions of texts, so it makes no `str`."""
        whole, at = self.blob.tobytes(), self.at.tolist()
        return [whole[first:last] for first, last in pairwise(at)]


class Blob:
    """Texts that are gathered step by step."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._ends = Numbers(np.int64)
        self._bytes = bytearray()
        for text in texts:
            self.add(text)

    def add(self, text: str) -> None:
        """Add a text."""
        self._bytes += text.encode("utf-8", "surrogatepass")
        self._ends.append(len(self._bytes))

    def texts(self) -> Texts:
        """Return the texts added, by number."""
        at = np.concatenate([np.zeros(1, np.int64), self._ends.array()])
        return Texts(at, np.frombuffer(self._bytes, np.uint8))


class Numbers:
    """Numbers that are gathered step by step, in little memory."""

    def __init__(self, kind: type[np.generic]) -> None:
        self._kind, self._full, self._open = kind, list[NDArray[Any]](), list[int]()

    def append(self, value: int) -> None:
        """Add a number."""
        self.extend((value,))

    def extend(self, values: Iterable[int]) -> None:
        """Add numbers."""
        self._open += values
        if len(self._open) >= _CLOSED_AT:
            self._full.append(np.array(self._open, self._kind))
            self._open = []

    def array(self) -> NDArray[Any]:
        """Return the numbers added."""
        return np.concatenate([*self._full, np.array(self._open, self._kind)])


@compiled
def _copy(
    values: NDArray[np.uint8], at: NDArray[np.int64], rows: NDArray[np.int64], out: NDArray[np.uint8]
) -> None:
    """Copy the rows `values[at[i]:at[i + 1]]`, in bytes, one after the other."""
    end = 0
    for row in rows:
        first, last = at[row], at[row + 1]
        out[end : end + last - first] = values[first:last]
        end += last - first


def taken(
    at: NDArray[Any], values: NDArray[Any], rows: NDArray[np.int64]
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the rows `values[at[i]:at[i + 1]]` for each i of `rows`, in that order, as (at, values)."""
    new_at = np.zeros(len(rows) + 1, at.dtype)
    np.cumsum(np.diff(at)[rows], out=new_at[1:])
    out = np.zeros(int(new_at[-1]), values.dtype)
    size = np.int64(values.itemsize)
    _copy(np.ascontiguousarray(values).view(np.uint8), at * size, rows, out.view(np.uint8))
    return new_at, out


def joined(ats: list[NDArray[Any]]) -> NDArray[Any]:
    """Return the borders of rows that follow those of the array before."""
    if len(ats) == 1:
        return ats[0]
    parts, end = [ats[0][:1]], 0
    for at in ats:
        parts.append(at[1:] + end)
        end += int(at[-1])
    return np.concatenate(parts)
