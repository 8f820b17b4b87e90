"""Migrations: a killed one starts again, and rows that were changed before it are reported after it."""

import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from simulation_faults import Fault, run_children
from sqlalchemy import event, func, select
from store_tools import OLD_STORE, unpack_old_home
from thorough import a_part

from overzicht.store import migrating, schema
from overzicht.store.database import Store, database_file
from overzicht.store.engines import WRITES
from overzicht.store.migrating import migrate, newest_revision, revision_of, write_connection
from overzicht.store.moving.checking import check_store
from overzicht.store.moving.rows import fill
from overzicht.store.moving.transfer import RegisterFile, load_store
from overzicht.store.proof.state import is_sealed
from overzicht.store.snapshots import list_snapshots

EVERY = 12  # statements between two kills; a thorough run kills at every one


@pytest.fixture(params=["sqlite", "postgresql"])
def old_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Yield the store of commit cf06620, not migrated, on either database."""
    if request.param == "sqlite":
        store = Store.unmigrated(unpack_old_home(tmp_path / "home"))
    else:
        store = Store.unmigrated(tmp_path / "home", request.getfixturevalue("new_postgres_url")())
        source = RegisterFile(OLD_STORE / "export.zip")
        source.extract_files(store.folder)
        with write_connection(store.engine) as connection:
            migrating.upgrade(connection, source.revision)
            fill(connection, source)
    yield store
    store.close()


def statements_of_a_migration(store: Store) -> int:
    """Return how many statements migrate a store, and undo them."""
    statements: list[str] = []

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        statements.append(statement)

    with store.engine.connect().execution_options(**{WRITES: True}) as connection:
        with connection.begin() as transaction:
            event.listen(store.engine, "after_cursor_execute", note)
            migrating.upgrade(connection)
            transaction.rollback()
        event.remove(store.engine, "after_cursor_execute", note)
    return len(statements)


def test_a_migration_that_is_killed_at_any_statement_changes_nothing_and_the_next_one_completes(
    old_store: Store,
) -> None:
    count = statements_of_a_migration(old_store)
    assert count > EVERY
    for statement in [*a_part(range(1, count), EVERY), count + 9]:  # the last one is killed at its commit
        assert run_children(old_store, [lambda: migrate(old_store.engine)], Fault("kill", statement)) == [
            -signal.SIGKILL
        ]
        with old_store.reading() as connection:
            assert revision_of(connection) == "0012"
            assert not is_sealed(connection)
    migrate(old_store.engine)
    checked = check_store(old_store)
    assert checked.faults == ()
    assert checked.sealed_from == checked.log_entries


def test_an_older_version_of_a_list_gets_no_mapping_no_doubt_and_keeps_its_records(old_store: Store) -> None:
    count = select(func.count()).select_from(schema.record)
    with old_store.reading() as connection:
        before = connection.execute(count).scalar_one()
    migrate(old_store.engine)
    with old_store.reading() as connection:
        versions = list_snapshots(connection)
        assert connection.execute(count).scalar_one() == before > 0
    assert {(version.mapping, version.doubt) for version in versions} == {("", "")}


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_an_old_export_is_sealed_and_proven_on_either_database(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    address = request.getfixturevalue("postgres_url") if kind == "postgresql" else ""
    store = Store.open(tmp_path / "home", address)
    load_store(store, OLD_STORE / "export.zip")
    checked = check_store(store)
    assert checked.faults == ()
    assert checked.sealed_from == checked.log_entries == checked.signed_entries > 1
    store.close()


def seal_again(store: Store) -> None:
    """Write what a later migration writes about the rows."""
    with write_connection(store.engine) as connection:
        before = migrating._state_before(connection, newest_revision())
        migrating._seal_migration(connection, newest_revision(), before, None)


def test_a_later_migration_states_whether_the_rows_were_those_of_the_log(tmp_path: Path) -> None:
    home = unpack_old_home(tmp_path / "home")
    store = Store.open(home)
    seal_again(store)
    assert check_store(store).faults == ()
    with closing(sqlite3.connect(database_file(home))) as database:
        database.execute("UPDATE judgement SET reason = 'another'")
        database.commit()
    seal_again(store)
    assert "before this migration, rows were changed outside the log" in str(check_store(store).faults)
    with store.reading() as connection:
        assert revision_of(connection) == newest_revision()
    store.close()


@pytest.mark.parametrize(
    ("sql", "fault"),
    [
        ("UPDATE register_maker_day SET basis = 'another'", ""),  # was not proven yet
        ("UPDATE judgement SET reason = 'another'", "before this migration, rows were changed"),
    ],
)
def test_a_store_of_version_0014_is_proven_up_to_what_it_proved(sql: str, fault: str, tmp_path: Path) -> None:
    home = unpack_old_home(tmp_path / "home")
    store = Store.unmigrated(home)
    with write_connection(store.engine) as connection:
        migrating.upgrade(connection, "0014")
        connection.exec_driver_sql(sql)
    migrate(store.engine)
    checked = check_store(store)
    assert [fault in str(known) for known in checked.faults] == [True] * bool(fault)
    store.close()
