"""`/instruments` and `/weighings`: law and guidance on a day, and described uses weighed under them."""

from fastapi import APIRouter, Request

from overzicht.errors import InputFileError
from overzicht.web.api.models.law import (
    DifferenceModel,
    InstrumentBrief,
    InstrumentModel,
    WeighingModel,
    WeighingsAsked,
    WeighingsModel,
)
from overzicht.web.api.models.shared import Key
from overzicht.web.asof import OnDay
from overzicht.web.auth import Reader
from overzicht.web.page import words_of
from overzicht.web.paging import Page, Paged
from overzicht.web.service import Here
from overzicht.workflows.law.files import example_uses, wrong_codes
from overzicht.workflows.law.showing import list_instruments, show_instrument
from overzicht.workflows.law.weighing import differences, weigh_uses

router = APIRouter(tags=["law"])
MAY_NAME_NOTHING = {"x-names": True}


@router.get("/instruments", summary="Instruments of law and guidance")
def instruments(request: Request, _who: Reader, day: OnDay, paging: Paged) -> Page[InstrumentBrief]:
    """Return every instrument with whether it applied on the day."""
    words = words_of(request)
    return paging.cut([InstrumentBrief.of(line, words) for line in list_instruments(day)])


@router.get("/instruments/{instrument_id}", summary="One instrument")
def instrument(request: Request, _who: Reader, day: OnDay, instrument_id: Key) -> InstrumentModel:
    """Return whom an instrument binds, its rules in three parts, and which country stood where on the day."""
    return InstrumentModel.whole(show_instrument(instrument_id, day), words_of(request))


@router.post("/weighings", summary="Weigh described uses", openapi_extra=MAY_NAME_NOTHING)
def weighings(
    request: Request, here: Here, _who: Reader, day: OnDay, asked: WeighingsAsked
) -> WeighingsModel:  # fmt: skip
    """Return what every instrument says of each use on the day; nothing is kept."""
    for use in asked.uses:
        for said in wrong_codes(use):
            raise InputFileError(
                "the request", said, record=f"use {use.id}", fix="write two letters of ISO 3166"
            )
    words = words_of(request)
    found = weigh_uses(asked.uses or example_uses(), day, here.store)
    return WeighingsModel(
        as_of=day,
        weighings=[WeighingModel.of(each, words) for each in found],
        differences=[DifferenceModel.of(each, words) for each in differences(found)],
    )
