"""Subtraction over all published cells shows no protected body."""

from hypothesis import given
from hypothesis import strategies as st

from overzicht.census.disclosure import FEWEST, Cell, suppress

cells = st.lists(
    st.tuples(*[st.integers(0, 9)] * 4), min_size=1, max_size=4
).map(
    lambda rows: [
        Cell(str(place), open_have + shut_have, open_have + open_not + shut_have + shut_not,
             open_have + shut_have, shut_have + shut_not, shut_have)
        for place, (open_have, open_not, shut_have, shut_not) in enumerate(rows)
    ]
)  # fmt: skip


@given(cells)
def test_no_cell_or_difference_gives_a_protected_body_away(given_cells: list[Cell]) -> None:
    published = suppress(given_cells)
    shown = [*published.cells, *([published.joined] if published.joined else [])]
    for cell in shown:
        assert cell.bodies == 0 or cell.bodies >= FEWEST
        assert not cell.protected or FEWEST <= cell.protected_have < cell.protected
    names = [cell.key for cell in published.cells]
    assert not set(names) & set(published.keys)
    if shown:  # together they are all: nothing is left to learn by subtraction from the total
        assert sum(cell.number for cell in shown) == sum(cell.number for cell in given_cells)


def test_the_next_smallest_cell_joins_a_small_one() -> None:
    published = suppress([Cell("a", 1, 2, 1), Cell("b", 4, 4, 4), Cell("c", 9, 9, 9)])
    assert [cell.key for cell in published.cells] == ["c"]
    assert published.keys == ("a", "b")
