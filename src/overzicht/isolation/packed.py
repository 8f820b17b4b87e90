"""Many values of one data class as packed columns, made again, a batch at a time, when they are read.

A device of an inventory takes 1.4 kB of memory as a value and a twentieth of that packed, so a list of a
million rows fits into memory only this way. Short lists stay as they are.
"""

import zlib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, chain, islice
from typing import TypeVar, overload

LARGEST_BATCH = 1 << 27  # bytes; a reader that was taken over could send a bomb
LEVEL = 1  # of compression: the others take longer than they save

T = TypeVar("T")


class Packed(Sequence[T]):
    """A sequence of equal batches of packed values; the last batch may be shorter."""

    def __init__(self, batches: Sequence[bytes], counts: Iterable[int], unpack: Callable[[bytes], list[T]]):
        self.batches = batches
        self._ends = list(accumulate(counts))
        self._unpack = unpack
        self._last: tuple[int, list[T]] = (-1, [])  # the batch that was looked into last

    def __len__(self) -> int:
        """Return the number of values."""
        return self._ends[-1] if self._ends else 0

    def __iter__(self) -> Iterator[T]:
        """Yield the values, each new: only one batch is in memory."""
        return chain.from_iterable(map(self._unpack, self.batches))

    @overload
    def __getitem__(self, place: int) -> T: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[T, ...]: ...

    def __getitem__(self, place: int | slice) -> T | tuple[T, ...]:
        """Return a value by its place, or several in order; IndexError beyond the last."""
        if isinstance(place, slice):
            chosen = range(len(self))[place]
            if chosen.step == 1:
                return tuple(islice(self, chosen.start, chosen.stop))
            return tuple(self[number] for number in chosen)
        number = range(len(self))[place]
        batch = bisect_right(self._ends, number)
        if self._last[0] != batch:
            self._last = batch, self._unpack(self.batches[batch])
        return self._last[1][number - self._ends[batch]]


def closed(content: bytes) -> bytes:
    """Return columns packed."""
    return zlib.compress(content, LEVEL)


def is_packed(content: bytes) -> bool:
    """Return whether columns are packed; those that are not begin with a list."""
    return not content.startswith(b"[")


def opened(content: bytes) -> bytes:
    """Return packed columns as they were; ValueError if they are damaged or too long."""
    stream = zlib.decompressobj()
    try:
        columns = stream.decompress(content, LARGEST_BATCH)
    except zlib.error as error:
        raise ValueError(f"the rows are not packed ({error})") from error
    if stream.unconsumed_tail:
        raise ValueError("the rows are too long")
    if not stream.eof:
        raise ValueError("the rows are torn")
    return columns
