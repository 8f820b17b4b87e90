"""The database: opened once, migrated to the newest schema, read and written in transactions."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, exc, select
from sqlalchemy.pool import ConnectionPoolEntry

from overzicht.errors import StoreError
from overzicht.store import schema
from overzicht.store.log import append_entry

BUSY_SECONDS = 30  # how long a writer waits for another one
MIGRATIONS = Path(__file__).parent / "migrations"


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
        append_entry(self.connection, self.at_text, self.actor, action, subject, detail)


class Store:
    """The one place that keeps things: a database and a folder of raw snapshots."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.engine = engine
        self.folder = folder

    @classmethod
    def open(cls, home: Path) -> "Store":
        """Return the store under `home`, made and migrated where needed.

        Raises StoreError when the folder cannot be written or the database is no store of ours.
        """
        try:
            (home / "snapshots").mkdir(parents=True, exist_ok=True)
            engine = create_sqlite_engine(home / "overzicht.sqlite")
            migrate(engine)
        except (OSError, exc.DatabaseError) as error:
            raise StoreError(
                f"the store under {home} cannot be opened: {error}",
                fix="check the folder, or name another one with OVERZICHT_HOME",
            ) from error
        return cls(engine, home / "snapshots")

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection for reading one consistent state."""
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self, actor: str, at: datetime) -> Iterator[Transaction]:
        """Yield a transaction; it is committed when the block ends and undone when it raises."""
        with self.engine.connect().execution_options(overzicht_writes=True) as connection, connection.begin():
            _remember_actor(connection, actor, at)
            yield Transaction(connection, actor, at)

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()


def create_sqlite_engine(path: Path) -> Engine:
    """Return an engine on a SQLite file, with a write-ahead log and foreign keys enforced."""
    engine = create_engine(f"sqlite:///{path}", json_serializer=_dump_json)

    def _prepare(connection: Any, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # we begin transactions ourselves, see below
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = NORMAL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
        cursor.close()

    def _begin(connection: Connection) -> None:
        # A writer takes the lock at once; else two readers that both want to write would deadlock.
        writes = connection.get_execution_options().get("overzicht_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def migrate(engine: Engine) -> None:
    """Bring the schema to the newest version; does nothing when it is there."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.connect().execution_options(overzicht_writes=True) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _remember_actor(connection: Connection, name: str, at: datetime) -> None:
    known = connection.execute(select(schema.actor.c.name).where(schema.actor.c.name == name)).first()
    if known is None:
        connection.execute(
            schema.actor.insert().values(name=name, first_seen=at.isoformat(timespec="seconds"))
        )


def _dump_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
