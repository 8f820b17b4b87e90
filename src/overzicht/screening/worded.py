"""Parties by the words of their names, letter for letter: for a search box; the engine is for matching."""

from bisect import bisect_left

import numpy as np
from numpy.typing import NDArray

from overzicht.names.analysis import analyse
from overzicht.screening.index.layout import IndexArrays

_AFTER_ALL_LETTERS = b"\x7f"  # words are of a-z and 0-9


def parties_with_words(
    index: IndexArrays, asked: str, lists: NDArray[np.uint8], *, is_prefix: bool = False
) -> NDArray[np.int64]:
    """Return the numbers of the parties with a name that has every word asked for, in the index's order.

    Words count as the engine reads them: without case, in Latin letters, legal forms left out. With
    `is_prefix` the last word may be the beginning of one. `lists` is 1 per list number to search. An empty
    text gives every party of those lists.
    """
    words = [word.text.encode("ascii") for word in analyse(asked).words]
    if not words:
        every = np.flatnonzero(lists[index.parties.list])
        return (every[:0] if asked.strip() else every).astype(np.int64)
    names: NDArray[np.int32] | None = None
    for place, word in enumerate(words):
        ends_open = is_prefix and place == len(words) - 1
        found = _names_with(index, word, ends_open=ends_open)
        names = found if names is None else np.intersect1d(names, found, assume_unique=True)
        if not len(names):
            break
    assert names is not None  # noqa: S101 - there is at least one word
    parties = np.unique(index.postings.party[names])
    chosen: NDArray[np.int64] = parties[lists[index.parties.list[parties]] == 1].astype(np.int64)
    return chosen


def _names_with(index: IndexArrays, word: bytes, *, ends_open: bool) -> NDArray[np.int32]:
    """Return the numbers of the names that have a word, each once, ascending."""
    order = index.keys.by_text

    def letters(number: int) -> bytes:
        first, last = index.words.text_at[number], index.words.text_at[number + 1]
        return bytes(index.words.text[first:last])

    first = bisect_left(order, word, key=letters)
    after = word + _AFTER_ALL_LETTERS if ends_open else word + b"\x00"
    last = bisect_left(order, after, lo=first, key=letters)
    posts = index.postings
    rows = [posts.name[posts.at[number] : posts.at[number + 1]] for number in order[first:last]]
    return np.unique(np.concatenate(rows)) if rows else np.zeros(0, np.int32)
