"""Hashes by which words and names are looked up: compiled, the same for the index and for queries."""

import numpy as np
from numpy.typing import NDArray

from overzicht.names.analysis import WEAK
from overzicht.names.compiled import compiled
from overzicht.names.sound import SKELETON_CLASS
from overzicht.screening.pack import Names, Words

SHORTEST_NEAR, LONGEST_NEAR = 3, 24  # words whose neighbours by one letter are looked up
_START = 2166136261


@compiled
def step(value: int, byte: int) -> int:
    """Return a hash with one byte more (FNV-1a, 32 bits)."""
    return ((value ^ byte) * 16777619) & 0xFFFFFFFF


@compiled
def hash_text(text: NDArray[np.uint8], without: int) -> int:
    """Return the hash of a text, leaving out the letter at `without` (-1 for none)."""
    value = _START
    for i in range(len(text)):
        if i != without:
            value = step(value, int(text[i]))
    return value


@compiled
def near_hashes(text: NDArray[np.uint8], out: NDArray[np.uint32]) -> int:
    """Write the hashes of a word and of it with each letter left out; return how many."""
    size = len(text)
    out[0] = hash_text(text, -1)
    if size < SHORTEST_NEAR or size > LONGEST_NEAR:
        return 1
    n = 1
    for i in range(size):
        if i == 0 or text[i] != text[i - 1]:  # leaving out either of a double letter is the same
            out[n] = hash_text(text, i)
            n += 1
    return n


@compiled
def count_near(words: Words) -> int:
    """Return how many hashes `fill_near` writes."""
    out = np.zeros(64, np.uint32)
    total = 0
    for w in range(len(words.kind)):
        total += near_hashes(words.text[words.text_at[w] : words.text_at[w + 1]], out)
    return total


@compiled
def fill_near(words: Words, hashes: NDArray[np.uint32], numbers: NDArray[np.int32]) -> None:
    """Write every word's near hashes, and its number beside each."""
    out = np.zeros(64, np.uint32)
    at = 0
    for w in range(len(words.kind)):
        n = near_hashes(words.text[words.text_at[w] : words.text_at[w + 1]], out)
        hashes[at : at + n] = out[:n]
        numbers[at : at + n] = w
        at += n


@compiled
def whole_hash(words: Words, row: NDArray[np.int32], first: int) -> int:
    """Return the hash of all letters of a name, from word `first` on and round its end."""
    value = _START
    for k in range(len(row)):
        w = row[(first + k) % len(row)]
        for i in range(words.text_at[w], words.text_at[w + 1]):
            value = step(value, int(words.text[i]))
    return value


@compiled
def shape_hash(words: Words, row: NDArray[np.int32], first: int) -> int:
    """Return the hash of a name's consonant classes, from word `first` on; 0 for fewer than three."""
    value, last, count = _START, 0, 0
    for k in range(len(row)):
        w = row[(first + k) % len(row)]
        for i in range(words.sound_at[w], words.sound_at[w + 1]):
            kind = int(SKELETON_CLASS[words.sound[i]])
            if kind and kind != last:
                value = step(value, kind)
                count += 1
                last = kind
    return value if count >= 3 else 0


@compiled
def acronym_hash(words: Words, row: NDArray[np.int32]) -> int:
    """Return the hash of the first letters of a name's words but the weak ones; 0 for fewer than three."""
    value, count = _START, 0
    for w in row:
        if words.kind[w] != WEAK and words.text_at[w] < words.text_at[w + 1]:
            value = step(value, int(words.text[words.text_at[w]]))
            count += 1
    return value if count >= 3 else 0


@compiled
def fill_names(
    words: Words, names: Names, whole: NDArray[np.uint32], shape: NDArray[np.uint32],
    acronym: NDArray[np.uint32],
    weight: NDArray[np.float32], letters: NDArray[np.uint32],
) -> None:  # fmt: skip
    """Write per name its three hashes, its weight, and the set of its words' first letters as bits."""
    for n in range(len(names.form)):
        row = names.word[names.at[n] : names.at[n + 1]]
        whole[n] = whole_hash(words, row, 0)
        shape[n] = shape_hash(words, row, 0)
        acronym[n] = 0 if names.person[n] else acronym_hash(words, row)
        total, bits = 0.0, 0
        for w in row:
            total += words.weight[w]
            if words.kind[w] != WEAK and words.text_at[w] < words.text_at[w + 1]:
                bits |= 1 << (int(words.text[words.text_at[w]]) & 31)
        weight[n], letters[n] = total, bits


@compiled
def first_at(hashes: NDArray[np.uint32], value: int) -> int:
    """Return where a hash first stands in a sorted array, or would stand."""
    low, high = 0, len(hashes)
    while low < high:
        middle = (low + high) // 2
        if hashes[middle] < value:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def first_with_prefix(words: Words, by_text: NDArray[np.int32], prefix: NDArray[np.uint8]) -> int:
    """Return the first place in `by_text` whose word is not before `prefix`."""
    low, high = 0, len(by_text)
    while low < high:
        middle = (low + high) // 2
        w = by_text[middle]
        if _is_before(words.text[words.text_at[w] : words.text_at[w + 1]], prefix):
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def _is_before(text: NDArray[np.uint8], other: NDArray[np.uint8]) -> bool:
    for i in range(min(len(text), len(other))):
        if text[i] != other[i]:
            return bool(text[i] < other[i])
    return len(text) < len(other)
