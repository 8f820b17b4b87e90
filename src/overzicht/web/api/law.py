"""`/instruments` and `/weighings`: law and guidance on a day, and described uses weighed under them."""

from fastapi import APIRouter

from overzicht.errors import InputFileError
from overzicht.views.law import InstrumentLineView, InstrumentView, WeighingsView
from overzicht.web.api.models.law import WeighingsAsked
from overzicht.web.api.models.shared import Key
from overzicht.web.asof import OnDay
from overzicht.web.auth import Reader
from overzicht.web.paging import Page, Paged
from overzicht.web.service import Here
from overzicht.workflows.law.files import example_uses, wrong_codes
from overzicht.workflows.law.showing import list_instruments, show_instrument
from overzicht.workflows.law.weighing import differences, weigh_uses

router = APIRouter(tags=["law"])
MAY_NAME_NOTHING = {"x-names": True}


@router.get("/instruments", summary="Instruments of law and guidance")
def instruments(_who: Reader, day: OnDay, paging: Paged) -> Page[InstrumentLineView]:
    """Return every instrument with whether it applied on the day."""
    return paging.cut([InstrumentLineView.of(line) for line in list_instruments(day)])


@router.get("/instruments/{instrument_id}", summary="One instrument")
def instrument(_who: Reader, day: OnDay, instrument_id: Key) -> InstrumentView:
    """Return whom an instrument binds, its rules in three parts, and which country stood where on the day."""
    return InstrumentView.of(show_instrument(instrument_id, day))


@router.post("/weighings", summary="Weigh described uses", openapi_extra=MAY_NAME_NOTHING)
def weighings(here: Here, _who: Reader, day: OnDay, asked: WeighingsAsked) -> WeighingsView:
    """Return what every instrument says of each use on the day; nothing is kept."""
    for use in asked.uses:
        for said in wrong_codes(use):
            raise InputFileError(
                "the request", said, record=f"use {use.id}", fix="write two letters of ISO 3166"
            )
    found = weigh_uses(asked.uses or example_uses(), day, here.store)
    return WeighingsView(tuple(found), tuple(differences(found)))
