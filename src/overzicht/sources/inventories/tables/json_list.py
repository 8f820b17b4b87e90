"""JSON that is a list of flat records, as open-data portals export tables."""

import re

from overzicht.sources.inventories.answers.json_values import as_text, load_json
from overzicht.sources.inventories.origin import Origin
from overzicht.sources.inventories.tables.model import RawTable, TableRow


def is_json_list(head: bytes) -> bool:
    """Return whether the bytes start as a list of flat objects does."""
    return re.match(rb"(\xef\xbb\xbf)?\s*\[\s*\{[^{}\[\]]*\}", head) is not None


def read_json_list(origin: Origin) -> RawTable:
    """Return the records as a table: all names as the header (row 0), then a row per record, from 1."""
    records = [item for item in load_json(origin) if isinstance(item, dict)]
    names = list(dict.fromkeys(name for record in records for name in record))
    rows = [TableRow(0, tuple(_spaced(name) for name in names))]
    for number, record in enumerate(records, start=1):
        rows.append(TableRow(number, tuple(as_text(record.get(name)) for name in names)))
    return RawTable("", rows, row_word="record")


def _spaced(name: str) -> str:
    """Return `serialNumber` or `serial_number` as a header of words."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).replace("_", " ")
