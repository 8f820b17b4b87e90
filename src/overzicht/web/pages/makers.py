"""Manufacturers: all of them with a filter, and one with its listings, owners and brands."""

from typing import Annotated

from fastapi import APIRouter, Query
from markupsafe import Markup
from starlette.responses import HTMLResponse

from overzicht.evidence import Answer, text
from overzicht.reports.html import charts
from overzicht.reports.html.ownership import parties_in, stakes_picture
from overzicht.reports.html.svg import Caption
from overzicht.reports.html.view import by_date, entries_figure
from overzicht.reports.i18n import Words
from overzicht.web.auth import PageReader
from overzicht.web.fields import Key, Line
from overzicht.web.pages.lists import list_titles
from overzicht.web.paging import Paged
from overzicht.workflows.makers import MakerFacts, listed_makers, makers_called, show_maker

router = APIRouter(prefix="/makers")


@router.get("", response_class=HTMLResponse)
def makers(context: PageReader, paging: Paged, q: Annotated[Line, Query()] = "") -> HTMLResponse:
    """Show the manufacturers, or those with `q` in a name or brand."""
    key, day = ("listed", context.day), context.day
    listed = context.cache.get(key, lambda: listed_makers(context.store, as_of=day))
    page = paging.cut(makers_called(q))
    return context.render("makers.html", page=page, paging=paging, listed=listed, q=q)


@router.get("/{maker_id}", response_class=HTMLResponse)
def show(context: PageReader, maker_id: Key) -> HTMLResponse:
    """Show one manufacturer as of the date."""
    day, words = context.day, context.words
    facts = context.cache.get(
        ("maker", maker_id, day), lambda: show_maker(context.store, maker_id, as_of=day)
    )
    card, listings = facts.card, by_date(facts.listings)
    checks = [check for check in facts.checks if check.party_id == maker_id]
    is_checked = any(check.answer in (Answer.FOUND, Answer.NOT_FOUND) for check in checks)
    state = card.id in facts.listed_parties, bool(facts.listed_parties - {card.id})
    owner = f"maker-card:{card.id}"
    return context.render(
        "maker.html",
        facts=facts,
        card=card,
        state=state if any(state) or is_checked else None,
        listings=listings,
        checks=checks,
        is_told=is_checked,
        timeline=entries_figure(listings, day, words),
        picture=_ownership_picture(facts, words),
        has_charts=charts.are_available(),
        own_lines=[line.name for line in card.lines],
        names=[
            *((name.name, name.kind, card.sources[name.source].cite(owner, "")) for name in card.names),
            *((i.value, i.kind, card.sources[i.source].cite(owner, "")) for i in card.identifiers),
        ],
        reply_citation=card.reply and card.sources[card.reply.source].cite(owner, card.reply.date),
        list_titles=list_titles(words),
    )


def _ownership_picture(facts: MakerFacts, words: Words) -> Markup | None:
    caption = Caption(
        "fig-ownership",
        words.say(text("Owners of the manufacturers")),
        words.say(text("Owners are on the left. Arrows point to what they own and show the share.")),
    )
    parties = parties_in(facts.ownership, {facts.card.id}, facts.listed_parties)
    return stakes_picture(facts.ownership, parties, caption, words)
