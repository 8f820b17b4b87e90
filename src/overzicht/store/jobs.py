"""Long work and how far it is, so that whoever asks later finds it, whichever process does it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any

from pydantic import computed_field
from sqlalchemy import Connection, Row, select, true

from overzicht.evidence import Text
from overzicht.evidence.shown import HIDDEN
from overzicht.store.database import Transaction
from overzicht.store.reading import count_of, value_of
from overzicht.store.tables import accounts as tables

SILENCE = timedelta(seconds=60)  # a job whose process said nothing for so long is taken to have stopped


class JobState(StrEnum):
    """Where a job stands; `interrupted` means that its process ended before the work did."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    INTERRUPTED = "interrupted"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come."""
        return self not in (JobState.WAITING, JobState.RUNNING)


@dataclass(frozen=True, slots=True)
class Job:
    """Long work: `done` of `total` steps (None: unknown), and when it is over what came of it."""

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

    @computed_field
    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state.is_over


def add_job(tx: Transaction, job_id: str, kind: str, parameters: dict[str, Any]) -> None:
    """Keep a job that waits for its turn."""
    times = dict.fromkeys(("created_at", "beat_at"), tx.at_text)
    tx.insert(
        tables.job, id=job_id, kind=kind, state=JobState.WAITING, parameters=parameters, done=0, **times
    )
    tx.log("start job", job_id, kind=kind)


def note_progress(tx: Transaction, job_id: str, step: Text, done: int, total: int | None) -> None:
    """Note what a job is doing and how far it is."""
    _update(tx, job_id, state=JobState.RUNNING, step=step.to_json(), done=done, total=total)


def note_alive(tx: Transaction, job_id: str) -> None:
    """Note that the process which does the job still lives."""
    _update(tx, job_id)


def end_job(tx: Transaction, job_id: str, state: JobState, result: dict[str, Any]) -> None:
    """Note the end of a job and what came of it."""
    _update(tx, job_id, state=state.value, result=result, finished_at=tx.at_text)
    tx.log("end job", job_id, state=state.value)


def find_job(connection: Connection, job_id: str, now: datetime, living: Collection[str] = ()) -> Job | None:
    """Return a job as it stands at a time; None when there is none.

    `living` are the jobs that the asking process itself has in hand: however long they say nothing (the
    embedded database takes one writer, and a job may write for minutes), they have not stopped.
    """
    row = connection.execute(select(tables.job).where(tables.job.c.id == job_id)).first()
    return None if row is None else _job(row, now, living)


def list_jobs(
    connection: Connection,
    now: datetime,
    *,
    actor: str | None = None,
    offset: int = 0,
    limit: int = 50,
    living: Collection[str] = (),
) -> list[Job]:
    """Return jobs as they stand at a time, newest first; of one actor or of all; `living`: see `find_job`."""
    query = select(tables.job).order_by(tables.job.c.created_at.desc(), tables.job.c.id)
    if actor is not None:
        query = query.where(tables.job.c.actor == actor)
    return [_job(row, now, living) for row in connection.execute(query.offset(offset).limit(limit))]


def count_jobs(connection: Connection, actor: str | None = None) -> int:
    """Return how many jobs are kept; those of one actor, or of all."""
    return count_of(connection, tables.job, true() if actor is None else tables.job.c.actor == actor)


def _update(tx: Transaction, job_id: str, **columns: Any) -> None:
    tx.update(tables.job, tables.job.c.id == job_id, beat_at=tx.at_text, **columns)


def _job(row: Row[Any], now: datetime, living: Collection[str]) -> Job:
    state = JobState(row.state)
    is_silent = row.id not in living and now - datetime.fromisoformat(row.beat_at) > SILENCE
    if not state.is_over and is_silent:
        state = JobState.INTERRUPTED
    return value_of(Job, row, state=state, result=row.result or {})
