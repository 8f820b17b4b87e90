"""A party of the lists as other tools show it: a page to open, and a small one to see inside OpenRefine."""

from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Request
from followthemoney import model
from followthemoney.types import registry
from starlette.responses import HTMLResponse

from overzicht.reports.i18n import Words
from overzicht.sources.lists.card import ListCard
from overzicht.sources.lists.registry import load_card
from overzicht.store import records
from overzicht.web.api.models.shared import Key
from overzicht.web.asof import OnPage
from overzicht.web.auth import Reader
from overzicht.web.faces.vocabulary import type_of
from overzicht.web.guards import POLICY
from overzicht.web.page import render, words_of
from overzicht.web.problems import not_found
from overzicht.web.service import Here, Service
from overzicht.workflows.listings import LoadedLists
from overzicht.workflows.parties.choose import values_of_type
from overzicht.workflows.parties.proxies import listed_record
from overzicht.workflows.parties.state import PartyOnDay, parties_on

LOOPBACK_PAGES = ("http://127.0.0.1:*", "http://localhost:*")  # where OpenRefine runs
router = APIRouter(prefix="/reconcile")


@dataclass(frozen=True, slots=True)
class Shown:
    """A party with what is shown of it."""

    party: PartyOnDay
    card: ListCard
    kind: str
    names: tuple[str, ...]
    weak_names: tuple[str, ...]
    country_names: tuple[str, ...]
    numbers: tuple[str, ...]
    birth_dates: tuple[str, ...]


@router.get("/view/{entity_id}", response_class=HTMLResponse)
def view(request: Request, here: Here, _who: Reader, day: OnPage, entity_id: Key) -> HTMLResponse:
    """Show a party as it stood on its list that day."""
    return render(request, "entity.html", shown=_shown(here, entity_id, day.day, words_of(request)))


@router.get("/preview/{entity_id}", response_class=HTMLResponse)
def preview(request: Request, here: Here, _who: Reader, day: OnPage, entity_id: Key) -> HTMLResponse:
    """Show the same in little, for a frame in a page that may read this interface."""
    page = render(request, "entity_preview.html", shown=_shown(here, entity_id, day.day, words_of(request)))
    pages = " ".join((*LOOPBACK_PAGES, *here.options.origins))
    page.headers["Content-Security-Policy"] = POLICY.replace(
        "frame-ancestors 'none'", f"frame-ancestors {pages}"
    )
    return page


def _numbers(party: PartyOnDay) -> tuple[str, ...]:
    """Return the numbers that are a party's own; that of a programme is not."""
    held = party.record.statements
    schema = model[party.record.schema]
    own = {p.name for p in schema.properties.values() if p.type == registry.identifier and p.matchable}
    return tuple(dict.fromkeys(each.value for each in held if each.prop in own))


def _shown(here: Service, entity_id: str, day: date, words: Words) -> Shown:
    """Return a party, or the one that a listing is of; a problem where it is on no list that day."""
    with here.store.reading() as connection:
        wanted = [each for each in (entity_id, listed_record(entity_id)) if each]
        places = records.lists_of(connection, wanted)
        party = next(iter(parties_on(LoadedLists(connection), places, day).values()), None)
    if party is None:
        raise not_found("entity", entity_id)
    return Shown(
        party=party,
        card=load_card(party.list_id),
        kind=type_of(party.record.schema).name,
        names=tuple(name for name in party.record.names if name != party.record.caption),
        weak_names=party.record.weak_names,
        country_names=tuple(
            words.locale.territories.get(code.upper(), code) for code in values_of_type(party, "country")
        ),
        numbers=_numbers(party),
        birth_dates=party.record.values("birthDate"),
    )
