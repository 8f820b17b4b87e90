"""Engines: a SQLite file, or a PostgreSQL database; both give readers one state and writers one lock.

A writer takes the lock of the whole store when its transaction begins, and holds it to the end. So the state
that it read cannot change, log entries are in the order of their commits, and no two writers can deadlock or
need a retry: the second waits. Readers wait for no one and see one consistent state.
"""

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, exc, make_url, text
from sqlalchemy.pool import ConnectionPoolEntry

from overzicht.errors import MissingExtraError, StoreError

BUSY_SECONDS = 60  # how long a writer waits for another one
WRITES = "overzicht_writes"  # the execution option that marks a connection of a writer
WRITER_LOCK = 0x6F76657A  # "ovez": PostgreSQL's advisory locks are numbers, kept apart per database
POOL_SIZE, POOL_OVERFLOW = 10, 40
DRIVER = "postgresql+psycopg"
BYTEWISE = frozenset({"C", "POSIX", "C.UTF-8", "C.utf8"})  # collations that order text as SQLite does
_CANONICAL = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)
LOCK_NOT_AVAILABLE = "55P03"  # PostgreSQL's code for a lock that was not given in time


class StoreBusyError(StoreError):
    """Another writer holds the store longer than the waiting time."""

    def __init__(self) -> None:
        super().__init__(
            f"another user has been writing for {BUSY_SECONDS} seconds. Your changes were not saved",
            fix="run the command again later",
        )


class DatabaseAddressError(StoreError):
    """OVERZICHT_DATABASE_URL is not the address of a usable PostgreSQL database."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"the address in OVERZICHT_DATABASE_URL cannot be used: {reason}",
            fix="use postgresql+psycopg://USER:PASSWORD@HOST:PORT/DATABASE, or leave it empty for SQLite",
        )


class UnsuitableDatabaseError(StoreError):
    """The PostgreSQL database orders text by a language, or does not store all of Unicode."""

    def __init__(self, name: str, encoding: str, collation: str) -> None:
        super().__init__(
            f"the database {name} has the encoding {encoding} and the collation {collation}; it must be UTF8 "
            "and ordered by code (C), so that every database gives the same order",
            fix=f"createdb --template=template0 --encoding=UTF8 --locale=C.UTF-8 {name}",
        )


def _switch_to_wal(cursor: sqlite3.Cursor) -> None:
    """Use a write-ahead log. SQLite does not wait here while another connection makes the same change."""
    for _ in range(BUSY_SECONDS * 100):
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            time.sleep(0.01)
        else:
            return
    raise StoreBusyError


def create_sqlite_engine(path: Path) -> Engine:
    """Return an engine on a SQLite file, with a write-ahead log and foreign keys enforced."""
    engine = create_engine(
        f"sqlite:///{path}",
        json_serializer=dump_json,
        json_deserializer=read_json,
        pool_size=POOL_SIZE,
        max_overflow=POOL_OVERFLOW,
    )

    def _prepare(connection: Any, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # we begin transactions ourselves, see below
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
        _switch_to_wal(cursor)
        # FULL: what was reported as done is on the disk, also when the power fails a moment later.
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()

    def _begin(connection: Connection) -> None:
        # A writer takes the lock at once; else two readers that both want to write would deadlock.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writes(connection) else "BEGIN")

    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def create_postgres_engine(address: str) -> Engine:
    """Return an engine on a PostgreSQL database.

    Raises DatabaseAddressError for an address that is not valid, MissingExtraError without the driver.
    """
    try:
        url = make_url(address)
    except exc.ArgumentError:
        raise DatabaseAddressError("it is not a database address") from None  # the text may hold a password
    if url.drivername not in {DRIVER, "postgresql", "postgres"}:
        raise DatabaseAddressError(f"the driver is {url.drivername}, not {DRIVER}")
    if not url.database:
        raise DatabaseAddressError("it names no database")
    if find_spec("psycopg") is None:
        raise MissingExtraError("a PostgreSQL database", "postgres")
    engine = create_engine(
        url.set(drivername=DRIVER),
        json_serializer=dump_json,
        json_deserializer=read_json,
        pool_pre_ping=True,
        pool_size=POOL_SIZE,
        max_overflow=POOL_OVERFLOW,
    )

    def _begin(connection: Connection) -> None:
        if _writes(connection):
            # READ COMMITTED, the default: what is read after the lock was given is the newest state.
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{BUSY_SECONDS}s'")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})")

    event.listen(engine, "begin", _begin)
    return engine


def reader_options(engine: Engine) -> dict[str, Any]:
    """Return the execution options for reading one consistent state, and only reading."""
    if engine.dialect.name == "postgresql":
        return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    return {}


def check_database(connection: Connection) -> None:
    """Raise UnsuitableDatabaseError if a PostgreSQL database would order or store text differently."""
    if connection.dialect.name != "postgresql":
        return
    query = (
        "SELECT datname, pg_encoding_to_char(encoding), datcollate, datlocprovider::text FROM pg_database "
        "WHERE datname = current_database()"
    )
    name, encoding, collation, provider = connection.execute(text(query)).one()
    if encoding != "UTF8" or (collation not in BYTEWISE and provider != "b") or provider == "i":
        raise UnsuitableDatabaseError(name, encoding, collation if provider != "i" else "ICU")


def reported_error(error: exc.DBAPIError) -> StoreError | None:
    """Return the user's error for a database fault, or None for a fault of the program."""
    cause = error.orig
    reason = str(cause).strip().splitlines()[0] if str(cause).strip() else type(cause).__name__
    is_sqlite_busy = isinstance(cause, sqlite3.OperationalError) and "locked" in reason
    if is_sqlite_busy or getattr(cause, "sqlstate", None) == LOCK_NOT_AVAILABLE:
        return StoreBusyError()
    if isinstance(error, exc.OperationalError | exc.InterfaceError):
        return StoreError(
            f"the database failed: {reason}. This step was not saved",
            fix="check that it runs, can be reached, and has free disk space. Then run the command again",
        )
    if isinstance(error, exc.DataError):
        return StoreError(f"the database cannot store a value: {reason}. This step was not saved")
    return None


@contextmanager
def translate_errors() -> Iterator[None]:
    """Turn a database fault within the block into an error with a fix."""
    try:
        yield
    except exc.TimeoutError as error:  # every connection is in use
        raise StoreBusyError from error
    except exc.DBAPIError as error:
        fault = reported_error(error)
        if fault is None:
            raise
        raise fault from error


def _writes(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get(WRITES, False))


EMPTY_LISTS = frozenset({"[]", b"[]"})


def dump_json(value: Any) -> str:
    """Return JSON as the database holds it: compact, with sorted keys."""
    return _CANONICAL.encode(value)


def read_json(written: str | bytes) -> Any:
    """Return the value of JSON in the database; an empty list, which most are, is not parsed.

    SQLite gives text, and PostgreSQL bytes.
    """
    return [] if written in EMPTY_LISTS else json.loads(written)
