"""The store: migrations, transactions, and what happens when one is cut off."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, inspect, select
from store_tools import NOON, company, put, snapshot_of

from overzicht.errors import StoreError
from overzicht.store import schema
from overzicht.store.database import Store
from overzicht.store.migrating import (
    MIGRATIONS,
    known_revisions,
    newest_revision,
    revision_of,
    upgrade,
    write_connection,
)


@pytest.fixture(params=["sqlite", "postgresql"])
def new_url(request: pytest.FixtureRequest) -> Callable[[], str]:
    """Return what gives addresses of databases without tables, once per kind."""
    make: Callable[[], str] = (
        str if request.param == "sqlite" else request.getfixturevalue("new_postgres_url")
    )
    return make


def shape_of(connection: Connection) -> dict[str, object]:
    """Return all that a database says of its tables, whatever the order of their columns."""
    inspector = inspect(connection)
    return {
        name: (
            sorted(str(sorted(column.items(), key=str)) for column in inspector.get_columns(name)),
            inspector.get_pk_constraint(name),
            sorted(inspector.get_foreign_keys(name), key=str),
            sorted(inspector.get_unique_constraints(name), key=str),
            sorted(inspector.get_indexes(name), key=str),
            sorted(inspector.get_check_constraints(name), key=str),
        )
        for name in inspector.get_table_names()
    }


def test_migrations_give_exactly_the_tables_of_the_schema(tmp_path: Path, new_url: Callable[[], str]) -> None:
    migrated = Store.unmigrated(tmp_path, new_url())
    with write_connection(migrated.engine) as connection:
        upgrade(connection, min(known_revisions()))
        upgrade(connection)
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, schema.metadata) == []
    migrated.close()


def test_a_new_store_is_as_the_migrations_would_leave_it(tmp_path: Path, new_url: Callable[[], str]) -> None:
    new = Store.open(tmp_path / "new", new_url())
    migrated = Store.unmigrated(tmp_path / "migrated", new_url())
    with write_connection(migrated.engine) as connection:
        upgrade(connection, min(known_revisions()))
        upgrade(connection)
        wanted = shape_of(connection)
    with new.engine.connect() as connection:
        assert shape_of(connection) == wanted
    for each in (new, migrated):
        each.close()


def test_the_versions_are_those_that_the_migrations_name(store: Store) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_heads() == [newest_revision()]
    assert {script.revision for script in scripts.walk_revisions()} == known_revisions()
    with store.engine.connect() as connection:
        assert revision_of(connection) == newest_revision()


def test_a_database_without_tables_has_no_version(tmp_path: Path) -> None:
    empty = Store.unmigrated(tmp_path)
    with empty.engine.connect() as connection:
        assert revision_of(connection) is None
    empty.close()


def test_opening_twice_changes_nothing(tmp_path: Path, database_url: str) -> None:
    first = Store.open(tmp_path, database_url)
    put(first, snapshot_of("un-sc", date(2021, 1, 1)), [company("un-sc-1", "Acme Optics")])
    first.close()
    second = Store.open(tmp_path, database_url)
    with second.reading() as connection:
        assert connection.execute(select(func.count()).select_from(schema.record)).scalar_one() == 1
    second.close()


def test_a_write_that_fails_leaves_nothing(store: Store) -> None:
    def fail() -> None:
        with store.writing("tester", NOON) as tx:
            tx.log("begin", "something")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with store.reading() as connection:
        assert connection.execute(select(func.count()).select_from(schema.log)).scalar_one() == 0
        assert connection.execute(select(func.count()).select_from(schema.actor)).scalar_one() == 0


def test_a_folder_that_cannot_be_used_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="OVERZICHT_HOME"):
        Store.open(tmp_path / "file" / "home")


def test_a_file_that_is_no_database_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "overzicht.sqlite").write_bytes(b"this is no database, it only looks like a file" * 100)
    with pytest.raises(StoreError, match="cannot be opened"):
        Store.open(tmp_path)


def test_an_empty_list_of_the_database_is_not_parsed(
    tmp_path: Path, new_url: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite gives JSON as text, PostgreSQL as bytes."""
    store = Store.open(tmp_path, new_url())
    table, parsed = schema.metadata.tables["service_setting"], list[str | bytes]()
    with store.writing("anna", NOON) as tx:
        for name, value in (("none", []), ("some", ["a"])):
            tx.insert(table, name=name, value=value)

    def loads(written: str | bytes) -> object:
        parsed.append(written)
        return ["a"]

    monkeypatch.setattr("overzicht.store.engines.json.loads", loads)
    with store.reading() as connection:
        assert dict(connection.execute(select(table.c.name, table.c.value)).all()) == {
            "none": [],
            "some": ["a"],
        }
    assert [bytes(each) if isinstance(each, bytes) else each.encode() for each in parsed] == [b'["a"]']
    store.close()
