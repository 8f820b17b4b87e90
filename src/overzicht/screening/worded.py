"""Parties by the words of their names, letter for letter: for a search box; the engine is for matching."""

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from overzicht.names.analysis import analyse
from overzicht.names.sound import ALPHABET, SAME_SCRIPT
from overzicht.screening.index.build import EITHER, PERSON
from overzicht.screening.index.keys import hash_text
from overzicht.screening.index.layout import IndexArrays
from overzicht.screening.pack import mode_of_script

SHORTEST_INITIALS, LONGEST_INITIALS = 3, 8
_CLOSING_INITIALS = (b"", b"c", b"g", b"l")  # company, corporation, group, limited are left out of many
_SPELT = (SAME_SCRIPT, ALPHABET)  # modes of scripts that write every sound, whose letters can be compared
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
    parties = np.unique(index.postings.party[_names_with_all(index, words, is_prefix=is_prefix)])
    chosen: NDArray[np.int64] = parties[lists[index.parties.list[parties]] == 1].astype(np.int64)
    return chosen


def closest(index: IndexArrays, name: str, kind: int, most: int) -> list[tuple[int, int]]:
    """Return (party, its shortest such name) of the parties with all words of a name, in number order.

    `kind` is that of the query (see `Postings`). Of one list at most `most` parties are returned, those with
    the fewest other words.
    """
    words = analyse(name, is_person=kind == PERSON).words
    if not words:
        return []
    texts = [word.text.encode("ascii") for word in words]
    names = np.union1d(_names_with_all(index, texts), _names_with_initials(index, name, texts))
    mode = max(mode_of_script(word.script) for word in words)
    modes = _modes(index, names)
    names = names[(modes == mode) | ((mode in _SPELT) & np.isin(modes, _SPELT))]
    other = index.postings.kind[names]
    names = names[(other == kind) | (other == EITHER) | (kind == EITHER)]
    length = np.diff(index.names.at)[names]
    names = names[np.lexsort((names, length))]
    party = index.postings.party[names]
    _, first = np.unique(party, return_index=True)
    first = np.sort(first)  # the shortest name of each party, shortest of all first
    chosen: dict[int, list[tuple[int, int]]] = {}
    for number in names[first].tolist():
        on_list = chosen.setdefault(int(index.postings.list[number]), [])
        if len(on_list) < most:
            on_list.append((int(index.postings.party[number]), number))
    return sorted(pair for on_list in chosen.values() for pair in on_list)


def _names_with_initials(index: IndexArrays, name: str, words: Sequence[bytes]) -> NDArray[np.int32]:
    """Return the numbers of the names whose first letters are a name of one word in capitals (`SMEE`)."""
    if len(words) != 1 or not name.isupper() or not SHORTEST_INITIALS <= len(words[0]) <= LONGEST_INITIALS:
        return np.zeros(0, np.int32)
    spans = []
    for last_word in _CLOSING_INITIALS:
        value = hash_text(np.frombuffer(words[0] + last_word, np.uint8), -1)
        first, last = np.searchsorted(index.keys.acronym_hash, [value, value + 1])
        spans.append(index.keys.acronym_name[first:last])
    return np.unique(np.concatenate(spans))


def _modes(index: IndexArrays, names: NDArray[np.int32]) -> NDArray[np.uint8]:
    """Return the mode of comparing (see `Words`) of the word of each name that asks for it most.

    Letters of another script that happen to spell the same word are no likeness.
    """
    modes = [
        index.words.mode[index.names.word[index.names.at[name] : index.names.at[name + 1]]].max()
        for name in names.tolist()
    ]
    return np.array(modes, np.uint8)


def _names_with_all(
    index: IndexArrays, words: Sequence[bytes], *, is_prefix: bool = False
) -> NDArray[np.int32]:
    """Return the numbers of the names that have all of at least one word, ascending."""
    names = _names_with(index, words[-1], ends_open=is_prefix)
    for word in words[:-1]:
        if not len(names):
            break
        names = np.intersect1d(names, _names_with(index, word, ends_open=False), assume_unique=True)
    return names


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
