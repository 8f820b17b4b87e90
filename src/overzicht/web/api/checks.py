"""`/store` and `/cards`: checks and copies of the store, and the packaged facts; for administrators."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field

from overzicht.devices.knowledge import load_maker_cards
from overzicht.store.jobs import Job
from overzicht.web.asof import OnDay
from overzicht.web.auth import Admin
from overzicht.web.work import BACKUP, EXPORT, VERIFY
from overzicht.workflows.cards import CardProblem, check_cards

router = APIRouter(tags=["store"])


class CheckRequest(BaseModel):
    """A check; `anchor` is (the start of) a hash of the log that you noted earlier."""

    anchor: Annotated[str, Field(pattern=r"^([0-9a-f]{12,64})?$")] = ""
    reindex: Annotated[bool, Field(description="rebuild the lookup tables first")] = False


class CardsResponse(BaseModel):
    """Whether the packaged facts are correct on the date, and the number of manufacturer cards."""

    as_of: date
    sound: bool
    makers: int
    problems: tuple[CardProblem, ...]


@router.post("/store/check", status_code=202, summary="Check the store")
def check(context: Admin, request: CheckRequest) -> Job:
    """Start a check of the log's chain, and of raw files, records and lookup tables."""
    return context.start_job(VERIFY, request.model_dump())


@router.post("/store/export", status_code=202, summary="Export the store")
def export(context: Admin) -> Job:
    """Start an export of the store to one file. Only an administrator can download it from the job."""
    return context.start_job(EXPORT, {})


@router.post("/store/backup", status_code=202, summary="Back up the store")
def backup(context: Admin) -> Job:
    """Start a copy of the store to the folder `backup` in its home. Copy that folder to another place."""
    return context.start_job(BACKUP, {})


@router.get("/cards/check", summary="Check the packaged facts")
def cards(context: Admin, day: OnDay) -> CardsResponse:
    """Return the problems in the packaged facts on the date. A release has none."""
    problems = context.cache.get(("cards", day), lambda: check_cards(day))
    return CardsResponse(
        as_of=day, sound=not problems, makers=len(load_maker_cards()), problems=tuple(problems)
    )
