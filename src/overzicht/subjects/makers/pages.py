"""Manufacturers and other parties: all manufacturers with a filter, and one party with all about it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse

from overzicht.dates import LegalDate
from overzicht.evidence import text
from overzicht.reports.html import charts
from overzicht.reports.html.ownership import parties_in, stakes_picture
from overzicht.reports.html.svg import Caption
from overzicht.reports.html.view import by_date, entries_figure
from overzicht.reports.i18n import Words
from overzicht.reports.overview_report import ListingRow
from overzicht.store.register.devices import COUNTED, Counts, DeviceFilter
from overzicht.subjects.makers import profile
from overzicht.subjects.makers.page_parts import OF_PARTY, PagePart
from overzicht.subjects.makers.profile import MakerFacts, makers_of_brand, show_party
from overzicht.subjects.makers.views import cited, cited_identifiers, cited_names
from overzicht.subjects.register.device_query import query_of
from overzicht.subjects.register.register_day import cached_counts
from overzicht.web.auth import PageReader
from overzicht.web.context import PageContext
from overzicht.web.fields import Key, Line
from overzicht.web.page import list_titles
from overzicht.web.paging import Paged

router = APIRouter()


@router.get("/makers", response_class=HTMLResponse)
def makers(context: PageReader, paging: Paged, q: Annotated[Line, Query()] = "") -> HTMLResponse:
    """Show the manufacturers, or those with `q` in a name or brand."""
    page, listed = paging.cut(profile.makers_called(q)), profile.listed_makers(context)
    return context.render("makers.html", page=page, paging=paging, listed=listed, q=q)


@router.get("/makers/{maker_id}", response_class=HTMLResponse)
def show(context: PageReader, maker_id: Key) -> HTMLResponse:
    """Show one manufacturer as of the date."""
    return _party_page(context, profile.show(context, maker_id))


@router.get("/parties", response_class=HTMLResponse)
def party(context: PageReader, name: Annotated[Line, Query()] = "") -> HTMLResponse:
    """Show the party with a name or brand, with or without a maker card, as of the date."""
    name, day = name.strip(), context.day
    if not name:
        return context.render("parties.html")
    facts = context.cached(("party", name, day), lambda: show_party(context.store, name, as_of=day))
    return _party_page(context, facts)


def _party_page(context: PageContext, facts: MakerFacts) -> HTMLResponse:
    day, words = context.day, context.words
    card, listings = facts.card, by_date(facts.listings)
    checks = [check for check in facts.checks if check.party_id == facts.id]
    return context.render(
        "maker.html",
        facts=facts,
        card=card,
        listings=listings,
        days=days_of(listings),
        checks=checks,
        timeline=entries_figure(listings, day, words),
        picture=_ownership_picture(facts, words),
        has_charts=charts.are_available(),
        makers_of_brand=makers_of_brand(facts.name, day),
        names=(*cited_names(card), *cited_identifiers(card)) if card else (),
        reply_citation=card and card.reply and cited(card, card.reply.source, card.reply.date),
        list_titles=list_titles(words),
        ties=ties_of(context, facts),
    )


def days_of(listings: Iterable[ListingRow]) -> list[tuple[LegalDate, ListingRow, bool]]:
    """Return the dates on which an entry began (True) or ended (False), in order."""
    moments = [
        (when, row, begins)
        for row in listings
        for when, begins in ((row.since, True), (row.until, False))
        if when is not None
    ]
    return sorted(moments, key=lambda moment: (moment[0].day, moment[1].list_id, moment[1].id))


def _ownership_picture(facts: MakerFacts, words: Words) -> charts.Picture | None:
    caption = Caption(
        "fig-ownership",
        words.say(text("Owners of the manufacturers")),
        words.say(text("Arrows point from owners to what they own and show the share.")),
    )
    parties = parties_in(facts.ownership, {facts.id}, facts.listed_parties)
    return stakes_picture(facts.ownership, parties, caption, words)


@dataclass(frozen=True, slots=True)
class PartyTies:
    """Devices with the query that shows them, and the parts that subjects add and the reader may see."""

    devices: Counts
    query: Mapping[str, str]
    parts: Sequence[PagePart]


def ties_of(context: PageContext, facts: MakerFacts) -> PartyTies:
    """Return what this reader may see of the data about a party, as of the date."""
    text = "" if facts.card else facts.name
    filters = DeviceFilter(
        context.day, maker=facts.id if facts.card else "", text=text, life=COUNTED, allowed=context.allowed
    )
    query = {name: value for name, value in query_of(filters).items() if name != "life"}
    parts = [part for add in OF_PARTY.added() if (part := add(context, facts)) is not None]
    return PartyTies(cached_counts(context, filters), query, parts)
