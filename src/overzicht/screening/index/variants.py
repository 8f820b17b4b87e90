"""The listed words that one word of a query may stand for: a letter away, the same sound, cut short.

Each method is a look-up in sorted keys, and each stops at a number of words that limits its time.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from overzicht.names.analysis import MAX_WORDS, NUMBER
from overzicht.names.compiled import Grid, compiled
from overzicht.names.sound import (
    ABJAD,
    SAME_SCRIPT,
    C,
    K,
    U,
    edit_likeness,
    encode_sounds,
    lacks_vowels,
    skeleton,
    sound_likeness,
)
from overzicht.screening.align import Space, mode_of, new_space, same, starts
from overzicht.screening.index.keys import bucket, first_with_prefix, hash_text, near_hashes
from overzicht.screening.index.layout import Target
from overzicht.screening.pack import Words, sound_of, text_of

MOST_VARIANTS = 96  # listed words that one word of a query may stand for
MOST_IN_BUCKET = 160  # words read per hash
MOST_SOUNDING = 80  # words read per consonant skeleton, the commonest first
MOST_GLUED, MOST_CUT = 32, 24  # words read for two words as one, and for a word cut short
BUDGET = 40_000  # postings that a query may read
PLACES = 65_536  # for names with points, well above BUDGET; a table of this size stays in a cache
LEAST_ALIKE = 0.62
MOST_SOUNDS_APART = 4
TOUCHED, LEFT, VARIANTS = range(3)  # places in `Scratch.state`


class Scratch(NamedTuple):
    """Working space of a search over one index, made by `new_scratch`; zeros after each query.

    A name with points has a place in a hash table: `taken` is its number plus one, `mark` the last turn that
    gave it points. `places` has the places in use, in the order of their names' first points.
    `state` has the number of names with points, of postings that may still be read, and of variants. `heap`
    and `heap_name` have a row per list; `size` is the number of candidates in a row.
    `done` is 1 for the words of the query that have given points.
    """

    taken: NDArray[np.int32]
    mark: NDArray[np.int32]
    points: NDArray[np.float32]
    places: NDArray[np.int32]
    variant: NDArray[np.int32]
    value: NDArray[np.float32]
    near: NDArray[np.uint32]
    glued: NDArray[np.uint8]
    sounds: NDArray[np.uint8]
    heap: Grid[np.float32]
    heap_name: Grid[np.int32]
    size: NDArray[np.int32]
    state: NDArray[np.int64]
    done: NDArray[np.uint8]
    space: Space


def new_scratch(most: int, lists: int = 1) -> Scratch:
    """Return working space for `most` candidates per query and list."""
    return Scratch(
        np.zeros(PLACES, np.int32),
        np.zeros(PLACES, np.int32),
        np.zeros(PLACES, np.float32),
        np.zeros(PLACES, np.int32),
        np.zeros(MOST_VARIANTS, np.int32),
        np.zeros(MOST_VARIANTS, np.float32),
        np.zeros(64, np.uint32),
        np.zeros(1024, np.uint8),
        np.zeros(1024, np.uint8),
        np.zeros((lists, most), np.float32),
        np.zeros((lists, most), np.int32),
        np.zeros(lists, np.int32),
        np.zeros(3, np.int64),
        np.zeros(MAX_WORDS, np.uint8),
        new_space(),
    )


@compiled
def _note(scratch: Scratch, word: int, value: float) -> None:
    count = scratch.state[VARIANTS]
    for k in range(count):
        if scratch.variant[k] == word:
            scratch.value[k] = max(scratch.value[k], value)
            return
    if count < MOST_VARIANTS:
        scratch.variant[count], scratch.value[count] = word, value
        scratch.state[VARIANTS] = count + 1


@compiled
def near(query: Words, q: int, target: Target, scratch: Scratch) -> None:
    """Note the listed words a letter more, less or other than a word of the query."""
    text, words, keys = text_of(query, q), target.packed.words, target.keys
    for k in range(near_hashes(text, scratch.near)):
        for w in bucket(keys.near_hash, keys.near_word, int(scratch.near[k]), MOST_IN_BUCKET):
            other = text_of(words, w)
            if k == 0 and same(text, other):
                _note(scratch, w, 1.0)
            elif abs(len(text) - len(other)) <= 1 and words.kind[w] != NUMBER and query.kind[q] != NUMBER:
                like = edit_likeness(text, other, scratch.space.rows)
                if like >= LEAST_ALIKE or len(text) <= 4:
                    _note(scratch, w, like)


@compiled
def sounding(query: Words, q: int, target: Target, scratch: Scratch) -> None:
    """Note the listed words that sound like a word of the query."""
    _with_skeleton(query, q, int(query.skeleton[q]), target, scratch)
    # A c before a dropped vowel may have been soft.
    sounds = sound_of(query, q)
    soft = 0
    for k in range(len(sounds)):
        scratch.sounds[k] = sounds[k]
        if sounds[k] == K:
            scratch.sounds[k] = C
            soft += 1
    if soft and has_few_vowels(sounds):
        _with_skeleton(query, q, int(skeleton(scratch.sounds[: len(sounds)])), target, scratch)


@compiled
def has_few_vowels(sounds: NDArray[np.uint8]) -> bool:
    """Return whether a word has at most one vowel to four sounds."""
    vowels = 0
    for code in sounds:
        vowels += 1 if code <= U else 0
    return len(sounds) >= 2 and vowels * 4 <= len(sounds)


@compiled
def _with_skeleton(query: Words, q: int, value: int, target: Target, scratch: Scratch) -> None:
    if value == 0:
        return
    sounds, keys, words = sound_of(query, q), target.keys, target.packed.words
    for w in bucket(keys.sound_hash, keys.sound_word, value, MOST_SOUNDING):
        mode = mode_of(int(query.mode[q]), int(words.mode[w]))
        listed = sound_of(words, w)
        if mode == SAME_SCRIPT and lacks_vowels(sounds, listed):
            mode = ABJAD
        if mode == SAME_SCRIPT and abs(len(sounds) - len(listed)) > MOST_SOUNDS_APART:
            continue
        like = sound_likeness(sounds, listed, mode, scratch.space.row)
        if like >= LEAST_ALIKE:
            _note(scratch, w, like)


@compiled
def cut_short(query: Words, q: int, target: Target, scratch: Scratch) -> None:
    """Note the listed words that begin with a word of the query."""
    text, words, by_text = text_of(query, q), target.packed.words, target.keys.by_text
    if len(text) < 3 or query.kind[q] == NUMBER:
        return
    first = first_with_prefix(words, by_text, text)
    for w in by_text[first : first + MOST_CUT]:
        if not starts(text, text_of(words, w)):
            break
        _note(scratch, w, 0.7)


@compiled
def text_variants(text: NDArray[np.uint8], target: Target, scratch: Scratch, value: float) -> None:
    """Note the listed words that are spelt exactly so."""
    for w in bucket(target.keys.near_hash, target.keys.near_word, hash_text(text, -1), MOST_IN_BUCKET):
        if same(text, text_of(target.packed.words, w)):
            _note(scratch, w, value)


@compiled
def sound_variants(text: NDArray[np.uint8], target: Target, scratch: Scratch) -> None:
    """Note the listed words with the consonants of a glued text."""
    value = int(skeleton(scratch.sounds[: encode_sounds(text, scratch.sounds)]))
    if value == 0:
        return
    for w in bucket(target.keys.sound_hash, target.keys.sound_word, value, MOST_GLUED):
        like = edit_likeness(text, text_of(target.packed.words, w), scratch.space.rows)
        if like >= LEAST_ALIKE:
            _note(scratch, w, like)
