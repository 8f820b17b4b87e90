"""Candidates: for each query the listed names that may be meant, by every way in which a name gets changed.

Ways in: the same word, a word one letter away, the same consonants, a word cut short, the English of a
generic word, two words written as one or one as two, all letters or all consonants of the name together,
first letters. Rare words count for more, and a query reads no more postings than its budget.
"""

import numpy as np
from numpy.typing import NDArray

from overzicht.names.analysis import INITIAL, NUMBER
from overzicht.names.compiled import compiled
from overzicht.screening.align import Space, glue
from overzicht.screening.index.keys import (
    first_at,
    hash_text,
    shape_hash,
    whole_hash,
)
from overzicht.screening.index.layout import Keys, Postings
from overzicht.screening.index.variants import (
    BUDGET,
    Scratch,
    cut_short,
    near,
    sound_variants,
    sounding,
    text_variants,
)
from overzicht.screening.pack import Names, Words

MOST_SAME_WHOLE = 64
_PERSON, _BODY = 0, 1


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
def _sift(heap: NDArray[np.float32], names: NDArray[np.int32], size: int) -> None:
    """Put the last entry of the heap (least on top) in its place."""
    k = size - 1
    while k > 0:
        up = (k - 1) // 2
        if heap[up] <= heap[k]:
            break
        heap[up], heap[k] = heap[k], heap[up]
        names[up], names[k] = names[k], names[up]
        k = up


@compiled
def _replace_least(heap: NDArray[np.float32], names: NDArray[np.int32], value: float, name: int) -> None:
    heap[0], names[0] = value, name
    size, k = len(heap), 0
    while True:
        down = 2 * k + 1
        if down >= size:
            return
        if down + 1 < size and heap[down + 1] < heap[down]:
            down += 1
        if heap[k] <= heap[down]:
            return
        heap[k], heap[down] = heap[down], heap[k]
        names[k], names[down] = names[down], names[k]
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
) -> None:
    """Fill the heap of each list with the best of its touched names and clear their points."""
    scratch.size[:] = 0
    most = scratch.heap.shape[1]
    for k in range(touched):
        name = scratch.touched[k]
        points = scratch.points[name]
        scratch.points[name], scratch.stamp[name] = 0.0, 0
        of_list = posts.list[name]
        size = scratch.size[of_list]
        if size == most and initials == 0 and points <= scratch.heap[of_list, 0] * (0.3 + total):
            continue  # too few whatever its length: most names end here, without another look into memory
        of = posts.kind[name]
        if (kind == _PERSON and of == _BODY) or (kind == _BODY and of == _PERSON) or not lists[of_list]:
            continue
        both = initials & posts.letters[name]
        while both:
            both &= both - 1
            points += 0.25
        value = points / (0.3 + total + 0.6 * posts.weight[name])
        heap, names = scratch.heap[of_list], scratch.heap_name[of_list]
        if size < most:
            heap[size], names[size] = value, name
            scratch.size[of_list] = size + 1
            _sift(heap, names, size + 1)
        elif value > heap[0]:
            _replace_least(heap, names, value, name)


@compiled
def _variants(
    query: Words, row: NDArray[np.int32], i: int, words: Words, keys: Keys, scratch: Scratch, space: Space
) -> int:
    """Note what word i of a query may stand for on the list; return how many variants there are."""
    q = row[i]
    count = near(query, q, words, keys, scratch, space, 0)
    if query.kind[q] == NUMBER:
        return count
    count = sounding(query, q, words, keys, scratch, space, count)
    count = cut_short(query, q, words, keys, scratch, count)
    meaning = query.meaning[q]
    if meaning >= 0:
        text = query.text[query.text_at[meaning] : query.text_at[meaning + 1]]
        count = text_variants(text, words, keys, scratch, count, 0.9)
    if i + 1 < len(row):
        n = glue(query, row, i, 2, scratch.glued, False)
        count = text_variants(scratch.glued[:n], words, keys, scratch, count, 0.95)
        count = sound_variants(scratch.glued[:n], words, keys, scratch, space, count)
    return count


@compiled
def _give_split(
    query: Words, q: int, words: Words, keys: Keys, posts: Postings, scratch: Scratch, mark: int,
    state: NDArray[np.int64]
) -> None:  # fmt: skip
    """Give points for both halves of a word that a list writes as two."""
    text = query.text[query.text_at[q] : query.text_at[q + 1]]
    for cut in range(2, len(text) - 1):
        left = text_variants(text[:cut], words, keys, scratch, 0, 0.9)
        if left == 0:
            continue
        both = text_variants(text[cut:], words, keys, scratch, left, 0.9)
        if both == left:
            continue
        for k in range(both):
            scratch.variant[0], scratch.value[0] = scratch.variant[k], 0.75
            _give(scratch, words, posts, 1, mark + k, float(query.weight[q]) * 0.5, state)
        return


@compiled
def _heaviest_left(query: Words, row: NDArray[np.int32], done: NDArray[np.bool_]) -> int:
    i = -1
    for k in range(len(row)):
        if not done[k] and (i < 0 or query.weight[row[k]] > query.weight[row[i]]):
            i = k
    return i


@compiled
def candidates(
    query: Words, row: NDArray[np.int32], words: Words, names: Names, keys: Keys, posts: Postings,
    scratch: Scratch, space: Space, kind: int, lists: NDArray[np.uint8],
) -> None:  # fmt: skip
    """Fill the heaps of `scratch`, one per list, with the names that a query may mean, in no order.

    `row` are the query's words, `kind` 0 for a person, 1 for another party, 2 for either; `lists` is 1 per
    number of a list that is searched.
    """
    state = np.zeros(2, np.int64)
    state[1] = BUDGET
    total, initials = 0.0, 0
    done = np.zeros(len(row), np.bool_)
    for turn in range(len(row)):
        i = _heaviest_left(query, row, done)
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
            keys.shape_hash, keys.shape_name, shape_hash(query, row, turn), 0.3 * total, scratch, state
        )
    if len(row) == 1 and kind != _PERSON:
        text = query.text[query.text_at[row[0]] : query.text_at[row[0] + 1]]
        _give_whole(keys.acronym_hash, keys.acronym_name, hash_text(text, -1), 0.5, scratch, state)
    _pick(posts, scratch, state[0], total, initials, kind, lists)
