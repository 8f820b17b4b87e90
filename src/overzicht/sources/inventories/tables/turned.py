"""Tables on their side: the names of the fields are in a column, and each next column is a device."""

from collections.abc import Mapping
from dataclasses import replace

from overzicht.sources.inventories.tables.header import MAX_ROWS_ABOVE, count_known, width_of
from overzicht.sources.inventories.tables.table import (
    MOST_COLUMNS,
    RawTable,
    TableRow,
    column_letter,
)
from overzicht.sources.inventories.tables.vocabulary import vocabulary

FEWEST = 3  # fields that a column names where it is a header
MOST_BEFORE = 3  # columns that can hold the names
_PRODUCT = {"brand", "model", "brand_and_model", "model_or_kind"}


def turned(table: RawTable, given: Mapping[str, str]) -> RawTable | None:
    """Return a table on its side as one with a row for each device; None if it does not lie so.

    Each row has the number of the row of models, and the column that it was.
    """
    filled = [row for row in table.rows[:MAX_ROWS_ABOVE] if not row.is_empty]
    width = max(map(width_of, filled), default=0)
    if len(filled) < FEWEST or len(filled) == MAX_ROWS_ABOVE or not 1 < width <= MOST_COLUMNS:
        return None
    columns = [
        TableRow(0, tuple(row.texts[n] if n < len(row.texts) else "" for row in filled)) for n in range(width)
    ]
    at = max(range(min(MOST_BEFORE, width - 1)), key=lambda n: count_known(columns[n], given))
    known = count_known(columns[at], given)
    if known < FEWEST or known <= max(count_known(row, given) for row in filled):
        return None
    fields = [vocabulary().meanings(name)[:1] for name in columns[at].texts]
    named = [n for n, meanings in enumerate(fields) if meanings]
    models = [n for n in named if fields[n][0].field in _PRODUCT]
    if not models:
        return None
    first = named[0]
    if first and not columns[at].texts[first - 1]:
        above = [column.texts[first - 1] for column in columns[at + 1 :] if column.texts[first - 1]]
        if len(above) > 1 and len(set(above)) == len(above):
            first -= 1  # the row without a name holds the name of each device: more than a title
    last = named[-1] + 1
    names = [name or f"column {n}" for n, name in enumerate(columns[at].texts[first:last], start=1)]
    head = TableRow(filled[first].number - 1, tuple(names))
    left = table.left or 0
    rows = [
        TableRow(
            filled[models[-1]].number,
            tuple(row.cells[n] if n < len(row.cells) else "" for row in filled[first:last]),
            column=column_letter(left + n),
        )
        for n in range(at + 1, width)
    ]
    return replace(table, rows=[head, *rows], merges=(), hidden=frozenset())
