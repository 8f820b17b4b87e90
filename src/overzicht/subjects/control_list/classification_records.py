"""Classifications of products, with their provisions; the newest of an item is open."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from overzicht.store import schema
from overzicht.store.database import Transaction
from overzicht.store.rows import value_of
from overzicht.subjects.control_list.citing import CitingRecord
from overzicht.subjects.control_list.path import ControlPath, parse_path

KIND = "classification"


@dataclass(frozen=True, slots=True)
class StoredClassification:
    """A stored classification; `payload` is the whole answer as JSON."""

    id: int
    item: str
    version: str
    day: date
    cited: tuple[ControlPath, ...]
    payload: dict[str, Any]
    actor: str
    at: str


def add_classification(
    tx: Transaction,
    *,
    item: str,
    version: str,
    day: date,
    cited: Sequence[ControlPath],
    payload: dict[str, Any],
) -> int:
    """Store a classification and return its number; earlier ones of the item are no longer open."""
    table = schema.classification
    number = tx.insert(table, item=item, version=version, day=day, cited=list(cited), payload=payload)
    conditions = {name: payload[name] for name in ("met", "unknown")}
    tx.log("classify", item, classification=number, list=version, **conditions)
    return number


def newest_classifications(connection: Connection, actor: str) -> list[StoredClassification]:
    """Return the newest classification of each item that a person or program saved, newest first."""
    table = schema.classification
    mine = select(func.max(table.c.id)).where(table.c.actor == actor).group_by(table.c.item)
    rows = connection.execute(select(table).where(table.c.id.in_(mine)).order_by(table.c.id.desc()))
    classifications: list[StoredClassification] = []
    for row in rows:
        classifications.append(
            value_of(StoredClassification, row, cited=tuple(parse_path(path) for path in row.cited))
        )
    return classifications


def classification_citations(connection: Connection) -> Iterator[CitingRecord]:
    """Yield every provision that a classification cites; only the newest of an item is open."""
    table = schema.classification
    newest = set(connection.execute(select(func.max(table.c.id)).group_by(table.c.item)).scalars())
    for row in connection.execute(select(table.c.id, table.c.item, table.c.cited).order_by(table.c.id)):
        for path in row.cited:
            yield CitingRecord(f"{row.item}#{row.id}", KIND, parse_path(path), is_open=row.id in newest)
