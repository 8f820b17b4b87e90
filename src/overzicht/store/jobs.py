"""Background jobs and their progress, visible to every process."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any

from pydantic import computed_field
from sqlalchemy import Connection, Row, select, true

from overzicht.evidence import Text
from overzicht.evidence.json_marks import HIDDEN
from overzicht.store.database import Transaction
from overzicht.store.rows import count_of, value_of
from overzicht.store.tables import accounts as tables

SILENCE = timedelta(seconds=60)  # a job whose process said nothing for so long is taken to have stopped


class JobState(StrEnum):
    """State of a job; `interrupted` means that its process ended before the work did."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    INTERRUPTED = "interrupted"
    CANCELLED = "cancelled"

    @property
    def is_over(self) -> bool:
        """Whether the job has ended."""
        return self not in (JobState.WAITING, JobState.RUNNING)


@dataclass(frozen=True, slots=True)
class Job:
    """Background work: `done` of `total` steps (None: unknown), and its result once it has ended.

    `organisation` is the one whose share of the work it is, empty for work for all.
    """

    id: str
    kind: str
    state: JobState
    parameters: Annotated[dict[str, Any], HIDDEN]
    step: Text | None
    done: int
    total: int | None
    result: dict[str, Any]
    actor: str
    created_at: str
    finished_at: str = ""
    organisation: str = ""
    cancelled_by: str = ""
    process: Annotated[str, HIDDEN] = ""

    @computed_field
    @property
    def is_over(self) -> bool:
        """Whether the job has ended."""
        return self.state.is_over


def add_job(
    tx: Transaction,
    job_id: str,
    kind: str,
    parameters: dict[str, Any],
    *,
    organisation: str = "",
    process: str,
) -> None:
    """Store a waiting job of a process."""
    times = dict.fromkeys(("created_at", "beat_at"), tx.at_text)
    share = {"organisation": organisation, "process": process}
    tx.insert(
        tables.job,
        id=job_id,
        kind=kind,
        state=JobState.WAITING,
        parameters=parameters,
        done=0,
        **times,
        **share,
    )
    tx.log("start job", job_id, kind=kind)


def note_progress(tx: Transaction, job_id: str, step: Text, done: int, total: int | None) -> None:
    """Record the current step of a job and its progress."""
    _update(tx, job_id, state=JobState.RUNNING, step=step.to_json(), done=done, total=total)


def note_alive(tx: Transaction, job_id: str) -> None:
    """Record that the process of the job is still running."""
    _update(tx, job_id)


def note_cancelled(tx: Transaction, job_id: str) -> None:
    """Record who wants a job to stop; the process that runs it does so."""
    tx.update(tables.job, tables.job.c.id == job_id, cancelled_by=tx.actor)
    tx.log("cancel job", job_id)


def cancelled_ids(connection: Connection, job_ids: Collection[str]) -> set[str]:
    """Return those of the jobs that somebody wants to stop."""
    column = tables.job.c
    query = select(column.id).where(column.id.in_(job_ids), column.cancelled_by.is_not(None))
    return set(connection.execute(query).scalars())


def unfinished_jobs(connection: Connection, now: datetime) -> list[Job]:
    """Return the jobs that have not ended as the store has it; their state shows which are silent."""
    query = select(tables.job).where(tables.job.c.finished_at.is_(None))
    return [_job(row, now, ()) for row in connection.execute(query)]


def end_job(tx: Transaction, job_id: str, state: JobState, result: dict[str, Any]) -> None:
    """Record the end of a job and its result."""
    _update(tx, job_id, state=state.value, result=result, finished_at=tx.at_text)
    tx.log("end job", job_id, state=state.value)


def find_job(connection: Connection, job_id: str, now: datetime, living: Collection[str] = ()) -> Job | None:
    """Return a job as of a time; None if there is none.

    `living` are the jobs of the calling process: they are running, however long they are silent (the embedded
    database takes one writer, and a job may write for minutes).
    """
    row = connection.execute(select(tables.job).where(tables.job.c.id == job_id)).first()
    return None if row is None else _job(row, now, living)


def list_jobs(  # noqa: PLR0913 - each limits the list
    connection: Connection,
    now: datetime,
    *,
    actor: str | None = None,
    kind: str = "",
    offset: int = 0,
    limit: int = 50,
    living: Collection[str] = (),
) -> list[Job]:
    """Return jobs as of a time, newest first; of one actor and kind or of all; `living`: see `find_job`."""
    query = select(tables.job).order_by(tables.job.c.created_at.desc(), tables.job.c.id)
    if actor is not None:
        query = query.where(tables.job.c.actor == actor)
    if kind:
        query = query.where(tables.job.c.kind == kind)
    return [_job(row, now, living) for row in connection.execute(query.offset(offset).limit(limit))]


def count_jobs(connection: Connection, actor: str | None = None) -> int:
    """Return the number of jobs of one actor, or of all."""
    return count_of(connection, tables.job, true() if actor is None else tables.job.c.actor == actor)


def _update(tx: Transaction, job_id: str, **columns: Any) -> None:
    tx.update(tables.job, tables.job.c.id == job_id, beat_at=tx.at_text, **columns)


def _job(row: Row[Any], now: datetime, living: Collection[str]) -> Job:
    state = JobState(row.state)
    is_silent = row.id not in living and now - datetime.fromisoformat(row.beat_at) > SILENCE
    if not state.is_over and is_silent:
        state = JobState.INTERRUPTED
    return value_of(Job, row, state=state, result=row.result or {})


def destroy_jobs_before(tx: Transaction, time: str) -> int:
    """Delete the jobs that ended before a time; return their number."""
    return tx.delete(tables.job, tables.job.c.finished_at < time)
