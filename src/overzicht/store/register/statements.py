"""Public statements on organisations' equipment: each stored once, with its source; contradictions remain."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from sqlalchemy import Connection, select

from overzicht.evidence import Citation
from overzicht.evidence.json_marks import shown_as
from overzicht.store.database import Transaction
from overzicht.store.rows import is_there, same_or_all, value_of
from overzicht.store.tables import register as tables

TABLE = tables.register_statement


@dataclass(frozen=True, slots=True)
class StoredStatement:
    """A statement of a source; `at_least` and `at_most` bound the quantity, None if open."""

    id: int
    organisation_id: str
    stated_on: Annotated[date, shown_as("said")]
    said_as: str
    maker_named: str
    makers: tuple[str, ...]
    quantity: str
    at_least: int | None
    at_most: int | None
    kind: str
    use: str
    status: str
    citation: Citation  # the public document
    file: Citation  # the row that told us of it
    actor: str
    at: str
    withdrawn_by: str
    withdrawn_at: str


def add_statement(tx: Transaction, values: Mapping[str, Any]) -> bool:
    """Store a statement and return True; False if it is stored already (`content_hash`)."""
    if is_there(tx.connection, TABLE.c.content_hash, values["content_hash"]):
        return False
    tx.insert(TABLE, **values)
    return True


def withdraw_statement(tx: Transaction, number: int) -> None:
    """Withdraw a statement; UnknownNameError if there is none in force."""
    tx.withdraw(TABLE, TABLE.c.id == number, missing=("standing statement", str(number)))
    tx.log("withdraw statement", str(number))


def list_statements(
    connection: Connection, as_of: date, organisation_ids: Sequence[str] | None = None
) -> list[StoredStatement]:
    """Return the statements by a date, by organisation, date and number; withdrawn ones included."""
    is_wanted = same_or_all(TABLE.c.organisation_id, organisation_ids)
    query = select(TABLE).where(TABLE.c.said <= as_of.isoformat(), is_wanted)
    query = query.order_by(TABLE.c.organisation_id, TABLE.c.said, TABLE.c.id)
    return [
        value_of(
            StoredStatement,
            row,
            file=Citation("statements", row.filename, row.place, snapshot=row.sha256),
            stated_on=date.fromisoformat(row.said),
        )
        for row in connection.execute(query)
    ]
