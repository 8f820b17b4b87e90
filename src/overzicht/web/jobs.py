"""Long work: done one at a time beside the requests, its progress kept in the store, its files removed."""

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
NOTE_SECONDS = 0.5  # progress is written no more often
RESULTS_LAST = timedelta(days=30)  # of a file that work made; after that it is made again
LOG = logging.getLogger("overzicht.web.jobs")


class StoppingError(Exception):
    """The service is being stopped; the work ends here and what it did not finish is not kept."""


@dataclass(frozen=True)
class Work:
    """What a job has in hand: the store, what was asked, who asked, the files that came along.

    A file that it makes goes into `results`, a folder of its own that is made when it is asked for, and its
    name into the result as `file`.
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
        """The folder for what the job makes."""
        folder = results_folder(self.store, self.job_id)
        folder.mkdir(parents=True, exist_ok=True)
        return folder


def results_folder(store: Store, job_id: str) -> Path:
    """Return where the files that a job made are kept, whether or not there are any."""
    return store.folder.parent / "results" / job_id


Worker = Callable[[Work], dict[str, Any]]  # returns what came of it, as JSON


@dataclass
class Progress:
    """Tells how far a job is; calling it also is where a job notices that the service stops."""

    store: Store
    job_id: str
    actor: str
    stopping: threading.Event
    _noted: float = field(default=0.0, repr=False)
    _step: Text | None = field(default=None, repr=False)

    def __call__(self, step: Text, done: int = 0, total: int | None = None) -> None:
        """Note what is being done; raises StoppingError when the service stops."""
        if self.stopping.is_set():
            raise StoppingError
        is_new = self._step is None or self._step.template != step.template
        if is_new or time.monotonic() - self._noted > NOTE_SECONDS:
            self._noted, self._step = time.monotonic(), step
            with self.store.writing(self.actor, now()) as tx:
                jobs.note_progress(tx, self.job_id, step, done, total)


class Runner:
    """Does jobs one after the other in a thread of its own; `workers` are the kinds of work by name."""

    def __init__(self, store: Store, settings: Settings, workers: Mapping[str, Worker]) -> None:
        self._store = store
        self._settings = settings
        self._workers = workers
        self._stopping = threading.Event()
        self._pool = _one_thread()
        self._unfinished: dict[str, str] = {}  # job to actor
        self._lock = threading.Lock()
        self._beating: threading.Thread | None = None

    def begin(self) -> None:
        """Take work again after `stop`, and remove what an earlier process left behind."""
        if self._stopping.is_set():
            self._stopping.clear()
            self._pool = _one_thread()
        self._sweep()

    def folder(self, job_id: str) -> Path:
        """Return the folder of the files that came along with a job."""
        return self._store.folder.parent / "uploads" / job_id

    def start(
        self,
        kind: str,
        parameters: Mapping[str, Any],
        *,
        actor: str,
        keep: Callable[[Path], Iterable[Path]] | None = None,
    ) -> Job:
        """Keep a job, let it wait for its turn, and return it; `keep` writes its files into a folder."""
        job_id = secrets.token_hex(8)
        files: tuple[Path, ...] = ()
        if keep is not None:
            self.folder(job_id).mkdir(parents=True)
            files = tuple(keep(self.folder(job_id)))
        with self._store.writing(actor, now()) as tx:
            jobs.add_job(tx, job_id, kind, dict(parameters))
        with self._lock:
            self._unfinished[job_id] = actor
            self._beat()
        self._pool.submit(self._do, job_id, kind, dict(parameters), actor, files)
        with self._store.reading() as connection:
            job = jobs.find_job(connection, job_id, now())
        assert job is not None  # noqa: S101 - it was kept just now
        return job

    @property
    def unfinished(self) -> frozenset[str]:
        """The jobs that this process has in hand."""
        with self._lock:
            return frozenset(self._unfinished)

    def stop(self) -> None:
        """Let the job that runs end at its next step, and wait for it; those that wait are not begun."""
        self._stopping.set()
        self._pool.shutdown(wait=True, cancel_futures=True)
        for job_id, actor in dict(self._unfinished).items():
            self._end(job_id, actor, JobState.INTERRUPTED, {})

    def _sweep(self) -> None:
        """Remove the files of jobs that are over, which an earlier process left behind, and old results."""
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
        work = Work(self._store, self._settings, parameters, actor, files, progress, job_id)
        state, result = JobState.DONE, {}
        try:
            progress(text("begun"))
            result = self._workers[kind](work)
        except StoppingError:
            state = JobState.INTERRUPTED
        except OverzichtError as error:
            state, result = JobState.FAILED, {"fault": error.message, "fix": error.fix, "type": error.slug}
        except Exception:
            LOG.exception("job %s (%s) broke", job_id, kind)
            state, result = JobState.FAILED, {"fault": "a fault of the service", "fix": "", "type": "fault"}
        finally:
            shutil.rmtree(self.folder(job_id), ignore_errors=True)
            self._end(job_id, actor, state, result)

    def _end(self, job_id: str, actor: str, state: JobState, result: dict[str, Any]) -> None:
        try:
            with self._store.writing(actor, now()) as tx:
                jobs.end_job(tx, job_id, state, result)
        finally:  # only then, or it would seem to have stopped in between
            with self._lock:
                self._unfinished.pop(job_id, None)

    def _beat(self) -> None:
        if self._beating is None or not self._beating.is_alive():
            self._beating = threading.Thread(target=self._beat_while_needed, name="beat", daemon=True)
            self._beating.start()

    def _beat_while_needed(self) -> None:
        """Tell every few seconds that the process of the unfinished jobs lives."""
        while not self._stopping.wait(BEAT_SECONDS):
            with self._lock:
                waiting = dict(self._unfinished)
                if not waiting:
                    self._beating = None
                    return
            for job_id, actor in waiting.items():
                # a job of ours may hold the one pen of an embedded database for minutes: then it says nothing
                with suppress(StoreBusyError), self._store.writing(actor, now()) as tx:
                    jobs.note_alive(tx, job_id)


def _one_thread() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="job")
