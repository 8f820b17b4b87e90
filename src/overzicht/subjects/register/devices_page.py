"""Devices: a table of those that match, with sorting, pages and export as a file."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse

from overzicht.evidence import Text, text
from overzicht.register.terms import LifecycleState
from overzicht.reports.vocabulary import KINDS, word
from overzicht.store.register.devices import UNKNOWN, Counts, DeviceFilter
from overzicht.store.register.devices import Page as DevicesPage
from overzicht.subjects.register.device_files import ExportForm
from overzicht.subjects.register.device_query import (
    NO,
    NOT_CHECKED,
    YES,
    FilterOnPage,
    Sort,
    query_of,
)
from overzicht.subjects.register.devices import all_devices, list_devices
from overzicht.subjects.register.register_day import cached_counts, screen_register
from overzicht.subjects.register.replacement_plans import list_plans
from overzicht.subjects.register.sites import list_sites
from overzicht.web.auth import PageReader
from overzicht.web.context import PageContext
from overzicht.web.organisations import Choice, organisation_choices
from overzicht.web.paging import Paged
from overzicht.web.register_words import LIVES

router = APIRouter()
MAX_CHOICES = 500  # sites in a list of options; with more sites, use the search field

PROGRAM_FILES: Sequence[tuple[ExportForm, str, Text]] = (  # form, level and name of each download
    (ExportForm.CYCLONEDX, "", text("CycloneDX: bill of materials of the devices")),
    (ExportForm.FTM, "", text("FollowTheMoney: devices, manufacturers, owners and listings")),
    (ExportForm.BODS, "", text("BODS: owners of the manufacturers")),
    (ExportForm.NETBOX_SET, "", text("NetBox: tables to import")),
    (ExportForm.TOPDESK, "", text("TOPdesk: table of assets")),
    (ExportForm.GEOJSON, "counts", text("GeoJSON: map of areas with numbers")),
    (ExportForm.GEOJSON, "full", text("GeoJSON: map of each device, without its addresses")),
)
LABELS: Mapping[str, Text] = {
    "q": text("words"),
    "organisation": text("organisation"),
    "site": text("site"),
    "maker": text("manufacturer"),
    "kind": text("kind"),
    "model": text("model"),
    "life": text("state"),
    "listed": text("manufacturer on a list"),
    "relabelled": text("sold under another brand"),
    "plan": text("plan"),
}


@router.get("/devices", response_class=HTMLResponse)
def devices(
    context: PageReader,
    devices: FilterOnPage,
    paging: Paged,
    sort: Annotated[Sort, Query()] = "label",
    *,
    show_all: Annotated[bool, Query(alias="all", description="all rows on one page, to print")] = False,
) -> HTMLResponse:
    """Show the visible devices that match."""
    screen_register(context, devices.as_of)
    page = list_devices(context.store, devices, DevicesPage(paging.page, paging.size, sort))
    if show_all:
        page = replace(page, rows=tuple(all_devices(context.store, devices)))
    choices = choices_of(context, devices)
    query, counted = query_of(devices), _all_counts(context, devices.as_of)
    return context.render(
        "devices.html",
        found=page,
        paging=paging,
        sort=sort,
        wanted=devices,
        choices=choices,
        query=query,
        chips=chips(devices, choices),
        can_plan=devices.plan is None and context.may_change(devices.organisation),
        program_files=[(form, level, context.words.say(name)) for form, level, name in PROGRAM_FILES],
        export=urlencode({**query, "asOf": devices.as_of.isoformat()}),
        all=counted,
        is_filled=bool(page.total) or bool(counted.by_life),
    )


def _all_counts(context: PageContext, day: date) -> Counts:
    return cached_counts(context, DeviceFilter(day, allowed=context.allowed))


def choices_of(context: PageContext, devices: DeviceFilter) -> Mapping[str, Sequence[Choice]]:
    """Return the options of each filter: only those that occur among the visible devices."""
    counts, say = _all_counts(context, devices.as_of), context.words.say
    makers = sorted(counts.maker_names.items(), key=lambda pair: pair[1].casefold())
    kinds = [(kind, say(word(KINDS, kind))) for kind in counts.by_kind]
    yes_no = [(YES, say(text("yes"))), (NO, say(text("no")))]
    lives = [(life.value, say(LIVES[life])) for life in LifecycleState]
    return {
        "organisation": organisation_choices(context, devices.as_of),
        "site": _sites(context, devices, counts),
        "maker": [*makers, (UNKNOWN, say(text("unknown or not determined")))],
        "kind": sorted(kinds, key=lambda pair: pair[1]),
        "life": [("", say(text("planned, in use or not seen"))), *lives, ("all", say(text("all states")))],
        "listed": [*yes_no, (NOT_CHECKED, say(text("not checked")))],
        "relabelled": yes_no,
        "plan": [
            (str(view.plan.id), view.plan.title)
            for view in list_plans(context.store, devices.as_of, only_open=False)
            if view.plan.id == devices.plan and context.sees(view.plan.organisation_id)
        ],
    }


def _sites(context: PageContext, devices: DeviceFilter, counts: Counts) -> list[Choice]:
    sites = [
        (site.id, site.name)
        for site in list_sites(context.store, devices.as_of)
        if site.id in counts.by_site  # of visible devices
    ]
    if len(sites) > MAX_CHOICES:
        return [pair for pair in sites if pair[0] == devices.site]
    return sorted(sites, key=lambda pair: pair[1].casefold())


def chips(devices: DeviceFilter, choices: Mapping[str, Sequence[Choice]]) -> list[tuple[Text, str, str]]:
    """Return the label, the name in the address and the words of each filter in use."""
    return [
        (LABELS[name], name, dict(choices.get(name, ())).get(value, value).strip())
        for name, value in query_of(devices).items()
    ]
