"""Tables of numbers: sites down and models across, or models down and sites across; each cell is a record."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from overzicht.devices import DeviceKind
from overzicht.devices.vocabulary import kind_in_words, state_in
from overzicht.evidence import text
from overzicht.evidence.account import LeftOut
from overzicht.sources.inventories.interface import InventoryProblem
from overzicht.sources.inventories.tables.cell_values import read_number
from overzicht.sources.inventories.tables.header import MAX_ROWS_ABOVE, read_header
from overzicht.sources.inventories.tables.lexicon import lexicon
from overzicht.sources.inventories.tables.products import is_known_model, is_product
from overzicht.sources.inventories.tables.regions import NUMBER, Part
from overzicht.sources.inventories.tables.shapes import is_brand, is_brand_and_model
from overzicht.sources.inventories.tables.table import RawTable, TableRow, column_letter
from overzicht.sources.inventories.tables.vocabulary import vocabulary

MOST_TITLES = 15  # rows above the header of a table of numbers
PRODUCT, SITE = "Merk en type", "Locatie"
MOST_IN_A_CELL = 99  # devices that a number without a sum next to it counts
MOST_NAMED = 8  # columns that a doubt names
_OF_ONE = {"label", "mac", "serial", "address", "bought"}  # fields of single devices
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class _Shape:
    """Where the numbers of a table are: its header, the columns before them, theirs, and the total's."""

    head: TableRow
    names: tuple[str, ...]
    left: tuple[int, ...]
    counts: tuple[int, ...]
    total: int | None
    by_site: bool  # models across; else they are down the side


def read_crosstab(table: RawTable) -> Part | None:
    """Return a table of numbers as a table with a row for each number; None if it is another table."""
    shape = _find(table)
    if shape is None:
        return None
    rows: list[TableRow] = []
    left_out: list[LeftOut] = []
    sums = [0] * len(shape.names)
    doubts: list[InventoryProblem] = []
    for row in table.rows:
        if row.number <= shape.head.number or row.is_empty:
            continue
        stated = {n: row.texts[n] for n in shape.counts if n < len(row.texts)}
        counts = {n: read_number(cell) for n, cell in stated.items() if not vocabulary().says_nothing(cell)}
        if any(vocabulary().is_total(row.texts[n]) for n in shape.left if n < len(row.texts)):
            left_out.append(_left_out(table, row))
            doubts += _compare_columns(table, shape, row, counts, sums)
            continue
        if not counts:
            if sum(map(bool, row.texts)) == 1:
                left_out.append(_left_out(table, row, is_total=False))
            continue
        left = [row.cells[n] if n < len(row.cells) else "" for n in shape.left]
        for n, count in sorted(counts.items()):
            if count == 0:
                continue
            number = row.cells[n] if count is None else count
            letter = column_letter((table.left or 0) + n)
            rows.append(TableRow(row.number, (*left, shape.names[n], number), column=letter))
        for n, count in counts.items():
            sums[n] += count or 0
        if shape.total is not None and shape.total < len(row.texts) and row.texts[shape.total]:
            sum_stated, total = read_number(row.texts[shape.total]), sum(n or 0 for n in counts.values())
            if sum_stated is not None and sum_stated != total:
                doubts.append(_difference(table, row, shape.names[shape.total], sum_stated, total))
    added = (PRODUCT if shape.by_site else SITE, NUMBER)
    head = TableRow(shape.head.number, (*(shape.names[n] or f"column {n + 1}" for n in shape.left), *added))
    long = replace(table, rows=[head, *rows], merges=())
    given = {NUMBER: "quantity"}
    if shape.by_site and rows:
        names = {row.texts[-2] for row in rows}
        if all(is_brand(name) for name in names):
            field = "brand"
        else:
            is_kind = all(kind_in_words(name, is_kind=True)[0] is not DeviceKind.UNKNOWN for name in names)
            field = "kind" if is_kind and not any(is_product(name) for name in names) else "brand_and_model"
        given[PRODUCT] = field
    header = read_header(long, head, given)
    if shape.total is None and not shape.by_site:
        sentence = text(
            "The numbers under {columns} were read as devices; no column has their sum",
            columns=", ".join(f"“{shape.names[n]}”" for n in shape.counts[:MOST_NAMED]),
        )
        doubts = [*doubts, InventoryProblem(table.place(shape.head.number), sentence)]
    shown = tuple(column and replace(column, given=False) for column in header.columns)
    return Part(long, replace(header, columns=shown), left_out=tuple(left_out), doubts=tuple(doubts))


def _find(table: RawTable) -> _Shape | None:
    filled = list(islice((row for row in table.rows if not row.is_empty), MOST_TITLES + MAX_ROWS_ABOVE))
    for row in filled[:MOST_TITLES]:
        if sum(map(bool, row.texts)) < 3:
            continue
        below = [r for r in filled if r.number > row.number]
        if below and (shape := _shape(table, row, below)):
            return shape
    return None


def _shape(table: RawTable, row: TableRow, below: Sequence[TableRow]) -> _Shape | None:
    # the names of the columns; a brand in the row above comes before the models under it
    above = next((r for r in table.rows if r.number == row.number - 1), None)
    names = list(row.texts)
    brand = ""
    if above is not None and any(is_brand(cell) for cell in above.texts):
        for n, name in enumerate(names):
            cell = above.texts[n] if n < len(above.texts) else ""
            if cell and not name and not is_brand(cell):
                names[n] = cell  # it names the column alone: the site, the total
            brand = cell if is_brand(cell) else "" if cell else brand
            if brand and name and not is_brand_and_model(name) and not vocabulary().is_total(name):
                names[n] = f"{brand} {name}"
    named = tuple(names)
    width = len(names)
    says_nothing = vocabulary().says_nothing
    columns = [
        [r.texts[n] for r in below if n < len(r.texts) and not says_nothing(r.texts[n])] for n in range(width)
    ]
    numeric = [
        n
        for n in range(width)
        if names[n] and columns[n] and all(read_number(c) is not None for c in columns[n])
    ]
    empty = [n for n in range(width) if names[n] and not columns[n] and _names_product(names[n])]
    totals = [
        n
        for n in numeric
        if vocabulary().is_total(names[n])
        or any(meaning.field == "quantity" for meaning in vocabulary().meanings(names[n])[:1])
    ]
    counts = [n for n in [*numeric, *empty] if n not in totals]
    left = [n for n in range(width) if n not in {*counts, *totals} and (names[n] or columns[n])]
    if len(set(numeric) - set(totals)) < 2 or not left or min(counts) < max(left):
        return None
    across = [n for n in counts if _names_product(names[n])]
    if len(across) * 5 >= len(counts) * 3:
        return _Shape(row, named, tuple(left), tuple(sorted(counts)), totals[0] if totals else None, True)
    others = [meaning.field for n in counts for meaning in vocabulary().meanings(names[n])[:1]]
    is_other = any(
        lexicon().has(names[n], "money") or _YEAR.fullmatch(names[n]) or state_in(names[n], is_status=False)
        for n in counts
    )
    fields = {column.field for column in read_header(table, row, {}).mapping if column.field}
    down = {"brand_and_model", "model"} & fields
    if others or is_other or not down or fields & _OF_ONE:
        return None
    is_named = not any(names[n].isdigit() for n in counts) and not any(
        is_product(names[n]) or is_brand(names[n]) or is_known_model(names[n]) for n in left
    )
    if not totals and not (is_named and _has_one_row_each(columns, left, counts, fields)):
        return None
    return _Shape(row, named, tuple(left), tuple(sorted(counts)), totals[0] if totals else None, False)


def _has_one_row_each(
    columns: Sequence[Sequence[str]], left: Sequence[int], counts: Sequence[int], fields: set[str]
) -> bool:
    """Return whether each row is another product and the numbers are small, so that they count devices."""
    models = max((columns[n] for n in left), key=lambda cells: len(set(cells)))
    numbers = [read_number(cell) or 0 for n in counts for cell in columns[n]]
    is_sparse = len(numbers) < len(models) * len(counts)
    is_of_products = not fields & {"site", "place", "organisation", "status", "kind", "quantity"}
    return is_of_products and is_sparse and len(set(models)) == len(models) and max(numbers) <= MOST_IN_A_CELL


def _names_product(name: str) -> bool:
    if vocabulary().meanings(name):
        return False
    is_kind = kind_in_words(name, is_kind=True)[0] is not DeviceKind.UNKNOWN
    return is_brand_and_model(name) or is_product(name) or is_known_model(name) or is_brand(name) or is_kind


def _left_out(table: RawTable, row: TableRow, *, is_total: bool = True) -> LeftOut:
    words = " ".join(filter(None, row.texts))[:200]
    reason = text("A total, not a device") if is_total else text("A note, not a device")
    return LeftOut(table.place_of(row), reason, words)


def _compare_columns(
    table: RawTable, shape: _Shape, row: TableRow, counts: dict[int, int | None], sums: Sequence[int]
) -> Iterator[InventoryProblem]:
    for n, stated in counts.items():
        if stated is not None and stated != sums[n]:
            yield _difference(table, row, shape.names[n], stated, sums[n])
    if shape.total is not None and shape.total < len(row.texts):
        stated, total = read_number(row.texts[shape.total]), sum(sums[n] for n in shape.counts)
        if stated is not None and stated != total:
            yield _difference(table, row, shape.names[shape.total], stated, total)


def _difference(table: RawTable, row: TableRow, name: str, stated: int, total: int) -> InventoryProblem:
    sentence = text(
        "“{label}” says {stated}, but the rows add up to {total}; the rows were counted",
        label=f"{next(filter(None, row.texts))}, {name}",
        stated=stated,
        total=total,
    )
    return InventoryProblem(table.place_of(row), sentence)
