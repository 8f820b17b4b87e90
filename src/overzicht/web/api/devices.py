"""`/devices` and `/counts`: the register's devices, each with its chain of reasons, and their lives."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from overzicht.store.register.devices import Counts, DeviceLine
from overzicht.store.register.devices import Page as DevicesPage
from overzicht.web.api.device_files import XLSX, export
from overzicht.web.api.models.device_query import Sort, Wanted
from overzicht.web.api.models.devices import ExportForm, LifeChange
from overzicht.web.api.models.shared import Key
from overzicht.web.asof import OnDay
from overzicht.web.auth import Reader, SomeEditor
from overzicht.web.page import words_of
from overzicht.web.paging import Page, Paged
from overzicht.web.register_day import act_of, ask_the_lists, counted
from overzicht.web.rights import check_changes, check_seen
from overzicht.web.service import Here
from overzicht.workflows.register.devices import DeviceView, list_devices, set_life, show_device

router = APIRouter(tags=["register"])


@router.get("/devices", summary="Devices of the register")
def devices(
    here: Here,
    _who: Reader,
    day: OnDay,
    wanted: Wanted,
    paging: Paged,
    sort: Annotated[Sort, Query()] = "label",
) -> Page[DeviceLine]:
    """Return the devices that fit and that may be seen, as of the day."""
    ask_the_lists(here, day)
    found = list_devices(here.store, wanted, DevicesPage(paging.page, paging.size, sort))
    return paging.envelope(found.rows, found.total)


@router.get("/counts", summary="Counts of the register")
def counts(here: Here, _who: Reader, day: OnDay, wanted: Wanted) -> Counts:
    """Return the counts of the devices that fit and that may be seen."""
    ask_the_lists(here, day)
    return counted(here, wanted)


@router.get(
    "/devices/export",
    summary="Devices as a file",
    response_class=Response,
    responses={200: {"content": {"text/csv": {}, "application/json": {}, XLSX: {}}}},
)
def file(
    request: Request,
    here: Here,
    _who: Reader,
    day: OnDay,
    wanted: Wanted,
    form: Annotated[ExportForm, Query()] = "csv",
) -> Response:
    """Return all devices that fit as CSV, JSON or an Excel workbook."""
    ask_the_lists(here, day)
    return export(here, wanted, form, words_of(request))


@router.get("/devices/{device_id}", summary="One device and why")
def one(here: Here, who: Reader, day: OnDay, device_id: Key) -> DeviceView:
    """Return a device with its chain of reasons, history, judgements, tasks and plans."""
    ask_the_lists(here, day)
    view = show_device(here.store, device_id, day)
    check_seen(here, who, view.line.organisation_id, "device", device_id)
    return view


@router.post("/devices/{device_id}/life", summary="Say what became of a device")
def life(here: Here, who: SomeEditor, device_id: Key, asked: LifeChange) -> DeviceView:
    """Begin another life of a device; what it was before stays to be read."""
    act = act_of(who.name, asked.day)
    view = show_device(here.store, device_id, act.day)
    check_seen(here, who, view.line.organisation_id, "device", device_id)
    check_changes(here, who, view.line.organisation_id)
    if asked.replaced_by:
        other = show_device(here.store, asked.replaced_by, act.day).line.organisation_id
        check_seen(here, who, other, "device", asked.replaced_by)
    return set_life(
        here.store, device_id, asked.life, act, reason=asked.reason, replaced_by=asked.replaced_by
    )
