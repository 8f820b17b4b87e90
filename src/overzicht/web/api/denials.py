"""`/denials`: refused exports (Article 16); for officers, and every access is recorded."""

from typing import Annotated

from fastapi import APIRouter, File, Query, UploadFile
from pydantic import BaseModel
from starlette.responses import Response

from overzicht.exportcontrol.denials.exchange import MAX_BYTES
from overzicht.exportcontrol.denials.model import Denial, ReviewOutcome, ReviewRecord
from overzicht.store.control.denials import Reading, SaveResult
from overzicht.web.asof import OnDay
from overzicht.web.auth import Officer
from overzicht.web.fields import Key, Lines
from overzicht.web.paging import CheckedPage, Page, Paged
from overzicht.web.uploads import attachment, read_small
from overzicht.workflows.licensing import register
from overzicht.workflows.licensing.register import DenialStanding

router = APIRouter(prefix="/denials", tags=["denials"])
State = Annotated[
    str, Query(pattern=r"^[A-Z]{2}$", description="state whose own denials are exported, such as NL")
]


class SavedDenial(BaseModel):
    """The result of saving a denial."""

    denial: str
    kept: SaveResult


class ImportedDenials(BaseModel):
    """The results of the denials in an exchange file, by id."""

    new: list[str]
    new_version: list[str]
    known: list[str]


class ReviewRequest(BaseModel):
    """A review held on the date; from the third review on, keeping a denial needs reasons."""

    outcome: ReviewOutcome
    reasons: Lines = ""


class SavedReview(BaseModel):
    """A saved review and its number."""

    denial: str
    review: int
    outcome: ReviewOutcome


@router.get("", summary="All denials")
def denials(
    context: Officer,
    day: OnDay,
    paging: Paged,
    overdue: Annotated[bool, Query(description="only denials with an overdue review")] = False,
) -> CheckedPage[DenialStanding]:
    """Return the denials with their reviews, by id."""
    standings, problems = register.standings(context.store, context.actor(day))
    page = paging.cut([standing for standing in standings if standing.is_overdue or not overdue])
    return CheckedPage.of(page, problems)


@router.post("", status_code=201, summary="Save an own denial")
def add(context: Officer, day: OnDay, denial: Denial) -> SavedDenial:
    """Save an own denial. Other content for an existing id becomes a new version."""
    return SavedDenial(denial=denial.id, kept=register.add_denial(context.store, denial, context.actor(day)))


@router.get(
    "/export",
    summary="An exchange file",
    response_class=Response,
    responses={200: {"content": {"application/json": {}}, "description": "the file, with hashes"}},
)
def export(context: Officer, day: OnDay, state: State) -> Response:
    """Return the exchange file of a state's own denials. It is as confidential as the denials."""
    content = register.export_denials(context.store, state, context.actor(day))
    headers = {**attachment(f"denials-{state}-{day}.json"), "Cache-Control": "no-store"}
    return Response(content, media_type="application/json", headers=headers)


@router.post("/import", summary="Import an exchange file")
def import_(
    context: Officer, day: OnDay, file: Annotated[UploadFile, File(description="an exchange file")]
) -> ImportedDenials:
    """Save the denials of a file as received, all or none. A wrong hash refuses the whole file."""
    name, raw = read_small(file, MAX_BYTES)
    results = register.import_exchange(context.store, raw, name, context.actor(day))
    return ImportedDenials(
        new=results[SaveResult.NEW],
        new_version=results[SaveResult.NEW_VERSION],
        known=results[SaveResult.KNOWN],
    )


@router.get("/{denial_id}", summary="One denial")
def show(context: Officer, day: OnDay, denial_id: Key) -> DenialStanding:
    """Return a denial with its reviews."""
    return register.show_denial(context.store, denial_id, context.actor(day))


@router.get("/{denial_id}/readings", summary="Accesses to a denial")
def readings(context: Officer, day: OnDay, denial_id: Key, paging: Paged) -> Page[Reading]:
    """Return who was shown a denial, when and why, newest first. This request is the first one."""
    return paging.cut(register.show_readings(context.store, denial_id, context.actor(day)))


@router.post("/{denial_id}/reviews", status_code=201, summary="Save a review")
def review(context: Officer, day: OnDay, denial_id: Key, request: ReviewRequest) -> SavedReview:
    """Save a review of a denial on the date; `revoke` ends the denial."""
    record = ReviewRecord(on=day, outcome=request.outcome, reasons=request.reasons, by=context.principal.name)
    number = register.review_denial(context.store, denial_id, record, context.actor(day))
    return SavedReview(denial=denial_id, review=number, outcome=request.outcome)
