"""Tasks: what is to be done, by whom and before when; each with what happened to it."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse

from overzicht.store.accounts import Role
from overzicht.store.register.devices import Page as TasksPage
from overzicht.store.register.subjects import PLAN, device_of, organisation_of
from overzicht.web.api import tasks as api
from overzicht.web.api.models.shared import Line, Number
from overzicht.web.api.tasks import seen_task
from overzicht.web.asof import OnPage
from overzicht.web.auth import Reader, SomeEditor
from overzicht.web.clock import today
from overzicht.web.forms import FormOf, add_forms
from overzicht.web.page import render
from overzicht.web.paging import Paged
from overzicht.web.register_day import act_of
from overzicht.web.rights import allowed_ids, check_changes, may_change
from overzicht.web.service import Here, Service
from overzicht.workflows.accounts import Principal
from overzicht.workflows.register import tasks as workflow
from overzicht.workflows.register.tasks import TaskFilter

router = APIRouter(prefix="/tasks")


@router.get("", response_class=HTMLResponse)
def tasks(  # noqa: PLR0913, PLR0917 - one parameter per value of the query
    request: Request,
    here: Here,
    who: Reader,
    day: OnPage,
    paging: Paged,
    owner: Annotated[Line, Query()] = "",
    closed: Annotated[bool, Query()] = False,
) -> HTMLResponse:
    """Show the tasks that may be seen, those due first on top; closed ones too when asked."""
    wanted = TaskFilter(
        "",
        owner,
        not closed,
        None,
        allowed_ids(here, who, today()),
        day.day,
        with_cases=who.may(Role.OFFICER),
    )
    found = workflow.list_tasks(here.store, wanted, TasksPage(paging.page, paging.size))
    rows = [(task, place_of(task.subject)) for task in found.rows]
    return render(
        request, "tasks.html", rows=rows, total=found.total, paging=paging, owner=owner, closed=closed
    )


def place_of(subject: str) -> str:
    """Return the path of the page about a subject; empty for what has none."""
    if subject.startswith(PLAN) and subject.removeprefix(PLAN).isdigit():
        return f"/plans/{subject.removeprefix(PLAN)}"
    device = device_of(subject)
    return f"/devices/{device}" if device else ""


@router.get("/{number}", response_class=HTMLResponse)
def one(request: Request, here: Here, who: Reader, day: OnPage, number: Number) -> HTMLResponse:
    """Show a task as it stood on the day and what happened to it by then; only today it can be changed."""
    view = seen_task(here, who, number, day.day)
    return render(
        request,
        "task.html",
        task=view.task,
        events=view.events,
        place=place_of(view.task.subject),
        may_edit=not day.chosen and may_change(here, who, _organisation(here, view.task.subject)),
    )


def _organisation(here: Service, subject: str) -> str:
    with here.store.reading() as connection:
        return organisation_of(connection, subject) or ""


def _check(here: Service, who: Principal, number: int) -> RedirectResponse:
    subject = seen_task(here, who, number, today()).task.subject
    check_changes(here, who, _organisation(here, subject))
    return RedirectResponse(f"/tasks/{number}", 303)


@router.post("/{number}/assign")
def assign(
    here: Here,
    who: SomeEditor,
    number: Number,
    owner: Annotated[Line, Form()] = "",
    due: Annotated[str, Form(pattern=r"^(\d{4}-\d{2}-\d{2})?$")] = "",
) -> RedirectResponse:
    """Give an open task another owner or due day."""
    after = _check(here, who, number)
    day = date.fromisoformat(due) if due else None
    workflow.assign_task(here.store, number, act_of(who.name), owner=owner, due=day)
    return after


add_forms(
    router,
    FormOf("/{number}/close", api.close, "/tasks/{number}"),
    FormOf("/{number}/reopen", api.reopen, "/tasks/{number}"),
)
