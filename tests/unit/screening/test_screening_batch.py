"""The best names of the best parties, kept in order."""

from typing import Any

import numpy as np
import pytest

from overzicht.screening.batch import insert

PARTY = np.array([0, 0, 1, 2, 2, 3], np.int32)  # of each name
Hit = tuple[int, float]


@pytest.mark.parametrize(
    ("hits", "kept"),
    [
        ([], []),
        ([(2, 0.5)], [(2, 0.5)]),
        ([(0, 0.5), (2, 0.7)], [(2, 0.7), (0, 0.5)]),
        ([(2, 0.7), (0, 0.5)], [(2, 0.7), (0, 0.5)]),
        ([(2, 0.5), (0, 0.5)], [(2, 0.5), (0, 0.5)]),  # the first of equals
        ([(0, 0.5), (1, 0.6)], [(1, 0.6)]),  # one name per party
        ([(1, 0.6), (0, 0.5)], [(1, 0.6)]),
        ([(0, 0.5), (1, 0.5)], [(0, 0.5)]),
        ([(0, 0.4), (2, 0.5), (1, 0.6)], [(1, 0.6), (2, 0.5)]),
        ([(2, 0.5), (0, 0.4), (3, 0.3), (4, 0.6)], [(4, 0.6), (2, 0.5), (0, 0.4)]),
        ([(0, 0.1), (2, 0.2), (3, 0.3), (5, 0.4)], [(5, 0.4), (3, 0.3), (2, 0.2)]),
        ([(0, 0.4), (2, 0.3), (3, 0.2), (5, 0.1)], [(0, 0.4), (2, 0.3), (3, 0.2)]),
        ([(0, 0.4), (2, 0.3), (3, 0.2), (5, 0.2)], [(0, 0.4), (2, 0.3), (3, 0.2)]),
        ([(0, -3.0), (2, -5.0), (3, -4.0)], [(0, -3.0), (3, -4.0), (2, -5.0)]),
    ],
)
def test_three_parties_are_kept_each_with_its_best_name(hits: list[Hit], kept: list[Hit]) -> None:
    names, values = np.full(3, -1, np.int32), np.full(3, -99.0, np.float32)
    for name, value in hits:
        insert(names, values, name, value, PARTY)
    pairs = zip(names.tolist(), values.tolist(), strict=True)
    wanted: list[tuple[int, Any]] = [(name, pytest.approx(value)) for name, value in kept]
    assert [pair for pair in pairs if pair[0] >= 0] == wanted
