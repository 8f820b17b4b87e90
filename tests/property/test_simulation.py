"""A seeded simulation of a store agrees with a naive model, and finds faults that are planted in it."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import simulation
from simulation import Simulation, SimulationError
from thorough import IS_THOROUGH

from overzicht.store import database, decisions, snapshots
from overzicht.store.database import Store

MEMORY = Path("/dev/shm")  # noqa: S108 - a disk in memory, where it is, spares the waiting for a real one
OPERATIONS = 10_000 if IS_THOROUGH else 1_000
MOST = 400


@pytest.fixture
def scratch() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        yield Path(folder)


@pytest.mark.slow
def test_a_store_is_equal_to_its_model_after_each_operation(scratch: Path) -> None:
    figures = Simulation(scratch, seed=3).run(OPERATIONS)
    assert figures.operations == OPERATIONS
    assert figures.kinds.keys() >= {*simulation.STEPS, *simulation.KINDS}
    assert {outcome.rpartition(" ")[2] for outcome in figures.faults} == {"killed", "saved", "refused"}


def lose_a_judgement(patch: pytest.MonkeyPatch) -> None:
    whole = decisions.add_judgement

    def add(tx: Any, finding: str, verdict: Any, reason: str) -> int:
        if finding.endswith("7"):
            tx.log("judge", finding)
            return 0
        return whole(tx, finding, verdict, reason)

    patch.setattr(decisions, "add_judgement", add)


def save_half_a_list(patch: pytest.MonkeyPatch) -> None:
    whole = snapshots.add_snapshot

    def add(tx: Any, *arguments: Any, **options: Any) -> int:
        key = whole(tx, *arguments, **options)
        tx.connection.exec_driver_sql("COMMIT")
        tx.connection.exec_driver_sql("BEGIN IMMEDIATE")
        return key

    patch.setattr(snapshots, "add_snapshot", add)


def forget_the_sums(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(database, "seal_changes", lambda *_: None)


def read_without_a_transaction(patch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def reading(store: Store) -> Iterator[Any]:
        with store.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            yield connection

    patch.setattr(Store, "reading", reading)


@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    ("plant", "message"),
    [
        (lose_a_judgement, "differs from the model: judgements"),
        (save_half_a_list, "differs from the model: lists"),
        (forget_the_sums, "does not prove itself"),
        (read_without_a_transaction, "a reader saw the work of a later writer"),
    ],
)
def test_a_planted_fault_is_found_and_its_seed_repeats_it(
    plant: Callable[[pytest.MonkeyPatch], None], message: str, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(simulation, "STEPS", {**simulation.STEPS, "fault": 40, "reader": 20})
    monkeypatch.setattr(simulation, "CHECK_EVERY", 20)
    plant(monkeypatch)
    first = failure_of(scratch / "first", MOST)
    count = int(first.rpartition(" ")[2])
    assert message in first
    assert count < MOST
    assert failure_of(scratch / "again", count) == first


def failure_of(folder: Path, operations: int) -> str:
    folder.mkdir()
    with pytest.raises(SimulationError) as failure:
        Simulation(folder, seed=8).run(operations)
    return str(failure.value)
