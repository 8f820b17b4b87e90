"""`/makers`: who makes devices, under which names and brands, who owns them, and what lists say."""

from typing import Annotated

from fastapi import APIRouter, Query

from overzicht.views.makers import MakerLine, MakerView
from overzicht.web.api.models.shared import Key, Line
from overzicht.web.asof import OnDay
from overzicht.web.auth import Reader
from overzicht.web.paging import Page, Paged
from overzicht.web.service import Here
from overzicht.workflows.makers import listed_makers, makers_called, show_maker

router = APIRouter(prefix="/makers", tags=["makers"])


@router.get("", summary="All makers that are known")
def makers(
    here: Here,
    _who: Reader,
    day: OnDay,
    paging: Paged,
    q: Annotated[Line, Query(description="part of a name or of a brand that it makes")] = "",
) -> Page[MakerLine]:
    """Return the makers, by name, with whether they or their owners are listed on the day."""
    listed = here.memory.recall(("listed", day), lambda: listed_makers(here.store, as_of=day))
    return paging.cut([MakerLine.of(card, listed.get(card.id)) for card in makers_called(q)])


@router.get("/{maker_id}", summary="One maker")
def one(here: Here, _who: Reader, day: OnDay, maker_id: Key) -> MakerView:
    """Return all that is held of a maker on a day."""
    asked = ("maker", maker_id, day)
    facts = here.memory.recall(asked, lambda: show_maker(here.store, maker_id, as_of=day))
    return MakerView.of(facts)
