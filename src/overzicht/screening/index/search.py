"""Candidates: for each query the listed names that it may mean, by every way in which a name gets changed.

Methods: the same word, a word one letter away, the same consonants, a word cut short, the English of a
generic word, two words written as one or one as two, all letters or all consonants of the name together,
first letters. Rare words count for more, and a query reads no more postings than its budget.
"""

import numpy as np
from numpy.typing import NDArray

from overzicht.names.analysis import INITIAL, NUMBER
from overzicht.names.compiled import compiled
from overzicht.screening.align import glue
from overzicht.screening.index.keys import bucket, hash_text, shape_hash, whole_hash
from overzicht.screening.index.layout import Postings, Target
from overzicht.screening.index.variants import (
    BUDGET,
    LEFT,
    PLACES,
    TOUCHED,
    VARIANTS,
    Scratch,
    cut_short,
    near,
    sound_variants,
    sounding,
    text_variants,
)
from overzicht.screening.pack import Name, text_of

MOST_SAME_WHOLE = 64
_PERSON, _BODY = 0, 1


@compiled
def _place(scratch: Scratch, name: int) -> int:
    """Return the place of a name in the table of names with points; a new name gets one without points.

    Neighbours, often names of one party, get places next to each other. The table is never full, as a query
    reads no more postings than its budget.
    """
    at = (((int(name) >> 3) * 0x9E3779B1) & 0xFFFFFFFF) >> 19 << 3 | (name & 7)  # a number of 16 bits
    while scratch.taken[at] != name + 1:
        if scratch.taken[at] == 0:
            scratch.taken[at] = name + 1
            scratch.places[scratch.state[TOUCHED]] = at
            scratch.state[TOUCHED] += 1
            return at
        at = (at + 1) & (PLACES - 1)
    return at


@compiled
def _give(scratch: Scratch, target: Target, mark: int, weight: float) -> None:
    """Give points to the names with one of the variants, the most alike first, each name once."""
    posts, words, count = target.postings, target.packed.words, scratch.state[VARIANTS]
    for k in range(count):
        best = k
        for other in range(k + 1, count):
            if scratch.value[other] > scratch.value[best]:
                best = other
        word, value = scratch.variant[best], scratch.value[best]
        scratch.variant[best], scratch.value[best] = scratch.variant[k], scratch.value[k]
        names = posts.name[posts.at[word] : posts.at[word + 1]]
        if len(names) > scratch.state[LEFT]:
            continue
        scratch.state[LEFT] -= len(names)
        points = value * value * min(weight, 0.5 * (weight + words.weight[word]))
        for name in names:
            at = _place(scratch, name)
            if scratch.mark[at] != mark:
                scratch.mark[at] = mark
                scratch.points[at] += points


@compiled
def _give_whole(names: NDArray[np.int32], points: float, scratch: Scratch) -> None:
    for name in names:
        scratch.points[_place(scratch, name)] += points


@compiled
def _sift(heap: NDArray[np.float32], names: NDArray[np.int32], size: int) -> None:
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
    posts: Postings, scratch: Scratch, weights: tuple[float, int], kind: int, lists: NDArray[np.uint8]
) -> None:
    """Fill the heap of each list with the best of its touched names and clear their points.

    `weights` is the weight of the query, and the set of its initials as bits.
    """
    scratch.size[:] = 0
    total, initials = weights
    most, has_lists = scratch.heap.shape[1], len(lists) > 1
    for k in range(scratch.state[TOUCHED]):
        at = scratch.places[k]
        name, points = scratch.taken[at] - 1, scratch.points[at]
        scratch.taken[at], scratch.mark[at], scratch.points[at] = 0, 0, 0.0
        of_list = int(posts.list[name]) if has_lists else 0
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
def _find_variants(query: Name, i: int, target: Target, scratch: Scratch) -> None:
    words, q = query.words, query.row[i]
    scratch.state[VARIANTS] = 0
    near(words, q, target, scratch)
    if words.kind[q] == NUMBER:
        return
    sounding(words, q, target, scratch)
    cut_short(words, q, target, scratch)
    if words.meaning[q] >= 0:
        text_variants(text_of(words, words.meaning[q]), target, scratch, 0.9)
    if i + 1 < len(query.row):
        n = glue(query, i, 2, scratch.glued, False)
        text_variants(scratch.glued[:n], target, scratch, 0.95)
        sound_variants(scratch.glued[:n], target, scratch)


@compiled
def _give_split(text: NDArray[np.uint8], target: Target, scratch: Scratch, mark: int, weight: float) -> None:
    """Give points for both halves of a word that a list writes as two."""
    for cut in range(2, len(text) - 1):
        scratch.state[VARIANTS] = 0
        text_variants(text[:cut], target, scratch, 0.9)
        left = scratch.state[VARIANTS]
        if left == 0:
            continue
        text_variants(text[cut:], target, scratch, 0.9)
        both = scratch.state[VARIANTS]
        if both == left:
            continue
        scratch.state[VARIANTS] = 1
        for k in range(both):
            scratch.variant[0], scratch.value[0] = scratch.variant[k], 0.75
            _give(scratch, target, mark + k, weight)
        return


@compiled
def _heaviest_left(query: Name, done: NDArray[np.uint8]) -> int:
    i = -1
    for k in range(len(query.row)):
        if not done[k] and (i < 0 or query.words.weight[query.row[k]] > query.words.weight[query.row[i]]):
            i = k
    return i


@compiled
def candidates(query: Name, target: Target, scratch: Scratch, kind: int, lists: NDArray[np.uint8]) -> None:
    """Fill the heaps of `scratch`, one per list, with the names that a query may mean, in no order.

    `kind` is 0 for a person, 1 for another party, 2 for either; `lists` is 1 for the number of each list that
    is searched.
    """
    words, row, keys = query.words, query.row, target.keys
    scratch.state[TOUCHED], scratch.state[LEFT] = 0, BUDGET
    total, initials = 0.0, 0
    done = scratch.done
    done[: len(row)] = 0
    for turn in range(len(row)):
        i = _heaviest_left(query, done)
        done[i] = 1
        q = row[i]
        text, weight = text_of(words, q), float(words.weight[q])
        total += words.weight[q]
        if words.kind[q] == INITIAL:
            initials |= 1 << (int(text[0]) & 31)
            continue
        _find_variants(query, i, target, scratch)
        _give(scratch, target, 8 * turn + 1, weight)
        if len(text) >= 6 and len(text) <= 32 and (len(row) <= 2 or words.weight[q] > 0.9):
            _give_split(text, target, scratch, 8 * turn + 2, weight * 0.5)
    for turn in range(min(len(row), 4)):
        whole, shape = whole_hash(query, turn), shape_hash(query, turn)
        _give_whole(bucket(keys.whole_hash, keys.whole_name, whole, MOST_SAME_WHOLE), 0.9 * total, scratch)
        _give_whole(bucket(keys.shape_hash, keys.shape_name, shape, MOST_SAME_WHOLE), 0.3 * total, scratch)
    if len(row) == 1 and kind != _PERSON:
        initial = hash_text(text_of(words, row[0]), -1)
        _give_whole(bucket(keys.acronym_hash, keys.acronym_name, initial, MOST_SAME_WHOLE), 0.5, scratch)
    _pick(target.postings, scratch, (total, initials), kind, lists)
