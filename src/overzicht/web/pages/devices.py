"""Devices: those that fit, as a table that can be sorted, paged and taken along as a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from overzicht.evidence import Text, text
from overzicht.register.model import LifecycleState
from overzicht.reports.i18n import Words
from overzicht.reports.vocabulary import KINDS, word
from overzicht.store.register.devices import UNKNOWN, Counts, DeviceFilter
from overzicht.store.register.devices import Page as DevicesPage
from overzicht.web.api.models.device_query import NO, YES, Sort, WantedOnPage, query_of
from overzicht.web.auth import Reader
from overzicht.web.page import render, words_of
from overzicht.web.paging import Paged
from overzicht.web.register_day import ask_the_lists, counted
from overzicht.web.register_words import LIVES
from overzicht.web.rights import allowed, allowed_ids, may_change, sees
from overzicht.web.service import Here, Service
from overzicht.workflows.accounts import Principal
from overzicht.workflows.register.devices import list_devices
from overzicht.workflows.register.organisations import list_organisations, list_sites
from overzicht.workflows.register.plans import list_plans

router = APIRouter()
MOST_CHOICES = 500  # sites in a list to choose from; more of them are found by the words
Choice = tuple[str, str]  # a value and its words


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that is asked for, in words, and the name in the address that takes it away."""

    name: str
    says: str


@router.get("/devices", response_class=HTMLResponse)
def devices(
    request: Request,
    here: Here,
    who: Reader,
    wanted: WantedOnPage,
    paging: Paged,
    sort: Annotated[Sort, Query()] = "label",
) -> HTMLResponse:
    """Show the devices that fit and that may be seen."""
    ask_the_lists(here, wanted.as_of)
    words = words_of(request)
    found = list_devices(here.store, wanted, DevicesPage(paging.page, paging.size, sort))
    choices = choices_of(here, who, wanted, words)
    return render(
        request,
        "devices.html",
        found=found,
        paging=paging,
        sort=sort,
        wanted=wanted,
        choices=choices,
        query=query_of(wanted),
        chips=chips(wanted, choices),
        can_plan=may_plan(here, who, wanted),
        export=urlencode({**query_of(wanted), "as-of": wanted.as_of.isoformat()}),
        is_filled=bool(found.total) or bool(_all(here, who, wanted.as_of).by_life),
    )


def may_plan(here: Service, who: Principal, wanted: DeviceFilter) -> bool:
    """Return whether somebody may make a plan of the devices that fit: of one organisation, or of all."""
    return wanted.plan is None and may_change(here, who, wanted.organisation)


def _all(here: Service, who: Principal, day: date) -> Counts:
    return counted(here, DeviceFilter(day, allowed=allowed(who)))


def choices_of(
    here: Service, who: Principal, wanted: DeviceFilter, words: Words
) -> Mapping[str, Sequence[Choice]]:
    """Return what can be chosen for each filter: only what there is among the devices that may be seen."""
    counts = _all(here, who, wanted.as_of)
    makers = sorted(counts.maker_names.items(), key=lambda pair: pair[1].casefold())
    kinds = [(kind, words.say(word(KINDS, kind))) for kind in counts.by_kind]
    return {
        "organisation": organisation_choices(here, who, wanted.as_of),
        "site": _sites(here, wanted, counts),
        "maker": [*makers, (UNKNOWN, words.say(text("unknown or undecided")))],
        "kind": sorted(kinds, key=lambda pair: pair[1]),
        "life": [
            ("", words.say(text("planned, in use or not seen"))),
            *((life.value, words.say(LIVES[life])) for life in LifecycleState),
            ("all", words.say(text("every life"))),
        ],
        "listed": _yes_no(words),
        "relabelled": _yes_no(words),
        "plan": [
            (str(view.plan.id), view.plan.title)
            for view in list_plans(here.store, wanted.as_of, only_open=False)
            if view.plan.id == wanted.plan and sees(here, who, view.plan.organisation_id)
        ],
    }


def organisation_choices(here: Service, who: Principal, day: date) -> list[Choice]:
    """Return the organisations of a day that may be seen, indented as a tree."""
    ids = allowed_ids(here, who, day)
    lines = [each for each in list_organisations(here.store, day) if ids is None or each.id in ids]
    least = min((line.depth for line in lines), default=0)
    return [(line.id, "\u2003" * (line.depth - least) + line.name) for line in lines]


def _sites(here: Service, wanted: DeviceFilter, counts: Counts) -> list[Choice]:
    found = [
        (site.id, site.name)
        for site in list_sites(here.store, wanted.as_of)
        if site.id in counts.by_site  # of devices that may be seen
    ]
    return (
        sorted(found, key=lambda pair: pair[1].casefold())
        if len(found) <= MOST_CHOICES
        else [pair for pair in found if pair[0] == wanted.site]
    )


def _yes_no(words: Words) -> list[Choice]:
    return [(YES, words.say(text("yes"))), (NO, words.say(text("no")))]


LABELS: Mapping[str, Text] = {
    "q": text("words"),
    "organisation": text("organisation"),
    "site": text("site"),
    "maker": text("maker"),
    "kind": text("kind"),
    "model": text("model"),
    "life": text("life"),
    "listed": text("maker on a list"),
    "relabelled": text("sold under another brand"),
    "plan": text("plan"),
}


def chips(wanted: DeviceFilter, choices: Mapping[str, Sequence[Choice]]) -> list[tuple[Text, Chip]]:
    """Return what is asked for, each with its label, in the order of the filters."""
    found = []
    for name, value in query_of(wanted).items():
        said = next((shown for key, shown in choices.get(name, ()) if key == value), value)
        found.append((LABELS[name], Chip(name, said.strip())))
    return found
