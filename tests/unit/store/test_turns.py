"""Writers of one process wait for their turn without a connection, so readers are answered meanwhile."""

import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from store_tools import NOON

from overzicht.errors import StoreError
from overzicht.store import writer_turns as turns
from overzicht.store.database import Store
from overzicht.store.writer_turns import WriterTurns


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path)
    yield opened
    opened.close()


def started(work: Callable[[], object]) -> threading.Thread:
    thread = threading.Thread(target=work)
    thread.start()
    return thread


def fault_of_a_turn(writers: WriterTurns) -> str:
    """Return the error of another thread that asks for a turn; empty if it gets one."""
    faults = [""]

    def take() -> None:
        try:
            with writers.hold():
                pass
        except StoreError as error:
            faults.append(error.slug)

    started(take).join(10)
    return faults[-1]


def test_readers_are_answered_while_many_writers_wait(store: Store) -> None:
    done: list[int] = []

    def write(number: int) -> None:
        with store.writing("anna", NOON) as tx:
            tx.log("write", str(number))
        done.append(number)

    with store.writing("piet", NOON) as first:
        threads = [started(partial(write, number)) for number in range(turns.MOST_WAITING)]
        time.sleep(0.5)
        for _ in range(5):
            with store.reading() as connection:
                assert connection.exec_driver_sql("SELECT 1").scalar() == 1
        assert store.engine.pool.checkedout() == 1  # type: ignore[attr-defined]
        assert done == []
        first.log("write", "first")
    for thread in threads:
        thread.join(60)
    assert sorted(done) == list(range(turns.MOST_WAITING))


def test_too_many_waiting_writers_are_refused_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "MOST_WAITING", 1)
    writers = WriterTurns()
    with writers.hold():
        waiting = started(lambda: fault_of_a_turn(writers))
        while not writers._waiting:
            time.sleep(0.01)
        assert fault_of_a_turn(writers) == "store-queue"
    waiting.join(10)
    assert fault_of_a_turn(writers) == ""


def test_too_long_a_wait_ends_and_an_error_gives_the_turn_back() -> None:
    writers = WriterTurns(seconds=0.05)
    with writers.hold():
        assert fault_of_a_turn(writers) == "store-busy"
    with pytest.raises(ZeroDivisionError), writers.hold():
        raise ZeroDivisionError
    assert fault_of_a_turn(writers) == ""
