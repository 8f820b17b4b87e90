"""Every way in which a writer changes rows is recorded, on both databases, or refused."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Column, DefaultClause, bindparam, insert, inspect, select, text
from store_tools import NOON, company, put, snapshot_of

from overzicht.store import decisions, schema, snapshots
from overzicht.store.database import UNNAMED_CHANGE, Store, Transaction
from overzicht.store.log import read_entries, verify_log
from overzicht.store.moving.checking import check_store
from overzicht.store.proof.recording import UnrecordableStatementError
from overzicht.store.proof.rows import UNPROVEN
from overzicht.store.proof.state import differing_tables, stored_state
from overzicht.store.tables.tasks import TASKS

TASK, NAME = TASKS.table, schema.subject_name


@pytest.fixture
def store(store: Store) -> Store:
    raw = snapshots.keep_bytes(store.folder, b"raw").name
    snapshot = snapshot_of("un-sc", date(2021, 1, 1), sha256=raw, size_bytes=3)
    put(store, snapshot, [company(f"un-sc-{number}", f"Acme {number}") for number in range(5)])
    with store.writing("anna", NOON) as tx:
        for number in range(5):
            decisions.open_task(tx, f"device-{number}", "look")
        tx.insert(
            schema.run, id="run-1", command="x", as_of="2026-01-01", inputs={}, version="1", summary={"é": 1}
        )
        tx.insert_all(NAME, [{"run_id": "run-1", "subject": f"s{n}", "name": f"n{n}"} for n in range(5)])
    return store


def task_rows(count: int) -> list[dict[str, Any]]:
    own = {"opened_by": "anna", "opened_at": "", "outcome": "", "owner": "", "title": "more"}
    return [{**own, "subject": f"new-{number}"} for number in range(count)]


def update_by_number(tx: Transaction) -> None:
    statement = TASK.update().where(TASK.c.id == bindparam("number")).values(title=bindparam("text"))
    tx.connection.execute(statement, [{"number": n, "text": f"title {n}"} for n in (1, 3, 99)])


def update_by_two_keys(tx: Transaction) -> None:
    where = (schema.record.c.snapshot_id == 1, schema.record.c.record_id == bindparam("which"))
    statement = schema.record.update().where(*where).values(caption=bindparam("text"), payload={"a": [1.5]})
    tx.connection.execute(statement, [{"which": f"un-sc-{n}", "text": "other"} for n in (1, 4)])


CHANGES: dict[str, Callable[[Transaction], object]] = {
    "one row": lambda tx: tx.insert(TASK, **task_rows(1)[0], due=date(2026, 1, 1)),
    "rows that the database numbers": lambda tx: tx.insert_all(TASK, task_rows(40)),
    "rows with their own number": lambda tx: tx.insert_all(TASK, [{**task_rows(1)[0], "id": 700}] * 1),
    "an update of all": lambda tx: tx.update(TASK, title="changed"),
    "an update of none": lambda tx: tx.update(TASK, TASK.c.id == 99, title="changed"),
    "an update to the same": lambda tx: tx.update(TASK, title="look"),
    "many updates by number": update_by_number,
    "many updates by two keys": update_by_two_keys,
    "a deletion": lambda tx: tx.delete(NAME, NAME.c.subject.in_(["s1", "s2"])),
    "a deletion with rows below": lambda tx: tx.delete(schema.run, schema.run.c.id == "run-1"),
    "a snapshot with its records": lambda tx: snapshots.remove_snapshot(tx, 1),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_is_recorded(store: Store, change: Callable[[Transaction], object]) -> None:
    with store.writing("piet", NOON) as tx:
        change(tx)
    with store.reading() as connection:
        assert list(differing_tables(connection)) == []
        assert verify_log(connection).state == stored_state(connection)


def test_a_change_without_an_entry_of_its_own_gets_one(store: Store) -> None:
    with store.writing("anna", NOON) as tx:
        tx.delete(NAME, NAME.c.subject == "s1")
    with store.reading() as connection:
        (entry,) = read_entries(connection, limit=1)
        query = select(schema.log.c.changes).where(schema.log.c.seq == entry.seq)
        changes = connection.execute(query).scalar()
    assert (entry.action, entry.subject, entry.actor) == (UNNAMED_CHANGE, "subject_name", "anna")
    assert changes == {"subject_name": [0, 1]}  # a proof of what was deleted: its number of rows


def test_work_that_is_undone_is_not_recorded(store: Store) -> None:
    before = check_store(store).log_head

    def fail() -> None:
        with store.writing("piet", NOON) as tx:
            tx.update(TASK, title="changed")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert check_store(store).faults == ()
    assert check_store(store).log_head == before


REFUSED: dict[str, Any] = {
    "plain SQL": text("DELETE FROM task"),
    "rows of a query": insert(NAME).from_select(["run_id", "subject", "name"], select(NAME)),
    "a value that the database computes": TASK.update().values(title=TASK.c.title + "x"),
    "a changed key": TASK.update().where(TASK.c.id == 1).values(id=900),
}


@pytest.mark.parametrize("statement", REFUSED.values(), ids=REFUSED)
def test_a_statement_that_cannot_be_recorded_is_refused(store: Store, statement: Any) -> None:
    with store.writing("piet", NOON) as tx, pytest.raises(UnrecordableStatementError):
        tx.connection.execute(statement)
    assert check_store(store).faults == ()


@pytest.fixture
def with_default() -> Iterator[Column[str]]:
    """Yield a column of tasks that the database fills in, as a migration may add one."""
    column = TASK.c.title
    column.server_default = DefaultClause("new")
    yield column
    column.server_default = None


def test_an_insert_that_leaves_a_column_to_the_database_is_refused(
    store: Store, with_default: Column[str]
) -> None:
    """Its row would have a value that the proof does not know, and look changed outside the log."""
    del with_default
    own = {"subject": "x", "owner": "", "opened_by": "piet", "opened_at": "2026", "outcome": ""}
    with (
        store.writing("piet", NOON) as tx,
        pytest.raises(UnrecordableStatementError, match="an insert leaves its value"),
    ):
        tx.insert(TASK, **own)
    with store.writing("piet", NOON) as tx:
        tx.insert(TASK, **own, title="x")
    assert check_store(store).faults == ()


def test_no_column_of_a_proven_table_is_filled_in_by_the_database(store: Store) -> None:
    """Neither as declared, nor in a database that all migrations made."""
    declared = [
        column
        for table in schema.metadata.sorted_tables
        for column in table.columns
        if table.name not in UNPROVEN and column.server_default is not None
    ]
    with store.reading() as connection:
        stored = [
            (table, column["name"])
            for table in inspect(connection).get_table_names()
            for column in inspect(connection).get_columns(table)
            if table not in UNPROVEN and column["default"] and "nextval" not in column["default"]
        ]
    assert declared == stored == []


def test_many_updates_by_another_column_are_refused(store: Store) -> None:
    statement = TASK.update().where(TASK.c.subject == bindparam("of")).values(title="x")
    with store.writing("piet", NOON) as tx, pytest.raises(UnrecordableStatementError):
        tx.connection.execute(statement, [{"of": "device-1"}, {"of": "device-2"}])
