"""Any changed byte in any table that the log proves changes the sum of the table."""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import JSON, Boolean, Column, Connection, Float, Integer, Table, exc, func
from store_tools import unpack_old_home

from overzicht.store import schema
from overzicht.store.database import Store
from overzicht.store.moving.checking import check_store
from overzicht.store.moving.transfer import export_store, load_store
from overzicht.store.proof.rows import UNPROVEN, UNPROVEN_COLUMNS, RowHashes, sum_table

PROVEN = [table for name, table in sorted(schema.metadata.tables.items()) if name not in UNPROVEN]


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """Yield a connection to a store with rows in every table; each test undoes what it changed."""
    store = Store.open(unpack_old_home(tmp_path_factory.mktemp("old") / "home"))
    assert check_store(store).faults == ()
    with store.engine.connect() as opened:
        opened.exec_driver_sql("PRAGMA foreign_keys = OFF")
        yield opened
    store.close()


@pytest.mark.parametrize("table", PROVEN, ids=lambda table: table.name)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_one_changed_byte_changes_the_sum(connection: Connection, table: Table, data: st.DataObject) -> None:
    before = sum_table(connection, table)
    query = f"SELECT rowid AS number_of_row, * FROM {table.name} ORDER BY 1"  # noqa: S608
    rows = connection.exec_driver_sql(query).mappings().all()
    if not rows:
        pytest.skip("a newer table, which the old store does not fill")
    row = data.draw(st.sampled_from(rows))
    left_out = {"number_of_row", *UNPROVEN_COLUMNS.get(table.name, ())}
    names = [name for name in row if name not in left_out and row[name] is not None]
    column = data.draw(st.sampled_from(names))
    changed = with_other_byte(row[column], data)
    with connection.begin_nested() as change:
        try:
            connection.exec_driver_sql(
                f'UPDATE {table.name} SET "{column}" = ? WHERE rowid = ?',  # noqa: S608
                (changed, row["number_of_row"]),
            )
        except exc.IntegrityError:  # the database refuses a second row of that key
            pass
        else:
            assert sum_table(connection, table) != before, (column, row[column], changed)
        change.rollback()


def with_other_byte(value: Any, data: st.DataObject) -> Any:
    """Return a value of which one byte differs (text stays ASCII where it was: the database must take it)."""
    bit = 1 << data.draw(st.integers(0, 5))
    if isinstance(value, int):
        return value ^ bit
    if isinstance(value, float):
        packed = bytearray(struct.pack("<d", value))
        packed[data.draw(st.integers(0, 5))] ^= bit
        return struct.unpack("<d", bytes(packed))[0]
    if not value:
        return chr(64 + bit)
    place = data.draw(st.integers(0, len(value) - 1))
    return value[:place] + chr(ord(value[place]) ^ bit) + value[place + 1 :]


def test_postgresql_has_the_same_sums_and_every_changed_column_changes_them(
    connection: Connection, tmp_path: Path, postgres_url: str
) -> None:
    old = Store(connection.engine, tmp_path / "snapshots")
    export_store(old, tmp_path / "all.zip", with_files=False)
    store = Store.open(tmp_path / "other", postgres_url)
    load_store(store, tmp_path / "all.zip")
    with store.engine.connect() as other:
        other.exec_driver_sql("SET session_replication_role = replica")  # references are not enforced
        for table in PROVEN:
            before = sum_table(other, table)
            assert before == sum_table(connection, table), table.name
            for column in RowHashes(table).columns:
                with other.begin_nested() as change:
                    try:
                        changed = other.execute(
                            table.update().where(column.is_not(None)).values({column: _changed(column)})
                        ).rowcount
                    except exc.IntegrityError:
                        change.rollback()
                        continue
                    assert not changed or sum_table(other, table) != before, column
                    change.rollback()
    store.close()


def _changed(column: Column[Any]) -> Any:
    """Return an expression for another value of the type of a column, no longer than the old one."""
    if isinstance(column.type, JSON):
        return {"other": "value"}
    if isinstance(column.type, Boolean):
        return ~column
    if isinstance(column.type, Integer | Float):
        return column + 1_000_000
    return func.left(func.concat("~", column), getattr(column.type, "length", None) or 1_000_000)
