"""The database: opened once, migrated to the newest schema, read and written in transactions."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Table, exc, select

from overzicht.errors import StoreError, UnknownNameError
from overzicht.store import schema
from overzicht.store.engines import (
    StoreBusyError,
    create_postgres_engine,
    create_sqlite_engine,
    faults_told,
    reader_options,
    told,
)
from overzicht.store.log import append_entry
from overzicht.store.migrating import migrate, write_connection


@dataclass(frozen=True, slots=True)
class Transaction:
    """A unit of writing: everything in it is kept, or nothing; `at` is the time given by the caller."""

    connection: Connection
    actor: str
    at: datetime

    @property
    def at_text(self) -> str:
        """The time as ISO text."""
        return self.at.isoformat(timespec="seconds")

    def log(self, action: str, subject: str, **detail: Any) -> None:
        """Append to the hash-chained log, within this transaction."""
        said = {"at": self.at_text, "actor": self.actor, "action": action, "subject": subject}
        append_entry(self.connection, {**said, "detail": detail})

    def insert(self, table: Table, /, **values: Any) -> int:
        """Keep a row, with who acts and when where the table has `actor` and `at`; returns its number.

        Days become ISO texts, words of an enumeration their value. Where the key is no number it returns 0.
        """
        own = {"actor": self.actor, "at": self.at_text}
        row = {name: value for name, value in own.items() if name in table.c} | values
        result = self.connection.execute(table.insert().values({n: _plain(v) for n, v in row.items()}))
        key = result.inserted_primary_key
        return int(key[0]) if key is not None and isinstance(key[0], int) else 0

    def update(self, table: Table, /, *conditions: ColumnElement[bool], **values: Any) -> int:
        """Set columns of the rows that meet all conditions, as `insert` does; returns how many there were."""
        plain = {name: _plain(value) for name, value in values.items()}
        return self.connection.execute(table.update().where(*conditions).values(plain)).rowcount

    def update_one(
        self, table: Table, /, *conditions: ColumnElement[bool], missing: tuple[str, str], **values: Any
    ) -> None:
        """Set columns of the one row that meets all conditions; UnknownNameError says `missing` for none."""
        if self.update(table, *conditions, **values) != 1:
            raise UnknownNameError(*missing)

    def delete(self, table: Table, /, *conditions: ColumnElement[bool]) -> int:
        """Remove the rows that meet all conditions; returns how many there were."""
        return self.connection.execute(table.delete().where(*conditions)).rowcount

    def insert_all(self, table: Table, rows: Sequence[Mapping[str, Any]], /) -> None:
        """Keep rows as the database takes them; nothing for no rows."""
        if rows:
            self.connection.execute(table.insert(), list(rows))


def _plain(value: Any) -> Any:
    """Return a value as a column holds it."""
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


class Store:
    """The one place that keeps things: a database and a folder of raw snapshots."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.engine = engine
        self.folder = folder

    @classmethod
    def open(cls, home: Path, address: str = "") -> "Store":
        """Return the store under `home`, made and migrated where needed.

        `address` names a PostgreSQL database; without it the database is a SQLite file under `home`. Raw
        files lie under `home` in both cases. Raises StoreError when the folder cannot be written, or the
        database cannot be reached or is no store of ours.
        """
        store = cls.unmigrated(home, address)
        try:
            migrate(store.engine)
        except exc.DBAPIError as error:
            store.close()
            raise _cannot_open(home, address, error) from error
        except StoreError:
            store.close()
            raise
        return store

    @classmethod
    def unmigrated(cls, home: Path, address: str = "") -> "Store":
        """Return the store under `home` with its database as it is, without tables where it is new."""
        folder = home / "snapshots"
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _cannot_open(home, "", error) from error
        engine = create_postgres_engine(address) if address else create_sqlite_engine(database_file(home))
        return cls(engine, folder)

    @property
    def home(self) -> Path:
        """The folder in which the raw files lie, and what is derived from them."""
        return self.folder.parent

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection for reading one consistent state; no writer holds it up."""
        with faults_told(), self.engine.connect() as connection:
            yield connection.execution_options(**reader_options(self.engine))

    @contextmanager
    def writing(self, actor: str, at: datetime) -> Iterator[Transaction]:
        """Yield a transaction; it is committed when the block ends and undone when it raises.

        There is one writer at a time; another one waits for it, and StoreBusyError ends too long a wait.
        """
        with faults_told(), write_connection(self.engine) as connection:
            _remember_actor(connection, actor, at)
            yield Transaction(connection, actor, at)

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()


def database_file(home: Path) -> Path:
    """Return where the SQLite database of a home lies."""
    return home / "overzicht.sqlite"


def _cannot_open(home: Path, address: str, error: Exception) -> StoreError:
    busy = told(error) if isinstance(error, exc.OperationalError) else None
    if isinstance(busy, StoreBusyError):
        return busy
    cause = error.orig if isinstance(error, exc.DBAPIError) else error
    if address:
        return StoreError(
            f"the PostgreSQL database cannot be opened: {cause}",
            fix="see that the server runs and that OVERZICHT_DATABASE_URL names it rightly",
        )
    return StoreError(
        f"the store under {home} cannot be opened: {cause}",
        fix="check the folder, or name another one with OVERZICHT_HOME",
    )


def _remember_actor(connection: Connection, name: str, at: datetime) -> None:
    known = connection.execute(select(schema.actor.c.name).where(schema.actor.c.name == name)).first()
    if known is None:
        connection.execute(
            schema.actor.insert().values(name=name, first_seen=at.isoformat(timespec="seconds"))
        )
