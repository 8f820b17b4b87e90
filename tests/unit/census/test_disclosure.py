"""Subtraction over all published cells shows no single body."""

from hypothesis import given
from hypothesis import strategies as st

from overzicht.census.disclosure import FEWEST, Cell, gives_away, suppress

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


def test_two_tables_of_the_same_bodies_do_not_show_one_together() -> None:
    boards = {f"b{n}" for n in range(5)}
    south, north = {f"s{n}" for n in range(9)}, {"n1"}  # the one town of the north
    kinds, regions = [boards, south | north], [boards | north, south]
    assert not gives_away(kinds)
    assert not gives_away(regions)
    assert gives_away([*kinds, *regions])  # the north less the boards
    assert not gives_away([boards, south | north, boards | north | south])
    assert gives_away([{"a", "b", "c"}, {"a", "b", "c", "d", "e"}])  # a difference of two
    assert gives_away([{"a", "b", "c"}, {"c", "d", "e"}, {"a", "b", "d", "e"}])  # half a sum less another


@given(cells, st.integers(0, 6))
def test_more_cells_are_joined_until_one_is_left(given_cells: list[Cell], more: int) -> None:
    published, first = suppress(given_cells, more), suppress(given_cells)
    assert len(published.cells) <= max(0, len(first.cells) - more) or not first.cells
    if published.joined:
        assert sum(c.bodies for c in published.cells) + published.joined.bodies == sum(
            c.bodies for c in given_cells
        )
