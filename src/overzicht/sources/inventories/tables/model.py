"""A table before it is understood: rows of cells with their place."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property

from overzicht.evidence.account import FileEnd
from overzicht.sources.inventories.interface import InventoryProblem

Cell = str | int | float | bool | date | datetime | time | timedelta | None

MOST_COLUMNS = 1_000  # a wider row is not a header: looking at a column takes time


@dataclass(frozen=True)
class TableRow:
    """One row: its number as a person sees it (from 1), its cells, and whether one merged cell fills it."""

    number: int
    cells: tuple[Cell, ...]
    is_heading: bool = False

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The cells as texts, trimmed."""
        return tuple([" ".join(c.split()) if c.__class__ is str else cell_text(c) for c in self.cells])

    @property
    def is_empty(self) -> bool:
        """Whether no cell holds anything."""
        return not any(self.texts)


@dataclass(slots=True)
class RawTable:
    """One sheet, or the whole of a delimited file (`sheet` is then empty).

    `unread` are rows that the end of the file cuts; `end` is what that end shows, None if nothing was seen.
    """

    sheet: str
    rows: list[TableRow]
    row_word: str = "row"
    problems: list[InventoryProblem] = field(default_factory=list)
    unread: list[InventoryProblem] = field(default_factory=list)
    end: FileEnd | None = None

    def place(self, number: int) -> str:
        """Return the place of a row, as a citation names it."""
        place = f"{self.row_word} {number}"
        return f"sheet '{self.sheet}', {place}" if self.sheet else place


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
