"""Hashes for looking up words and names: compiled, the same for the index and for queries."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from overzicht.names.analysis import WEAK
from overzicht.names.compiled import compiled
from overzicht.names.sound import SKELETON_CLASS
from overzicht.screening.pack import Name, Packed, Words, is_before, name_of, sound_of, text_of

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
    """Write the hashes of a word and of it without each of its letters; return their number."""
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
def count_near(words: Words, out: NDArray[np.uint32]) -> int:
    """Return the number of hashes that `fill_near` writes; `out` is working space for one word."""
    total = 0
    for w in range(len(words.kind)):
        total += near_hashes(text_of(words, w), out)
    return total


@compiled
def fill_near(words: Words, hashes: NDArray[np.uint32], numbers: NDArray[np.int32]) -> None:
    """Write every word's near hashes, and its number for each."""
    at = 0
    for w in range(len(words.kind)):
        n = near_hashes(text_of(words, w), hashes[at:])
        numbers[at : at + n] = w
        at += n


@compiled
def whole_hash(name: Name, first: int) -> int:
    """Return the hash of all letters of a name, from word `first` on and across its end."""
    value = _START
    for k in range(len(name.row)):
        for letter in text_of(name.words, name.row[(first + k) % len(name.row)]):
            value = step(value, int(letter))
    return value


@compiled
def shape_hash(name: Name, first: int) -> int:
    """Return the hash of a name's consonant classes, from word `first` on; 0 for fewer than three."""
    value, last, count = _START, 0, 0
    for k in range(len(name.row)):
        for sound in sound_of(name.words, name.row[(first + k) % len(name.row)]):
            kind = int(SKELETON_CLASS[sound])
            if kind and kind != last:
                value = step(value, kind)
                count += 1
                last = kind
    return value if count >= 3 else 0


@compiled
def acronym_hash(name: Name) -> int:
    """Return the hash of the first letters of a name's words without weak ones; 0 for fewer than three."""
    value, count = _START, 0
    for w in name.row:
        text = text_of(name.words, w)
        if name.words.kind[w] != WEAK and len(text):
            value = step(value, int(text[0]))
            count += 1
    return value if count >= 3 else 0


class NameKeys(NamedTuple):
    """Per name the hash of all its letters, of its consonants and of its first letters, and its weight.

    `letters` is the set of its words' first letters, as bits.
    """

    whole: NDArray[np.uint32]
    shape: NDArray[np.uint32]
    acronym: NDArray[np.uint32]
    weight: NDArray[np.float32]
    letters: NDArray[np.uint32]


def name_keys(packed: Packed) -> NameKeys:
    """Return the keys of all names."""
    count = len(packed.names.form)
    whole, shape, acronym, letters = (np.zeros(count, np.uint32) for _ in range(4))
    keys = NameKeys(whole, shape, acronym, np.zeros(count, np.float32), letters)
    _fill_names(packed, keys)
    return keys


@compiled
def _fill_names(packed: Packed, keys: NameKeys) -> None:
    words = packed.words
    for n in range(len(packed.names.form)):
        name = name_of(packed, n)
        keys.whole[n], keys.shape[n] = whole_hash(name, 0), shape_hash(name, 0)
        keys.acronym[n] = 0 if packed.names.person[n] else acronym_hash(name)
        total, bits = 0.0, 0
        for w in name.row:
            total += words.weight[w]
            text = text_of(words, w)
            if words.kind[w] != WEAK and len(text):
                bits |= 1 << (int(text[0]) & 31)
        keys.weight[n], keys.letters[n] = total, bits


@compiled
def bucket(
    hashes: NDArray[np.uint32], numbers: NDArray[np.int32], value: int, most: int
) -> NDArray[np.int32]:
    """Return at most `most` of the numbers that belong to a hash; none for the hash 0."""
    first = first_at(hashes, value)
    last, stop = first, min(len(hashes), first + most)
    while value and last < stop and hashes[last] == value:
        last += 1
    return numbers[first:last]


@compiled
def first_at(hashes: NDArray[np.uint32], value: int) -> int:
    """Return the first place of a hash in a sorted array, or the place where it would be."""
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
    """Return the first place in `by_text` of a word that is not before `prefix`."""
    low, high = 0, len(by_text)
    while low < high:
        middle = (low + high) // 2
        w = by_text[middle]
        if is_before(text_of(words, w), prefix):
            low = middle + 1
        else:
            high = middle
    return low
