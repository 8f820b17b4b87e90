"""`/cards`: the check of the facts that ship with the product."""

from datetime import date

from fastapi import APIRouter
from pydantic import BaseModel

from overzicht.devices.knowledge import load_maker_cards
from overzicht.subjects.makers.card_checks import CardProblem, check_cards
from overzicht.web.asof import OnDay
from overzicht.web.auth import Admin

router = APIRouter()


class CardsResponse(BaseModel):
    """Whether the packaged facts are correct on the date, and the number of manufacturer cards."""

    as_of: date
    sound: bool
    makers: int
    problems: tuple[CardProblem, ...]


@router.get("/cards/check", tags=["store"], summary="Check the packaged facts")
def cards(context: Admin, day: OnDay) -> CardsResponse:
    """Return the problems in the packaged facts on the date. A release has none."""
    problems = context.cache.get(("cards", day), lambda: check_cards(day))
    return CardsResponse(
        as_of=day, sound=not problems, makers=len(load_maker_cards()), problems=tuple(problems)
    )
