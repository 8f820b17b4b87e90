"""The schema of a database: its version, and the upgrade to the newest one."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    inspect,
    select,
)

from overzicht.errors import StoreError
from overzicht.store.engines import WRITES, check_database
from overzicht.store.log import MIGRATION, append_entries
from overzicht.store.proof.state import differing_tables, is_sealed, seal_all, stored_state
from overzicht.store.schema import actor, log, metadata

MIGRATIONS = Path(__file__).parent / "migrations"
PRODUCT = "overzicht"  # the actor of a migration
VERSION = Table(  # as Alembic makes it
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)


class NewerStoreError(StoreError):
    """The store was written by a newer release than this one."""

    def __init__(self, revision: str) -> None:
        super().__init__(
            f"the store has schema {revision}, which this release does not support. Nothing was changed",
            fix="install the release that wrote it, or a newer one",
        )


def migrate(engine: Engine, at: datetime | None = None) -> None:
    """Upgrade the schema to the newest version; if it is current, nothing is locked or written.

    `at` is the time of the log entry about it. Default: the time of the entry before it.
    """
    with engine.connect() as connection:
        if revision_of(connection) == newest_revision():
            return
    with write_connection(engine) as connection:
        upgrade(connection, at=at)


@contextmanager
def write_connection(engine: Engine) -> Iterator[Connection]:
    """Yield a connection in a transaction that holds the writer's lock."""
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        yield connection


def upgrade(connection: Connection, revision: str = "head", at: datetime | None = None) -> None:
    """Upgrade the schema to a version, within the caller's transaction; NewerStoreError for an unknown one.

    A new database gets the newest tables at once, as the migrations would leave them. An entry of the log
    states the rows after a migration, and whether they were those of the log before it.
    """
    current = revision_of(connection)
    if current is None:
        check_database(connection)
        if revision == "head":
            metadata.create_all(connection)
            VERSION.create(connection)
            connection.execute(VERSION.insert().values(version_num=newest_revision()))
            return
    for known in (current, None if revision == "head" else revision):
        if known is not None and known not in known_revisions():
            raise NewerStoreError(known)
    if current == (newest_revision() if revision == "head" else revision):
        return
    before = _state_before(connection, current or "")
    # Alembic takes a tenth of a second to load, which a command on a store that is up to date must not pay.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
    if is_sealed(connection):
        _seal_migration(connection, current or "", before, at)


def _state_before(connection: Connection, revision: str) -> tuple[str | None, bool]:
    """Return the state that the sums state before a migration, and whether the rows are those of it."""
    if not is_sealed(connection):
        return None, True
    return stored_state(connection), next(differing_tables(connection, revision), None) is None


def _seal_migration(
    connection: Connection, old_revision: str, before: tuple[str | None, bool], at: datetime | None
) -> None:
    known = connection.execute(select(actor.c.first_seen).order_by(actor.c.first_seen.desc())).first()
    newest = connection.execute(select(log.c.at).order_by(log.c.seq.desc()).limit(1)).first()
    if known is None:  # no one has worked in it: there are no rows
        return
    time = at.isoformat(timespec="seconds") if at else newest.at if newest else known.first_seen
    if connection.execute(select(actor).where(actor.c.name == PRODUCT)).first() is None:
        connection.execute(actor.insert().values(name=PRODUCT, first_seen=time))
    state, rows_match = before
    revision = revision_of(connection) or ""
    entry = {"at": time, "actor": PRODUCT, "action": MIGRATION, "subject": revision}
    detail = {"from": old_revision, "rows_match": rows_match}
    seal = seal_all(connection, state, "" if revision == newest_revision() else revision)
    append_entries(connection, [{**entry, "detail": detail}], seal)


def revision_of(connection: Connection) -> str | None:
    """Return the version of the schema, or None for a database without one."""
    if not inspect(connection).has_table(VERSION.name):
        return None
    return connection.scalar(select(VERSION.c.version_num))


def newest_revision() -> str:
    """Return the version that this release writes."""
    return max(known_revisions())


@lru_cache(maxsize=1)
def known_revisions() -> frozenset[str]:
    """Return all versions that this release can read, from the names of the migration files."""
    return frozenset(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*_*.py"))
