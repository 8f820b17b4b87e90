"""Sheets that list the rows of another sheet again, without a serial number by which they are one device."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import permutations

from overzicht.evidence import text
from overzicht.sources.inventories.interface import InventoryProblem
from overzicht.sources.inventories.tables.sheets import Sheet
from overzicht.sources.inventories.tables.vocabulary import plain

FEWEST = 3  # rows that come back
MOST_ROWS = 2_000  # of a sheet that are compared
MOST_SHEETS = 40
SAME = 0.8  # share of the rows of a sheet that another has too
_SPOTS = ("label", "place", "site", "address")
_PRODUCTS = ("model", "brand_and_model")
_NUMBERED = frozenset({"serial", "mac"})


def overlaps(sheets: Sequence[Sheet]) -> Iterator[InventoryProblem]:
    """Yield a doubt for each counted sheet whose rows are also in another one, by model and place."""
    if not 1 < len(sheets) <= MOST_SHEETS:
        return
    reported: set[str] = set()
    for sheet, other in permutations(sheets, 2):
        is_smaller = (sheet.rows, sheet.name) < (other.rows, other.name)
        if not is_smaller or sheet.name in reported or _NUMBERED & sheet.fields & other.fields:
            continue
        shared = [name for name in _SPOTS if name in sheet.fields & other.fields]
        own, theirs = _rows(sheet, shared), _rows(other, shared)
        count = (own & theirs).total() if shared else 0
        if count >= FEWEST and count >= SAME * own.total():
            reported.add(sheet.name)
            sentence = text(
                "{count} rows of sheet “{sheet}” are also in sheet “{other}”; both were counted",
                count=count,
                sheet=sheet.name,
                other=other.name,
            )
            yield InventoryProblem(f"sheet '{sheet.name}'", sentence)


def _rows(sheet: Sheet, spots: Sequence[str]) -> Counter[tuple[str, ...]]:
    """Return the rows of a sheet with a model, by their cells of these fields."""
    rows: Counter[tuple[str, ...]] = Counter()
    for part in sheet.parts:
        header = part.header
        products = [n for name in _PRODUCTS for n in header.indexes(name)]
        columns = [*products, *(n for name in spots for n in header.indexes(name)[:1])]
        for row in part.table.rows[:MOST_ROWS]:
            cells = tuple(plain(row.texts[n]) if n < len(row.texts) else "" for n in columns)
            if row.number > header.row and any(cells[: len(products)]) and any(cells[len(products) :]):
                rows[cells] += 1
    return rows
