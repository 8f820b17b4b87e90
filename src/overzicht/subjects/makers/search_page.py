"""Search everything: devices, manufacturers, parties on lists, organisations, sites, what subjects have."""

from collections.abc import Callable
from difflib import get_close_matches
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse

from overzicht.devices.knowledge import load_maker_cards
from overzicht.entities import PartyQuery
from overzicht.evidence import Text, text
from overzicht.register.terms import LifecycleState
from overzicht.reports.vocabulary import KINDS, word
from overzicht.store.register.devices import UNKNOWN, DeviceFilter
from overzicht.store.register.devices import Page as DevicesPage
from overzicht.subjects.makers.page_parts import FOUND
from overzicht.subjects.makers.profile import makers_called, makers_of_brand
from overzicht.subjects.register.devices import facets_of_devices, list_devices
from overzicht.subjects.register.register_day import screen_register
from overzicht.subjects.register.sites import list_sites
from overzicht.subjects.screening.lookup import PartyListings, party_lookup
from overzicht.web.auth import PageReader
from overzicht.web.context import PageContext
from overzicht.web.fields import Line
from overzicht.web.organisations import visible_organisations
from overzicht.web.page import list_titles
from overzicht.web.register_words import LIVES

router = APIRouter()
MAX_ITEMS = 10  # of each kind
MIN_LETTERS = 2
SHORTEST_WORD = 4  # letters of a word that alone finds an organisation or a site
MAX_SUGGESTIONS = 5
LIKE = 0.75  # similarity of a suggested name or one of its words, 0 to 1
MAX_WAIT = 3.0  # seconds for the first engine; the rest of the answer does not need it


@router.get("/search", response_class=HTMLResponse)
def search(context: PageReader, q: Annotated[Line, Query()] = "") -> HTMLResponse:
    """Show the first items of each kind that contain the words, as of the date."""
    words, day = q.strip(), context.day
    if len(words) < MIN_LETTERS:
        return context.render("search.html", q=words, asked=False)
    screen_register(context, day)
    devices = DeviceFilter(day, life=(), text=words, allowed=context.allowed)
    stored = list_devices(context.store, devices, DevicesPage(1, MAX_ITEMS))
    makers = makers_called(words)
    whole, ids = words.casefold(), context.allowed_ids(day)
    named = [word for word in whole.split() if len(word) >= SHORTEST_WORD] or [whole]

    def is_named(name: str) -> bool:
        return any(word in name.casefold() for word in named)

    return context.render(
        "search.html",
        q=words,
        asked=True,
        devices=stored,
        facets=_facets(context, devices) if stored.total > MAX_ITEMS else (),
        suggestions=() if makers else _suggestions(context, words),
        makers=makers,
        brand_makers=makers_of_brand(words, day),
        parties=_parties(context, words),
        list_titles=list_titles(context.words),
        organisations=[line for line in visible_organisations(context, day) if is_named(line.name)],
        sites=[
            site
            for site in list_sites(context.store, day)
            if is_named(site.name) and (ids is None or site.organisation_id in ids)
        ],
        sections=[section for add in FOUND.added() if (section := add(context, words, MAX_ITEMS)).count],
        most=MAX_ITEMS,
    )


def _facets(
    context: PageContext, devices: DeviceFilter
) -> list[tuple[str, Text, list[tuple[str, str, int]]]]:
    """Return the numbers of devices by which they can be narrowed: name in the address, label, and values."""
    say = context.words.say
    labels = {
        "site": text("site"),
        "kind": text("kind"),
        "maker": text("manufacturer"),
        "life": text("state"),
    }
    words: dict[str, Callable[[str], str]] = {
        "kind": lambda value: say(word(KINDS, value)),
        "life": lambda value: say(LIVES[LifecycleState(value)]),
    }
    shown = []
    for name, values in facets_of_devices(context.store, devices).items():
        named = [
            (value, words[name](value) if name in words else known, amount)
            for value, known, amount in values
            if value
        ][:MAX_ITEMS]
        unknown = sum(amount for value, _, amount in values if not value)
        if name == "maker" and unknown:
            named.append((UNKNOWN, say(text("unknown or not determined")), unknown))
        if len(values) > 1:
            shown.append((name, labels[name], named))
    return shown


def _suggestions(context: PageContext, words: str) -> list[str]:
    """Return known names that are spelled like the words, the most similar first; none that contains them."""
    names = [card.trade_name for card in load_maker_cards().values()]
    names += [line.name for line in visible_organisations(context, context.day)]
    query, forms = words.casefold(), dict[str, list[str]]()
    for name in names:
        if query not in name.casefold():
            for form in dict.fromkeys((name.casefold(), *name.casefold().split())):
                forms.setdefault(form, []).append(name)
    similar = get_close_matches(query, forms, MAX_SUGGESTIONS, LIKE)
    return list(dict.fromkeys(name for form in similar for name in forms[form]))[:MAX_SUGGESTIONS]


def _parties(context: PageContext, words: str) -> PartyListings | None:
    """Return the parties on lists with a similar name; None while the engine is not ready."""
    if not context.service.engines.wait(MAX_WAIT):
        return None
    with party_lookup(context.store) as lookup:
        (answer,) = lookup.ask([PartyQuery(id="q", names=(words,))], as_of=context.day)
        return answer
