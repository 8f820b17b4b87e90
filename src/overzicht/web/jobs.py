"""Jobs: long work outside the requests, with its progress in the store.

Several jobs run at the same time, but one of each organisation: its other jobs wait. The organisation that
was served longest ago comes first. So the work of one organisation does not delay that of another.
"""

import ctypes
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

from overzicht.errors import OverzichtError, StoreError
from overzicht.evidence import Text, text
from overzicht.settings import Settings
from overzicht.store import jobs
from overzicht.store.database import Store
from overzicht.store.engines import StoreBusyError
from overzicht.store.jobs import Job, JobState
from overzicht.web.clock import now
from overzicht.web.job_tasks import Reason, StopJob, Task, is_gone, own_process
from overzicht.web.problems import Problem, ProblemError

BEAT_SECONDS = 15
MOST_RUNNING = 4  # jobs at the same time, each of another organisation
MOST_UNFINISHED = 20  # jobs of one organisation
TIME_LIMIT = timedelta(hours=1)
NOTE_SECONDS = 0.5  # minimum time between two writes of the progress
RESULTS_LAST = timedelta(days=30)  # how long the files of results are stored
LOG = logging.getLogger("overzicht.web.jobs")


class ShutdownError(Exception):
    """Raised in a job when the service stops; unfinished work is not saved."""


class JobTimeError(OverzichtError):
    """A job was ended because it took longer than the limit."""

    def __init__(self, limit: timedelta) -> None:
        minutes = round(limit.total_seconds() / 60)
        super().__init__(
            f"the job took longer than {minutes} minutes", fix="split the file, or ask an administrator"
        )


class JobFaultError(OverzichtError):
    """A job ended with an error in the product."""

    slug = "fault"

    def __init__(self, job_id: str) -> None:
        super().__init__(
            "an error in the service",
            fix=f"try again. If it fails again, ask an administrator to read job {job_id} in the service log",
        )


def _fault(task: Task, error: OverzichtError) -> dict[str, Any]:
    """Return the result of a failed job: the reason, the fix, and the files of the request."""
    files = [path.name for path in task.files]
    return {
        "fault": error.message,
        "fix": error.fix,
        "type": error.slug,
        **({"files": files} if files else {}),
    }


class JobQuotaError(ProblemError):
    """An organisation has the maximum number of unfinished jobs."""

    def __init__(self) -> None:
        detail = f"your organisation has {MOST_UNFINISHED} unfinished jobs, which is the maximum"
        fix = "wait until a job has ended, or cancel one"
        problem = Problem(type="job-quota", title="Too many jobs", status=429, detail=detail, fix=fix)
        super().__init__(problem, {"Retry-After": "60"})


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


@dataclass(frozen=True, slots=True)
class JobKind:
    """A kind of job: its name in the store, its words for people, and the function that does the work."""

    name: str
    title: Text
    work: Worker


def is_refused(result: Mapping[str, Any]) -> bool:
    """Return whether a job of several files or lists did nothing: each of them is among the `refused`."""
    refused = result.get("refused", ())
    return bool(refused) and len(refused) == result.get("requested")


@dataclass
class Progress:
    """Records the progress of a job. A call also ends the job if the service or the job must stop."""

    store: Store
    job_id: str
    actor: str
    stopping: threading.Event
    task: Task
    _noted: float = field(default=0.0, repr=False)
    _step: Text | None = field(default=None, repr=False)

    def __call__(self, step: Text, done: int = 0, total: int | None = None) -> None:
        """Record the current step; raises ShutdownError when the service stops."""
        if self.stopping.is_set():
            raise ShutdownError
        if self.task.reason is not None:
            raise StopJob
        is_new = self._step is None or self._step.template != step.template
        if is_new or time.monotonic() - self._noted > NOTE_SECONDS:
            self._noted, self._step = time.monotonic(), step
            with self.store.writing(self.actor, now()) as tx:
                jobs.note_progress(tx, self.job_id, step, done, total)


class Runner:
    """Runs jobs in threads; `workers` are the functions by kind, `limit` is the longest time of a job."""

    def __init__(
        self, store: Store, settings: Settings, workers: Mapping[str, Worker], limit: timedelta = TIME_LIMIT
    ) -> None:
        self._store = store
        self._settings = settings
        self._workers = workers
        self._limit = limit
        self._stopping = threading.Event()
        self._pool = _threads()
        self._tasks: dict[str, Task] = {}  # unfinished, in the order in which they came
        self._served: dict[str, float] = {}  # organisation to the time at which its last job began
        self._lock = threading.Lock()
        self._heartbeat: threading.Thread | None = None
        self._later: threading.Timer | None = None

    def begin(self) -> None:
        """Accept jobs again after `stop`; correct the jobs of an earlier process, and remove its files."""
        if self._stopping.is_set():
            self._stopping.clear()
            self._pool = _threads()
        self._correct()
        self._sweep()
        # a job of an earlier process on another machine shows only after some time that it stopped
        self._later = threading.Timer(jobs.SILENCE.total_seconds() + 1, self._correct)
        self._later.daemon = True
        self._later.start()

    def folder(self, job_id: str) -> Path:
        """Return the folder of the files that were sent with a job."""
        return self._store.folder.parent / "uploads" / job_id

    def start(
        self,
        kind: str,
        parameters: Mapping[str, Any],
        *,
        actor: str,
        organisation: str = "",
        keep: Callable[[Path], Iterable[Path]] | None = None,
    ) -> Job:
        """Save a job, queue it, and return it; `keep` saves its files in a folder.

        `organisation` is the one whose share of the work it is. Raises JobQuotaError if it has too many jobs.
        """
        job_id = secrets.token_hex(8)
        task = Task(job_id, kind, dict(parameters), actor, organisation)
        with self._lock:
            if sum(known.organisation == organisation for known in self._tasks.values()) >= MOST_UNFINISHED:
                raise JobQuotaError
            self._tasks[job_id] = task
        try:
            if keep is not None:
                self.folder(job_id).mkdir(parents=True)
                task.files = tuple(keep(self.folder(job_id)))
            share = {"organisation": organisation, "process": own_process()}
            with self._store.writing(actor, now()) as tx:
                jobs.add_job(tx, job_id, kind, task.parameters, **share)
        except BaseException:
            self._forget(job_id)
            raise
        with self._lock:
            task.is_ready = True
            self._start_heartbeat()
        self._pool.submit(self._run_waiting)
        with self._store.reading() as connection:
            job = jobs.find_job(connection, job_id, now())
        assert job is not None  # noqa: S101 - it was saved above
        return job

    def cancel(self, job_id: str, actor: str) -> None:
        """Stop a job: a waiting one does not begin, a running one ends without saving unfinished work."""
        with self._store.writing(actor, now()) as tx:
            jobs.note_cancelled(tx, job_id)
        self._cancel_here(job_id)

    @property
    def unfinished(self) -> frozenset[str]:
        """The jobs that this process has not finished."""
        with self._lock:
            return frozenset(self._tasks)

    def stop(self) -> None:
        """Stop the running jobs at their next step, and wait for them; queued jobs do not start."""
        self._stopping.set()
        if self._later is not None:
            self._later.cancel()
        self._pool.shutdown(wait=True, cancel_futures=True)
        heartbeat = self._heartbeat  # its last report comes before the store is closed
        if heartbeat is not None:
            heartbeat.join()
        for task in list(self._tasks.values()):
            self._end(task, JobState.INTERRUPTED, {})

    def _correct(self) -> None:
        """End the jobs in the store whose process no longer exists."""
        with suppress(StoreError), self._store.reading() as connection:
            stored = jobs.unfinished_jobs(connection, now())
            lost = [
                job for job in stored if job.id not in self._tasks and (job.is_over or is_gone(job.process))
            ]
            for job in lost:
                with self._store.writing(job.actor, now()) as tx:
                    jobs.end_job(tx, job.id, JobState.INTERRUPTED, {})

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

    def _run_waiting(self) -> None:
        """Run jobs until none may begin."""
        while not self._stopping.is_set() and (task := self._next()) is not None:
            self._do(task)

    def _next(self) -> Task | None:
        """Return the job that begins now, marked as running; None if no job may begin."""
        with self._lock:
            busy = {task.organisation for task in self._tasks.values() if task.thread is not None}
            waiting = [t for t in self._tasks.values() if t.is_ready and not t.thread and not t.reason]
            able = [task for task in waiting if task.organisation not in busy]
            if not able:
                return None
            task = min(able, key=lambda task: self._served.get(task.organisation, 0.0))
            task.thread = threading.get_ident()
            self._served[task.organisation] = time.monotonic()
            return task

    def _do(self, task: Task) -> None:
        progress = Progress(self._store, task.job_id, task.actor, self._stopping, task)
        context = JobContext(
            self._store, self._settings, task.parameters, task.actor, task.files, progress, task.job_id
        )
        timer = threading.Timer(self._limit.total_seconds(), self._stop_task, (task, Reason.TIME))
        timer.daemon = True
        timer.start()
        try:
            state, result = self._outcome(task, context)
        except StopJob:  # it came after the last step of the work
            state, result = self._stopped(task)
        finally:
            timer.cancel()
            shutil.rmtree(self.folder(task.job_id), ignore_errors=True)
        self._end(task, state, result)

    def _outcome(self, task: Task, job: JobContext) -> tuple[JobState, dict[str, Any]]:
        """Return the state and the result in which a job ends; StopJob may also come out at the very end."""
        job_id, kind = task.job_id, task.kind
        state, result = JobState.DONE, {}
        try:
            job.progress(text("started"))
            with self._lock:
                task.can_be_stopped = task.reason is None
            if task.reason is not None:
                raise StopJob  # noqa: TRY301 - as it is raised within the work
            result = self._workers[kind](job)
            state = JobState.FAILED if is_refused(result) else JobState.DONE
        except StopJob:
            state, result = self._stopped(task)
        except ShutdownError:
            state = JobState.INTERRUPTED
        except OverzichtError as error:
            state, result = JobState.FAILED, _fault(task, error)
        except Exception:
            LOG.exception("job %s (%s) broke", job_id, kind)
            state, result = JobState.FAILED, _fault(task, JobFaultError(job_id))
        finally:
            with self._lock:
                task.can_be_stopped = False
        return state, result

    def _stopped(self, task: Task) -> tuple[JobState, dict[str, Any]]:
        """Return the state and the result of a job that was made to stop."""
        if task.reason is Reason.CANCELLED:
            return JobState.CANCELLED, {}
        return JobState.FAILED, _fault(task, JobTimeError(self._limit))

    def _stop_task(self, task: Task, reason: Reason) -> None:
        """Make a running job stop: at its next step, or between two instructions of its thread."""
        with self._lock:
            task.reason = task.reason or reason
            if task.can_be_stopped and task.thread is not None:
                task.can_be_stopped = False  # once
                ctypes.pythonapi.PyThreadState_SetAsyncExc(
                    ctypes.c_ulong(task.thread), ctypes.py_object(StopJob)
                )

    def _cancel_here(self, job_id: str) -> None:
        """Stop a job if it is one of this process."""
        task = self._tasks.get(job_id)
        if task is None:
            return
        self._stop_task(task, Reason.CANCELLED)
        if task.thread is None:
            shutil.rmtree(self.folder(job_id), ignore_errors=True)
            self._end(task, JobState.CANCELLED, {})

    def _end(self, task: Task, state: JobState, result: dict[str, Any]) -> None:
        try:
            with self._store.writing(task.actor, now()) as tx:
                jobs.end_job(tx, task.job_id, state, result)
        finally:  # earlier, the job would look stopped
            self._forget(task.job_id)

    def _forget(self, job_id: str) -> None:
        with self._lock:
            self._tasks.pop(job_id, None)

    def _start_heartbeat(self) -> None:
        if self._heartbeat is None or not self._heartbeat.is_alive():
            self._heartbeat = threading.Thread(target=self._send_heartbeats, name="beat", daemon=True)
            self._heartbeat.start()

    def _send_heartbeats(self) -> None:
        """Record every few seconds that the process of the unfinished jobs is alive."""
        while not self._stopping.wait(BEAT_SECONDS):
            with self._lock:
                waiting = dict(self._tasks)
                if not waiting:
                    self._heartbeat = None
                    return
            for job_id, task in waiting.items():
                # a job of this process can hold the only writer of an embedded database for minutes
                with suppress(StoreBusyError), self._store.writing(task.actor, now()) as tx:
                    jobs.note_alive(tx, job_id)
            with self._store.reading() as connection:  # another process may have been asked to cancel
                cancelled = jobs.cancelled_ids(connection, list(waiting))
            for job_id in sorted(cancelled):
                self._cancel_here(job_id)


def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=MOST_RUNNING, thread_name_prefix="job")
