"""The names of two records against each other: every pair compared by the engine's own columns, once.

The comparing itself is that of `screening.features` and the scorer for `pair`; here it is summed up per pair
of records, in one compiled pass over flat arrays.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from overzicht.names.analysis import NUMBER, WEAK
from overzicht.names.chinese import readings
from overzicht.names.compiled import compiled
from overzicht.names.normal import PERSON_SCHEMATA
from overzicht.screening.align import Space, forget, new_space
from overzicht.screening.features import COUNT, fill_pair
from overzicht.screening.frequencies import weighed
from overzicht.screening.pack import Names, Packer, Words, closed
from overzicht.screening.records.model import PartyRecord
from overzicht.screening.scorer import Scorer, Trees, evidence

SUMS = 17  # columns of `sums`, see `_fill_sums`
LEAST = -8.0  # evidence of names that were not compared
AGREES = 1.0  # minimum evidence of two names that agree
READING = 2
_CHARACTERS = re.compile(r"[\u3400-\u9fff]")
_WEAK_LOSS = 1.5  # of the evidence, where a list itself calls a name weak


class Slots(NamedTuple):
    """The names of records: record r has the slots at[r] to at[r + 1].

    `name` is the number of the packed name, `base` the place of the name in its record (another reading of a
    name has its place), `weak` 1 for a weak name, `read` 1 for a name in Han characters and READING for
    another reading of one, which is never compared with characters.
    """

    at: NDArray[np.int32]
    name: NDArray[np.int32]
    base: NDArray[np.int32]
    weak: NDArray[np.uint8]
    read: NDArray[np.uint8]


class Compared(NamedTuple):
    """Per pair of records: `sums`, `columns` of the best pair of names, and `best`, the slots of these."""

    sums: NDArray[np.float32]
    columns: NDArray[np.float32]
    best: NDArray[np.int32]


def packed_names(records: Sequence[PartyRecord]) -> tuple[Words, Names, Slots, list[str]]:
    """Return the names of records as arrays, and the packed names as texts by number."""
    numbers: dict[tuple[str, bool], int] = {}
    at, name, base, weak, read = [0], [], [], [], []
    for record in records:
        is_person = record.schema in PERSON_SCHEMATA
        places: dict[int, int] = {}
        for written in record.named():
            for text in (written.text, *readings(written.text)):
                name.append(numbers.setdefault((text, is_person), len(numbers)))
                base.append(places.setdefault(written.place, len(places)))
                weak.append(written.is_weak)
                read.append(READING if text is not written.text else _CHARACTERS.search(text) is not None)
        at.append(len(name))
    packer = Packer()
    for text, is_person in numbers:
        packer.add(text, is_person=is_person)
    slots = Slots(
        np.array(at, np.int32), np.array(name, np.int32), np.array(base, np.int32), np.array(weak, np.uint8),
        np.array(read, np.uint8),
    )  # fmt: skip
    words = weighed(packer, packer.pack_words())
    return words, packer.pack_names(), closed(slots), [text for text, _ in numbers]


def compared(words: Words, names: Names, slots: Slots, pairs: NDArray[np.int32], scorer: Scorer) -> Compared:
    """Return what the names say for pairs of record numbers (pairs by 2); zeros where one has no names."""
    count, size = len(pairs), max(1, int(np.diff(slots.at).max(initial=0)))
    result = Compared(
        np.zeros((count, SUMS), np.float32),
        np.zeros((count, COUNT), np.float32),
        np.full((count, 2), -1, np.int32),
    )
    seen = np.full(max(1, len(words.kind)), -1, np.int32)
    grid = np.zeros((size, size), np.float32)
    _fill(words, names, slots, pairs, scorer.trees, new_space(), seen, grid, result)
    return result


@compiled
def _fill(
    words: Words, names: Names, slots: Slots, pairs: NDArray[np.int32], trees: Trees, space: Space,
    seen: NDArray[np.int32], grid: NDArray[np.float32], result: Compared,
) -> None:  # fmt: skip
    """Fill `found` for every pair of records."""
    order = np.zeros((2, 64), np.int32)
    row = np.zeros(COUNT, np.float32)
    for k in range(len(pairs)):
        left, right = pairs[k, 0], pairs[k, 1]
        if slots.at[left] == slots.at[left + 1] or slots.at[right] == slots.at[right + 1]:
            result.sums[k, :6] = LEAST
            continue
        grid[:] = LEAST
        best, strong, equal = -99.0, LEAST, 0.0
        for s in range(slots.at[left], slots.at[left + 1]):
            i = 0 + slots.name[s]
            forget(space, names.at[i + 1] - names.at[i])
            for t in range(slots.at[right], slots.at[right + 1]):
                if slots.read[s] + slots.read[t] > READING:
                    continue
                j = 0 + slots.name[t]  # as wide as others give it: one compilation
                fill_pair(words, names, i, words, names, j, space, order, row)
                value = evidence(trees, row)
                is_weak = slots.weak[s] or slots.weak[t]
                counted = value - _WEAK_LOSS if is_weak else value
                if counted > best:
                    best = counted
                    result.columns[k] = row
                    result.best[k, 0], result.best[k, 1] = s, t
                if not is_weak:
                    strong = max(strong, value)
                if row[9] >= 0.999 and row[2] >= 0.999:
                    equal += 1.0
                a, b = slots.base[s], slots.base[t]
                grid[a, b] = max(grid[a, b], counted)
        result.sums[k, 0], result.sums[k, 1], result.sums[k, 15] = best, strong, min(equal, 3.0)
        _fill_agreement(slots, left, right, grid, result.sums[k])
        _fill_shared(words, names, slots, left, right, k, seen, result.sums[k])


@compiled
def _fill_agreement(
    slots: Slots, left: int, right: int, grid: NDArray[np.float32], out: NDArray[np.float32]
) -> None:
    """Fill the second best pair of other names, and how many names of either side are met."""
    n = slots.base[slots.at[left] : slots.at[left + 1]].max() + 1
    m = slots.base[slots.at[right] : slots.at[right + 1]].max() + 1
    at_one, at_two, best = 0, 0, -99.0
    for i in range(n):
        for j in range(m):
            if grid[i, j] > best:
                best, at_one, at_two = grid[i, j], i, j
    second = best if n == 1 or m == 1 else LEAST
    rows = met_rows = columns = met_columns = 0.0
    for i in range(n):
        high = LEAST
        for j in range(m):
            high = max(high, grid[i, j])
            if i != at_one and j != at_two:
                second = max(second, grid[i, j])
        rows += high
        met_rows += 1.0 if high >= AGREES else 0.0
    for j in range(m):
        high = LEAST
        for i in range(n):
            high = max(high, grid[i, j])
        columns += high
        met_columns += 1.0 if high >= AGREES else 0.0
    out[2] = second
    out[3], out[4] = min(rows / n, columns / m), max(rows / n, columns / m)
    out[5] = grid[0, 0]
    out[6] = min(met_rows, met_columns, 4.0)
    out[7], out[8] = min(met_rows / n, met_columns / m), max(met_rows / n, met_columns / m)
    out[9], out[10] = min(n, m, 6), min(max(n, m), 12)


@compiled
def _fill_shared(
    words: Words, names: Names, slots: Slots, left: int, right: int, k: int, seen: NDArray[np.int32],
    out: NDArray[np.float32],
) -> None:  # fmt: skip
    """Fill the figures of words that both have: their weight, the rarest, the share of either side's."""
    total_one = total_two = both = rarest = 0.0
    numbers_one = numbers_two = numbers_both = 0
    for s in range(slots.at[left], slots.at[left + 1]):
        for place in range(names.at[slots.name[s]], names.at[slots.name[s] + 1]):
            w = names.word[place]
            if seen[w] != 3 * k and words.kind[w] != WEAK:
                seen[w] = 3 * k
                total_one += words.weight[w]
                numbers_one += words.kind[w] == NUMBER
    for s in range(slots.at[right], slots.at[right + 1]):
        for place in range(names.at[slots.name[s]], names.at[slots.name[s] + 1]):
            w = names.word[place]
            if words.kind[w] == WEAK or seen[w] > 3 * k:
                continue
            total_two += words.weight[w]
            numbers_two += words.kind[w] == NUMBER
            if seen[w] == 3 * k:
                both += words.weight[w]
                if words.kind[w] == NUMBER:
                    numbers_both += 1
                else:
                    rarest = max(rarest, float(words.weight[w]))
                seen[w] = 3 * k + 1
            else:
                seen[w] = 3 * k + 2
    out[11], out[12] = min(both, 5.0), rarest
    out[13] = both / max(0.01, min(total_one, total_two))
    out[14] = both / max(0.01, total_one + total_two - both)
    if numbers_one or numbers_two:
        out[16] = 1.0 if numbers_both else -2.0 if numbers_one and numbers_two else -1.0
