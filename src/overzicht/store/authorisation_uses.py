"""Uses of Union general authorisations: what is exported under which, and the provision it rests on."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import computed_field
from sqlalchemy import Connection, Row, select

from overzicht.errors import UnknownNameError
from overzicht.evidence.shown import HIDDEN
from overzicht.exportcontrol.controllist.path import ControlPath, parse_path
from overzicht.store import schema
from overzicht.store.database import Transaction

PREFIX = "USE-"


@dataclass(frozen=True, slots=True)
class AuthorisationUse:
    """An export under a general authorisation; `ended` is None while it is relied on."""

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
        """The name that people and tasks call it by."""
        return f"{PREFIX}{self.number}"


def add_use(tx: Transaction, use: AuthorisationUse) -> AuthorisationUse:
    """Keep a use and return it with its number (the one given is not looked at)."""
    values = {
        "authorisation": use.authorisation, "path": use.path, "destination": use.destination,
        "consignee": use.consignee, "since": use.since.isoformat(), "ended": None,
    }  # fmt: skip
    table = schema.authorisation_use
    result = tx.connection.execute(table.insert().values(**values, actor=tx.actor, at=tx.at_text))
    key = result.inserted_primary_key
    assert key is not None  # noqa: S101 - an insert of one row always gives a key
    kept = AuthorisationUse(
        int(key[0]), use.authorisation, use.path, use.destination, use.consignee, use.since
    )
    tx.log("use authorisation", kept.id, **values)
    return kept


def end_use(tx: Transaction, name: str, day: date) -> None:
    """End a use; UnknownNameError when there is no such use, or it ended before."""
    table = schema.authorisation_use
    number = name.upper().removeprefix(PREFIX)
    result = tx.connection.execute(
        table.update()
        .where(table.c.id == (int(number) if number.isdecimal() else -1), table.c.ended.is_(None))
        .values(ended=day.isoformat())
    )
    if result.rowcount != 1:
        raise UnknownNameError("use in force", name)
    tx.log("end use of authorisation", f"{PREFIX}{number}", day=day.isoformat())


def list_uses(connection: Connection) -> list[AuthorisationUse]:
    """Return all uses by number, ended ones included."""
    table = schema.authorisation_use
    return [_use(row) for row in connection.execute(select(table).order_by(table.c.id))]


def _use(row: Row[Any]) -> AuthorisationUse:
    return AuthorisationUse(
        row.id, row.authorisation, parse_path(row.path), row.destination, row.consignee,
        date.fromisoformat(row.since), date.fromisoformat(row.ended) if row.ended else None,
    )  # fmt: skip
