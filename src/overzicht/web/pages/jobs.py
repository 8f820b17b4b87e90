"""Long work: all of it, and one piece with how far it is."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from overzicht.store.jobs import count_jobs, find_job, list_jobs
from overzicht.web.auth import Reader
from overzicht.web.clock import now
from overzicht.web.page import render
from overzicht.web.paging import Paged
from overzicht.web.problems import not_found
from overzicht.web.service import Here

router = APIRouter(prefix="/jobs")


@router.get("", response_class=HTMLResponse)
def jobs(request: Request, here: Here, who: Reader, paging: Paged) -> HTMLResponse:
    """Show the work that somebody may see, newest first."""
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
        total = count_jobs(connection, actor)
    return render(request, "jobs.html", jobs=found, total=total, paging=paging)


@router.get("/{job_id}", response_class=HTMLResponse)
def job(request: Request, here: Here, who: Reader, job_id: str) -> HTMLResponse:
    """Show one piece of work; the page looks again by itself until it is over."""
    with here.store.reading() as connection:
        found = find_job(connection, job_id[:40], now(), here.runner.unfinished)
    if found is None or who.sees_jobs_of not in (None, found.actor):
        raise not_found("job", job_id)
    return render(request, "job.html", job=found)
