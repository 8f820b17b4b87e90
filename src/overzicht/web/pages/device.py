"""One device: its manufacturer and the reasons, the lists, its history, and tasks about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query
from starlette.responses import HTMLResponse, RedirectResponse

from overzicht.evidence import Answer
from overzicht.register.model import LifecycleState
from overzicht.sources.inventories.excerpt import around
from overzicht.store.decisions import Verdict
from overzicht.store.register.devices import DeviceLine
from overzicht.store.register.imports import list_imports
from overzicht.web.api.devices import visible_device
from overzicht.web.auth import PageReader, PageSomeEditor
from overzicht.web.clock import today
from overzicht.web.context import PageContext
from overzicht.web.fields import FormDate, Key, Line, Number
from overzicht.web.forms import see_other
from overzicht.web.pages.login import own_path
from overzicht.web.problems import not_found
from overzicht.web.register_day import screen_register
from overzicht.web.work_register import stored_file
from overzicht.workflows import judging
from overzicht.workflows.register import tasks as task_workflow
from overzicht.workflows.register.devices import find_devices, set_life, show_device

router = APIRouter()


@dataclass(frozen=True, slots=True)
class LifeForm:
    """A new state of a device; `replaced_by` is a label, a number or an id."""

    life: Annotated[LifecycleState, Form()]
    reason: Annotated[Line, Form()] = ""
    replaced_by: Annotated[Line, Form()] = ""
    day: Annotated[FormDate, Form()] = ""


@dataclass(frozen=True, slots=True)
class TaskForm:
    """A new task; `back` is the path of the next page."""

    subject: Annotated[Key, Form()]
    title: Annotated[Key, Form()]
    owner: Annotated[Line, Form()] = ""
    due: Annotated[FormDate, Form()] = ""
    back: Annotated[Line, Form()] = "/tasks"


@router.get("/devices/{device_id}", response_class=HTMLResponse)
def device(context: PageReader, device_id: Key) -> HTMLResponse:
    """Show everything about a device, as of the date."""
    screen_register(context, context.day)
    view = visible_device(context, device_id, context.day)
    listings = {answer: [f for f in view.listings if f.answer is answer] for answer in Answer}
    return context.render(
        "device.html",
        view_of_device=view,
        may_edit=context.may_change(view.line.organisation_id),
        before=_visible_lines(context, view.predecessors, context.day),
        after=next(iter(_visible_lines(context, [view.line.replaced_by], context.day)), None),
        line=view.line,
        finding=view.finding,
        judgements=view.judgements,
        tasks=view.tasks,
        history=view.history,
        found=listings[Answer.FOUND],
        silent=[*listings[Answer.NOT_CHECKED], *listings[Answer.COULD_NOT_READ]],
        absent=listings[Answer.NOT_FOUND],
        lives=list(LifecycleState),
        today=today(),
    )


def _visible_lines(context: PageContext, names: Iterable[str], day: date) -> list[DeviceLine]:
    ids = context.allowed_ids(day)
    lines = [show_device(context.store, name, day).line for name in names if name]
    return [line for line in lines if ids is None or line.organisation_id in ids]


@router.post("/devices/{device_id}/life")
def life(context: PageSomeEditor, device_id: Key, form: Annotated[LifeForm, Depends()]) -> RedirectResponse:
    """Record a new state of a device."""
    actor = context.actor(date.fromisoformat(form.day) if form.day else None)
    line = visible_device(context, device_id, actor.day).line
    context.check_changes(line.organisation_id)
    other = ""
    if form.replaced_by.strip():
        names = find_devices(context.store, form.replaced_by, actor.day)
        lines = _visible_lines(context, names, actor.day)
        if len(lines) != 1:
            raise not_found("single device called", form.replaced_by)
        other = lines[0].id
    set_life(context.store, device_id, form.life, actor, reason=form.reason, replaced_by=other)
    return see_other(f"/devices/{device_id}")


@router.post("/judgements")
def judge(
    context: PageSomeEditor,
    finding: Annotated[Key, Form()],
    verdict: Annotated[Verdict, Form()],
    reason: Annotated[Key, Form()],
    back: Annotated[Line, Form()] = "/review",
) -> RedirectResponse:
    """Record a decision on a finding, and show the page `back`."""
    context.check_subject(finding, changes=True)
    judging.judge(context.store, finding, verdict, reason, context.actor())
    return see_other(own_path(back))


@router.post("/judgements/{number}/withdraw")
def withdraw(
    context: PageSomeEditor, number: Number, back: Annotated[Line, Form()] = "/review"
) -> RedirectResponse:
    """Withdraw a decision, and show the page `back`. The decision remains visible."""
    context.check_subject(judging.find_judgement(context.store, number).finding_id, changes=True)
    judging.withdraw(context.store, number, context.actor())
    return see_other(own_path(back))


@router.get("/inventories/{sha256}", response_class=HTMLResponse)
def inventory(context: PageReader, sha256: Key, place: Annotated[Line, Query()] = "") -> HTMLResponse:
    """Show the rows of an imported inventory around a place in the file."""
    with context.store.reading() as connection:
        imports = list_imports(connection, context.allowed_ids(today()))
    stored = next((import_ for import_ in imports if import_.sha256 == sha256), None)
    if stored is None:
        raise not_found("inventory", sha256)
    with stored_file(context.store, stored) as path:
        excerpt = around(path, stored.filename, place) if place else None
    return context.render("inventory.html", found=stored, place=place, excerpt=excerpt)


@router.post("/tasks")
def open_task(context: PageSomeEditor, form: Annotated[TaskForm, Depends()]) -> RedirectResponse:
    """Save a task about a device or a plan, and show the page `back`."""
    context.check_subject(form.subject, changes=True)
    due = date.fromisoformat(form.due) if form.due else None
    task_workflow.open_task(
        context.store, form.subject, form.title, context.actor(), owner=form.owner, due=due
    )
    return see_other(own_path(form.back))
