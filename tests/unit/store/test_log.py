"""The log: its chain shows every change to it."""

import pytest
from sqlalchemy import delete, update
from store_tools import NOON

from overzicht.store import schema
from overzicht.store.database import Store
from overzicht.store.log import BrokenLogError, verify_log


@pytest.fixture
def store(store: Store) -> Store:
    with store.writing("anna", NOON) as tx:
        for number in range(5):
            tx.log("do", f"thing {number}", number=number)
    return store


def test_a_whole_log_counts_its_entries(store: Store) -> None:
    with store.reading() as connection:
        assert verify_log(connection).entries == 5


def test_a_changed_entry_is_found(store: Store) -> None:
    with store.engine.connect() as connection, connection.begin():
        connection.execute(
            update(schema.log).where(schema.log.c.seq == 3).values(actor="anna", detail={"number": 9})
        )
    with (
        store.reading() as connection,
        pytest.raises(BrokenLogError, match="entry 3: its content was changed"),
    ):
        verify_log(connection)


def test_a_removed_entry_is_found(store: Store) -> None:
    with store.engine.connect() as connection, connection.begin():
        connection.execute(delete(schema.log).where(schema.log.c.seq == 2))
    with store.reading() as connection, pytest.raises(BrokenLogError, match="entry 2: it is missing"):
        verify_log(connection)


def test_a_changed_entry_with_a_fitting_hash_breaks_the_next(store: Store) -> None:
    with store.engine.connect() as connection, connection.begin():
        connection.execute(update(schema.log).where(schema.log.c.seq == 3).values(hash="f" * 64))
    with store.reading() as connection, pytest.raises(BrokenLogError, match="entry 3"):
        verify_log(connection)
