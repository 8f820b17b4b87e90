"""JSON that is a list of flat records, as open-data portals export tables."""

import re

from overzicht.sources.inventories.answers.json_values import as_text
from overzicht.sources.inventories.documents import TORN, load_document
from overzicht.sources.inventories.interface import InventoryProblem
from overzicht.sources.inventories.origin import Origin
from overzicht.sources.inventories.tables.packed import MAX_CELLS, too_many_cells
from overzicht.sources.inventories.tables.table import RawTable, TableRow


def is_json_list(head: bytes) -> bool:
    """Return whether the bytes start as a list of flat objects does."""
    return re.match(rb"(\xef\xbb\xbf)?\s*\[\s*\{[^{}\[\]]*\}", head) is not None


def read_json_list(origin: Origin) -> RawTable:
    """Return the records as a table: all names as the header (row 0), then a row per record, from 1.

    TooLargeError if names by records make more than `MAX_CELLS` cells.
    """
    document = load_document(origin)
    items = document.value if isinstance(document.value, list) else [document.value]
    records = [item for item in items if isinstance(item, dict) and id(item) not in document.open]
    names = list(dict.fromkeys(name for record in records for name in record))
    if (cells := len(names) * len(records)) > MAX_CELLS:
        raise too_many_cells(origin.filename, cells)
    # `serialNumber` or `serial_number` as a header of words
    rows = [TableRow(0, tuple(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).replace("_", " ") for name in names))]
    for number, record in enumerate(records, start=1):  # a torn record is the last one
        rows.append(TableRow(number, tuple(as_text(record.get(name)) for name in names)))
    torn = [
        InventoryProblem(f"record {number}", TORN)
        for number, item in enumerate(items, start=1)
        if id(item) in document.open
    ]
    return RawTable("", rows, "record", end=document.end, unread=[*torn, *document.unread])
