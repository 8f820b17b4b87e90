"""Subtraction over all published cells shows no single body."""

from hypothesis import given
from hypothesis import strategies as st

from overzicht.census.disclosure import FEWEST, Cell, suppress

cells = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=6).map(
    lambda rows: [Cell(str(place), have, have + rest) for place, (have, rest) in enumerate(rows)]
)


@given(cells)
def test_no_cell_and_no_difference_is_one_or_two_bodies(given_cells: list[Cell]) -> None:
    published = suppress(given_cells)
    shown = [*published.cells, *([published.joined] if published.joined else [])]
    assert all(cell.bodies == 0 or cell.bodies >= FEWEST for cell in shown)
    names = [cell.key for cell in published.cells]
    assert not set(names) & set(published.keys)
    if shown:  # together they are all: nothing is left to learn by subtraction from the total
        assert sum(cell.number for cell in shown) == sum(cell.number for cell in given_cells)
        assert sum(cell.bodies for cell in shown) == sum(cell.bodies for cell in given_cells)


def test_the_next_smallest_cell_joins_a_small_one() -> None:
    published = suppress([Cell("a", 1, 2), Cell("b", 4, 4), Cell("c", 9, 9)])
    assert [cell.key for cell in published.cells] == ["c"]
    assert published.keys == ("a", "b")
