"""Filling an empty store from another one: all of it or nothing, checked before it counts."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, exc, inspect, select, text

from overzicht.errors import StoreError
from overzicht.store import schema
from overzicht.store.database import Store
from overzicht.store.engines import translate_errors
from overzicht.store.log import log_end, verify_log
from overzicht.store.migrating import upgrade, write_connection
from overzicht.store.moving.rows import RowSource, fill
from overzicht.store.proof.state import differing_tables

STARTER_TABLES = frozenset(
    {"actor", "log", "snapshot", "record", "party_name", "party_identifier", "stake", "table_digest"}
)
STARTER_ACTION = "add starter facts"


class StoreNotEmptyError(StoreError):
    """A store with contents would be overwritten."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"the target store is not empty ({what}). Nothing was changed",
            fix="set OVERZICHT_HOME to an empty folder and, for PostgreSQL, use an empty database",
        )


class OtherLogError(StoreError):
    """The filled rows do not end in the expected log entry."""

    def __init__(self, expected: str, actual: str) -> None:
        super().__init__(
            f"the newest entry of the log is {actual[:12]}, it should be {expected[:12]}. Nothing was saved",
            fix="use another copy: rows of the log are missing or were added",
        )


class OtherRowsError(StoreError):
    """The filled rows are not those that their log states."""

    def __init__(self, table: str, difference: str) -> None:
        super().__init__(
            f"table {table}: {difference}. Nothing was saved",
            fix="use an earlier copy: rows of this one were changed outside the log",
        )


@dataclass(frozen=True, slots=True)
class RestoreResult:
    """What came in: rows by table, entries of the log, and its newest hash."""

    rows: Mapping[str, int]
    log_entries: int
    log_head: str

    @property
    def total(self) -> int:
        """All rows."""
        return sum(self.rows.values())


def fill_store(store: Store, source: RowSource, log_head: str) -> RestoreResult:
    """Fill an empty store with the rows of a source, in their version of the schema, then migrate them.

    A store is empty if no one has worked in it; starter facts are replaced. Raises StoreNotEmptyError,
    BrokenLogError, OtherLogError, OtherRowsError, NewerStoreError; the store is then unchanged.
    """
    try:
        with translate_errors(), write_connection(store.engine) as connection:
            require_empty(connection)
            schema.metadata.drop_all(connection)
            connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
            upgrade(connection, source.revision)
            rows = fill(connection, source)
            head = log_end(connection).hash
            if head != log_head:
                raise OtherLogError(log_head, head)
            upgrade(connection)
            entries = verify_log(connection).entries
            for table, difference in differing_tables(connection):
                raise OtherRowsError(table, difference)
    except exc.StatementError as error:
        raise StoreError(f"the rows are not consistent: {error.orig}. Nothing was saved") from error
    with store.reading() as connection:
        store.receipts.renew(connection)
    return RestoreResult(rows, entries, head)


def require_empty(connection: Connection) -> None:
    """Raise StoreNotEmptyError if someone has worked in the store."""
    present = set(inspect(connection).get_table_names())
    if schema.log.name not in present:
        return
    worked = connection.execute(
        select(schema.log.c.seq, schema.log.c.action).where(schema.log.c.action != STARTER_ACTION).limit(1)
    ).first()
    if worked is not None:
        raise StoreNotEmptyError(f"log entry {worked.seq}: {worked.action}")
    for table in schema.metadata.sorted_tables:
        if table.name in STARTER_TABLES or table.name not in present:
            continue
        if connection.execute(select(table).limit(1)).first() is not None:
            raise StoreNotEmptyError(f"table {table.name}")
