"""The hot loop: a batch of queries against an index, candidates and evidence in one compiled pass."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from overzicht.names.compiled import Grid, compiled
from overzicht.screening.align import forget
from overzicht.screening.features import COUNT, fill_pair
from overzicht.screening.index.layout import IndexArrays, Target
from overzicht.screening.index.search import candidates
from overzicht.screening.index.variants import Scratch, new_scratch
from overzicht.screening.pack import Packed, name_of
from overzicht.screening.scorer import Scorer, Trees, evidence

CANDIDATES = 50  # names compared per query and list
LEAST_SHARE = 0.5  # of a rival's points: a name with fewer is not compared word by word


class Hits(NamedTuple):
    """Per query (rows) and list the best names of the best parties: number and evidence.

    A list has `most` columns, best first; the number is -1 in columns that are not used.
    """

    name: Grid[np.int32]
    evidence: Grid[np.float32]


class Search(NamedTuple):
    """How to search: the trees that score, 1 per list to search, and working space."""

    trees: Trees
    lists: NDArray[np.uint8]
    scratch: Scratch
    columns: NDArray[np.float32]


@compiled
def _rank(heap: NDArray[np.float32], names: NDArray[np.int32], size: int) -> None:
    for i in range(1, size):
        value, name, k = heap[i], names[i], i
        while k > 0 and (heap[k - 1] < value or (heap[k - 1] == value and names[k - 1] > name)):
            heap[k], names[k] = heap[k - 1], names[k - 1]
            k -= 1
        heap[k], names[k] = value, name


@compiled
def insert(
    names: NDArray[np.int32], values: NDArray[np.float32], name: int, value: float, party: NDArray[np.int32]
) -> None:
    """Put a name in its place among the hits of a query on one list, one per party."""
    last = len(names) - 1
    for k in range(len(names)):
        if names[k] >= 0 and party[names[k]] == party[name]:
            if float(values[k]) >= value:
                return
            last = k
            break
    if names[last] >= 0 and float(values[last]) >= value:
        return
    k = last
    while k > 0 and (names[k - 1] < 0 or float(values[k - 1]) < value):
        names[k], values[k] = names[k - 1], values[k - 1]
        k -= 1
    names[k], values[k] = name, value


@compiled
def _best_rival(
    heap: NDArray[np.float32], names: NDArray[np.int32], size: int, party: NDArray[np.int32]
) -> float:
    """Return the points of the best candidate of another party than the first; 0 if there is none.

    Names are compared with these, so that another alias never excludes a party's own names.
    """
    for k in range(1, size):
        if party[names[k]] != party[names[0]]:
            return float(heap[k])
    return 0.0


@compiled
def _run(queries: Packed, kinds: NDArray[np.uint8], target: Target, search: Search, hits: Hits) -> None:
    lists, scratch, party = search.lists, search.scratch, target.postings.party
    columns = search.columns
    most = hits.name.shape[1] // len(lists)
    for i in range(len(queries.names.form)):
        query = name_of(queries, i)
        candidates(query, target, scratch, int(kinds[i]), lists)
        forget(scratch.space, len(query.row))
        for number in range(len(lists)):
            size = int(scratch.size[number])
            if size == 0:
                continue
            heap, heap_name = scratch.heap[number], scratch.heap_name[number]
            _rank(heap, heap_name, size)
            first, rival = party[heap_name[0]], _best_rival(heap, heap_name, size, party)
            own_names = hits.name[i, number * most : (number + 1) * most]
            own_values = hits.evidence[i, number * most : (number + 1) * most]
            for k in range(size):
                name = heap_name[k]
                if heap[k] < LEAST_SHARE * rival:
                    break
                if heap[k] < LEAST_SHARE * heap[0] and party[name] != first:
                    continue
                fill_pair(queries, i, target.packed, name, scratch.space, columns)
                insert(own_names, own_values, name, evidence(search.trees, columns), party)


def search(
    queries: Packed,
    kinds: NDArray[np.uint8],
    index: IndexArrays,
    scorer: Scorer,
    *,
    lists: NDArray[np.uint8] | None = None,
    most: int = 10,
    scratch: Scratch | None = None,
) -> Hits:
    """Return per list the best `most` parties for each packed query; `lists` is 1 per list to search."""
    number = max(1, len(index.lists))
    shape = (len(queries.names.form), number * most)
    hits = Hits(np.full(shape, -1, np.int32), np.full(shape, -99.0, np.float32))
    if len(index.names.form):
        chosen = np.ones(number, np.uint8) if lists is None else lists
        scratch = scratch or new_scratch(CANDIDATES, number)
        space = Search(scorer.trees, chosen, scratch, np.zeros(COUNT, np.float32))
        _run(queries, kinds, index.target, space, hits)
    return hits


@compiled
def _merge(hits: Hits, reading_of: NDArray[np.int32], party: NDArray[np.int32], result: Hits) -> None:
    for row in range(len(reading_of)):
        number = reading_of[row]
        for k in range(hits.name.shape[1]):
            name = hits.name[row, k]
            if name >= 0:
                insert(
                    result.name[number], result.evidence[number], name, float(hits.evidence[row, k]), party
                )


def merged(hits: Hits, reading_of: Sequence[int], party: NDArray[np.int32], most: int) -> Hits:
    """Return the hits of names from those of their readings, at most `most` per name, one per party.

    `reading_of` is the number of the name, from 0 without a gap, that each row of `hits` is a reading of;
    `party` is that of each listed name.
    """
    shape = (max(reading_of, default=-1) + 1, most)
    result = Hits(np.full(shape, -1, np.int32), np.full(shape, -99.0, np.float32))
    _merge(hits, np.array(reading_of, np.int32), party, result)
    return result
