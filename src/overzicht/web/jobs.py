"""Jobs: long work, done one at a time outside the requests, with its progress in the store."""

import logging
import secrets
import shutil
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from overzicht.errors import OverzichtError
from overzicht.evidence import Text, text
from overzicht.settings import Settings
from overzicht.store import jobs
from overzicht.store.database import Store
from overzicht.store.engines import StoreBusyError
from overzicht.store.jobs import Job, JobState
from overzicht.web.clock import now

BEAT_SECONDS = 15
NOTE_SECONDS = 0.5  # minimum time between two writes of the progress
RESULTS_LAST = timedelta(days=30)  # how long the files of results are stored
LOG = logging.getLogger("overzicht.web.jobs")


class ShutdownError(Exception):
    """Raised in a job when the service stops; unfinished work is not saved."""


@dataclass(frozen=True)
class JobContext:
    """The input of a job: the store, the parameters, the actor and the files of the request.

    A job saves its own file in the folder `results`, and gives its name as `file` in the result.
    """

    store: Store
    settings: Settings
    parameters: Mapping[str, Any]
    actor: str
    files: tuple[Path, ...]
    progress: "Progress"
    job_id: str = ""

    @property
    def results(self) -> Path:
        """The folder for the files that the job makes; it is created here."""
        folder = results_folder(self.store, self.job_id)
        folder.mkdir(parents=True, exist_ok=True)
        return folder


def results_folder(store: Store, job_id: str) -> Path:
    """Return the folder of the files that a job makes; it may not exist."""
    return store.folder.parent / "results" / job_id


Worker = Callable[[JobContext], dict[str, Any]]  # returns the result as JSON


@dataclass
class Progress:
    """Records the progress of a job. A call also stops the job if the service stops."""

    store: Store
    job_id: str
    actor: str
    stopping: threading.Event
    _noted: float = field(default=0.0, repr=False)
    _step: Text | None = field(default=None, repr=False)

    def __call__(self, step: Text, done: int = 0, total: int | None = None) -> None:
        """Record the current step; raises ShutdownError when the service stops."""
        if self.stopping.is_set():
            raise ShutdownError
        is_new = self._step is None or self._step.template != step.template
        if is_new or time.monotonic() - self._noted > NOTE_SECONDS:
            self._noted, self._step = time.monotonic(), step
            with self.store.writing(self.actor, now()) as tx:
                jobs.note_progress(tx, self.job_id, step, done, total)


class Runner:
    """Runs jobs one after the other in a thread; `workers` are the functions by kind of job."""

    def __init__(self, store: Store, settings: Settings, workers: Mapping[str, Worker]) -> None:
        self._store = store
        self._settings = settings
        self._workers = workers
        self._stopping = threading.Event()
        self._pool = _one_thread()
        self._unfinished: dict[str, str] = {}  # job to actor
        self._lock = threading.Lock()
        self._heartbeat: threading.Thread | None = None

    def begin(self) -> None:
        """Accept jobs again after `stop`, and remove the files of an earlier process."""
        if self._stopping.is_set():
            self._stopping.clear()
            self._pool = _one_thread()
        self._sweep()

    def folder(self, job_id: str) -> Path:
        """Return the folder of the files that were sent with a job."""
        return self._store.folder.parent / "uploads" / job_id

    def start(
        self,
        kind: str,
        parameters: Mapping[str, Any],
        *,
        actor: str,
        keep: Callable[[Path], Iterable[Path]] | None = None,
    ) -> Job:
        """Save a job, queue it, and return it; `keep` saves its files in a folder."""
        job_id = secrets.token_hex(8)
        files: tuple[Path, ...] = ()
        if keep is not None:
            self.folder(job_id).mkdir(parents=True)
            files = tuple(keep(self.folder(job_id)))
        with self._store.writing(actor, now()) as tx:
            jobs.add_job(tx, job_id, kind, dict(parameters))
        with self._lock:
            self._unfinished[job_id] = actor
            self._start_heartbeat()
        self._pool.submit(self._do, job_id, kind, dict(parameters), actor, files)
        with self._store.reading() as connection:
            job = jobs.find_job(connection, job_id, now())
        assert job is not None  # noqa: S101 - it was saved above
        return job

    @property
    def unfinished(self) -> frozenset[str]:
        """The jobs that this process has not finished."""
        with self._lock:
            return frozenset(self._unfinished)

    def stop(self) -> None:
        """Stop the running job at its next step, and wait for it; queued jobs do not start."""
        self._stopping.set()
        self._pool.shutdown(wait=True, cancel_futures=True)
        for job_id, actor in dict(self._unfinished).items():
            self._end(job_id, actor, JobState.INTERRUPTED, {})

    def _sweep(self) -> None:
        """Remove the files of finished jobs of an earlier process, and old results."""
        uploads = self._store.folder.parent / "uploads"
        for folder in sorted(uploads.glob("*")) if uploads.is_dir() else ():
            with self._store.reading() as connection:
                job = jobs.find_job(connection, folder.name, now())
            if job is None or job.state.is_over:
                shutil.rmtree(folder, ignore_errors=True)
        oldest = (now() - RESULTS_LAST).timestamp()
        for folder in sorted(results_folder(self._store, "").glob("*")):
            if folder.stat().st_mtime < oldest:
                shutil.rmtree(folder, ignore_errors=True)

    def _do(
        self, job_id: str, kind: str, parameters: dict[str, Any], actor: str, files: tuple[Path, ...]
    ) -> None:
        progress = Progress(self._store, job_id, actor, self._stopping)
        job = JobContext(self._store, self._settings, parameters, actor, files, progress, job_id)
        state, result = JobState.DONE, {}
        try:
            progress(text("started"))
            result = self._workers[kind](job)
        except ShutdownError:
            state = JobState.INTERRUPTED
        except OverzichtError as error:
            state, result = JobState.FAILED, {"fault": error.message, "fix": error.fix, "type": error.slug}
        except Exception:
            LOG.exception("job %s (%s) broke", job_id, kind)
            state, result = JobState.FAILED, {"fault": "an error in the service", "fix": "", "type": "fault"}
        finally:
            shutil.rmtree(self.folder(job_id), ignore_errors=True)
            self._end(job_id, actor, state, result)

    def _end(self, job_id: str, actor: str, state: JobState, result: dict[str, Any]) -> None:
        try:
            with self._store.writing(actor, now()) as tx:
                jobs.end_job(tx, job_id, state, result)
        finally:  # earlier, the job would look stopped
            with self._lock:
                self._unfinished.pop(job_id, None)

    def _start_heartbeat(self) -> None:
        if self._heartbeat is None or not self._heartbeat.is_alive():
            self._heartbeat = threading.Thread(target=self._send_heartbeats, name="beat", daemon=True)
            self._heartbeat.start()

    def _send_heartbeats(self) -> None:
        """Record every few seconds that the process of the unfinished jobs is alive."""
        while not self._stopping.wait(BEAT_SECONDS):
            with self._lock:
                waiting = dict(self._unfinished)
                if not waiting:
                    self._heartbeat = None
                    return
            for job_id, actor in waiting.items():
                # a job of this process can hold the only writer of an embedded database for minutes
                with suppress(StoreBusyError), self._store.writing(actor, now()) as tx:
                    jobs.note_alive(tx, job_id)


def _one_thread() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="job")
