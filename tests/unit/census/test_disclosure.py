"""Subtraction over all published cells shows no single body."""

from itertools import combinations
from time import process_time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from overzicht.subjects.census.disclosure import FEWEST, Cell, gives_away, suppress, suppress_beside

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


members_of = st.lists(st.frozensets(st.integers(0, 11).map(str), min_size=1), min_size=1, max_size=6)


@given(members_of)
def test_what_follows_from_numbers_is_what_their_rank_says(sets: list[frozenset[str]]) -> None:
    """A number about some bodies follows if it adds nothing to the rank of those that are known."""
    bodies = sorted(frozenset().union(*sets))
    rows = [[body in own for body in bodies] for own in sets]
    rank = np.linalg.matrix_rank(np.array(rows, float))
    few = [own for size in range(1, FEWEST) for own in combinations(bodies, size)]
    follows = (
        np.linalg.matrix_rank(np.array([*rows, [body in own for body in bodies]], float)) == rank
        for own in few
    )
    assert gives_away(sets) == any(follows)


@pytest.mark.parametrize(("is_chain", "is_known"), [(True, True), (False, False)])
def test_a_long_way_of_subtractions_is_followed(*, is_chain: bool, is_known: bool) -> None:
    """Of a chain of sets each overlap follows from its end; of a ring of even length none does."""
    length = 600
    parts = [{f"{place}-{n}" for n in range(1 if place == 300 else 9)} for place in range(length)]
    sets = [parts[place] | parts[place + 1] for place in range(length - 1)]
    assert gives_away([*sets, parts[0] if is_chain else parts[-1] | parts[0]]) == is_known


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 2)), min_size=FEWEST, max_size=40))
def test_the_fewest_cells_are_joined_beside_other_numbers(bodies: list[tuple[int, int]]) -> None:
    everybody = frozenset(map(str, range(len(bodies))))
    regions = [frozenset(str(n) for n, own in enumerate(bodies) if own[1] == region) for region in range(3)]
    known = [everybody, *(own for own in regions if own)]
    known = [everybody] if gives_away(known) else known
    members = {
        str(kind): frozenset(str(n) for n, own in enumerate(bodies) if own[0] == kind) for kind in range(5)
    }
    cells = [Cell(key, 0, len(own)) for key, own in members.items()]
    published, new = suppress_beside(cells, members, known)
    assert not gives_away([*known, *new])
    for more in range(len(cells) + 1):
        fewer = suppress(cells, more)
        if fewer == published:
            break
        joined = frozenset().union(*(members[key] for key in fewer.keys))
        assert gives_away([*known, *(members[cell.key] for cell in fewer.cells), joined])


def test_a_large_country_takes_no_second() -> None:
    """15,000 bodies of 60 kinds in 400 regions; most kinds and regions have few."""
    kinds = {str(kind): set[str]() for kind in range(60)}
    regions = {str(region): set[str]() for region in range(400)}
    for number in range(15_000):
        kinds[str(int(60 * (number * 0.618034 % 1) ** 12))].add(str(number))
        regions[str(int(400 * (number * 0.414214 % 1) ** 4))].add(str(number))
    known = [frozenset(map(str, range(15_000)))]
    start = process_time()
    for table in (kinds, regions):
        members = {key: frozenset(own) for key, own in table.items() if own}
        cells = [Cell(key, 0, len(own)) for key, own in members.items()]
        published, new = suppress_beside(cells, members, known)
        assert published.cells
        known += new
    assert process_time() - start < 1
    assert not gives_away(known)
