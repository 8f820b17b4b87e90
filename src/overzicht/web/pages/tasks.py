"""Tasks: what to do, the owner and the due date; each with its history."""

from datetime import date
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Query
from starlette.responses import HTMLResponse, RedirectResponse

from overzicht.store.register.subjects import CASES, DOSSIER, ORGANISATION, PLAN, device_of
from overzicht.web.api import tasks as api
from overzicht.web.auth import PageReader, PageSomeEditor
from overzicht.web.fields import FormDate, Line, Number
from overzicht.web.forms import FormOf, add_forms, see_other
from overzicht.web.paging import Paged
from overzicht.workflows.customers import SUBJECT as SCREENING
from overzicht.workflows.questions.promising import SUBJECT as QUESTION
from overzicht.workflows.register import tasks as workflow
from overzicht.workflows.register.tasks import TaskFilter

router = APIRouter(prefix="/tasks")
PATHS = {
    ORGANISATION: "/organisations",
    CASES: "/licences",
    DOSSIER: "/dossiers",
    QUESTION: "/questions",
    SCREENING: "/screen/files",
}  # pages by how a subject begins


@router.get("", response_class=HTMLResponse)
def tasks(
    context: PageReader,
    paging: Paged,
    owner: Annotated[Line, Query()] = "",
    *,
    closed: Annotated[bool, Query()] = False,
) -> HTMLResponse:
    """Show the visible tasks, the first due date first; with `closed` also closed ones."""
    page = api.visible_tasks(context, TaskFilter(owner=owner, only_open=not closed), context.day, paging)
    return context.render(
        "tasks.html",
        rows=[(task, _path_of(task.subject)) for task in page.rows],
        total=page.total,
        paging=paging,
        owner=owner,
        closed=closed,
    )


def _path_of(subject: str) -> str:
    """Return the path of the page about a subject; empty if there is none."""
    if subject.startswith(PLAN) and subject.removeprefix(PLAN).isdigit():
        return f"/plans/{subject.removeprefix(PLAN)}"
    for prefix, path in PATHS.items():
        if subject.startswith(prefix):
            return f"{path}/{quote(subject.removeprefix(prefix), safe='')}"
    device = device_of(subject)
    return f"/devices/{device}" if device else ""


@router.get("/{number}", response_class=HTMLResponse)
def show(context: PageReader, number: Number) -> HTMLResponse:
    """Show a task as of the date, with its history until then. Only the current date has forms."""
    view = api.visible_task(context, number, context.day)
    owner = api.owner_of(context, view.task.subject)
    return context.render(
        "task.html",
        task=view.task,
        events=view.events,
        place=_path_of(view.task.subject),
        may_edit=not context.has_chosen_day and context.may_change(owner),
    )


@router.post("/{number}/assign")
def assign(
    context: PageSomeEditor,
    number: Number,
    owner: Annotated[Line, Form()] = "",
    due: Annotated[FormDate, Form()] = "",
) -> RedirectResponse:
    """Change the owner or due date of an open task."""
    api.check_task(context, number)
    day = date.fromisoformat(due) if due else None
    workflow.assign_task(context.store, number, context.actor(), owner=owner, due=day)
    return see_other(f"/tasks/{number}")


add_forms(
    router,
    FormOf("/{number}/close", api.close, "/tasks/{number}"),
    FormOf("/{number}/reopen", api.reopen, "/tasks/{number}"),
)
