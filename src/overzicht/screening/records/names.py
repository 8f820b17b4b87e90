"""Comparison of the names of two records: every pair by the features of `screening.features`.

The scorer for `pair` scores each pair of names; the results are summed per pair of records, in one compiled
pass over flat arrays.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from overzicht.names.analysis import NUMBER, WEAK
from overzicht.names.chinese import readings
from overzicht.names.compiled import Grid, compiled
from overzicht.names.normal import PERSON_SCHEMATA
from overzicht.screening.align import Space, forget, new_space
from overzicht.screening.features import COUNT, fill_pair
from overzicht.screening.frequencies import packed
from overzicht.screening.pack import Packed, closed
from overzicht.screening.records.party_record import PartyRecord
from overzicht.screening.scorer import Scorer, Trees, evidence

SUMS = 17  # columns of `sums`, see `_fill_sums`
LEAST = -8.0  # evidence of names that were not compared
AGREES = 1.0  # minimum evidence of two names that agree
READING = 2
_CHARACTERS = re.compile(r"[\u3400-\u9fff]")
_WEAK_LOSS = 1.5  # of the evidence, if a list itself calls a name weak


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


class RecordNames(NamedTuple):
    """The names of records as arrays."""

    packed: Packed
    slots: Slots


class Compared(NamedTuple):
    """Per pair of records: `sums`, `columns` of the best pair of names, and `best`, the slots of these."""

    sums: Grid[np.float32]
    columns: Grid[np.float32]
    best: Grid[np.int32]


def packed_names(records: Sequence[PartyRecord]) -> tuple[RecordNames, list[str]]:
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
    slots = Slots(
        np.array(at, np.int32),
        np.array(name, np.int32),
        np.array(base, np.int32),
        np.array(weak, np.uint8),
        np.array(read, np.uint8),
    )
    return RecordNames(packed(numbers), closed(slots)), [text for text, _ in numbers]


def compared(names: RecordNames, pairs: NDArray[np.int32], scorer: Scorer) -> Compared:
    """Return the comparison of pairs of record numbers (pairs by 2); zeros if a record has no names."""
    count, size = len(pairs), max(1, int(np.diff(names.slots.at).max(initial=0)))
    result = Compared(
        np.zeros((count, SUMS), np.float32),
        np.zeros((count, COUNT), np.float32),
        np.full((count, 2), -1, np.int32),
    )
    seen = np.full(max(1, len(names.packed.words.kind)), -1, np.int32)
    grid = np.zeros((size, size), np.float32)
    _fill(
        names, pairs, scorer.trees, WorkingSpace(new_space(), seen, grid, np.zeros(COUNT, np.float32)), result
    )
    return result


class WorkingSpace(NamedTuple):
    """Working space: for pairs of names, for words, and the evidence of the names of a pair of records.

    `row` holds the columns of one pair of names.
    """

    pairs: Space
    seen: NDArray[np.int32]
    grid: Grid[np.float32]
    row: NDArray[np.float32]


class WordSums(NamedTuple):
    """Sums over the distinct words of a record that are not weak: `weight`, and the number of `numbers`.

    `known_weight`, `known_numbers` and `rarest` (the highest weight, except for numbers) count the words that
    the other record has too.
    """

    weight: float
    numbers: int
    known_weight: float
    known_numbers: int
    rarest: float


@compiled
def _fill(
    names: RecordNames, pairs: Grid[np.int32], trees: Trees, space: WorkingSpace, result: Compared
) -> None:
    names_of, slots, grid, row = names.packed, names.slots, space.grid, space.row
    for k in range(len(pairs)):
        left, right = pairs[k, 0], pairs[k, 1]
        if slots.at[left] == slots.at[left + 1] or slots.at[right] == slots.at[right + 1]:
            result.sums[k, :6] = LEAST
            continue
        grid[:] = LEAST
        best, strong, equal = -99.0, LEAST, 0.0
        for s in range(slots.at[left], slots.at[left + 1]):
            i = slots.name[s]
            forget(space.pairs, names_of.names.at[i + 1] - names_of.names.at[i])
            for t in range(slots.at[right], slots.at[right + 1]):
                if slots.read[s] + slots.read[t] > READING:
                    continue
                j = slots.name[t]
                fill_pair(names_of, i, names_of, j, space.pairs, row)
                value = evidence(trees, row)
                is_weak = slots.weak[s] or slots.weak[t]
                counted = value - _WEAK_LOSS if is_weak else value
                if counted > best:
                    best = counted
                    result.columns[k, :] = row
                    result.best[k, 0], result.best[k, 1] = s, t
                if not is_weak:
                    strong = max(strong, value)
                if row[9] >= 0.999 and row[2] >= 0.999:
                    equal += 1.0
                a, b = slots.base[s], slots.base[t]
                grid[a, b] = max(grid[a, b], counted)
        sums = result.sums[k]
        sums[0], sums[1], sums[15] = best, strong, min(equal, 3.0)
        n, m = _size_of(slots, left), _size_of(slots, right)
        _fill_agreement(grid, n, m, sums)
        _fill_shared(names, pairs[k], k, space.seen, sums)


@compiled
def _size_of(slots: Slots, record: int) -> int:
    """Return the number of names of a record, each with all its readings."""
    size = 0
    for s in range(slots.at[record], slots.at[record + 1]):
        size = max(size, int(slots.base[s]) + 1)
    return size


@compiled
def _agreement_of(grid: Grid[np.float32], n: int, m: int, by_row: bool) -> tuple[float, float]:
    """Return the sum of the best evidence of each row (or column) of n by m, and the number that agree."""
    total = agreeing = 0.0
    for i in range(n if by_row else m):
        high = LEAST
        for j in range(m if by_row else n):
            high = max(high, float(grid[i, j] if by_row else grid[j, i]))
        total += high
        agreeing += 1.0 if high >= AGREES else 0.0
    return total, agreeing


@compiled
def _fill_agreement(grid: Grid[np.float32], n: int, m: int, out: NDArray[np.float32]) -> None:
    """Fill the second best pair of other names, and the number of names of each record (n, m) that agree."""
    at_left, at_right, best = 0, 0, -99.0
    for i in range(n):
        for j in range(m):
            if grid[i, j] > best:
                best, at_left, at_right = grid[i, j], i, j
    second = best if n == 1 or m == 1 else LEAST
    for i in range(n):
        for j in range(m):
            if i != at_left and j != at_right:
                second = max(second, grid[i, j])
    rows, met_rows = _agreement_of(grid, n, m, True)
    columns, met_columns = _agreement_of(grid, n, m, False)
    out[2] = second
    out[3], out[4] = min(rows / n, columns / m), max(rows / n, columns / m)
    out[5] = grid[0, 0]
    out[6] = min(met_rows, met_columns, 4.0)
    out[7], out[8] = min(met_rows / n, met_columns / m), max(met_rows / n, met_columns / m)
    out[9], out[10] = min(n, m, 6), min(max(n, m), 12)


@compiled
def _mark(names: RecordNames, record: int, marks: tuple[int, int], seen: NDArray[np.int32]) -> WordSums:
    """Give the words of a record the second mark; those with the first mark are known."""
    weights = known_weights = rarest = 0.0
    numbers = known_numbers = 0
    words, slots, rows = names.packed.words, names.slots, names.packed.names
    known, mark = marks
    for s in range(slots.at[record], slots.at[record + 1]):
        for w in rows.word[rows.at[slots.name[s]] : rows.at[slots.name[s] + 1]]:
            if words.kind[w] == WEAK or seen[w] >= mark:
                continue
            weight, is_number = float(words.weight[w]), words.kind[w] == NUMBER
            weights += weight
            numbers += 1 if is_number else 0
            if seen[w] == known:
                known_weights += weight
                known_numbers += 1 if is_number else 0
                rarest = rarest if is_number else max(rarest, weight)
            seen[w] = mark
    return WordSums(weights, numbers, known_weights, known_numbers, rarest)


@compiled
def _fill_shared(
    names: RecordNames, pair: NDArray[np.int32], k: int, seen: NDArray[np.int32], out: NDArray[np.float32]
) -> None:
    left = _mark(names, pair[0], (-2, 2 * k), seen)
    right = _mark(names, pair[1], (2 * k, 2 * k + 1), seen)
    both = right.known_weight
    out[11], out[12] = min(both, 5.0), right.rarest
    out[13] = both / max(0.01, min(left.weight, right.weight))
    out[14] = both / max(0.01, left.weight + right.weight - both)
    if left.numbers or right.numbers:
        out[16] = 1.0 if right.known_numbers else -2.0 if left.numbers and right.numbers else -1.0
