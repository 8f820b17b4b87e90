"""From a row to a sighting: what can be read is taken, what cannot is reported and kept as it stands."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import TypeVar

from overzicht.devices import DeviceKind, Sighting, Trace
from overzicht.devices.traces.scanner import weakness
from overzicht.devices.vocabulary import State, kind_in_words, state_in
from overzicht.evidence import text
from overzicht.sources.inventories.interface import InventoryProblem
from overzicht.sources.inventories.origin import Origin, traces_of
from overzicht.sources.inventories.tables.assignment import MOST
from overzicht.sources.inventories.tables.cell_values import (
    LOCAL_SOURCE,
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
from overzicht.sources.inventories.tables.header import Header
from overzicht.sources.inventories.tables.lexicon import lexicon, thing_in
from overzicht.sources.inventories.tables.products import (
    Product,
    is_known_model,
    known_kind,
    product_in,
    product_of,
    products_in,
    read_product,
)
from overzicht.sources.inventories.tables.ranges import has_plain_ranges, range_in
from overzicht.sources.inventories.tables.shapes import is_kind, is_serial
from overzicht.sources.inventories.tables.table import (
    Cell,
    RawTable,
    TableRow,
    cell_text,
    column_letter,
)
from overzicht.sources.inventories.tables.vocabulary import plain, vocabulary

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
OWN = ("brand", "model", "brand_and_model", "mac", "serial", "address")  # fields that name a device
OWN_NUMBERS = tuple(name for name in OWN if name != "brand")
NO_PLACES = frozenset({"licence", "contract", "labour", "cabling"})  # things that no place is called after
NOT_IN_USE = "niet in gebruik"  # of a column `In gebruik` that says no
OTHER_EQUIPMENT = frozenset(
    {"network", "computer", "power", "other"}
)  # kinds that are reported apart themselves

_SHORTEST_SERIALS = 16  # characters of two serial numbers

T = TypeVar("T")


@dataclass(slots=True)
class RowReader:
    """Reads the rows of one table; `heading`, `status` and `brand` are what stood above the row for it."""

    origin: Origin
    table: RawTable
    header: Header
    heading: str = ""
    status: str = ""
    brand: str = ""
    order: DayOrder = field(default_factory=DayOrder)
    traces: tuple[str, ...] = ()  # the fields of `TRACES` that the header has
    unused: tuple[int, ...] = ()  # the columns that give no field
    items: tuple[int, ...] = ()  # those that say in words what a row is of
    has_ranges: bool = False  # whether a hyphen in a label joins the ends of a range
    doubts: list[InventoryProblem] = field(default_factory=list)
    unknown: dict[str, list[str]] = field(default_factory=dict)  # statuses of no known state, with their rows

    def __post_init__(self) -> None:
        """Look at whole columns: the order of dates, ranges in labels."""
        below = [row for row in self.table.rows if row.number > self.header.row]
        columns = self.header.indexes("bought")
        self.order = day_order(row.texts[n] for n in columns for row in below if n < len(row.cells))
        self.traces = tuple(name for name in TRACES if self.header.indexes(name))
        named = enumerate(self.header.columns)
        if not self.header.is_guessed:  # without a title, a column may hold passwords
            self.unused = tuple(n for n, mapping in named if mapping is None or not mapping.field)
        self.items = tuple(n for n in range(len(self.header.columns)) if self._says_what(n))
        labels = self.header.indexes("label")
        if labels and self.header.profiles[labels[0]].share("range"):
            self.has_ranges = has_plain_ranges(
                [row.texts[labels[0]] for row in below if labels[0] < len(row.cells)]
            )

    def read(self, row: TableRow) -> tuple[Sighting, list[InventoryProblem]]:
        """Return the sighting of a row, and what of it could not be read."""
        cells = _Cells(self.header, row, self.table.place_of(row))
        address = self._address(cells)
        nothing: tuple[str, ...] = ()
        macs = cells.take("mac", lambda cell: read_macs(cell_text(cell)), nothing)
        # brands and models, of their own columns, of a column with both, else of the label or heading.
        # The product is that of a column with both; None without one.
        heading = self.brand
        brands, models = cells.texts("brand"), cells.texts("model")
        products = [read_product(value) for value in cells.texts("brand_and_model")]
        pairs = [
            (product.brand, product.model) if product.brand or product.model else ("", product.words)
            for product in products
        ]
        if not (pairs or brands or models):
            scanned = [value for value in cells.texts("product") if not weakness(value)]
            pairs = [product_in(value) for value in (*scanned, cells.text("label"))]
        for value in models:  # `AXIS P3245-LVE` in a column of models, where no column has the brand
            brand, model = ("", "") if brands else product_of(value)
            pairs.append((brand, model) if brand and model else ("", value))
        named = brands or [brand for brand, _ in pairs if brand]
        known = [(Trace.BRAND, value) for value in named or [heading]]
        texts, product = (
            known + [(Trace.MODEL, model) for _, model in pairs],
            products[0] if products else None,
        )
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
        label = cells.text("label") or next(filter(None, map(cells.stated, self.header.other_names)), "")
        sighting = Sighting(
            id=self.origin.sighting_id(cells.place),
            citation=self.origin.cite(cells.place),
            traces=traces_of([*texts, *((Trace.MAC, mac) for mac in macs)]),
            label=label,
            organisation=cells.text("organisation"),
            site=site,
            place=place,
            address=address,
            kind=cells.text("kind") or (product.words if product and is_kind(product.words) else ""),
            status=self._status(cells),
            bought=cells.take("bought", self._bought, None),
            quantity=self._quantity(cells, label, product),
            latitude=cells.take("latitude", lambda cell: read_coordinate(cell, 90), None),
            longitude=cells.take("longitude", lambda cell: read_coordinate(cell, 180), None),
            extra={**extra, **cells.unread},
        )
        return sighting, cells.problems

    def singles(self, row: TableRow) -> Sequence[TableRow]:
        """Return a row for each product of a cell that names several; the row itself for one."""
        for n in self.header.indexes("brand_and_model"):
            cell = row.texts[n] if n < len(row.texts) else ""
            if (parts := products_in(cell)) and not self._fills(row, "quantity", "serial", "mac", "address"):
                letter = row.column or column_letter((self.table.left or 0) + n)
                return [
                    replace(
                        row,
                        cells=(*row.cells[:n], part, *row.cells[n + 1 :]),
                        column=f"{letter}, part {number}",
                    )
                    for number, part in enumerate(parts, start=1)
                ]
            if parts:
                sentence = text("This row names {count} products; only the first was read", count=len(parts))
                self.doubts.append(InventoryProblem(self.table.place_of(row), sentence))
        return (row,)

    def _says_what(self, number: int) -> bool:
        """Return whether a column says in words what a row is of; one of labels does if its values do."""
        column = self.header.columns[number]
        if column is None or not lexicon().is_in(column.column, "items"):
            return False
        values = self.header.profiles[number]
        is_of_kinds = values.share("kind") + values.share("thing") >= MOST
        return column.field in {"", "description"} or (column.field == "label" and is_of_kinds)

    def article(self, row: TableRow) -> str:
        """Return the class of a row that is not a device, such as a licence; an empty text for a device."""
        header, texts = self.header, row.texts
        is_on_network = self._fills(row, "mac", "address")
        models = [texts[n] for n in header.indexes("model") if n < len(texts) and texts[n]]
        both = [texts[n] for n in header.indexes("brand_and_model") if n < len(texts) and texts[n]]
        for item in both:
            model = read_product(item).model
            is_known = bool(model) and is_known_model(model)
            if article := thing_in(item, names_model=bool(model), is_known=is_known):
                return article
        for item in models:
            article = thing_in(item, names_model=True, is_known=is_known_model(item))
            if article and not (is_on_network and article in OTHER_EQUIPMENT):
                return article
        for n in (*header.indexes("kind"), *self.items):
            article = (
                thing_in(
                    texts[n], names_model=bool(both or models), is_known=any(map(is_known_model, models))
                )
                if n < len(texts) and texts[n]
                else ""
            )
            is_known_kind = article in OTHER_EQUIPMENT and is_kind(texts[n])
            if article and (not is_on_network if n in self.items else not is_known_kind):
                return article
        return "" if self._fills(row, *OWN_NUMBERS) else self._thing_without_model(row)

    def _thing_without_model(self, row: TableRow) -> str:
        """Return the class of a thing that a row without model or number names; a place is not a thing."""
        has_brand = self._fills(row, "brand")
        for name in ("label", "place", "site"):
            for n in self.header.indexes(name):
                cell = row.texts[n] if n < len(row.texts) else ""
                is_label = name == "label" and not has_brand
                article = thing_in(cell, names_model=not is_label) if cell else ""
                if article and (is_label or article in NO_PLACES):
                    return article
        return ""

    def _fills(self, row: TableRow, *names: str) -> bool:
        """Return whether a row has a cell of one of these fields."""
        texts = row.texts
        return any(n < len(texts) and texts[n] for name in names for n in self.header.indexes(name))

    def _status(self, cells: "_Cells") -> str:
        """Return the status of a row; of a column such as `In gebruik`, its title where it says yes."""
        for n in self.header.indexes("status"):
            value = cells.stated(n)
            if not value:
                continue
            title = cells.name(n)
            if state_in(title, is_status=False) is not None and _says(value, "is_yes"):
                return title
            if (state := state_in(title, is_status=False)) is not None and _says(value, "is_no"):
                return NOT_IN_USE if state is State.IN_USE else ""
            if state_in(value) is None:
                self.unknown.setdefault(value, []).append(cells.place)
            return value
        return self.status

    def _quantity(self, cells: "_Cells", label: str, product: Product | None) -> int:
        """Return the number of devices: the total if there is one, else the sum (indoor and outdoor).

        Without a quantity it is the number before the product, or of the range in the label.
        """
        named = self._range(label)
        columns = self.header.indexes("quantity")
        if not any(cells.stated(n) for n in columns):
            if named < 2:
                # how many serial numbers a cell holds; 1 if a part of it is not one
                cell = cells.text("serial")
                parts = (
                    [part for part in re.split(r"[\s,;/+&]+", cell) if part]
                    if len(cell) > _SHORTEST_SERIALS
                    else []
                )
                serials = len(parts) if len(parts) > 1 and all(map(is_serial, parts)) else 1
                if serials > 1:
                    sentence = text(
                        "This row has {count} serial numbers; it was counted as {count} devices",
                        count=serials,
                    )
                    self.doubts.append(InventoryProblem(cells.place, sentence))
                    return serials
            return named if named > 1 else product.count if product else 1
        read = read_quantity if len(columns) == 1 else read_count
        counts = [cells.take_from(n, read, 0) for n in columns]
        names = [cells.name(n) for n in columns]
        totals = [
            count
            for count, name in zip(counts, names, strict=True)
            if count and vocabulary().header_has(name, "sums")
        ]
        quantity = next(iter(totals), 0) or sum(count for count in counts if count) or 1
        if quantity > 1 and self._counts_its_cameras(cells, names):
            sentence = text(
                "The number {count} counts the cameras of this recorder, not the recorders", count=quantity
            )
            self.doubts.append(InventoryProblem(cells.place, sentence))
            return 1
        if named > 1 and quantity != named:
            sentence = text(
                "The label “{label}” names {named} devices; the quantity {quantity} was taken",
                label=label,
                named=named,
                quantity=quantity,
            )
            self.doubts.append(InventoryProblem(cells.place, sentence))
        return quantity

    def _counts_its_cameras(self, cells: "_Cells", names: Sequence[str]) -> bool:
        """Return whether a row is a recorder with the number of its cameras."""
        if not any(vocabulary().header_has(name, "counted") for name in names):
            return False
        kind = kind_in_words(cells.text("kind") or cells.text("label"), is_kind=True)[0]
        return DeviceKind.RECORDER in {kind, known_kind(cells.text("model"))}

    def _range(self, label: str) -> int:
        numbers = range_in(label) if label else None
        if numbers is None or numbers.count < 2:
            return 1
        return numbers.count if numbers.is_sure or self.has_ranges else 1

    def is_none(self, row: TableRow) -> bool:
        """Return whether the list gives zero for a row."""
        columns = self.header.indexes("quantity")
        cells = [row.texts[n] for n in columns if n < len(row.texts) and row.texts[n]]
        return bool(cells) and all(cell == "0" for cell in cells)

    def _bought(self, cell: Cell) -> date | None:
        return read_bought(cell, self.order)

    def _address(self, cells: "_Cells") -> str:
        stated = cells.text("address")
        if not stated or is_placeholder(stated) or LOCAL_SOURCE.fullmatch(stated):
            return ""
        if not any(map(str.isdigit, stated)) and vocabulary().is_in(stated, "dynamic_address"):
            return ""  # the network hands it out
        address = cells.take("address", lambda cell: read_address(cell_text(cell)), "")
        return "" if OWN_ADDRESS.match(address) else address


def _says(value: str, key: str) -> bool:
    return plain(value) in lexicon().words[key] or (key == "is_yes" and value == "✓")


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
        words = vocabulary()
        nothing, ends = words.says_nothing, words.ends_of_nothing
        self._stated = ["" if cell[-1:] in ends and nothing(cell) else cell for cell in row.texts]
        self._stated += [""] * (len(header.columns) - len(self._stated))

    def stated(self, number: int) -> str:
        """Return a cell; empty for one that says that nothing is known."""
        return self._stated[number]

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
