"""The answer of the interface to work that was begun: the job, and the address to ask it at."""

from fastapi import Response

from overzicht.store.jobs import Job
from overzicht.web.registry import API_PREFIX


def started(response: Response, job: Job) -> Job:
    """Return a job that was begun, and name its address in the header `Location`."""
    response.headers["Location"] = f"{API_PREFIX}/jobs/{job.id}"
    return job
