"""Tests of the reading of parties in an index."""

import numpy as np
import pytest

from overzicht.screening.listed import span_of

LARGEST = 2**32 - 1


@pytest.mark.parametrize(
    ("value", "span"), [(1, (0, 2)), (2, (2, 2)), (3, (2, 3)), (LARGEST, (3, 5)), (0, (0, 0))]
)
def test_the_rows_of_a_value_also_of_the_largest_of_the_type(value: int, span: tuple[int, int]) -> None:
    assert span_of(np.array([1, 1, 3, LARGEST, LARGEST], np.uint32), value) == span
