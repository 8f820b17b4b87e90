"""`/jobs`: long work and how far it is."""

from fastapi import APIRouter
from starlette.responses import FileResponse

from overzicht.store.accounts import Role
from overzicht.store.jobs import Job, count_jobs, find_job, list_jobs
from overzicht.web.auth import Reader
from overzicht.web.clock import now
from overzicht.web.jobs import results_folder
from overzicht.web.paging import Page, Paged
from overzicht.web.problems import NotAllowedError, not_found
from overzicht.web.service import Here, Service
from overzicht.web.uploads import harmless
from overzicht.web.work import FOR_ADMINS
from overzicht.workflows.accounts import Principal

router = APIRouter(prefix="/jobs", tags=["jobs"])


@router.get("", summary="All jobs that may be seen")
def jobs(here: Here, who: Reader, paging: Paged) -> Page[Job]:
    """Return jobs, newest first: all of them for who may read everything, else one's own."""
    actor = who.sees_jobs_of
    with here.store.reading() as connection:
        found = list_jobs(
            connection,
            now(),
            actor=actor,
            offset=paging.offset,
            limit=paging.size,
            living=here.runner.unfinished,
        )
        return paging.envelope(found, count_jobs(connection, actor))


@router.get("/{job_id}", summary="One job")
def one(here: Here, who: Reader, job_id: str) -> Job:
    """Return a job; somebody else's does not exist for who may not read everything."""
    return seen_job(here, who, job_id)


@router.get(
    "/{job_id}/file",
    summary="What a job made",
    response_class=FileResponse,
    responses={200: {"content": {"application/octet-stream": {}}, "description": "the file"}},
)
def file(here: Here, who: Reader, job_id: str) -> FileResponse:
    """Return the file that a job made, such as the answers of a screening; it is kept for thirty days."""
    return made_file(here, who, job_id)


def made_file(here: Service, who: Principal, job_id: str) -> FileResponse:
    """Return the file of a job; a problem for none, and for who may not have what the whole store holds."""
    job = seen_job(here, who, job_id)
    if job.kind in FOR_ADMINS and not who.may(Role.ADMIN):
        raise NotAllowedError(Role.ADMIN.value)
    path = results_folder(here.store, job.id) / (harmless(str(job.result.get("file", ""))) or "none")
    if not path.is_file():
        raise not_found("file of job", job_id)
    headers = {"Cache-Control": "no-store"}
    return FileResponse(path, media_type="application/octet-stream", filename=path.name, headers=headers)


def seen_job(here: Service, who: Principal, job_id: str) -> Job:
    """Return a job; a problem where there is none, or it is not for the eyes of who asks."""
    with here.store.reading() as connection:
        job = find_job(connection, job_id[:40], now(), here.runner.unfinished)
    if job is None or who.sees_jobs_of not in (None, job.actor):
        raise not_found("job", job_id)
    return job
