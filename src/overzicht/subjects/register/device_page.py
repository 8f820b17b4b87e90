"""One device: its manufacturer and the reasons, the lists, its history, and tasks about it."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse

from overzicht.evidence import Answer
from overzicht.register.terms import LifecycleState
from overzicht.sources.inventories.excerpt import around
from overzicht.store.register.imports import list_imports
from overzicht.subjects.register import device_routes as devices
from overzicht.subjects.register.imports.jobs import stored_file
from overzicht.subjects.register.register_day import screen_register
from overzicht.web.auth import PageReader
from overzicht.web.clock import today
from overzicht.web.fields import Key, Line
from overzicht.web.forms import FormOf, add_forms
from overzicht.web.operations import add_forms_of
from overzicht.web.problems import not_found

router = APIRouter()


@router.get("/devices/{device_id}", response_class=HTMLResponse)
def device(context: PageReader, device_id: Key) -> HTMLResponse:
    """Show everything about a device, as of the date."""
    screen_register(context, context.day)
    view = devices.visible_device(context, device_id, context.day)
    listings = {answer: [f for f in view.listings if f.answer is answer] for answer in Answer}
    return context.render(
        "device.html",
        view_of_device=view,
        may_edit=context.may_change(view.line.organisation_id),
        is_past=context.day < today(),
        before=devices.visible_lines(context, view.predecessors, context.day),
        after=next(iter(devices.visible_lines(context, [view.line.replaced_by], context.day)), None),
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


add_forms(
    router,
    FormOf("/devices/{device_id}/life", devices.life, "/devices/{device_id}"),
)
add_forms_of(router, "subjects.register.judgements")
