"""Makers: all of them with a filter, and one with its listings, owners and brands."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from markupsafe import Markup
from starlette.responses import HTMLResponse

from overzicht.devices.card import MakerCard
from overzicht.evidence import Answer, Citation, text
from overzicht.reports.html import charts
from overzicht.reports.html.ownership import parties_in, stakes_picture
from overzicht.reports.html.svg import Caption
from overzicht.reports.html.view import by_date, entries_figure
from overzicht.reports.i18n import Words
from overzicht.reports.model import CheckRow
from overzicht.sources.lists.registry import READERS, load_card
from overzicht.web.api.models.shared import Key, Line
from overzicht.web.asof import OnPage
from overzicht.web.auth import Reader
from overzicht.web.page import render, words_of
from overzicht.web.paging import Paged
from overzicht.web.service import Here
from overzicht.workflows.makers import MakerFacts, listed_makers, makers_called, show_maker

router = APIRouter(prefix="/makers")


@router.get("", response_class=HTMLResponse)
def makers(
    request: Request, here: Here, _who: Reader, day: OnPage, paging: Paged, q: Annotated[Line, Query()] = ""
) -> HTMLResponse:
    """Show the makers, or those of whom a name or brand has `q` in it."""
    listed = here.memory.recall(("listed", day.day), lambda: listed_makers(here.store, as_of=day.day))
    page = paging.cut(makers_called(q))
    return render(request, "makers.html", page=page, paging=paging, listed=listed, q=q)


@router.get("/{maker_id}", response_class=HTMLResponse)
def maker(request: Request, here: Here, _who: Reader, day: OnPage, maker_id: Key) -> HTMLResponse:
    """Show one maker as of the day."""
    asked, words = ("maker", maker_id, day.day), words_of(request)
    facts = here.memory.recall(asked, lambda: show_maker(here.store, maker_id, as_of=day.day))
    listings = by_date(facts.listings)
    own = [check for check in facts.checks if check.party_id == maker_id]
    return render(
        request,
        "maker.html",
        facts=facts,
        card=facts.card,
        state=_state(facts, own),
        listings=listings,
        checks=own,
        is_told=any(check.answer in (Answer.FOUND, Answer.NOT_FOUND) for check in own),
        timeline=entries_figure(listings, day.day, words),
        picture=_picture(facts, words),
        has_charts=charts.are_available(),
        own_lines=[line.name for line in facts.card.lines],
        names=_names(facts.card),
        reply_citation=_reply(facts.card),
        list_titles={each: _title(each, words) for each in READERS},
    )


def _state(facts: MakerFacts, own: list[CheckRow]) -> tuple[bool, bool] | None:
    """Return whether the maker and whether an owner is listed; None where no list could tell."""
    listed = facts.listed_parties
    state = facts.card.id in listed, bool(listed - {facts.card.id})
    is_told = any(check.answer in (Answer.FOUND, Answer.NOT_FOUND) for check in own)
    return state if any(state) or is_told else None


def _picture(facts: MakerFacts, words: Words) -> Markup | None:
    caption = Caption(
        "fig-ownership",
        words.say(text("Who owns the makers")),
        words.say(text("Owners on the left, with arrows to what they own; each arrow tells the share.")),
    )
    parties = parties_in(facts.ownership, {facts.card.id}, facts.listed_parties)
    return stakes_picture(facts.ownership, parties, caption, words)


def _names(card: MakerCard) -> list[tuple[str, str, Citation]]:
    owner = f"maker-card:{card.id}"
    names = [(n.name, n.kind, card.sources[n.source].cite(owner, "")) for n in card.names]
    return [*names, *((i.value, i.kind, card.sources[i.source].cite(owner, "")) for i in card.identifiers)]


def _reply(card: MakerCard) -> Citation | None:
    if card.reply is None:
        return None
    return card.sources[card.reply.source].cite(f"maker-card:{card.id}", card.reply.date)


def _title(list_id: str, words: Words) -> str:
    card = load_card(list_id)
    return words.say(card.heading)
