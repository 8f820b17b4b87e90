"""The answer of the interface to work that was begun: the job, and the address to ask it at."""

from fastapi import Request, Response

from overzicht.store.jobs import Job
from overzicht.web.api.models.jobs import JobModel
from overzicht.web.page import words_of
from overzicht.web.registry import API_PREFIX


def started(request: Request, response: Response, job: Job) -> JobModel:
    """Return the form of a job that was begun, and name its address in the header `Location`."""
    response.headers["Location"] = f"{API_PREFIX}/jobs/{job.id}"
    return JobModel.of(job, words_of(request))
