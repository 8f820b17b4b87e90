"""Disclosure control: no published cell, and no difference of published cells, gives a body away.

A cell of one or two bodies is not published. Such cells are joined into one; while that one is too small, the
next smallest cell joins it. Bodies that answered in confidence are in no cell at all. In a second table of
the same bodies more cells are joined, until no sum and difference of cells is about one or two bodies.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FEWEST = 3
NEAR = 1e-6  # of a number that is computed
SHIFT, STEPS, VECTORS = 1e-8, 8, 3  # of what is left outside a space
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Cell:
    """A number by a key, and the bodies that it is about."""

    key: str
    number: int
    bodies: int

    @property
    def is_safe(self) -> bool:
        """Whether it may be published."""
        return not 0 < self.bodies < FEWEST

    def plus(self, other: "Cell") -> "Cell":
        """Return both as one cell, with the key of this one."""
        return Cell(self.key, self.number + other.number, self.bodies + other.bodies)


@dataclass(frozen=True, slots=True)
class Suppressed:
    """The cells that may be published; `joined` is the cell of those that were joined, `keys` are theirs.

    `joined` is None if none was joined, or if even all together are too small: then nothing is published.
    """

    cells: tuple[Cell, ...]
    joined: Cell | None = None
    keys: tuple[str, ...] = ()


def suppress(cells: Sequence[Cell], more: int = 0) -> Suppressed:
    """Return what may be published of cells that add up to a published total.

    `more` cells are joined in addition to those that have to be.
    """
    open_cells = sorted((cell for cell in cells if cell.is_safe), key=lambda c: (c.bodies, c.number, c.key))
    closed = sorted((cell for cell in cells if not cell.is_safe), key=lambda cell: cell.key)
    if not closed and not more:
        return Suppressed(tuple(cells))
    joined = Cell("", 0, 0)
    for cell in closed:
        joined = joined.plus(cell)
    while open_cells and (more > 0 or not (joined.is_safe and len(closed) > 1)):
        more -= int(not closed or (joined.is_safe and len(closed) > 1))
        closed.append(open_cells.pop(0))
        joined = joined.plus(closed[-1])
    safe = joined if joined.is_safe else None
    keys = {cell.key for cell in closed}
    published = () if safe is None else tuple(cell for cell in cells if cell.key not in keys)
    return Suppressed(published, safe, tuple(sorted(keys)))


def suppress_beside(
    cells: Sequence[Cell], members: Mapping[str, frozenset[str]], known: Sequence[frozenset[str]]
) -> tuple[Suppressed, list[frozenset[str]]]:
    """Return what may be published of cells beside numbers about other sets, and the sets of bodies of it.

    The fewest cells are joined. A joined cell follows from its parts, so whatever gives a body away with more
    cells joined does so with fewer: the number of cells can be halved.
    """

    def joined(more: int) -> tuple[Suppressed, list[frozenset[str]]]:
        published = suppress(cells, more)
        rest = frozenset[str]().union(*(members[key] for key in published.keys))
        return published, [*(members[cell.key] for cell in published.cells), *([rest] if rest else [])]

    def is_open(more: int) -> bool:
        published, new = joined(more)
        return bool(published.cells) and gives_away([*known, *new])

    if not is_open(0):
        return joined(0)
    return joined(1 + bisect_left(range(1, len(cells)), True, key=lambda more: not is_open(more)))


def gives_away(sets: Sequence[Collection[str | int]]) -> bool:
    """Return whether numbers about these sets of bodies add and subtract to one about one or two bodies.

    Bodies in the same sets cannot be told apart, so they are one unknown. A number about an unknown follows
    if nothing of it is left outside the space of the sets, and one about two if what is left of them is
    opposite. What is left is compared by its products with a few random vectors.
    """
    signs: dict[str | int, int] = defaultdict(int)  # a bit for each set that has the body
    for place, members in enumerate(sets):
        for body in members:
            signs[body] |= 1 << place
    unknowns = Counter(signs.values())
    counts = np.fromiter(unknowns.values(), int, len(unknowns))
    if not (counts < FEWEST).any():
        return False
    places_of_each: list[tuple[int, ...]] = []
    for sign in unknowns:
        places_of_each.append(tuple(place for place in range(sign.bit_length()) if sign >> place & 1))
    # what is left of each unknown outside the space of its sets, times random vectors. A step leaves a
    # share SHIFT / (SHIFT + size) of what is in the space, by the size of its direction.
    outside_sets = len(sets)
    longest = max(map(len, places_of_each))
    places = np.array(
        [own + (outside_sets,) * (longest - len(own)) for own in places_of_each]
    )  # the last place is empty
    shared = np.zeros((outside_sets + 1, outside_sets + 1))
    np.add.at(shared, (places[:, :, None], places[:, None, :]), 1)
    sizes = np.sqrt(shared.diagonal().clip(1))
    shared[outside_sets] = shared[:, outside_sets] = 0
    inverse = np.linalg.inv(shared / np.outer(sizes, sizes) + SHIFT * np.eye(outside_sets + 1))
    inverse /= np.outer(sizes, sizes)
    left = np.random.default_rng(0).standard_normal((len(places_of_each), VECTORS))
    for _ in range(STEPS):
        sums = np.zeros((outside_sets + 1, VECTORS))
        for place in places.T:
            np.add.at(sums, place, left)
        sums[outside_sets] = 0
        left -= (inverse @ sums)[places].sum(axis=1)
    is_known = np.abs(left).max(axis=1) < NEAR
    if bool(is_known[counts < FEWEST].any()):
        return True
    # whether two of these rows are opposite
    opposites_left = left[counts == 1]
    ordered = opposites_left[np.argsort(opposites_left[:, 0])]
    first = np.searchsorted(ordered[:, 0], -ordered[:, 0] - NEAR)
    last = np.searchsorted(ordered[:, 0], -ordered[:, 0] + NEAR)
    return any(
        bool((np.abs(ordered[first[row] : last[row]] + ordered[row]) < NEAR).all(axis=1).any())
        for row in np.flatnonzero(last > first)
    )
