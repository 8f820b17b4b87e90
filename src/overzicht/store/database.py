"""The database: opened once, migrated to the newest schema, read and written in transactions."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from enum import Enum
from functools import cached_property, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

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
from overzicht.store.log import append_entries
from overzicht.store.migrating import migrate, write_connection
from overzicht.store.private import FILE_MODE, close_to_others, make_private_folder
from overzicht.store.proof.recording import ChangeRecorder
from overzicht.store.proof.state import seal_changes, stored_state
from overzicht.store.writer_turns import WriterTurns

if TYPE_CHECKING:
    from overzicht.store.receipts import Receipts

UNNAMED_CHANGE = "change rows"  # the action of a transaction that changed rows and wrote no entry itself


@dataclass(frozen=True, slots=True)
class Transaction:
    """A unit of writing: all of it is stored, or nothing; `at` is the time given by the caller."""

    connection: Connection
    actor: str
    at: datetime
    entries: list[dict[str, Any]] = field(default_factory=list)  # of the log; appended at the end

    @property
    def at_text(self) -> str:
        """The time as ISO text."""
        return self.at.isoformat(timespec="seconds")

    def log(self, action: str, subject: str, **detail: Any) -> None:
        """Append to the hash-chained log, at the end of this transaction."""
        entry = {"at": self.at_text, "actor": self.actor, "action": action, "subject": subject}
        self.entries.append({**entry, "detail": detail})

    def insert(self, table: Table, /, **values: Any) -> int:
        """Insert a row, with actor and time if the table has `actor` and `at`; return its number.

        Dates become ISO texts, enumeration members their value, records JSON. Returns 0 if the key is not a
        number.
        """
        own = {"actor": self.actor, "at": self.at_text}
        row = {name: value for name, value in own.items() if name in table.c} | values
        result = self.connection.execute(table.insert().values({n: plain(v) for n, v in row.items()}))
        key = result.inserted_primary_key
        return int(key[0]) if key is not None and isinstance(key[0], int) else 0

    def update(self, table: Table, /, *conditions: ColumnElement[bool], **values: Any) -> int:
        """Set columns of the rows that meet all conditions, as `insert` does; return their number."""
        columns = {name: plain(value) for name, value in values.items()}
        return self.connection.execute(table.update().where(*conditions).values(columns)).rowcount

    def update_one(
        self, table: Table, /, *conditions: ColumnElement[bool], missing: tuple[str, str], **values: Any
    ) -> None:
        """Set columns of the one row that meets all conditions; UnknownNameError(`missing`) if none."""
        if self.update(table, *conditions, **values) != 1:
            raise UnknownNameError(*missing)

    def withdraw(self, table: Table, /, *conditions: ColumnElement[bool], missing: tuple[str, str]) -> None:
        """Withdraw the one row in force that meets all conditions; UnknownNameError(`missing`) if none."""
        withdrawn = {"withdrawn_by": self.actor, "withdrawn_at": self.at_text}
        self.update_one(table, *conditions, table.c.withdrawn_at.is_(None), missing=missing, **withdrawn)

    def delete(self, table: Table, /, *conditions: ColumnElement[bool]) -> int:
        """Delete the rows that meet all conditions; return their number."""
        return self.connection.execute(table.delete().where(*conditions)).rowcount

    def insert_all(self, table: Table, rows: Sequence[Mapping[str, Any]], /) -> None:
        """Insert rows as the database takes them; no effect for no rows."""
        if rows:
            self.connection.execute(table.insert(), list(rows))


def row_of(value: Any, table: Table) -> dict[str, Any]:
    """Return the fields of a frozen dataclass that are columns of a table, as `value_of` reads them back.

    Left out are actor and time, which are those of the transaction, and a number that the database gives.
    """
    given = {"actor", "at", getattr(table.autoincrement_column, "name", "")}
    names = (field.name for field in fields(value) if field.name in table.c and field.name not in given)
    return {name: plain(getattr(value, name)) for name in names}


def plain(value: Any) -> Any:
    """Return a value as a column contains it: a date as text, an enumeration member as its value."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(map(plain, value))
    if hasattr(value, "to_json"):
        return value.to_json()
    return value.value if isinstance(value, Enum) else value


class Store:
    """The storage: a database and a folder of raw snapshots."""

    def __init__(self, engine: Engine, folder: Path, signing_key: Path | None = None) -> None:
        self.engine = engine
        self.folder = folder
        self._signing_key = signing_key
        self._turns = WriterTurns()

    @classmethod
    def open(
        cls, home: Path, address: str = "", *, signing_key: Path | None = None, at: datetime | None = None
    ) -> "Store":
        """Return the store under `home`, created and migrated if needed; `at` is the time of a migration.

        `address` names a PostgreSQL database; without it the database is a SQLite file under `home`. Raw
        files are under `home` in both cases, and so is the key that signs the end of the log, unless
        `signing_key` names another file. Raises StoreError if the folder cannot be written, or the
        database cannot be reached or is not a store.
        """
        store = cls.unmigrated(home, address, signing_key)
        try:
            migrate(store.engine, at)
        except exc.DBAPIError as error:
            store.close()
            raise _cannot_open(home, address, error) from error
        except StoreError:
            store.close()
            raise
        return store

    @classmethod
    def unmigrated(cls, home: Path, address: str = "", signing_key: Path | None = None) -> "Store":
        """Return the store under `home` with its database as it is, without tables if it is new."""
        folder = home / "snapshots"
        try:
            make_private_folder(folder)
            for own in (home, folder):
                close_to_others(own)
            if not address:
                # let SQLite find a file that only its owner can read; its other files get the same mode
                path = database_file(home)
                if path.exists():
                    close_to_others(path)
                else:
                    path.touch(FILE_MODE)
        except OSError as error:
            raise _cannot_open(home, "", error) from error
        engine = create_postgres_engine(address) if address else create_sqlite_engine(database_file(home))
        return cls(engine, folder, signing_key)

    @cached_property
    def receipts(self) -> "Receipts":
        """The signed ends of the log."""
        from overzicht.store.receipts import Receipts  # noqa: PLC0415 - a reader needs none

        return Receipts(self.home, self._signing_key)

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

        There is one writer at a time. Another one waits for it; StoreBusyError ends too long a wait,
        StoreQueueError too long a queue. The log then states the rows, and the end of the log is signed.
        """
        with translate_errors(), self._turns.hold(), write_connection(self.engine) as connection:
            recorder = ChangeRecorder(connection)
            known = connection.execute(
                select(schema.actor.c.name).where(schema.actor.c.name == actor)
            ).first()
            if known is None:
                connection.execute(
                    schema.actor.insert().values(name=actor, first_seen=at.isoformat(timespec="seconds"))
                )
            tx = Transaction(connection, actor, at)
            yield tx
            # append the entries of the transaction; `end` is the new end of the log, if any
            seal = seal_changes(tx.connection, recorder.changes)
            if seal is not None and not tx.entries:
                tx.log(UNNAMED_CHANGE, ", ".join(seal.changes))
            if not tx.entries:
                end, state = None, ""
            else:
                state = seal.after if seal else stored_state(tx.connection)
                end = append_entries(tx.connection, tx.entries, seal)
        if end is not None:
            self.receipts.keep(end, state)

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
