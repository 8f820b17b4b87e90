"""The database: opened once, migrated to the newest schema, read and written in transactions."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import ColumnElement, Connection, Engine, Table, exc, select

from overzicht.errors import StoreError, UnknownNameError
from overzicht.store import schema
from overzicht.store.engines import (
    StoreBusyError,
    create_postgres_engine,
    create_sqlite_engine,
    reader_options,
    reported_error,
    translate_errors,
)
from overzicht.store.log import append_entry
from overzicht.store.migrating import migrate, write_connection


@dataclass(frozen=True, slots=True)
class Transaction:
    """A unit of writing: all of it is stored, or nothing; `at` is the time given by the caller."""

    connection: Connection
    actor: str
    at: datetime

    @property
    def at_text(self) -> str:
        """The time as ISO text."""
        return self.at.isoformat(timespec="seconds")

    def log(self, action: str, subject: str, **detail: Any) -> None:
        """Append to the hash-chained log, within this transaction."""
        entry = {"at": self.at_text, "actor": self.actor, "action": action, "subject": subject}
        append_entry(self.connection, {**entry, "detail": detail})

    def insert(self, table: Table, /, **values: Any) -> int:
        """Insert a row, with actor and time if the table has `actor` and `at`; return its number.

        Dates become ISO texts, enumeration members their value. Returns 0 if the key is not a number.
        """
        own = {"actor": self.actor, "at": self.at_text}
        row = {name: value for name, value in own.items() if name in table.c} | values
        result = self.connection.execute(table.insert().values({n: _plain(v) for n, v in row.items()}))
        key = result.inserted_primary_key
        return int(key[0]) if key is not None and isinstance(key[0], int) else 0

    def update(self, table: Table, /, *conditions: ColumnElement[bool], **values: Any) -> int:
        """Set columns of the rows that meet all conditions, as `insert` does; return their number."""
        plain = {name: _plain(value) for name, value in values.items()}
        return self.connection.execute(table.update().where(*conditions).values(plain)).rowcount

    def update_one(
        self, table: Table, /, *conditions: ColumnElement[bool], missing: tuple[str, str], **values: Any
    ) -> None:
        """Set columns of the one row that meets all conditions; UnknownNameError(`missing`) if none."""
        if self.update(table, *conditions, **values) != 1:
            raise UnknownNameError(*missing)

    def delete(self, table: Table, /, *conditions: ColumnElement[bool]) -> int:
        """Delete the rows that meet all conditions; return their number."""
        return self.connection.execute(table.delete().where(*conditions)).rowcount

    def insert_all(self, table: Table, rows: Sequence[Mapping[str, Any]], /) -> None:
        """Insert rows as the database takes them; no effect for no rows."""
        if rows:
            self.connection.execute(table.insert(), list(rows))


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


class Store:
    """The storage: a database and a folder of raw snapshots."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.engine = engine
        self.folder = folder

    @classmethod
    def open(cls, home: Path, address: str = "") -> "Store":
        """Return the store under `home`, created and migrated if needed.

        `address` names a PostgreSQL database; without it the database is a SQLite file under `home`. Raw
        files are under `home` in both cases. Raises StoreError if the folder cannot be written, or the
        database cannot be reached or is not a store.
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
        """Return the store under `home` with its database as it is, without tables if it is new."""
        folder = home / "snapshots"
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _cannot_open(home, "", error) from error
        engine = create_postgres_engine(address) if address else create_sqlite_engine(database_file(home))
        return cls(engine, folder)

    @property
    def home(self) -> Path:
        """The folder of the raw files, and of data derived from them."""
        return self.folder.parent

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection for reading one consistent state; no writer blocks it."""
        with translate_errors(), self.engine.connect() as connection:
            yield connection.execution_options(**reader_options(self.engine))

    @contextmanager
    def writing(self, actor: str, at: datetime) -> Iterator[Transaction]:
        """Yield a transaction; it is committed at the end of the block and undone if the block raises.

        There is one writer at a time. Another one waits for it; StoreBusyError ends too long a wait.
        """
        with translate_errors(), write_connection(self.engine) as connection:
            _remember_actor(connection, actor, at)
            yield Transaction(connection, actor, at)

    def close(self) -> None:
        """Close the database."""
        self.engine.dispose()


P = ParamSpec("P")
R = TypeVar("R")


def reading(query: Callable[Concatenate[Connection, P], R]) -> Callable[Concatenate[Store, P], R]:
    """Return a query as a function of the store, which runs it in one reading transaction."""

    @wraps(query)
    def run(store: Store, /, *args: P.args, **options: P.kwargs) -> R:
        with store.reading() as connection:
            return query(connection, *args, **options)

    return run


def database_file(home: Path) -> Path:
    """Return the path of the SQLite database of a home."""
    return home / "overzicht.sqlite"


def _cannot_open(home: Path, address: str, error: Exception) -> StoreError:
    busy = reported_error(error) if isinstance(error, exc.OperationalError) else None
    if isinstance(busy, StoreBusyError):
        return busy
    cause = error.orig if isinstance(error, exc.DBAPIError) else error
    if address:
        return StoreError(
            f"the PostgreSQL database cannot be opened: {cause}",
            fix="check that the server runs and that OVERZICHT_DATABASE_URL is correct",
        )
    return StoreError(
        f"the store under {home} cannot be opened: {cause}",
        fix="check the folder, or set another one with OVERZICHT_HOME",
    )


def _remember_actor(connection: Connection, name: str, at: datetime) -> None:
    known = connection.execute(select(schema.actor.c.name).where(schema.actor.c.name == name)).first()
    if known is None:
        connection.execute(
            schema.actor.insert().values(name=name, first_seen=at.isoformat(timespec="seconds"))
        )
