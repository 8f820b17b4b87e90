"""One box for everything: devices, makers, parties on lists, organisations, sites, dossiers, questions."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from overzicht.entities import PartyQuery
from overzicht.reports.dossiers.model import DossierLine
from overzicht.reports.i18n import Words
from overzicht.store.register.devices import DeviceFilter
from overzicht.store.register.devices import Page as DevicesPage
from overzicht.web.api.models.shared import Line
from overzicht.web.asof import OnPage
from overzicht.web.auth import Reader
from overzicht.web.page import render, words_of
from overzicht.web.register_day import ask_the_lists
from overzicht.web.rights import allowed, allowed_ids
from overzicht.web.service import Here, Service
from overzicht.workflows.accounts import Principal
from overzicht.workflows.ask import PartyListings, party_lookup
from overzicht.workflows.dossiers.showing import list_dossiers
from overzicht.workflows.makers import makers_called
from overzicht.workflows.questions import showing as questions
from overzicht.workflows.register.devices import list_devices
from overzicht.workflows.register.organisations import list_organisations, list_sites

router = APIRouter()
MOST = 10  # of each kind
SHORTEST = 2  # letters
LONGEST_WAIT = 3.0  # seconds for the first engine; the rest of the answer does not need it


@dataclass(frozen=True, slots=True)
class Places:
    """Organisations and sites whose name has the words, as (id, name)."""

    organisations: list[tuple[str, str]]
    sites: list[tuple[str, str]]


@router.get("/search", response_class=HTMLResponse)
def search(
    request: Request, here: Here, who: Reader, day: OnPage, q: Annotated[Line, Query()] = ""
) -> HTMLResponse:
    """Show what has the words, as of the day, the first of each kind."""
    words = q.strip()
    if len(words) < SHORTEST:
        return render(request, "search.html", q=words, asked=False)
    ask_the_lists(here, day.day)
    wanted = DeviceFilter(day.day, life=(), text=words, allowed=allowed(who))
    with here.store.reading() as connection:
        sets, count = questions.search(connection, [words], day.day, MOST)
    return render(
        request,
        "search.html",
        q=words,
        asked=True,
        devices=list_devices(here.store, wanted, DevicesPage(1, MOST)),
        makers=makers_called(words),
        parties=_parties(here, words, day),
        places=_places(here, who, words, day),
        sets=sets,
        dossiers=_dossiers(here, words_of(request), words, day),
        set_count=count,
        most=MOST,
    )


def _parties(here: Service, words: str, day: OnPage) -> PartyListings | None:
    """Return the parties on lists with a name like these words; None while the engine is being prepared."""
    if not here.engines.wait(LONGEST_WAIT):
        return None
    with party_lookup(here.store) as lookup:
        (answered,) = lookup.ask([PartyQuery(id="q", names=(words,))], as_of=day.day)
        return answered


def _dossiers(here: Service, language: Words, words: str, day: OnPage) -> list[DossierLine]:
    """Return the dossiers of the day with these words in their title or in whom they are about."""
    part = words.casefold()
    return [
        line
        for line in list_dossiers(here.store, day.day)
        if any(part in each.casefold() for each in (line.name, language.say(line.title)))
    ]


def _places(here: Service, who: Principal, words: str, day: OnPage) -> Places:
    ids, part = allowed_ids(here, who, day.day), words.casefold()
    organisations = [
        (each.id, each.name)
        for each in list_organisations(here.store, day.day)
        if part in each.name.casefold() and (ids is None or each.id in ids)
    ]
    sites = [
        (each.id, each.name)
        for each in list_sites(here.store, day.day)
        if part in each.name.casefold() and (ids is None or each.organisation_id in ids)
    ]
    return Places(organisations, sites)
