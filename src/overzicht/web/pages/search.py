"""Search everything: devices, manufacturers, parties on lists, organisations, sites, dossiers, questions."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse

from overzicht.entities import PartyQuery
from overzicht.store.register.devices import DeviceFilter
from overzicht.store.register.devices import Page as DevicesPage
from overzicht.web.api.organisations import visible_organisations
from overzicht.web.auth import PageReader
from overzicht.web.context import PageContext
from overzicht.web.fields import Line
from overzicht.web.register_day import screen_register
from overzicht.workflows.ask import PartyListings, party_lookup
from overzicht.workflows.dossiers.showing import list_dossiers
from overzicht.workflows.makers import makers_called
from overzicht.workflows.questions import showing as questions
from overzicht.workflows.register.devices import list_devices
from overzicht.workflows.register.organisations import list_sites

router = APIRouter()
MAX_ITEMS = 10  # of each kind
MIN_LETTERS = 2
MAX_WAIT = 3.0  # seconds for the first engine; the rest of the answer does not need it


@router.get("/search", response_class=HTMLResponse)
def search(context: PageReader, q: Annotated[Line, Query()] = "") -> HTMLResponse:
    """Show the first items of each kind that contain the words, as of the date."""
    words, day = q.strip(), context.day
    if len(words) < MIN_LETTERS:
        return context.render("search.html", q=words, asked=False)
    screen_register(context, day)
    devices = DeviceFilter(day, life=(), text=words, allowed=context.allowed)
    part, say, ids = words.casefold(), context.words.say, context.allowed_ids(day)
    with context.store.reading() as connection:
        sets, count = questions.search(connection, [words], day, MAX_ITEMS)
    return context.render(
        "search.html",
        q=words,
        asked=True,
        devices=list_devices(context.store, devices, DevicesPage(1, MAX_ITEMS)),
        makers=makers_called(words),
        parties=_parties(context, words),
        organisations=[line for line in visible_organisations(context, day) if part in line.name.casefold()],
        sites=[
            site
            for site in list_sites(context.store, day)
            if part in site.name.casefold() and (ids is None or site.organisation_id in ids)
        ],
        sets=sets,
        dossiers=[
            line
            for line in list_dossiers(context.store, day)
            if any(part in name.casefold() for name in (line.name, say(line.title)))
        ],
        set_count=count,
        most=MAX_ITEMS,
    )


def _parties(context: PageContext, words: str) -> PartyListings | None:
    """Return the parties on lists with a similar name; None while the engine is not ready."""
    if not context.service.engines.wait(MAX_WAIT):
        return None
    with party_lookup(context.store) as lookup:
        (answer,) = lookup.ask([PartyQuery(id="q", names=(words,))], as_of=context.day)
        return answer
