"""Hits of several readings of a name, as those of the name."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from overzicht.screening.batch import Hits


def merged(hits: Hits, rows: Sequence[Sequence[int]], party: NDArray[np.int32], most: int) -> Hits:
    """Return per group of rows the best hit of each party, at most `most`; `party` is that of each name."""
    result = Hits(np.full((len(rows), most), -1, np.int32), np.full((len(rows), most), -99.0, np.float32))
    for number, group in enumerate(rows):
        names, evidence = hits.name[group].ravel(), hits.evidence[group].ravel()
        order = np.argsort(-evidence, kind="stable")
        order = order[names[order] >= 0]
        _, first = np.unique(party[names[order]], return_index=True)
        order = order[np.sort(first)][:most]
        result.name[number, : len(order)] = names[order]
        result.evidence[number, : len(order)] = evidence[order]
    return result
