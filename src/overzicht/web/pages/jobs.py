"""Jobs: the list, and one job with its progress."""

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from overzicht.web.api import jobs as api
from overzicht.web.auth import PageReader
from overzicht.web.paging import Paged

router = APIRouter(prefix="/jobs")


@router.get("", response_class=HTMLResponse)
def jobs(context: PageReader, paging: Paged) -> HTMLResponse:
    """Show the visible jobs, newest first."""
    page = api.jobs(context, paging)
    return context.render("jobs.html", jobs=page.items, total=page.total, paging=paging)


@router.get("/{job_id}", response_class=HTMLResponse)
def job(context: PageReader, job_id: str) -> HTMLResponse:
    """Show a job. The page refreshes itself until the job has finished."""
    return context.render("job.html", job=api.visible_job(context, job_id))
