"""`/makers`: manufacturers, their names, brands and owners, and what lists state about them."""

from typing import Annotated

from fastapi import APIRouter, Query

from overzicht.subjects.makers.profile import listed_makers, makers_called, show_maker
from overzicht.subjects.makers.views import MakerLine, MakerView
from overzicht.web.asof import OnDay
from overzicht.web.auth import Reader
from overzicht.web.fields import Key, Line
from overzicht.web.paging import Page, Paged

router = APIRouter(prefix="/makers", tags=["makers"])


@router.get("", summary="All known manufacturers")
def makers(
    context: Reader,
    day: OnDay,
    paging: Paged,
    q: Annotated[Line, Query(description="part of a name, or of a brand that it makes")] = "",
) -> Page[MakerLine]:
    """Return the manufacturers by name, with whether they or their owners are listed on the date."""
    listed = context.cache.get(("listed", day), lambda: listed_makers(context.store, as_of=day))
    return paging.views(makers_called(q), lambda card: MakerLine.of(card, listed.get(card.id)))


@router.get("/{maker_id}", summary="One manufacturer")
def show(context: Reader, day: OnDay, maker_id: Key) -> MakerView:
    """Return everything that is stored about a manufacturer on the date."""
    key = ("maker", maker_id, day)
    return MakerView.of(context.cache.get(key, lambda: show_maker(context.store, maker_id, as_of=day)))
