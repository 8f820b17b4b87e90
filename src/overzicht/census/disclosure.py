"""Disclosure control: no published cell, and no difference of published cells, gives a body away.

A cell of one or two bodies is not published. Such cells are joined into one; while that one is too small, the
next smallest cell joins it. Bodies that answered in confidence are in no cell at all. In a second table of
the same bodies more cells are joined, until no sum and difference of cells is about one or two bodies.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

FEWEST = 3
NEAR = 1e-6  # of a number that is computed


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
    joined = _together(closed)
    while open_cells and (more > 0 or not (joined.is_safe and len(closed) > 1)):
        more -= int(not closed or (joined.is_safe and len(closed) > 1))
        closed.append(open_cells.pop(0))
        joined = _together(closed)
    safe = joined if joined.is_safe else None
    published = () if safe is None else tuple(cell for cell in cells if cell in open_cells)
    return Suppressed(published, safe, tuple(sorted(cell.key for cell in closed)))


def _together(cells: Sequence[Cell]) -> Cell:
    joined = Cell("", 0, 0)
    for cell in cells:
        joined = joined.plus(cell)
    return joined


def gives_away(sets: Sequence[Collection[str]]) -> bool:
    """Return whether numbers about these sets of bodies add and subtract to one about one or two bodies.

    Bodies in the same sets cannot be told apart, so they are one unknown. A number about an unknown follows
    if it is in the space of the sets: its projection on that space is itself.
    """
    signs: dict[str, list[int]] = {}
    for place, members in enumerate(sets):
        for body in members:
            signs.setdefault(body, []).append(place)
    unknowns = Counter(map(tuple, signs.values()))
    small = [place for place, count in enumerate(unknowns.values()) if count < FEWEST]
    if not small:
        return False
    matrix = np.zeros((len(sets), len(unknowns)))
    for place, own in enumerate(unknowns):
        matrix[list(own), place] = 1
    _, sizes, rows = np.linalg.svd(matrix, full_matrices=False)
    basis = rows[sizes > NEAR]
    space = basis.T @ basis
    few = np.diag(space)[small]
    single = [place for place, count in enumerate(unknowns.values()) if count == 1]
    alone = np.diag(space)[single]
    pairs = alone[:, None] + alone[None, :] + 2 * space[np.ix_(single, single)]
    np.fill_diagonal(pairs, 0)
    return bool((few > 1 - NEAR).any() or (pairs > FEWEST - 1 - NEAR).any())
