"""Screening a name: what every list answers on the day, with score, reasons and sources."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from overzicht.entities import PartyQuery
from overzicht.evidence import text
from overzicht.reports.i18n import Words
from overzicht.sources.lists.registry import READERS, load_card
from overzicht.store.accounts import Role
from overzicht.web.api.models.shared import Line
from overzicht.web.asof import OnPage
from overzicht.web.auth import Reader
from overzicht.web.page import render, words_of
from overzicht.web.service import Here
from overzicht.workflows.ask import PartyListings, party_lookup

router = APIRouter(prefix="/screen")
KINDS = {
    "LegalEntity": text("any party"),
    "Person": text("person"),
    "Company": text("company"),
    "Organization": text("organisation"),
    "Vessel": text("ship"),
}
BORN = r"^(\d{4}(-\d{2}(-\d{2})?)?)?$"


@router.get("", response_class=HTMLResponse)
def screen(  # noqa: PLR0913, PLR0917 - what every page takes, and three of its own
    request: Request,
    here: Here,
    who: Reader,
    day: OnPage,
    name: Annotated[Line, Query()] = "",
    kind: Annotated[Line, Query()] = "LegalEntity",
    born: Annotated[str, Query(pattern=BORN)] = "",
) -> HTMLResponse:
    """Ask all lists about one name, and show each list's own answer."""
    words = words_of(request)
    chosen = kind if kind in KINDS else "LegalEntity"
    found: PartyListings | None = None
    if name.strip():
        query = PartyQuery(id="query", names=(name.strip(),), schema=chosen, birth_date=born)
        with party_lookup(here.store) as lookup:
            (found,) = lookup.ask([query], as_of=day.day)
    return render(
        request,
        "screen.html",
        name=name,
        kind=chosen,
        born=born,
        found=found,
        kinds=[(key, words.say(label)) for key, label in KINDS.items()],
        list_titles=titles(words),
        may_batch=who.may(Role.EDITOR),
    )


def titles(words: Words) -> dict[str, str]:
    """Return the titles of the lists by id, in a language."""
    cards = {each: load_card(each) for each in READERS}
    return {each: words.say(card.heading) for each, card in cards.items()}
