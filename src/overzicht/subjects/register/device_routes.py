"""`/devices` and `/counts`: the register's devices, each with its reasons and its lifecycle."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from overzicht.errors import UnknownNameError
from overzicht.register.merging import Level
from overzicht.register.terms import LifecycleState
from overzicht.store.register.devices import Counts, DeviceLine
from overzicht.store.register.devices import Page as DevicesPage
from overzicht.subjects.register.device_files import MEDIA_TYPES, ExportForm, export
from overzicht.subjects.register.device_query import FilterOnDay, Sort
from overzicht.subjects.register.devices import (
    DeviceView,
    find_devices,
    list_devices,
    set_life,
    show_device,
)
from overzicht.subjects.register.register_day import cached_counts, screen_register
from overzicht.web.asof import OnDay
from overzicht.web.auth import Reader, SomeEditor
from overzicht.web.context import RequestContext
from overzicht.web.fields import Key, Line
from overzicht.web.paging import Page, Paged
from overzicht.web.problems import HAS_NAMES, not_found

router = APIRouter(tags=["register"])


class LifeChange(BaseModel):
    """A new state of a device from a date.

    `replaced_by` is an id, a label or a number; it is required for `replaced`, and only then.
    """

    life: LifecycleState
    reason: Line = ""
    replaced_by: Line = ""
    day: date | None = Field(default=None, description="default: today")


@router.get("/devices", summary="Devices of the register")
def devices(
    context: Reader, devices: FilterOnDay, paging: Paged, sort: Annotated[Sort, Query()] = "label"
) -> Page[DeviceLine]:
    """Return the visible devices that match, as of the date."""
    screen_register(context, devices.as_of)
    page = list_devices(context.store, devices, DevicesPage(paging.page, paging.size, sort))
    return paging.envelope(page.rows, page.total)


@router.get("/counts", summary="Counts of the register")
def counts(context: Reader, devices: FilterOnDay) -> Counts:
    """Return the counts of the visible devices that match."""
    screen_register(context, devices.as_of)
    return cached_counts(context, devices)


@router.get(
    "/devices/export",
    summary="Devices as a file",
    response_class=Response,
    responses={200: {"content": {media_type: {} for media_type in MEDIA_TYPES}}},
    openapi_extra=HAS_NAMES,
)
def file(
    context: Reader,
    devices: FilterOnDay,
    form: Annotated[ExportForm, Query(description="the file format")] = ExportForm.CSV,
    level: Annotated[
        Level | None, Query(description="level of detail for others, in a format that has levels")
    ] = None,
) -> Response:
    """Return all devices that match as a list, or their overview as a file for another program."""
    screen_register(context, devices.as_of)
    return export(context, devices, form, level)


@router.get("/devices/{device_id}", summary="One device and the reasons")
def show(context: Reader, day: OnDay, device_id: Key) -> DeviceView:
    """Return a device with its reasons, history, judgements, tasks and plans."""
    screen_register(context, day)
    return visible_device(context, device_id, day)


@router.post("/devices/{device_id}/life", summary="Change the state of a device")
def life(context: SomeEditor, device_id: Key, request: LifeChange) -> DeviceView:
    """Record a new state of a device. The earlier state remains in the history."""
    actor = context.actor(request.day)
    context.check_changes(visible_device(context, device_id, actor.day).line.organisation_id)
    other = ""
    if request.replaced_by.strip():
        names = find_devices(context.store, request.replaced_by, actor.day)
        lines = visible_lines(context, names, actor.day)
        if len(lines) != 1:
            raise not_found("single device called", request.replaced_by)
        other = lines[0].id
    return set_life(context.store, device_id, request.life, actor, reason=request.reason, replaced_by=other)


def visible_device(context: RequestContext, device_id: str, day: date) -> DeviceView:
    """Return a device on a date; a problem if it does not exist or the principal may not see it."""
    try:
        view = show_device(context.store, device_id, day)
    except UnknownNameError:
        raise not_found("device", device_id) from None
    context.check_seen(view.line.organisation_id, "device", device_id)
    return view


def visible_lines(context: RequestContext, names: Iterable[str], day: date) -> list[DeviceLine]:
    """Return the devices with these names on a date that the principal may see."""
    ids = context.allowed_ids(day)
    lines = [show_device(context.store, name, day).line for name in names if name]
    return [line for line in lines if ids is None or line.organisation_id in ids]
