"""Uses of Union general authorisations: the export, the authorisation, and its provision."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any

from pydantic import computed_field
from sqlalchemy import Connection, Row, select

from overzicht.evidence import text
from overzicht.evidence.json_marks import HIDDEN
from overzicht.store import schema
from overzicht.store.database import Transaction
from overzicht.store.rows import StoredRecordError, stored_record, value_of
from overzicht.subjects.control_list.path import ControlPath, parse_path

PREFIX = "USE-"
USE = text("use of a general authorisation")


@dataclass(frozen=True, slots=True)
class AuthorisationUse:
    """An export under a general authorisation; `ended` is None while it is in use."""

    number: Annotated[int, HIDDEN]
    authorisation: str
    path: ControlPath
    destination: str
    consignee: str
    since: date
    ended: date | None = None

    @computed_field
    @property
    def id(self) -> str:
        """The name for people and tasks."""
        return f"{PREFIX}{self.number}"


def add_use(tx: Transaction, use: AuthorisationUse) -> AuthorisationUse:
    """Store a use and return it with its new number."""
    names = ("authorisation", "path", "destination", "consignee")
    values = {name: getattr(use, name) for name in names} | {"since": use.since.isoformat(), "ended": None}
    kept = replace(use, number=tx.insert(schema.authorisation_use, **values), ended=None)
    tx.log("use authorisation", kept.id, **values)
    return kept


def end_use(tx: Transaction, name: str, day: date) -> AuthorisationUse:
    """End a use and return it; UnknownNameError if there is no such use, or it has ended.

    StoredRecordError if it cannot be read; then it remains in force.
    """
    table = schema.authorisation_use
    number = name.upper().removeprefix(PREFIX)
    is_it = table.c.id == (int(number) if number.isdecimal() else -1)
    tx.update_one(table, is_it, table.c.ended.is_(None), ended=day, missing=("use in force", name))
    with stored_record(USE, f"{PREFIX}{number}"):
        ended = _use(tx.connection.execute(select(table).where(is_it)).one())
    tx.log("end use of authorisation", ended.id, day=day.isoformat())
    return ended


def list_uses(
    connection: Connection, problems: list[StoredRecordError] | None = None
) -> list[AuthorisationUse]:
    """Return all uses by number, ended ones included.

    One that cannot be read is added to `problems`, or raised without them.
    """
    table = schema.authorisation_use
    uses = []
    for row in connection.execute(select(table).order_by(table.c.id)):
        with stored_record(USE, f"{PREFIX}{row.id}", problems):
            uses.append(_use(row))
    return uses


def _use(row: Row[Any]) -> AuthorisationUse:
    return value_of(AuthorisationUse, row, number=row.id, path=parse_path(row.path))
