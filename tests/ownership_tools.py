"""The graph of the `Ownership` records of a file, for the tests of its readers."""

from collections.abc import Iterable
from datetime import date

from overzicht.entities import Record
from overzicht.entities.ownership import OwnershipGraph
from overzicht.entities.ownership_records import statements_of


def graph_of(records: Iterable[Record], stated_on: date | None = None) -> OwnershipGraph:
    """Return the graph of the records; persons end a chain. `stated_on` is the date of the source."""
    records = list(records)
    statements = [statement for record in records for statement in statements_of(record, None, stated_on)]
    ends = [record.id for record in records if record.schema == "Person"]
    return OwnershipGraph(statements, ends, {record.id: record.caption for record in records if record.names})
