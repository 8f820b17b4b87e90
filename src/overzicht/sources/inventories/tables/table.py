"""A table before it is understood: rows of cells with their place."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from overzicht.evidence.account import FileEnd
from overzicht.sources.inventories.interface import InventoryProblem

Cell = str | int | float | bool | date | datetime | time | timedelta | None

MOST_COLUMNS = 1_000  # a wider row is not a header: looking at a column takes time


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: its number as a person sees it (from 1), its cells, and whether one merged cell fills it.

    `texts` are the cells as texts, trimmed. Rows of one table share equal texts. `column` is the letter of
    the cell that it is of, where one row of the sheet gives several.
    """

    number: int
    cells: tuple[Cell, ...]
    is_heading: bool = False
    column: str = ""
    texts: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Make the texts; if the cells are nothing else, they are the same."""
        texts = tuple([spaced(c) if c.__class__ is str else cell_text(c) for c in self.cells])
        object.__setattr__(self, "texts", texts)
        if texts == self.cells:
            object.__setattr__(self, "cells", texts)  # the texts that rows share, not those of this row

    @property
    def is_empty(self) -> bool:
        """Whether no cell holds anything."""
        return not any(self.texts)


Merge = tuple[tuple[int, int], tuple[int, int]]  # (top, left), (bottom, right), from 0


@dataclass(slots=True)
class RawTable:
    """One sheet, or the whole of a delimited file (`sheet` is then empty), or a part of either.

    `unread` are rows that the end of the file cuts; `end` is what that end shows, None if nothing was seen.
    `hidden` are the numbers of the rows that a person does not see. `merges` are the merged cells. `left` is
    the number of columns of the sheet to the left of this part, None for a part that has its rows alone.
    """

    sheet: str
    rows: list[TableRow]
    row_word: str = "row"
    problems: list[InventoryProblem] = field(default_factory=list)
    unread: list[InventoryProblem] = field(default_factory=list)
    end: FileEnd | None = None
    hidden: frozenset[int] = frozenset()
    merges: tuple[Merge, ...] = ()
    is_hidden: bool = False
    is_pivot: bool = False
    left: int | None = None

    def place(self, number: int, column: str = "") -> str:
        """Return the place of a row, or of a cell of it, as a citation names it."""
        column = column or ("" if self.left is None else column_letter(self.left))
        place = f"{self.row_word} {number}" + (f", column {column}" if column else "")
        return f"sheet '{self.sheet}', {place}" if self.sheet else place

    def place_of(self, row: TableRow) -> str:
        """Return the place of a row."""
        return self.place(row.number, row.column)

    def part(self, rows: list[TableRow], *, first: bool = False) -> "RawTable":
        """Return a table of these rows of it; the problems of the file go with the first part."""
        return replace(self, rows=rows, problems=self.problems if first else [])

    def columns(self, start: int, end: int) -> "RawTable":
        """Return the part between two columns, each row with its cells there."""
        rows = [replace(row, cells=row.cells[start:end]) for row in self.rows]
        merges = tuple(
            ((top, left - start), (bottom, right - start))
            for (top, left), (bottom, right) in self.merges
            if start <= left and right < end
        )
        return replace(self, rows=rows, merges=merges, left=(self.left or 0) + start, problems=[])


def column_letter(number: int) -> str:
    """Return the letters of a column, counted from 0.

    >>> column_letter(0), column_letter(27)
    ('A', 'AB')
    """
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@lru_cache(maxsize=50_000)
def spaced(cell: str) -> str:
    """Return a text on one line, with single spaces; for an equal text the same object."""
    return " ".join(cell.split())


def cell_text(cell: Cell) -> str:
    """Return a cell as a person reads it, on one line: whole numbers without decimals, days in ISO form."""
    match cell:
        case str() | None:
            return " ".join((cell or "").split())
        case bool():
            return "true" if cell else "false"
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case datetime():
            midnight = cell.time() == time()
            return cell.date().isoformat() if midnight else cell.isoformat(sep=" ", timespec="seconds")
        case date() | time():
            return cell.isoformat()
    return str(cell)
