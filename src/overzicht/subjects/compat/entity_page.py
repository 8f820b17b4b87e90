"""A party on a list as other products show it: a page, and a small preview inside OpenRefine."""

from dataclasses import dataclass

from fastapi import APIRouter
from followthemoney import model
from followthemoney.types import registry
from starlette.responses import HTMLResponse

from overzicht.sources.lists.card import ListCard
from overzicht.sources.lists.registry import load_card
from overzicht.store import list_records as records
from overzicht.subjects.compat.entity_words import type_of
from overzicht.subjects.compat.parties.choose import values_of_type
from overzicht.subjects.compat.parties.proxies import listed_record
from overzicht.subjects.compat.parties.state import PartyOnDay, parties_on
from overzicht.subjects.lists.listings import LoadedLists
from overzicht.web.auth import PageReader
from overzicht.web.context import PageContext
from overzicht.web.fields import Key
from overzicht.web.guards import POLICY
from overzicht.web.problems import not_found

LOOPBACK_PAGES = ("http://127.0.0.1:*", "http://localhost:*")  # where OpenRefine runs
router = APIRouter(prefix="/reconcile")


@dataclass(frozen=True, slots=True)
class PartyPage:
    """A party with the values that its page shows."""

    party: PartyOnDay
    card: ListCard
    kind: str
    names: tuple[str, ...]
    weak_names: tuple[str, ...]
    country_names: tuple[str, ...]
    numbers: tuple[str, ...]
    birth_dates: tuple[str, ...]


@router.get("/view/{entity_id}", response_class=HTMLResponse)
def view(context: PageReader, entity_id: Key) -> HTMLResponse:
    """Show a party as it was on its list on the date."""
    return context.render("entity.html", shown=_party_page(context, entity_id))


@router.get("/preview/{entity_id}", response_class=HTMLResponse)
def preview(context: PageReader, entity_id: Key) -> HTMLResponse:
    """Show the same in short, for a frame in a page that may read this interface."""
    page = context.render("entity_preview.html", shown=_party_page(context, entity_id))
    pages = " ".join((*LOOPBACK_PAGES, *context.service.options.origins))
    page.headers["Content-Security-Policy"] = POLICY.replace(
        "frame-ancestors 'none'", f"frame-ancestors {pages}"
    )
    return page


def _party_page(context: PageContext, entity_id: str) -> PartyPage:
    """Return a party, or the party of a listing; a problem if it is on no list on the date."""
    with context.store.reading() as connection:
        ids = [name for name in (entity_id, listed_record(entity_id)) if name]
        places = records.lists_of(connection, ids)
        party = next(iter(parties_on(LoadedLists(connection), places, context.day).values()), None)
    if party is None:
        raise not_found("entity", entity_id)
    record = party.record
    properties = model[record.schema].properties.values()
    own = {p.name for p in properties if p.type == registry.identifier and p.matchable}  # not of a programme
    return PartyPage(
        party=party,
        card=load_card(party.list_id),
        kind=type_of(record.schema).name,
        names=tuple(name for name in record.names if name != record.caption),
        weak_names=record.weak_names,
        country_names=tuple(map(context.words.country, values_of_type(party, "country"))),
        numbers=tuple(
            dict.fromkeys(statement.value for statement in record.statements if statement.prop in own)
        ),
        birth_dates=record.values("birthDate"),
    )
