"""Candidates: for each query the listed names that may be meant, by every way in which a name gets changed.

Ways in: the same word, a word one letter away, the same consonants, a word cut short, the English of a
generic
word, two words written as one or one as two, all letters or all consonants of the name together, first
letters. Rare words count for more, and a query reads no more postings than its budget.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from overzicht.names.analysis import INITIAL, NUMBER
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
from overzicht.screening.align import Space, glue, mode_of, same, starts
from overzicht.screening.index.keys import (
    first_at,
    first_with_prefix,
    hash_text,
    near_hashes,
    shape_hash,
    whole_hash,
)
from overzicht.screening.index.layout import Keys, Postings
from overzicht.screening.pack import Names, Words

MOST_VARIANTS = 96  # listed words that one word of a query may stand for
MOST_IN_BUCKET = 160  # words looked at behind one hash
MOST_SOUNDING = 80  # words looked at behind one consonant skeleton, the commonest first
MOST_SAME_WHOLE = 64
BUDGET = 40_000
LEAST_ALIKE = 0.62
MOST_SOUNDS_APART = 4
_PERSON, _BODY = 0, 1


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


def new_scratch(names: int, most: int) -> Scratch:
    """Return working space for an index of so many names and `most` candidates per query."""
    return Scratch(
        np.zeros(names, np.float32),
        np.zeros(names, np.int32),
        np.zeros(BUDGET + 65_536, np.int32),
        np.zeros(MOST_VARIANTS, np.int32),
        np.zeros(MOST_VARIANTS, np.float32),
        np.zeros(64, np.uint32),
        np.zeros(1024, np.uint8),
        np.zeros(1024, np.uint8),
        np.zeros(most, np.float32),
        np.zeros(most, np.int32),
    )


@compiled
def _note(scratch: Scratch, count: int, word: int, value: float) -> int:
    """Add a variant unless it is known or there is no room; return how many there are."""
    for k in range(count):
        if scratch.variant[k] == word:
            if value > scratch.value[k]:
                scratch.value[k] = value
            return count
    if count < MOST_VARIANTS:
        scratch.variant[count], scratch.value[count] = word, value
        return count + 1
    return count


@compiled
def _near(query: Words, q: int, words: Words, keys: Keys, scratch: Scratch, space: Space, count: int) -> int:
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
def _sounding(
    query: Words, q: int, words: Words, keys: Keys, scratch: Scratch, space: Space, count: int
) -> int:
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
def _cut_short(query: Words, q: int, words: Words, keys: Keys, scratch: Scratch, count: int) -> int:
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
def _text_variants(
    text: NDArray[np.uint8], words: Words, keys: Keys, scratch: Scratch, count: int, value: float
) -> int:
    """Note the listed words that are spelt exactly so."""
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
def _sound_variants(
    text: NDArray[np.uint8], words: Words, keys: Keys, scratch: Scratch, space: Space, count: int
) -> int:
    """Note the listed words with the consonants of a glued text."""
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


@compiled
def _give(
    scratch: Scratch,
    words: Words,
    posts: Postings,
    count: int,
    mark: int,
    weight: float,
    state: NDArray[np.int64],
) -> None:
    """Give points to the names with a word's variants, the most alike first, each name once.

    `state` holds how many names have points, and how many postings may still be read.
    """
    for k in range(count):
        best = k
        for other in range(k + 1, count):
            if scratch.value[other] > scratch.value[best]:
                best = other
        word, value = scratch.variant[best], scratch.value[best]
        scratch.variant[best], scratch.value[best] = scratch.variant[k], scratch.value[k]
        first, last = posts.at[word], posts.at[word + 1]
        if last - first > state[1]:
            continue
        state[1] -= last - first
        points = value * value * min(weight, 0.5 * (weight + words.weight[word]))
        for at in range(first, last):
            name = posts.name[at]
            if scratch.stamp[name] == mark:
                continue
            if scratch.points[name] == 0.0:
                if state[0] >= len(scratch.touched):
                    return
                scratch.touched[state[0]] = name
                state[0] += 1
            scratch.stamp[name] = mark
            scratch.points[name] += points


@compiled
def _give_whole(
    hashes: NDArray[np.uint32], numbers: NDArray[np.int32], wanted: int, points: float, scratch: Scratch,
    state: NDArray[np.int64]
) -> None:  # fmt: skip
    if wanted == 0:
        return
    at = first_at(hashes, wanted)
    stop = min(len(hashes), at + MOST_SAME_WHOLE)
    while at < stop and hashes[at] == wanted:
        name = numbers[at]
        at += 1
        if scratch.points[name] == 0.0:
            if state[0] >= len(scratch.touched):
                return
            scratch.touched[state[0]] = name
            state[0] += 1
        scratch.points[name] += points


@compiled
def _sift(scratch: Scratch, size: int) -> None:
    """Put the last entry of the heap (least on top) in its place."""
    k = size - 1
    while k > 0:
        up = (k - 1) // 2
        if scratch.heap[up] <= scratch.heap[k]:
            break
        scratch.heap[up], scratch.heap[k] = scratch.heap[k], scratch.heap[up]
        scratch.heap_name[up], scratch.heap_name[k] = scratch.heap_name[k], scratch.heap_name[up]
        k = up


@compiled
def _replace_least(scratch: Scratch, size: int, value: float, name: int) -> None:
    scratch.heap[0], scratch.heap_name[0] = value, name
    k = 0
    while True:
        down = 2 * k + 1
        if down >= size:
            return
        if down + 1 < size and scratch.heap[down + 1] < scratch.heap[down]:
            down += 1
        if scratch.heap[k] <= scratch.heap[down]:
            return
        scratch.heap[k], scratch.heap[down] = scratch.heap[down], scratch.heap[k]
        scratch.heap_name[k], scratch.heap_name[down] = scratch.heap_name[down], scratch.heap_name[k]
        k = down


@compiled
def _pick(
    posts: Postings,
    scratch: Scratch,
    touched: int,
    total: float,
    initials: int,
    kind: int,
    lists: NDArray[np.uint8],
) -> int:
    """Fill the heap with the best of the touched names and clear their points; return how many."""
    size, most = 0, len(scratch.heap)
    for k in range(touched):
        name = scratch.touched[k]
        points = scratch.points[name]
        scratch.points[name], scratch.stamp[name] = 0.0, 0
        if size == most and initials == 0 and points <= scratch.heap[0] * (0.3 + total):
            continue  # too few whatever its length: most names end here, without another look into memory
        of = posts.kind[name]
        if (
            (kind == _PERSON and of == _BODY)
            or (kind == _BODY and of == _PERSON)
            or not lists[posts.list[name]]
        ):
            continue
        both = initials & posts.letters[name]
        while both:
            both &= both - 1
            points += 0.12
        value = points / (0.3 + total + 0.6 * posts.weight[name])
        if size < most:
            scratch.heap[size], scratch.heap_name[size] = value, name
            size += 1
            _sift(scratch, size)
        elif value > scratch.heap[0]:
            _replace_least(scratch, size, value, name)
    return size


@compiled
def _variants(
    query: Words, row: NDArray[np.int32], i: int, words: Words, keys: Keys, scratch: Scratch, space: Space
) -> int:
    """Note what word i of a query may stand for on the list; return how many variants there are."""
    q = row[i]
    count = _near(query, q, words, keys, scratch, space, 0)
    if query.kind[q] == NUMBER:
        return count
    count = _sounding(query, q, words, keys, scratch, space, count)
    count = _cut_short(query, q, words, keys, scratch, count)
    meaning = query.meaning[q]
    if meaning >= 0:
        text = query.text[query.text_at[meaning] : query.text_at[meaning + 1]]
        count = _text_variants(text, words, keys, scratch, count, 0.9)
    if i + 1 < len(row):
        n = glue(query, row, i, 2, scratch.glued, False)
        count = _text_variants(scratch.glued[:n], words, keys, scratch, count, 0.95)
        count = _sound_variants(scratch.glued[:n], words, keys, scratch, space, count)
    return count


@compiled
def _give_split(
    query: Words, q: int, words: Words, keys: Keys, posts: Postings, scratch: Scratch, mark: int,
    state: NDArray[np.int64]
) -> None:  # fmt: skip
    """Give points for both halves of a word that a list writes as two."""
    text = query.text[query.text_at[q] : query.text_at[q + 1]]
    for cut in range(2, len(text) - 1):
        left = _text_variants(text[:cut], words, keys, scratch, 0, 0.9)
        if left == 0:
            continue
        both = _text_variants(text[cut:], words, keys, scratch, left, 0.9)
        if both == left:
            continue
        for k in range(both):
            scratch.variant[0], scratch.value[0] = scratch.variant[k], 0.75
            _give(scratch, words, posts, 1, mark + k, float(query.weight[q]) * 0.5, state)
        return


@compiled
def candidates(
    query: Words, row: NDArray[np.int32], words: Words, names: Names, keys: Keys, posts: Postings,
    scratch: Scratch, space: Space, kind: int, lists: NDArray[np.uint8],
) -> int:  # fmt: skip
    """Fill the heap of `scratch` with the names that a query may mean; return how many, in no order.

    `row` are the query's words, `kind` 0 for a person, 1 for another party, 2 for either; `lists` is 1 per
    number of a list that is searched.
    """
    state = np.zeros(2, np.int64)
    state[1] = BUDGET
    total, initials = 0.0, 0
    done = np.zeros(len(row), np.bool_)
    for turn in range(len(row)):
        i = -1
        for k in range(len(row)):
            if not done[k] and (i < 0 or query.weight[row[k]] > query.weight[row[i]]):
                i = k
        done[i] = True
        q = row[i]
        total += query.weight[q]
        if query.kind[q] == INITIAL:
            initials |= 1 << (int(query.text[query.text_at[q]]) & 31)
            continue
        count = _variants(query, row, i, words, keys, scratch, space)
        _give(scratch, words, posts, count, 8 * turn + 1, float(query.weight[q]), state)
        size = query.text_at[q + 1] - query.text_at[q]
        if size >= 6 and size <= 32 and (len(row) <= 2 or query.weight[q] > 0.9):
            _give_split(query, q, words, keys, posts, scratch, 8 * turn + 2, state)
    for turn in range(min(len(row), 4)):
        _give_whole(
            keys.whole_hash, keys.whole_name, whole_hash(query, row, turn), 0.9 * total, scratch, state
        )
        _give_whole(
            keys.shape_hash, keys.shape_name, shape_hash(query, row, turn), 0.6 * total, scratch, state
        )
    if len(row) == 1 and kind != _PERSON:
        text = query.text[query.text_at[row[0]] : query.text_at[row[0] + 1]]
        _give_whole(keys.acronym_hash, keys.acronym_name, hash_text(text, -1), 0.5, scratch, state)
    return _pick(posts, scratch, state[0], total, initials, kind, lists)
