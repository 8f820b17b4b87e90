"""The schema of a database: its version, and the upgrade to the newest one."""

from collections.abc import Iterator
from contextlib import contextmanager
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
from overzicht.store.schema import metadata

MIGRATIONS = Path(__file__).parent / "migrations"
VERSION = Table(  # as Alembic makes it
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)


class NewerStoreError(StoreError):
    """The store was written by a newer release than this one."""

    slug = "newer-store"

    def __init__(self, revision: str) -> None:
        super().__init__(
            f"the store has schema {revision}, which this release does not support. Nothing was changed",
            fix="install the release that wrote it, or a newer one",
        )


def migrate(engine: Engine) -> None:
    """Upgrade the schema to the newest version; if it is current, nothing is locked or written."""
    with engine.connect() as connection:
        if revision_of(connection) == newest_revision():
            return
    with write_connection(engine) as connection:
        upgrade(connection)


@contextmanager
def write_connection(engine: Engine) -> Iterator[Connection]:
    """Yield a connection in a transaction that holds the writer's lock."""
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        yield connection


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Upgrade the schema to a version, within the caller's transaction; NewerStoreError for an unknown one.

    A new database gets the newest tables at once, as the migrations would leave them.
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
    # Alembic takes a tenth of a second to load, which a command on a store that is up to date must not pay.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


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
