"""`/instruments` and `/weighings`: law and guidance on a date, and legal assessments of described uses."""

from typing import Annotated

from fastapi import APIRouter, Body

from overzicht.errors import InputFileError
from overzicht.subjects.diligence.law_files import example_uses, wrong_codes
from overzicht.subjects.diligence.law_showing import list_instruments, show_instrument
from overzicht.subjects.diligence.law_views import InstrumentLineView, InstrumentView, WeighingsView
from overzicht.subjects.diligence.law_weighing import differences, weigh_uses
from overzicht.subjects.diligence.uses import Use
from overzicht.web.asof import OnDay
from overzicht.web.auth import Reader
from overzicht.web.fields import Key
from overzicht.web.paging import Page, Paged
from overzicht.web.problems import HAS_NAMES

router = APIRouter(tags=["law"])


@router.get("/instruments", summary="Instruments of law and guidance")
def instruments(_: Reader, day: OnDay, paging: Paged) -> Page[InstrumentLineView]:
    """Return every instrument with whether it applied on the date."""
    return paging.views(list_instruments(day), InstrumentLineView.of)


@router.get("/instruments/{instrument_id}", summary="One instrument")
def instrument(_: Reader, day: OnDay, instrument_id: Key) -> InstrumentView:
    """Return to whom an instrument applies, its rules, and the position of countries on the date."""
    return InstrumentView.of(show_instrument(instrument_id, day))


@router.post("/weighings", summary="Assess described uses", openapi_extra=HAS_NAMES)
def weighings(
    context: Reader,
    day: OnDay,
    uses: Annotated[list[Use], Body(embed=True, max_length=200, default_factory=list)],
) -> WeighingsView:
    """Return the legal assessment of each use on the date. Without uses, the packaged ones are assessed."""
    for use in uses:
        for message in wrong_codes(use):
            fix = "use two letters of ISO 3166, for example NL"
            raise InputFileError("the request", message, record=f"use {use.id}", fix=fix)
    results = weigh_uses(uses or example_uses(), day, context.store)
    return WeighingsView(tuple(results), tuple(differences(results)))
