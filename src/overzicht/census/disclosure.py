"""Disclosure control: no published cell, and no difference of published cells, gives a body away.

A cell of one or two bodies is not published. Such cells are joined into one; while that one is too small, the
next smallest cell joins it. Bodies that answered in confidence are in no cell at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass

FEWEST = 3


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


def suppress(cells: Sequence[Cell]) -> Suppressed:
    """Return what may be published of cells that add up to a published total."""
    open_cells = sorted((cell for cell in cells if cell.is_safe), key=lambda c: (c.bodies, c.number, c.key))
    closed = sorted((cell for cell in cells if not cell.is_safe), key=lambda cell: cell.key)
    if not closed:
        return Suppressed(tuple(cells))
    joined = _together(closed)
    while open_cells and not (joined.is_safe and len(closed) > 1):
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
