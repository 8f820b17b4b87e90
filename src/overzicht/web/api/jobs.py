"""`/jobs`: long work and its progress."""

from fastapi import APIRouter
from starlette.responses import FileResponse

from overzicht.store.accounts import Role
from overzicht.store.jobs import Job, count_jobs, find_job, list_jobs
from overzicht.web.auth import Reader
from overzicht.web.clock import now
from overzicht.web.context import RequestContext
from overzicht.web.fields import Key
from overzicht.web.jobs import results_folder
from overzicht.web.paging import Page, Paged
from overzicht.web.problems import NotAllowedError, NotLoggedInError, not_found
from overzicht.web.uploads import harmless
from overzicht.web.work import FOR_ADMINS

router = APIRouter(prefix="/jobs", tags=["jobs"])


@router.get("", summary="All visible jobs")
def jobs(context: Reader, paging: Paged) -> Page[Job]:
    """Return the jobs, newest first: all jobs if the principal may read everything, else the own ones."""
    actor, living = context.principal.sees_jobs_of, context.service.runner.unfinished
    with context.store.reading() as connection:
        lines = list_jobs(
            connection, now(), actor=actor, offset=paging.offset, limit=paging.size, living=living
        )
        return paging.envelope(lines, count_jobs(connection, actor))


@router.get("/{job_id}", summary="One job")
def show(context: Reader, job_id: Key) -> Job:
    """Return a job. The job of another account does not exist, unless the principal may read everything."""
    return visible_job(context, job_id)


@router.get(
    "/{job_id}/file",
    summary="The file of a job",
    response_class=FileResponse,
    responses={200: {"content": {"application/octet-stream": {}}, "description": "the file"}},
)
def file(context: Reader, job_id: Key) -> FileResponse:
    """Return the file of a job, such as the answers of a screening. It is stored for thirty days."""
    job = visible_job(context, job_id)
    if job.kind in FOR_ADMINS and not context.may(Role.ADMIN):
        raise NotAllowedError(Role.ADMIN.value)
    path = results_folder(context.store, job.id) / (harmless(str(job.result.get("file", ""))) or "none")
    if not path.is_file():
        raise not_found("file of job", job_id)
    headers = {"Cache-Control": "no-store"}
    return FileResponse(path, media_type="application/octet-stream", filename=path.name, headers=headers)


@router.post("/{job_id}/cancel", summary="Cancel a job")
def cancel(context: Reader, job_id: Key) -> Job:
    """Stop a job of the own account, or any job as an administrator. What it saved before remains."""
    job = visible_job(context, job_id)
    is_own = bool(context.principal.name) and job.actor == context.principal.name
    if not is_own and not context.may(Role.ADMIN):
        raise NotLoggedInError if context.principal.is_local else NotAllowedError(Role.ADMIN.value)
    if not job.is_over:
        context.service.runner.cancel(job.id, context.principal.name)
    return visible_job(context, job_id)


def visible_job(context: RequestContext, job_id: Key) -> Job:
    """Return a job; a problem if it does not exist or the principal may not see it."""
    with context.store.reading() as connection:
        job = find_job(connection, job_id[:40], now(), context.service.runner.unfinished)
    if job is None or context.principal.sees_jobs_of not in (None, job.actor):
        raise not_found("job", job_id)
    return job
