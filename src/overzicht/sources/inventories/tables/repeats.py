"""Cells that stand for the cell above: ditto marks, and a site or brand that is written once."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from overzicht.sources.inventories.tables.header import Header
from overzicht.sources.inventories.tables.lexicon import is_ditto
from overzicht.sources.inventories.tables.products import may_make
from overzicht.sources.inventories.tables.table import RawTable, TableRow

SPARSE = 0.5  # at most this share of the rows has a site where it is written once


@dataclass(slots=True)
class Repeats:
    """Fills the cells of rows in order; `above` is the row above that names a device, None in a new block."""

    ditto: frozenset[int]  # columns in which a mark occurs
    places: frozenset[int]
    groups: frozenset[int]
    products: frozenset[int]
    once: frozenset[int]  # columns of sites and brands that are written once, wherever they are
    above: TableRow | None = None
    before: TableRow | None = None  # the last one, also of the block before
    crossed: bool = field(default=False)  # whether a mark of this row took its cell from another block
    missed: bool = field(default=False)  # whether a mark of this row has no cell above it

    @classmethod
    def of(cls, table: RawTable, header: Header) -> "Repeats":
        """Look at the columns of a table for marks and for sites that are written once."""
        below = [row for row in table.rows if row.number > header.row]
        width = len(header.columns)
        marks = set(filter(is_ditto, {cell for row in below for cell in row.texts[:width] if cell}))
        ditto = (
            {n for row in below for n, cell in enumerate(row.texts[:width]) if cell in marks}
            if marks
            else set()
        )
        places = {n for name in ("site", "organisation", "place") for n in header.indexes(name)}
        groups = {n for name in ("site", "organisation") for n in header.indexes(name)}
        products = {n for name in ("brand", "model", "brand_and_model") for n in header.indexes(name)}
        once = {n for n in groups if _is_written_once(below, n, products)}
        models = set(header.indexes("model"))
        once |= {n for n in header.indexes("brand") if _is_written_once(below, n, models, is_brand=True)}
        return cls(
            frozenset(ditto), frozenset(places), frozenset(groups), frozenset(products), frozenset(once)
        )

    def fill(self, row: TableRow) -> TableRow:
        """Return a row with the cells that marks and empty cells stand for."""
        self.crossed = self.missed = False
        texts = row.texts
        changed: dict[int, object] = {}
        for n in self.ditto:
            if n < len(texts) and is_ditto(texts[n]):
                above = self.above or self.before
                self.crossed |= self.above is None and above is not None
                self.missed |= above is None
                changed[n] = above.cells[n] if above is not None and n < len(above.cells) else ""
        if self.above is not None and any(n < len(texts) and texts[n] for n in self.products):
            first = 0 if texts[0] else next((n for n, cell in enumerate(texts) if cell), 0)
            leading = range(first)
            has_group = any(n in leading for n in self.groups)
            empty = {n for n in self.places if n in leading} if has_group else set[int]()
            for n in empty | {n for n in self.once if n < len(texts) and not texts[n]}:
                if n < len(self.above.cells):
                    changed[n] = self.above.cells[n]
        if not changed:
            return row
        cells = tuple(changed.get(n, cell) for n, cell in enumerate(row.cells))
        return replace(row, cells=cells)  # type: ignore[arg-type]

    def remember(self, row: TableRow) -> None:
        """Take a row of a device as the one above the next."""
        if any(n < len(row.texts) and row.texts[n] for n in self.products):
            self.above = self.before = row

    def end_block(self) -> None:
        """Start a new block: a heading or total separates the rows."""
        self.above = None


def _is_written_once(
    rows: Sequence[TableRow], column: int, products: set[int], *, is_brand: bool = False
) -> bool:
    """Return whether a column names a site in the first row of its devices and leaves the next ones empty.

    One of brands does so too, unless a maker card gives a model to another maker.
    """
    of_devices = [row for row in rows if any(n < len(row.texts) and row.texts[n] for n in products)]
    cells = [row.texts[column] if column < len(row.texts) else "" for row in of_devices]
    if is_brand:
        brand = ""
        for row, cell in zip(of_devices, cells, strict=True):
            brand = cell or brand
            if not cell and not all(may_make(brand, row.texts[n]) for n in products if n < len(row.texts)):
                return False
    filled = sum(map(bool, cells))
    if not cells or not cells[0] or filled > SPARSE * len(cells):
        return False
    return not any(cell and cell == before for cell, before in zip(cells[1:], cells, strict=False))
