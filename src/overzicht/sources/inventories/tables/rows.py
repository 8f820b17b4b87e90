"""From a row to a sighting: what can be read is taken, what cannot is reported and kept as it stands."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TypeVar

from overzicht.devices import Sighting, Trace
from overzicht.devices.traces.scanner import weakness
from overzicht.evidence import text
from overzicht.progress import watched
from overzicht.sources.inventories.interface import InventoryProblem
from overzicht.sources.inventories.origin import Origin, traces_of
from overzicht.sources.inventories.tables.header import Header
from overzicht.sources.inventories.tables.model import Cell, RawTable, TableRow, cell_text
from overzicht.sources.inventories.tables.products import product_in, product_of, split_product
from overzicht.sources.inventories.tables.values import (
    OWN_ADDRESS,
    DayOrder,
    UnreadableValueError,
    day_order,
    is_placeholder,
    read_address,
    read_bought,
    read_coordinate,
    read_count,
    read_macs,
    read_quantity,
)
from overzicht.sources.inventories.tables.vocabulary import vocabulary

TRACES = {
    "mac_registrant": Trace.MAC_REGISTRANT,
    "serial": Trace.SERIAL,
    "firmware": Trace.FIRMWARE,
    "product": Trace.PRODUCT,
    "banner": Trace.BANNER,
    "http_title": Trace.HTTP_TITLE,
    "certificate": Trace.CERTIFICATE,
    "description": Trace.DESCRIPTION,
}
HEADING = "heading"  # the key in `extra` of the heading above a row
LEVEL = " > "
ACCOUNT = re.compile(r"://[^/\s@,]{1,200}@")  # the name and password in a web address, which nobody keeps
READING = text("Reading rows")

T = TypeVar("T")


@dataclass(slots=True)
class RowReader:
    """Reads the rows of one table; `heading` is the last heading that stood above the row."""

    origin: Origin
    table: RawTable
    header: Header
    heading: str = ""
    order: DayOrder = field(default_factory=DayOrder)
    traces: tuple[str, ...] = ()  # the fields of `TRACES` that the header has
    unused: tuple[int, ...] = ()  # the columns that give no field

    def __post_init__(self) -> None:
        """Look at the whole column of dates for their order."""
        below = [row for row in self.table.rows if row.number > self.header.row]
        columns = self.header.indexes("bought")
        self.order = day_order([row.texts[n] for n in columns for row in below if n < len(row.cells)])
        self.traces = tuple(name for name in TRACES if self.header.indexes(name))
        named = enumerate(self.header.columns)
        self.unused = tuple(n for n, mapping in named if mapping is None or not mapping.field)

    def filled_down(self) -> Iterator[TableRow]:
        """Yield the rows; one that leaves its first columns empty has the location of the row above.

        Only if nothing is merged or captioned, and the row names a product. A number or name of a device is
        never taken from another row.
        """
        places = {n for name in ("site", "organisation", "place") for n in self.header.indexes(name)}
        groups = {n for name in ("site", "organisation") for n in self.header.indexes(name)}
        products = {n for name in ("brand", "model", "brand_and_model") for n in self.header.indexes(name)}
        above: TableRow | None = None
        for row in watched(self.table.rows, READING):
            texts = row.texts
            names_product = any(texts[n] for n in products if n < len(texts))
            first = 0 if texts and texts[0] else next((n for n, cell in enumerate(texts) if cell), 0)
            if above and first and names_product and groups & set(range(first)):
                taken_over = {n: cell for n, cell in enumerate(above.cells[:first]) if n in places}
                cells = tuple(taken_over.get(n, cell) for n, cell in enumerate(row.cells))
                row = TableRow(row.number, cells, row.is_heading)  # noqa: PLW2901
            above = row if row.number > self.header.row and names_product else None
            yield row

    def read(self, row: TableRow) -> tuple[Sighting, list[InventoryProblem]]:
        """Return the sighting of a row, and what of it could not be read."""
        cells = _Cells(self.header, row, self.table.place(row.number))
        address = self._address(cells)
        nothing: tuple[str, ...] = ()
        macs = cells.take("mac", lambda cell: read_macs(cell_text(cell)), nothing)
        texts = _products(cells)
        texts += [(TRACES[name], value) for name in self.traces for value in cells.texts(name)]
        extra = cells.kept(self.unused)
        site, place = cells.text("site"), cells.text("place")
        if LEVEL in site and not place:  # `Stadhuis > Hal`, as GLPI writes a place
            site, _, place = (part.strip() for part in site.rpartition(LEVEL))
        if self.heading:
            if site or self.header.indexes("site"):
                extra[HEADING] = self.heading
            else:
                site = self.heading
        sighting = Sighting(
            id=self.origin.sighting_id(cells.place),
            citation=self.origin.cite(cells.place),
            traces=traces_of([*texts, *((Trace.MAC, mac) for mac in macs)]),
            label=cells.text("label"),
            organisation=cells.text("organisation"),
            site=site,
            place=place,
            address=address,
            kind=cells.text("kind"),
            status=cells.text("status"),
            bought=cells.take("bought", self._bought, None),
            quantity=self._quantity(cells),
            latitude=cells.take("latitude", lambda cell: read_coordinate(cell, 90), None),
            longitude=cells.take("longitude", lambda cell: read_coordinate(cell, 180), None),
            extra={**extra, **cells.unread},
        )
        return sighting, cells.problems

    def _quantity(self, cells: "_Cells") -> int:
        """Return the number of devices: the total if there is one, else the sum (indoor and outdoor)."""
        columns = self.header.indexes("quantity")
        if not columns:
            return 1
        read = read_quantity if len(columns) == 1 else read_count
        counts = [cells.take_from(n, read, 0) for n in columns]
        names = [cells.name(n) for n in columns]
        totals = [
            count
            for count, name in zip(counts, names, strict=True)
            if count and vocabulary().header_has(name, "sums")
        ]
        return next(iter(totals), 0) or sum(count for count in counts if count) or 1

    def _bought(self, cell: Cell) -> date | None:
        return read_bought(cell, self.order)

    def _address(self, cells: "_Cells") -> str:
        stated = cells.text("address")
        if not stated or _is_dynamic(stated) or is_placeholder(stated):
            return ""
        address = cells.take("address", lambda cell: read_address(cell_text(cell)), "")
        return "" if OWN_ADDRESS.match(address) else address


def _is_dynamic(address: str) -> bool:
    """Return whether a cell says that the network hands out the address."""
    return not any(map(str.isdigit, address)) and vocabulary().is_in(address, "dynamic_address")


@lru_cache(maxsize=4096)
def _is_secret(header: str) -> bool:
    return vocabulary().header_has(header, "secrets")


class _Cells:
    """The cells of one row by field; faults are gathered, and cells that could not be read are kept."""

    def __init__(self, header: Header, row: TableRow, place: str) -> None:
        self.place = place
        self.problems: list[InventoryProblem] = []
        self.unread: dict[str, str] = {}
        self._header = header
        self._row = row
        nothing = vocabulary().says_nothing
        self._stated = ["" if nothing(cell) else cell for cell in row.texts]
        self._stated += [""] * (len(header.columns) - len(self._stated))

    def texts(self, field_name: str) -> list[str]:
        """Return the filled cells of a field; a cell that says that nothing is known counts as empty."""
        return [cell for n in self._header.indexes(field_name) if (cell := self._stated[n])]

    def text(self, field_name: str) -> str:
        """Return the first filled cell of a field, or an empty text."""
        for n in self._header.indexes(field_name):
            if cell := self._stated[n]:
                return cell
        return ""

    def take(self, field_name: str, read: Callable[[Cell], T], otherwise: T) -> T:
        """Return what `read` makes of the field's first filled cell; report and keep an unreadable one."""
        for column in self._header.indexes(field_name):
            if self._stated[column]:
                return self.take_from(column, read, otherwise)
        return otherwise

    def take_from(self, column: int, read: Callable[[Cell], T], otherwise: T) -> T:
        """Return what `read` makes of a cell; `otherwise` for an empty one."""
        if not self._stated[column]:
            return otherwise
        try:
            return read(self._row.cells[column])
        except UnreadableValueError as error:
            name = self.name(column)
            self.problems.append(InventoryProblem(f"{self.place}, {name}", error.reason, error.fix))
            self.unread[name] = self._row.texts[column]
            return otherwise if error.partial is None else error.partial  # type: ignore[return-value]

    def kept(self, unused: Sequence[int]) -> dict[str, str]:
        """Return the filled cells of columns that were not understood, by header; without one, by number."""
        texts = self._row.texts
        beyond = range(len(self._header.columns), len(texts))
        names = {n: self.name(n) for n in (*unused, *beyond) if n < len(texts) and texts[n]}
        return {name: ACCOUNT.sub("://", texts[n]) for n, name in names.items() if not _is_secret(name)}

    def name(self, column: int) -> str:
        """Return the header of a column; its number if it has none."""
        mapping = self._header.columns[column] if column < len(self._header.columns) else None
        return mapping.column if mapping is not None else f"column {column + 1}"


def _products(cells: _Cells) -> list[tuple[Trace, str]]:
    """Return brands and models: of their own columns, of a column with both, else of the label."""
    brands, models = cells.texts("brand"), cells.texts("model")
    pairs = [split_product(value) for value in cells.texts("brand_and_model")]
    if not (pairs or brands or models):
        scanned = [value for value in cells.texts("product") if not weakness(value)]
        pairs = [product_in(value) for value in (*scanned, cells.text("label"))]
    for value in models:  # `AXIS P3245-LVE` in a column of models, where no column has the brand
        brand, model = ("", "") if brands else product_of(value)
        pairs.append((brand, model) if brand and model else ("", value))
    known = [(Trace.BRAND, value) for value in brands or [brand for brand, _ in pairs]]
    return known + [(Trace.MODEL, model) for _, model in pairs]
