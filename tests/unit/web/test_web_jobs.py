"""Long work: it reports itself, fails in words, and ends with the service."""

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
from overzicht.store.jobs import SILENCE, Job, JobState, find_job, note_progress
from overzicht.web import jobs as web_jobs
from overzicht.web.clock import now
from overzicht.web.jobs import JobContext, Runner

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


@pytest.fixture
def store(tmp_path: Path, database_url: str) -> Iterator[Store]:
    opened = Store.open(tmp_path, database_url)
    yield opened
    opened.close()


@pytest.fixture
def runner(store: Store, tmp_path: Path) -> Iterator[Runner]:
    workers = {"count": count, "refuse": refuse, "break": break_down, "last": last}
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
    monkeypatch.setattr(web_jobs.jobs, "note_alive", note)
    GO_ON.clear()
    job = runner.start("last", {}, actor="mia")
    for _ in range(500):
        if len(beats) > 1:
            break
        time.sleep(0.01)
    assert beats[:2] == [job.id, job.id]
