"""The listed words that one word of a query may stand for: a letter away, the same sound, cut short.

Each way in is a look-up in sorted keys, and each stops at a number of words that bounds its time.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from overzicht.names.analysis import NUMBER
from overzicht.names.compiled import compiled
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
from overzicht.screening.align import Space, mode_of, same, starts
from overzicht.screening.index.keys import (
    first_at,
    first_with_prefix,
    hash_text,
    near_hashes,
)
from overzicht.screening.index.layout import Keys
from overzicht.screening.pack import Words

MOST_VARIANTS = 96  # listed words that one word of a query may stand for
MOST_IN_BUCKET = 160  # words looked at behind one hash
MOST_SOUNDING = 80  # words looked at behind one consonant skeleton, the commonest first
BUDGET = 40_000  # postings that a query may read
LEAST_ALIKE = 0.62
MOST_SOUNDS_APART = 4


class Scratch(NamedTuple):
    """Working space of a search over one index, made by `new_scratch`; left zeroed after each query."""

    points: NDArray[np.float32]
    stamp: NDArray[np.int32]
    touched: NDArray[np.int32]
    variant: NDArray[np.int32]
    value: NDArray[np.float32]
    near: NDArray[np.uint32]
    glued: NDArray[np.uint8]
    sounds: NDArray[np.uint8]
    heap: NDArray[np.float32]
    heap_name: NDArray[np.int32]
    size: NDArray[np.int32]


def new_scratch(names: int, most: int, lists: int = 1) -> Scratch:
    """Return working space for an index of so many names, and `most` candidates per query and list.

    `heap`, `heap_name` have a row per list; `size` says how many candidates a row has.
    """
    return Scratch(
        np.zeros(names, np.float32),
        np.zeros(names, np.int32),
        np.zeros(BUDGET + 65_536, np.int32),
        np.zeros(MOST_VARIANTS, np.int32),
        np.zeros(MOST_VARIANTS, np.float32),
        np.zeros(64, np.uint32),
        np.zeros(1024, np.uint8),
        np.zeros(1024, np.uint8),
        np.zeros((lists, most), np.float32),
        np.zeros((lists, most), np.int32),
        np.zeros(lists, np.int32),
    )


@compiled
def _note(scratch: Scratch, count: int, word: int, value: float) -> int:
    """Add a variant unless it is known or there is no room; return how many there are."""
    for k in range(count):
        if scratch.variant[k] == word:
            scratch.value[k] = max(scratch.value[k], value)
            return count
    if count < MOST_VARIANTS:
        scratch.variant[count], scratch.value[count] = word, value
        return count + 1
    return count


@compiled
def near(query: Words, q: int, words: Words, keys: Keys, scratch: Scratch, space: Space, count: int) -> int:
    """Note the listed words a letter more, less or other than a word of the query; return the count."""
    text = query.text[query.text_at[q] : query.text_at[q + 1]]
    n = near_hashes(text, scratch.near)
    for k in range(n):
        at = first_at(keys.near_hash, int(scratch.near[k]))
        stop = min(len(keys.near_hash), at + MOST_IN_BUCKET)
        while at < stop and keys.near_hash[at] == scratch.near[k]:
            w = keys.near_word[at]
            at += 1
            other = words.text[words.text_at[w] : words.text_at[w + 1]]
            if k == 0 and same(text, other):
                count = _note(scratch, count, w, 1.0)
            elif abs(len(text) - len(other)) <= 1 and words.kind[w] != NUMBER and query.kind[q] != NUMBER:
                like = edit_likeness(text, other, space.rows)
                if like >= LEAST_ALIKE or len(text) <= 4:
                    count = _note(scratch, count, w, like)
    return count


@compiled
def sounding(
    query: Words, q: int, words: Words, keys: Keys, scratch: Scratch, space: Space, count: int
) -> int:
    """Note the listed words that sound like a word of the query; return the new count."""
    count = _behind_skeleton(query, q, int(query.skeleton[q]), words, keys, scratch, space, count)
    # A c before a dropped vowel may have been soft.
    sounds = query.sound[query.sound_at[q] : query.sound_at[q + 1]]
    soft = 0
    for k in range(len(sounds)):
        scratch.sounds[k] = sounds[k]
        if sounds[k] == K:
            scratch.sounds[k] = C
            soft += 1
    if soft and sounds_like_bare_consonants(sounds):
        count = _behind_skeleton(
            query, q, int(skeleton(scratch.sounds[: len(sounds)])), words, keys, scratch, space, count
        )
    return count


@compiled
def sounds_like_bare_consonants(sounds: NDArray[np.uint8]) -> bool:
    """Return whether a word has at most one vowel to four sounds."""
    vowels = 0
    for code in sounds:
        vowels += 1 if code <= U else 0
    return len(sounds) >= 2 and vowels * 4 <= len(sounds)


@compiled
def _behind_skeleton(
    query: Words, q: int, wanted: int, words: Words, keys: Keys, scratch: Scratch, space: Space, count: int
) -> int:
    if wanted == 0:
        return count
    ours = query.sound[query.sound_at[q] : query.sound_at[q + 1]]
    at = first_at(keys.sound_hash, int(wanted))
    stop = min(len(keys.sound_hash), at + MOST_SOUNDING)
    while at < stop and keys.sound_hash[at] == wanted:
        w = keys.sound_word[at]
        at += 1
        mode = mode_of(int(query.mode[q]), int(words.mode[w]))
        theirs = words.sound[words.sound_at[w] : words.sound_at[w + 1]]
        if mode == SAME_SCRIPT and lacks_vowels(ours, theirs):
            mode = ABJAD
        if mode == SAME_SCRIPT and abs(len(ours) - len(theirs)) > MOST_SOUNDS_APART:
            continue
        like = sound_likeness(ours, theirs, mode, space.row)
        if like >= LEAST_ALIKE:
            count = _note(scratch, count, w, like)
    return count


@compiled
def cut_short(query: Words, q: int, words: Words, keys: Keys, scratch: Scratch, count: int) -> int:
    """Note the listed words that begin with a word of the query; return the new count."""
    text = query.text[query.text_at[q] : query.text_at[q + 1]]
    if len(text) < 3 or query.kind[q] == NUMBER:
        return count
    at = first_with_prefix(words, keys.by_text, text)
    stop = min(len(keys.by_text), at + 24)
    while at < stop:
        w = keys.by_text[at]
        if not starts(text, words.text[words.text_at[w] : words.text_at[w + 1]]):
            break
        count = _note(scratch, count, w, 0.7)
        at += 1
    return count


@compiled
def text_variants(
    text: NDArray[np.uint8], words: Words, keys: Keys, scratch: Scratch, count: int, value: float
) -> int:
    """Note the listed words that are spelt exactly so; return the count."""
    wanted = hash_text(text, -1)
    at = first_at(keys.near_hash, wanted)
    stop = min(len(keys.near_hash), at + MOST_IN_BUCKET)
    while at < stop and keys.near_hash[at] == wanted:
        w = keys.near_word[at]
        at += 1
        if same(text, words.text[words.text_at[w] : words.text_at[w + 1]]):
            count = _note(scratch, count, w, value)
    return count


@compiled
def sound_variants(
    text: NDArray[np.uint8], words: Words, keys: Keys, scratch: Scratch, space: Space, count: int
) -> int:
    """Note the listed words with the consonants of a glued text; return the count."""
    n = encode_sounds(text, scratch.sounds)
    wanted = skeleton(scratch.sounds[:n])
    if wanted == 0:
        return count
    at = first_at(keys.sound_hash, int(wanted))
    stop = min(len(keys.sound_hash), at + 32)
    while at < stop and keys.sound_hash[at] == wanted:
        w = keys.sound_word[at]
        at += 1
        like = edit_likeness(text, words.text[words.text_at[w] : words.text_at[w + 1]], space.rows)
        if like >= LEAST_ALIKE:
            count = _note(scratch, count, w, like)
    return count
