"""Many at once: writers wait for each other, readers for nobody, and the chain of the log holds."""

import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from store_tools import NOON, company, open_tasks, put, snapshot_of

from overzicht.errors import StoreError
from overzicht.store import decisions, engines, schema
from overzicht.store.database import Store
from overzicht.store.engines import DatabaseAddressError, StoreBusyError, UnsuitableDatabaseError
from overzicht.store.log import verify_log
from overzicht.store.migrating import NewerStoreError, write_connection

PROCESSES, EACH = 4, 25
WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from overzicht.store import decisions
from overzicht.store.database import Store
home, address, who, each = sys.argv[1:]
store = Store.open(Path(home), address)
for number in range(int(each)):
    with store.writing(who, datetime(2026, 11, 25, tzinfo=UTC)) as tx:
        decisions.add_judgement(tx, f"{who}-{number}", decisions.Verdict.CONFIRM, "seen")
store.close()
"""


def test_many_processes_open_a_new_store_and_write_one_chain(tmp_path: Path, request: pytest.FixtureRequest,
                                                             database_url: str) -> None:  # fmt: skip
    address = request.getfixturevalue("new_postgres_url")() if database_url else ""
    arguments = [sys.executable, "-c", WRITER, str(tmp_path), address]
    processes = [subprocess.Popen([*arguments, f"who{n}", str(EACH)]) for n in range(PROCESSES)]
    assert [process.wait() for process in processes] == [0] * PROCESSES
    store = Store.open(tmp_path, address)
    with store.reading() as connection:
        assert verify_log(connection).entries == PROCESSES * EACH
        numbers = connection.execute(select(schema.judgement.c.id)).scalars().all()
    assert sorted(numbers) == list(range(1, PROCESSES * EACH + 1))
    store.close()


def test_readers_and_openers_do_not_wait_for_a_writer(
    store: Store, tmp_path: Path, database_url: str
) -> None:
    with store.writing("anna", NOON) as tx:
        decisions.open_task(tx, "device-1", "look")
        started = time.monotonic()
        other = Store.open(tmp_path, database_url)
        with other.reading() as connection:
            assert open_tasks(connection) == []
        assert time.monotonic() - started < 5
        other.close()


def test_a_reader_sees_one_state_from_its_first_look_to_its_last(store: Store) -> None:
    with store.reading() as connection:
        assert open_tasks(connection) == []
        with store.writing("anna", NOON) as tx:
            decisions.open_task(tx, "device-1", "look")
        assert open_tasks(connection) == []
    with store.reading() as connection:
        assert len(open_tasks(connection)) == 1


def test_a_reader_cannot_write_on_postgresql(tmp_path: Path, postgres_url: str) -> None:
    store = Store.open(tmp_path, postgres_url)
    with pytest.raises(Exception, match="read-only"), store.reading() as connection:
        connection.execute(schema.actor.insert().values(name="x", first_seen="2026"))
    store.close()


def test_a_writer_that_waits_goes_on_when_the_other_ends(store: Store) -> None:
    order: list[str] = []

    def second() -> None:
        with store.writing("bram", NOON) as tx:
            order.append("second")
            decisions.open_task(tx, "device-2", "look")

    thread = threading.Thread(target=second)
    with store.writing("anna", NOON) as tx:
        thread.start()
        time.sleep(0.3)
        order.append("first")
        decisions.open_task(tx, "device-1", "look")
    thread.join()
    assert order == ["first", "second"]


def test_a_writer_that_waits_too_long_is_told_what_to_do(
    tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "BUSY_SECONDS", 1)
    first, second = Store.open(tmp_path, database_url), Store.open(tmp_path, database_url)
    with (
        first.writing("anna", NOON),
        pytest.raises(StoreBusyError, match="run the command again"),
        second.writing("bram", NOON),
    ):
        pytest.fail("the second had the lock too")
    with second.writing("bram", NOON) as tx:
        decisions.open_task(tx, "device-1", "look")
    for store in (first, second):
        store.close()


def test_a_store_of_a_newer_release_is_left_alone(store: Store, tmp_path: Path, database_url: str) -> None:
    with write_connection(store.engine) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(NewerStoreError, match="9999"):
        Store.open(tmp_path, database_url)


# PostgreSQL alone


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("mysql://localhost/x", "the driver is mysql, not postgresql"),
        ("postgresql+psycopg2://localhost/x", "psycopg2"),
        ("nonsense", "not a database address"),
        ("postgresql://localhost", "names no database"),
    ],
)
def test_an_address_of_something_else_is_refused(tmp_path: Path, address: str, said: str) -> None:
    with pytest.raises(DatabaseAddressError, match=said):
        Store.open(tmp_path, address)


def test_a_server_that_is_not_there_is_named_without_the_password(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="OVERZICHT_DATABASE_URL") as caught:
        Store.open(tmp_path, "postgresql+psycopg://anna:s3cret@127.0.0.1:9/register")
    assert "s3cret" not in str(caught.value)


def test_a_database_that_orders_text_by_a_language_is_refused(
    tmp_path: Path, postgres_server: object
) -> None:
    name = postgres_server.create_database(options="LOCALE_PROVIDER icu ICU_LOCALE 'nl'")  # type: ignore[attr-defined]
    with pytest.raises(UnsuitableDatabaseError, match="createdb"):
        Store.open(tmp_path, postgres_server.url(name))  # type: ignore[attr-defined]
    postgres_server.drop_database(name)  # type: ignore[attr-defined]


def test_a_killed_server_loses_nothing_that_was_acknowledged(
    tmp_path: Path, postgres_url: str, postgres_server: object
) -> None:
    store = Store.open(tmp_path, postgres_url)
    put(store, snapshot_of("un-sc", date(2021, 1, 1)), [company("un-sc-1", "Acme")])
    with store.writing("anna", NOON) as tx:
        decisions.open_task(tx, "device-1", "look")
    postgres_server.stop()  # type: ignore[attr-defined]
    with (
        pytest.raises(StoreError, match=r"the database failed|cannot be opened"),
        store.reading() as connection,
    ):
        open_tasks(connection)
    postgres_server.start()  # type: ignore[attr-defined]
    with store.reading() as connection:  # the same store goes on
        assert len(open_tasks(connection)) == 1
        assert verify_log(connection).entries == 2
    store.close()


def test_many_first_connections_switch_to_the_write_ahead_log(tmp_path: Path) -> None:
    for number in range(40):
        path = tmp_path / f"{number}.sqlite"
        start = threading.Barrier(4)

        def connect(path: Path = path, start: threading.Barrier = start) -> None:
            engine = engines.create_sqlite_engine(path)
            start.wait()
            with engine.connect() as connection:
                connection.exec_driver_sql("SELECT 1")
            engine.dispose()

        with ThreadPoolExecutor(4) as pool:
            for future in [pool.submit(connect) for _ in range(4)]:
                future.result()
