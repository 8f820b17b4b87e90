"""Long work and how far it is."""

from typing import Any

from pydantic import BaseModel, Field

from overzicht.reports.i18n import Words
from overzicht.store.jobs import Job, JobState


class JobModel(BaseModel):
    """Long work. `total` is null where the number of steps is not known; `result` is empty until the end."""

    id: str
    kind: str
    state: JobState
    is_over: bool
    step: str
    done: int
    total: int | None
    result: dict[str, Any] = Field(description="what came of it; `fault` and `fix` when it failed")
    by: str
    created_at: str
    finished_at: str

    @classmethod
    def of(cls, job: Job, words: Words) -> "JobModel":
        """Return the form of a job in a language."""
        return cls(
            id=job.id, kind=job.kind, state=job.state, is_over=job.state.is_over,
            step=words.say(job.step) if job.step else "", done=job.done, total=job.total,
            result=job.result, by=job.actor, created_at=job.created_at, finished_at=job.finished_at,
        )  # fmt: skip
