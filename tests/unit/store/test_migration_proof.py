"""Migrations: a killed one starts again, and rows that were changed before it are reported after it."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from store_tools import OLD_STORE, unpack_old_home

from overzicht.store import migrating
from overzicht.store.database import Store, database_file
from overzicht.store.migrating import newest_revision, revision_of, write_connection
from overzicht.store.moving.checking import check_store
from overzicht.store.moving.transfer import load_store

KILLED = """
import os, signal, sys
from pathlib import Path
from overzicht.store import migrating
from overzicht.store.database import Store
whole = migrating.seal_all
def kill(*arguments):
    whole(*arguments)
    os.kill(os.getpid(), signal.SIGKILL)
migrating.seal_all = kill
Store.open(Path(sys.argv[1]))
"""


def test_a_killed_migration_changes_nothing_and_the_next_one_completes(tmp_path: Path) -> None:
    home = unpack_old_home(tmp_path / "home")
    done = subprocess.run([sys.executable, "-c", KILLED, str(home)], check=False, timeout=120, env=os.environ)
    assert done.returncode == -signal.SIGKILL
    with closing(sqlite3.connect(database_file(home))) as database:
        assert database.execute("SELECT version_num FROM alembic_version").fetchone() == ("0012",)
        assert database.execute("SELECT name FROM sqlite_master WHERE name = 'table_digest'").fetchall() == []
    store = Store.open(home)
    assert check_store(store).faults == ()
    store.close()


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
        before = migrating._state_before(connection)
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
