"""Long work: it reports itself, fails in words, and ends with the service."""

import subprocess
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from overzicht.errors import InputFileError
from overzicht.evidence import text
from overzicht.settings import Settings
from overzicht.store.database import Store
from overzicht.store.engines import StoreBusyError
from overzicht.store.jobs import (
    SILENCE,
    Job,
    JobState,
    add_job,
    find_job,
    note_cancelled,
    note_progress,
    unfinished_jobs,
)
from overzicht.web import jobs as web_jobs
from overzicht.web.clock import now
from overzicht.web.job_tasks import own_process
from overzicht.web.jobs import JobContext, JobQuotaError, Runner

GO_ON = threading.Event()


def count(work: JobContext) -> dict[str, Any]:
    work.progress(text("looked at {what}", what="a"), 1, 2)
    return {"files": [path.read_text() for path in work.files], "by": work.actor}


def refuse(work: JobContext) -> dict[str, Any]:
    raise InputFileError("a.xml", "it is empty", fix="give another")


def break_down(work: JobContext) -> dict[str, Any]:
    raise ZeroDivisionError(work.actor)


def last(work: JobContext) -> dict[str, Any]:
    while True:
        GO_ON.set()
        work.progress(text("looked at {what}", what="a"))
        time.sleep(0.01)


def compute(_work: JobContext) -> dict[str, Any]:
    """Work for a long time without a step, as a parser does."""
    GO_ON.set()
    value = 1
    for _ in range(10**10):
        value = value * 3 % 1_000_003
    return {"value": value}


@pytest.fixture
def store(tmp_path: Path, database_url: str) -> Iterator[Store]:
    opened = Store.open(tmp_path, database_url)
    yield opened
    opened.close()


@pytest.fixture
def runner(store: Store, tmp_path: Path) -> Iterator[Runner]:
    workers = {"count": count, "refuse": refuse, "break": break_down, "last": last, "compute": compute}
    made = Runner(store, Settings(home=tmp_path), workers)
    yield made
    made.stop()


def ended(store: Store, job: Job) -> Job:
    for _ in range(500):
        with store.reading() as connection:
            found = find_job(connection, job.id, now())
        assert found is not None
        if found.state.is_over:
            return found
        time.sleep(0.01)
    raise AssertionError(found)


def test_work_is_done_with_its_files_which_are_then_removed(runner: Runner, store: Store) -> None:
    def keep(folder: Path) -> list[Path]:
        (folder / "a.txt").write_text("one")
        return [folder / "a.txt"]

    job = ended(store, runner.start("count", {"x": 1}, actor="mia", keep=keep))
    assert (job.state, job.result) == (JobState.DONE, {"files": ["one"], "by": "mia"})
    assert (job.done, job.total) == (1, 2)
    assert not runner.folder(job.id).exists()


def test_what_the_user_can_solve_is_told_and_what_broke_is_not(runner: Runner, store: Store) -> None:
    reported_error = ended(store, runner.start("refuse", {}, actor="mia"))
    assert reported_error.state is JobState.FAILED
    assert reported_error.result == {
        "fault": "a.xml: it is empty",
        "fix": "give another",
        "type": "input-file",
    }
    broken = ended(store, runner.start("break", {}, actor="mia"))
    assert broken.state is JobState.FAILED
    assert "mia" not in broken.result["fault"]


def test_when_the_service_stops_work_ends_and_what_waits_is_not_begun(runner: Runner, store: Store) -> None:
    GO_ON.clear()
    running, waiting = runner.start("last", {}, actor="mia"), runner.start("count", {}, actor="mia")
    assert GO_ON.wait(5)
    runner.stop()
    assert ended(store, running).state is JobState.INTERRUPTED
    assert ended(store, waiting).state is JobState.INTERRUPTED
    runner.begin()
    assert ended(store, runner.start("count", {}, actor="mia")).state is JobState.DONE


def test_work_whose_process_was_killed_shows_as_interrupted(runner: Runner, store: Store) -> None:
    GO_ON.clear()
    job = runner.start("last", {}, actor="mia")
    assert GO_ON.wait(5)
    with store.reading() as connection:
        later = find_job(connection, job.id, now() + SILENCE + timedelta(seconds=1))
    assert later is not None
    assert later.state is JobState.INTERRUPTED
    with store.reading() as connection:  # the process that has it in hand knows better
        known = find_job(connection, job.id, now() + SILENCE + timedelta(seconds=1), runner.unfinished)
    assert known is not None
    assert known.state is JobState.RUNNING
    with store.writing("mia", now()) as tx:
        note_progress(tx, job.id, text("begun"), 0, None)


def test_files_that_a_killed_process_left_are_removed_at_the_next_start(runner: Runner) -> None:
    left = runner.folder("0123456789abcdef")
    left.mkdir(parents=True)
    (left / "a.xml").write_text("x")
    runner.begin()
    assert not left.exists()


def test_a_beat_goes_on_when_the_database_is_taken(runner: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    beats: list[str] = []

    def note(_tx: object, job_id: str) -> None:
        beats.append(job_id)
        if len(beats) == 1:
            raise StoreBusyError

    monkeypatch.setattr(web_jobs, "BEAT_SECONDS", 0.02)
    monkeypatch.setattr("overzicht.web.jobs.jobs.note_alive", note)
    GO_ON.clear()
    job = runner.start("last", {}, actor="mia")
    for _ in range(500):
        if len(beats) > 1:
            break
        time.sleep(0.01)
    assert beats[:2] == [job.id, job.id]


def test_the_job_of_another_organisation_does_not_wait(runner: Runner, store: Store) -> None:
    GO_ON.clear()
    large = [runner.start("last", {}, actor="mia", organisation="a") for _ in range(3)]
    assert GO_ON.wait(5)
    before = time.monotonic()
    small = ended(store, runner.start("count", {}, actor="kim", organisation="b"))
    assert small.state is JobState.DONE
    assert time.monotonic() - before < 2
    with store.reading() as connection:
        states = [find_job(connection, job.id, now()) for job in large]
    assert [job.state.value for job in states if job] == ["running", "waiting", "waiting"]


def test_organisations_take_turns(runner: Runner, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    monkeypatch.setattr(web_jobs, "MOST_RUNNING", 1)
    runner._pool.shutdown()
    runner._pool = web_jobs._threads()
    monkeypatch.setitem(runner._workers, "count", lambda job: order.append(job.parameters["x"]) or {})  # type: ignore[func-returns-value]
    GO_ON.clear()
    first = runner.start("last", {}, actor="mia", organisation="c")
    assert GO_ON.wait(5)
    jobs = [
        runner.start("count", {"x": name}, actor="mia", organisation=name[0])
        for name in ("a1", "a2", "a3", "b1")
    ]
    runner.cancel(first.id, "mia")
    for job in jobs:
        ended(store, job)
    assert order == ["a1", "b1", "a2", "a3"]


def test_a_running_job_is_cancelled_also_between_its_steps(runner: Runner, store: Store) -> None:
    for kind in ("last", "compute"):
        GO_ON.clear()
        job = runner.start(kind, {}, actor="mia")
        waiting = runner.start("count", {}, actor="mia")
        assert GO_ON.wait(5)
        runner.cancel(waiting.id, "kim")
        runner.cancel(job.id, "kim")
        stopped = ended(store, job)
        assert (stopped.state, stopped.cancelled_by) == (JobState.CANCELLED, "kim")
        assert ended(store, waiting).state is JobState.CANCELLED
    assert ended(store, runner.start("count", {}, actor="mia")).state is JobState.DONE


def test_a_job_ends_at_its_time_limit(store: Store, tmp_path: Path) -> None:
    runner = Runner(store, Settings(home=tmp_path), {"compute": compute}, timedelta(seconds=0.3))
    job = ended(store, runner.start("compute", {}, actor="mia"))
    assert job.state is JobState.FAILED
    assert "longer than" in job.result["fault"]
    runner.stop()


def test_an_organisation_has_a_quota_of_its_own(runner: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_jobs, "MOST_UNFINISHED", 2)
    for _ in range(2):
        runner.start("last", {}, actor="mia", organisation="a")
    with pytest.raises(JobQuotaError):
        runner.start("last", {}, actor="kim", organisation="a")
    runner.start("count", {}, actor="kim", organisation="b")


def test_a_job_of_a_killed_process_is_corrected_at_the_next_start(runner: Runner, store: Store) -> None:
    process = subprocess.Popen(["true"])
    process.wait()
    gone = f"{own_process().rpartition(' ')[0]} {process.pid}"
    with store.writing("mia", now()) as tx:
        add_job(tx, "0123456789abcdef", "count", {}, process=gone)
        add_job(tx, "fedcba9876543210", "count", {}, process="another-machine 1")
    left = runner.folder("0123456789abcdef")
    left.mkdir(parents=True)
    runner.begin()
    with store.reading() as connection:
        found = unfinished_jobs(connection, now())
        corrected = find_job(connection, "0123456789abcdef", now())
    assert [job.id for job in found] == ["fedcba9876543210"], "it may still run on its machine"
    assert corrected is not None
    assert (corrected.state, bool(corrected.finished_at)) == (JobState.INTERRUPTED, True)
    assert not left.exists()


def test_a_cancellation_through_another_process_is_seen(
    runner: Runner, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_jobs, "BEAT_SECONDS", 0.02)
    GO_ON.clear()
    job = runner.start("last", {}, actor="mia")
    assert GO_ON.wait(5)
    with store.writing("kim", now()) as tx:
        note_cancelled(tx, job.id)
    assert ended(store, job).state is JobState.CANCELLED
