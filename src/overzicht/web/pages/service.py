"""The log of all changes, and the jobs with their progress."""

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from overzicht.store.accounts import Role
from overzicht.web.api import jobs as jobs_api
from overzicht.web.api import service as api
from overzicht.web.auth import PageOverallReader, PageReader
from overzicht.web.fields import Key
from overzicht.web.forms import FormOf, add_forms
from overzicht.web.log_words import action_words
from overzicht.web.page import list_titles
from overzicht.web.paging import Paged

router = APIRouter()


@router.get("/log", response_class=HTMLResponse)
def log(context: PageOverallReader, paging: Paged) -> HTMLResponse:
    """Show who changed what and when, newest first."""
    page = api.log(context, paging)
    return context.render(
        "log.html", entries=page.items, total=page.total, paging=paging, action_words=action_words
    )


@router.get("/jobs", response_class=HTMLResponse)
def jobs(context: PageReader, paging: Paged) -> HTMLResponse:
    """Show the visible jobs, newest first."""
    page = jobs_api.jobs(context, paging)
    return context.render("jobs.html", jobs=page.items, total=page.total, paging=paging)


@router.get("/jobs/{job_id}", response_class=HTMLResponse)
def job(context: PageReader, job_id: Key) -> HTMLResponse:
    """Show a job. The page refreshes itself until the job has finished."""
    job = jobs_api.visible_job(context, job_id)
    may_cancel = not job.is_over and (job.actor == context.principal.name or context.may(Role.ADMIN))
    return context.render("job.html", job=job, may_cancel=may_cancel, list_titles=list_titles(context.words))


add_forms(router, FormOf("/jobs/{job_id}/cancel", jobs_api.cancel, "/jobs/{job_id}"))
