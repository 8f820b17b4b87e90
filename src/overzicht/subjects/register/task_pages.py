"""Tasks: what to do, the owner and the due date; each with its history."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse

from overzicht.composition import Slot
from overzicht.store.register.subjects import ORGANISATION, PLAN, device_of
from overzicht.subjects.register import tasks as operations
from overzicht.subjects.screening.party_files import SUBJECT as SCREENING
from overzicht.web.auth import PageReader
from overzicht.web.fields import Line, Number
from overzicht.web.operations import add_forms_of
from overzicht.web.paging import Paged

router = APIRouter()


@dataclass(frozen=True, slots=True)
class TaskPages:
    """The pages below `path` that show what a task is about, if its subject begins with `beginning`."""

    beginning: str
    path: str


ADDED: Slot[TaskPages] = Slot("pages of tasks")
OWN = (TaskPages(ORGANISATION, "/organisations"), TaskPages(SCREENING, "/screen/files"))


@router.get("/tasks", response_class=HTMLResponse)
def tasks(
    context: PageReader,
    paging: Paged,
    owner: Annotated[Line, Query()] = "",
    *,
    closed: Annotated[bool, Query()] = False,
) -> HTMLResponse:
    """Show the visible tasks, the first due date first; with `closed` also closed ones."""
    page = operations.tasks(context, paging, owner=owner, open_only=not closed)
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
    for pages in (*OWN, *ADDED.added()):
        if subject.startswith(pages.beginning):
            return f"{pages.path}/{quote(subject.removeprefix(pages.beginning), safe='')}"
    device = device_of(subject)
    return f"/devices/{device}" if device else ""


@router.get("/tasks/{number}", response_class=HTMLResponse)
def show(context: PageReader, number: Number) -> HTMLResponse:
    """Show a task as of the date, with its history until then. Only the current date has forms."""
    view = operations.show(context, number)
    owner = operations.owner_of(context, view.task.subject)
    return context.render(
        "task.html",
        task=view.task,
        events=view.events,
        place=_path_of(view.task.subject),
        may_edit=not context.has_chosen_day and context.may_change(owner),
    )


add_forms_of(router, "subjects.register.tasks")
