"""`/denials`: what authorities refused (Article 16); for officers, and every reading is written down."""

from typing import Annotated

from fastapi import APIRouter, File, Query, UploadFile
from starlette.responses import Response

from overzicht.exportcontrol.denials.exchange import MAX_BYTES
from overzicht.exportcontrol.denials.model import Denial, ReviewRecord
from overzicht.store.control.denials import Reading
from overzicht.web.api.models.denials import ImportedModel, KeptModel, ReviewAsked, ReviewedModel
from overzicht.web.api.models.shared import Key
from overzicht.web.asof import OnDay
from overzicht.web.auth import Officer
from overzicht.web.licence_acts import act_of
from overzicht.web.paging import Page, Paged
from overzicht.web.service import Here
from overzicht.web.uploads import read_small
from overzicht.workflows.licensing import register

router = APIRouter(prefix="/denials", tags=["denials"])
State = Annotated[str, Query(pattern=r"^[A-Z]{2}$", description="whose own denials, such as NL")]


@router.get("", summary="All denials")
def denials(
    here: Here,
    who: Officer,
    day: OnDay,
    paging: Paged,
    overdue: Annotated[bool, Query(description="only those of which a review is overdue")] = False,
) -> Page[register.DenialStanding]:
    """Return the denials with their reviews, by id."""
    found = register.standings(here.store, act_of(who, day))
    return paging.cut([each for each in found if each.is_overdue or not overdue])


@router.post("", status_code=201, summary="Keep an own denial")
def add(here: Here, who: Officer, day: OnDay, denial: Denial) -> KeptModel:
    """Keep an own denial; other content of a known id stands beside the old as a new version."""
    return KeptModel(denial=denial.id, kept=register.add_denial(here.store, denial, act_of(who, day)))


@router.get(
    "/export",
    summary="An exchange file",
    response_class=Response,
    responses={200: {"content": {"application/json": {}}, "description": "the file, with hashes"}},
)
def export(here: Here, who: Officer, day: OnDay, state: State) -> Response:
    """Return the exchange file of a state's own denials; it is as confidential as they are."""
    content = register.export_denials(here.store, state, act_of(who, day))
    return exchange_file(content, state, day.isoformat())


def exchange_file(content: str, state: str, day: str) -> Response:
    """Return an exchange file to keep, which no cache may."""
    headers = {
        "Content-Disposition": f'attachment; filename="denials-{state}-{day}.json"',
        "Cache-Control": "no-store",
    }
    return Response(content, media_type="application/json", headers=headers)


@router.post("/import", summary="Take an exchange file in")
def import_(
    here: Here, who: Officer, day: OnDay, file: Annotated[UploadFile, File(description="an exchange file")]
) -> ImportedModel:
    """Keep the denials of a file as received, all or none; a broken hash refuses the whole file."""
    name, raw = read_small(file, MAX_BYTES)
    return ImportedModel.of(register.import_exchange(here.store, raw, name, act_of(who, day)))


@router.get("/{denial_id}", summary="One denial")
def one(here: Here, who: Officer, day: OnDay, denial_id: Key) -> register.DenialStanding:
    """Return a denial with its reviews."""
    return register.show_denial(here.store, denial_id, act_of(who, day))


@router.get("/{denial_id}/readings", summary="Who was shown a denial")
def readings(here: Here, who: Officer, day: OnDay, denial_id: Key, paging: Paged) -> Page[Reading]:
    """Return who was shown a denial, when and why, newest first; that this was asked is the first of them."""
    return paging.cut(register.show_readings(here.store, denial_id, act_of(who, day)))


@router.post("/{denial_id}/reviews", status_code=201, summary="Keep a review")
def review(here: Here, who: Officer, day: OnDay, denial_id: Key, asked: ReviewAsked) -> ReviewedModel:
    """Keep a review of a denial held on the day; `revoke` ends it."""
    record = ReviewRecord(on=day, outcome=asked.outcome, reasons=asked.reasons, by=who.name)
    number = register.review_denial(here.store, denial_id, record, act_of(who, day))
    return ReviewedModel(denial=denial_id, review=number, outcome=asked.outcome)
