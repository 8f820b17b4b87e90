"""`/jobs`: long work and how far it is."""

from fastapi import APIRouter, Request

from overzicht.store.jobs import count_jobs, find_job, list_jobs
from overzicht.web.api.models.jobs import JobModel
from overzicht.web.auth import Reader
from overzicht.web.clock import now
from overzicht.web.page import words_of
from overzicht.web.paging import Page, Paged
from overzicht.web.problems import not_found
from overzicht.web.service import Here

router = APIRouter(prefix="/jobs", tags=["jobs"])


@router.get("", summary="All jobs that may be seen")
def jobs(request: Request, here: Here, who: Reader, paging: Paged) -> Page[JobModel]:
    """Return jobs, newest first: all of them for who may read everything, else one's own."""
    words, actor = words_of(request), who.sees_jobs_of
    with here.store.reading() as connection:
        found = list_jobs(connection, now(), actor=actor, offset=paging.offset, limit=paging.size)
        return paging.envelope([JobModel.of(job, words) for job in found], count_jobs(connection, actor))


@router.get("/{job_id}", summary="One job")
def one(request: Request, here: Here, who: Reader, job_id: str) -> JobModel:
    """Return a job; somebody else's does not exist for who may not read everything."""
    with here.store.reading() as connection:
        job = find_job(connection, job_id[:40], now())
    if job is None or who.sees_jobs_of not in (None, job.actor):
        raise not_found("job", job_id)
    return JobModel.of(job, words_of(request))
