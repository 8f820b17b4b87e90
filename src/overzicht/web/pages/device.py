"""One device: who made it and why, what lists say of the maker, its history, and what people do about it."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse

from overzicht.evidence import Answer
from overzicht.register.model import LifecycleState
from overzicht.sources.inventories.excerpt import Excerpt, around
from overzicht.store.decisions import Verdict
from overzicht.store.register.devices import DeviceLine
from overzicht.store.register.imports import StoredImport, list_imports
from overzicht.web.api.models.shared import Key, Line, Number
from overzicht.web.asof import OnPage
from overzicht.web.auth import Reader, SomeEditor
from overzicht.web.clock import now, today
from overzicht.web.page import render
from overzicht.web.pages.login import own_path
from overzicht.web.problems import not_found
from overzicht.web.register_day import act_of, ask_the_lists
from overzicht.web.rights import allowed_ids, check_changes, check_seen, check_subject, may_change
from overzicht.web.service import Here, Service
from overzicht.web.work_register import kept_file
from overzicht.workflows import judging
from overzicht.workflows.accounts import Principal
from overzicht.workflows.register import tasks as task_workflow
from overzicht.workflows.register.devices import DeviceView, find_devices, set_life, show_device

router = APIRouter()
Day = Annotated[date | None, Form()]


@dataclass(frozen=True, slots=True)
class Seen:
    """A device as its page shows it; `others` are the devices whose place it took, and the one after it."""

    view: DeviceView
    may_edit: bool
    before: tuple[DeviceLine, ...]
    after: DeviceLine | None


@router.get("/devices/{device_id}", response_class=HTMLResponse)
def device(request: Request, here: Here, who: Reader, day: OnPage, device_id: Key) -> HTMLResponse:
    """Show all that bears on a device, as of the day."""
    ask_the_lists(here, day.day)
    view = seen_device(here, who, device_id, day.day)
    seen = Seen(
        view,
        may_change(here, who, view.line.organisation_id),
        tuple(_lines(here, who, view.predecessors, day.day)),
        next(iter(_lines(here, who, (view.line.replaced_by,), day.day)), None),
    )
    told = {answer: [f for f in view.listings if f.answer is answer] for answer in Answer}
    return render(
        request,
        "device.html",
        seen=seen,
        line=view.line,
        finding=view.finding,
        judgements=view.judgements,
        tasks=view.tasks,
        history=view.history,
        found=told[Answer.FOUND],
        silent=[*told[Answer.NOT_CHECKED], *told[Answer.COULD_NOT_READ]],
        absent=told[Answer.NOT_FOUND],
        lives=list(LifecycleState),
        today=today(),
    )


def seen_device(here: Service, who: Principal, device_id: str, day: date) -> DeviceView:
    """Return a device on a day; a problem for one that is not there or may not be seen."""
    view = show_device(here.store, device_id, day)
    check_seen(here, who, view.line.organisation_id, "device", device_id)
    return view


def _lines(here: Service, who: Principal, names: tuple[str, ...], day: date) -> list[DeviceLine]:
    ids = allowed_ids(here, who, day)
    lines = [show_device(here.store, name, day).line for name in names if name]
    return [line for line in lines if ids is None or line.organisation_id in ids]


@router.post("/devices/{device_id}/life")
def life(  # noqa: PLR0913, PLR0917 - one parameter per value of the form
    here: Here,
    who: SomeEditor,
    device_id: Key,
    life: Annotated[LifecycleState, Form()],
    reason: Annotated[Line, Form()] = "",
    replaced_by: Annotated[Line, Form()] = "",
    day: Annotated[str, Form(pattern=r"^(\d{4}-\d{2}-\d{2})?$")] = "",
) -> RedirectResponse:
    """Begin another life of a device; what takes its place is called by label, number or id."""
    act = act_of(who.name, date.fromisoformat(day) if day else None)
    line = seen_device(here, who, device_id, act.day).line
    check_changes(here, who, line.organisation_id)
    other = _one_called(here, who, replaced_by, act.day) if replaced_by.strip() else ""
    set_life(here.store, device_id, life, act, reason=reason, replaced_by=other)
    return RedirectResponse(f"/devices/{device_id}", 303)


def _one_called(here: Service, who: Principal, name: str, day: date) -> str:
    found = _lines(here, who, tuple(find_devices(here.store, name, day)), day)
    if len(found) != 1:
        raise not_found("single device called", name)
    return found[0].id


@router.post("/judgements")
def judge(
    here: Here,
    who: SomeEditor,
    finding: Annotated[Key, Form()],
    verdict: Annotated[Verdict, Form()],
    reason: Annotated[Key, Form()],
    back: Annotated[Line, Form()] = "/review",
) -> RedirectResponse:
    """Keep a decision on a finding, and lead back."""
    check_subject(here, who, finding, changes=True)
    judging.judge(here.store, finding, verdict, reason, actor=who.name, at=now())
    return RedirectResponse(own_path(back), 303)


@router.post("/judgements/{number}/withdraw")
def withdraw(
    here: Here, who: SomeEditor, number: Number, back: Annotated[Line, Form()] = "/review"
) -> RedirectResponse:
    """Withdraw a decision, and lead back; it stays to be read."""
    check_subject(here, who, judging.find_judgement(here.store, number).finding_id, changes=True)
    judging.withdraw(here.store, number, actor=who.name, at=now())
    return RedirectResponse(own_path(back), 303)


@router.get("/inventories/{sha256}", response_class=HTMLResponse)
def inventory(
    request: Request,
    here: Here,
    who: Reader,
    sha256: Annotated[Key, "the hash of the bytes"],
    place: Annotated[Line, Query()] = "",
) -> HTMLResponse:
    """Show the rows of an inventory around a place, as the file that was imported has them."""
    found = _import_of(here, who, sha256)
    with kept_file(here.store, found) as path:
        shown: Excerpt | None = around(path, found.filename, place) if place else None
    return render(request, "inventory.html", found=found, place=place, excerpt=shown)


def _import_of(here: Service, who: Principal, sha256: str) -> StoredImport:
    with here.store.reading() as connection:
        kept = list_imports(connection, allowed_ids(here, who, today()))
    found = next((each for each in kept if each.sha256 == sha256), None)
    if found is None:
        raise not_found("inventory", sha256)
    return found


@router.post("/tasks")
def open_task(  # noqa: PLR0913, PLR0917 - one parameter per value of the form
    here: Here,
    who: SomeEditor,
    subject: Annotated[Key, Form()],
    title: Annotated[Key, Form()],
    owner: Annotated[Line, Form()] = "",
    due: Annotated[str, Form(pattern=r"^(\d{4}-\d{2}-\d{2})?$")] = "",
    back: Annotated[Line, Form()] = "/tasks",
) -> RedirectResponse:
    """Keep a task about a device or a plan, and lead back."""
    check_subject(here, who, subject, changes=True)
    day = date.fromisoformat(due) if due else None
    task_workflow.open_task(here.store, subject, title, act_of(who.name), owner=owner, due=day)
    return RedirectResponse(own_path(back), 303)
