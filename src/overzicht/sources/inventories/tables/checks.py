"""What does not agree in a list: totals and rows, one serial number on two devices."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from overzicht.devices import Sighting, Trace
from overzicht.devices.device_marks import serials
from overzicht.evidence import text
from overzicht.sources.inventories.interface import InventoryProblem
from overzicht.sources.inventories.tables.cell_values import read_number
from overzicht.sources.inventories.tables.header import Header
from overzicht.sources.inventories.tables.lexicon import lexicon
from overzicht.sources.inventories.tables.table import RawTable, TableRow
from overzicht.sources.inventories.tables.vocabulary import plain, vocabulary

MOST_SERIALS = 100  # that are named; more are counted
FEWEST = 3  # rows among which one can be out of line
MANY = 50  # devices of one row that a person would look at
MOST_UNNAMED = 5  # rows that are named
_INTEGER = re.compile(r"(?<![\d.,])\d{1,7}(?![\d.,]?\d)")


@dataclass(slots=True)
class Sum:
    """Rows and devices counted so far; `others` are the quantities of things that are not devices."""

    rows: int = 0
    devices: int = 0
    others: int = 0

    def add(self, quantity: int, *, is_device: bool) -> None:
        """Count a row."""
        self.rows += 1
        if is_device:
            self.devices += quantity
        else:
            self.others += quantity

    def fits(self, stated: int, *, of_rows: bool) -> bool:
        """Return whether a stated total is this sum, with or without things that are not devices."""
        return stated in {self.devices, self.devices + self.others} or (of_rows and stated == self.rows)


@dataclass(slots=True)
class Tally:
    """Compares the totals of a table with its rows: those of a block, and those of all."""

    table: RawTable
    header: Header
    all: Sum
    block: Sum = field(default_factory=Sum)
    repeated: int | None = None
    has_blocks: bool = False  # whether a total was met before
    rows: int = 0
    devices: int = 0
    largest: tuple[int, TableRow | None] = (0, None)
    unnamed: list[TableRow] = field(default_factory=list)  # rows of several devices without brand or number

    def add(self, quantity: int, *, is_device: bool = True) -> None:
        """Count a row in its block and in all."""
        self.block.add(quantity, is_device=is_device)
        self.all.add(quantity, is_device=is_device)
        if is_device:
            self.rows += 1
            self.devices += quantity

    def remember(self, row: TableRow, quantity: int) -> None:
        """Note a row of several devices that is out of line: the largest, and those that name no product."""
        if quantity > self.largest[0]:
            self.largest = (quantity, row)
        columns = self.header.naming_columns
        if columns and not any(n < len(row.texts) and row.texts[n] for n in columns):
            self.unnamed.append(row)

    def outliers(self) -> Iterator[InventoryProblem]:
        """Yield a doubt for a row of more devices than all others, and for the few that name no product."""
        quantity, row = self.largest
        if row is not None and self.rows > FEWEST and quantity >= MANY and quantity * 2 > self.devices:
            sentence = text(
                "This row has {count} devices, more than all others of its table; they were counted",
                count=quantity,
            )
            yield InventoryProblem(self.table.place_of(row), sentence)
        if len(self.unnamed) * FEWEST > self.rows:
            return
        for row in self.unnamed[:MOST_UNNAMED]:
            sentence = text("This row has several devices and names no brand, model or number of them")
            yield InventoryProblem(self.table.place_of(row), sentence)

    def check(self, row: TableRow, heading: str = "") -> Iterator[InventoryProblem]:
        """Yield a doubt for a total that is not the sum of its rows; the next block begins after it.

        `heading` is above the rows; its numbers, which the caption may repeat, are not totals.
        """
        # the number of a total: in a column of quantities, in its caption, or in the next cell
        header = self.header
        stated: int | None
        columns = [n for n in header.indexes("quantity") if n < len(row.texts) and row.texts[n]]
        numbers = [number for n in columns if (number := read_number(row.texts[n])) is not None]
        if numbers:
            named = [column for n in columns if (column := header.columns[n]) is not None]
            has_sum = any(vocabulary().header_has(column.column, "sums") for column in named)
            stated = sum(numbers) if len(columns) > 1 and not has_sum else numbers[-1]
        else:
            filled = [(n, cell) for n, cell in enumerate(row.texts) if cell]
            caption = next(((n, cell) for n, cell in filled if vocabulary().is_total(cell)), filled[0])
            for n, cell in filled:
                column = header.columns[n] if n < len(header.columns) else None
                is_money = column is not None and (
                    column.field == "bought" or lexicon().has(column.column, "money") or "€" in column.column
                )
                if n > caption[0] and not is_money:
                    number = read_number(cell)
                    stated = (
                        number
                        if (number is not None and not header.indexes("quantity")) or n == caption[0] + 1
                        else None
                    )
                    break
            else:
                inside = _INTEGER.findall(caption[1].replace(heading, " ") if heading else caption[1])
                stated = int(inside[-1]) if len(inside) == 1 else None
        block, self.block = self.block, Sum()
        if stated is None:
            return
        label = next((cell for cell in row.texts if cell and not cell.isdigit()), row.texts[0])
        of_rows = lexicon().has(label, "rows") or not self.header.indexes("quantity")
        is_whole = not block.rows or lexicon().has(label, "grand")
        is_block = self.has_blocks and not is_whole  # a total of one block, of several
        self.has_blocks = True
        of_all_rows = of_rows and (not is_block or lexicon().has(label, "rows"))
        if block.fits(stated, of_rows=of_rows) or self.all.fits(stated, of_rows=of_all_rows):
            return
        if of_all_rows and stated == self.all.rows - self._repeated():
            return
        counted = self.all.devices if is_whole else block.devices
        sentence = text(
            "“{label}” says {stated}, but the rows add up to {total}; the rows were counted",
            label=label[:80],
            stated=stated,
            total=counted,
        )
        yield InventoryProblem(self.table.place_of(row), sentence)

    def _repeated(self) -> int:
        """Return how many rows are equal to another in every cell."""
        if self.repeated is None:
            rows = [row.texts for row in self.table.rows if row.number > self.header.row and not row.is_empty]
            self.repeated = len(rows) - len(set(rows))
        return self.repeated


Product = tuple[str, ...]


@dataclass(slots=True)
class SerialCheck:
    """The serial numbers of a file, and those that two devices share."""

    first: dict[str, tuple[str, Product, TableRow]] = field(default_factory=dict)  # place, product and row
    doubts: list[InventoryProblem] = field(default_factory=list)
    more: int = 0

    def add(self, sighting: Sighting, row: TableRow) -> None:
        """Compare the serial number of a row with the rows before it."""
        for serial in sighting.values(Trace.SERIAL) if sighting.quantity == 1 else ():
            product = _plain(sighting.values(Trace.BRAND), sighting.values(Trace.MODEL))
            own = (sighting.citation.place, product, row)
            earlier = self.first.setdefault(serial.upper(), own)
            if earlier is not own and earlier[-1].texts != row.texts and serials(sighting):
                self._compare(serial, (earlier[0], own[0]), is_other=earlier[1] != own[1])

    def _compare(self, serial: str, places: tuple[str, str], *, is_other: bool) -> None:
        if not is_other and places[0].split(", row")[0] != places[1].split(", row")[0]:
            return  # another sheet may be another time
        if len(self.doubts) >= MOST_SERIALS:
            self.more += 1
        else:
            earlier = places[0]
            if is_other:
                same_serial = text(
                    "Serial number {serial} is also in {place}, on another model: two devices share it",
                    serial=serial,
                    place=earlier,
                )
            else:
                same_serial = text(
                    "Serial number {serial} is also in {place}, with other data", serial=serial, place=earlier
                )
            self.doubts.append(InventoryProblem(places[1], same_serial))

    def all_doubts(self) -> Iterator[InventoryProblem]:
        """Yield the doubts, and the number of those that are not named."""
        yield from self.doubts
        if self.more:
            sentence = text("{count} more rows repeat the serial number of another row", count=self.more)
            yield InventoryProblem("serial numbers", sentence)


@lru_cache(maxsize=10_000)
def _plain(brands: tuple[str, ...], models: tuple[str, ...]) -> Product:
    return tuple(plain(value) for value in (*brands, *models))
