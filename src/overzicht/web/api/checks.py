"""`/store` and `/cards`: proving, exporting and backing up the store, and the packaged facts; for admins."""

from typing import Any

from fastapi import APIRouter

from overzicht.devices.knowledge import load_maker_cards
from overzicht.store.jobs import Job
from overzicht.web.api.models.checks import CardsModel, CheckAsked
from overzicht.web.api.started import Begin
from overzicht.web.asof import OnDay
from overzicht.web.auth import Admin
from overzicht.web.service import Here
from overzicht.web.work import BACKUP, EXPORT, VERIFY
from overzicht.workflows.cards import check_cards

router = APIRouter(tags=["store"])


@router.post("/store/check", status_code=202, summary="Prove the store")
def check(begin: Begin, who: Admin, asked: CheckAsked) -> Job:
    """Begin to prove the log's chain, and that raw files, records and look-ups agree."""
    parameters: dict[str, Any] = asked.model_dump()
    return begin(VERIFY, parameters, who)


@router.post("/store/export", status_code=202, summary="Export the store")
def export(begin: Begin, who: Admin) -> Job:
    """Begin to write the whole store into a file, which only an admin can then fetch from the job."""
    return begin(EXPORT, {}, who)


@router.post("/store/backup", status_code=202, summary="Back the store up")
def backup(begin: Begin, who: Admin) -> Job:
    """Begin to copy the store into the folder `backup` of its home; take it elsewhere from there."""
    return begin(BACKUP, {}, who)


@router.get("/cards/check", summary="Check the packaged facts")
def cards(here: Here, _who: Admin, day: OnDay) -> CardsModel:
    """Return what is wrong with the facts that ship with the product on the day; nothing in a release."""
    problems = here.memory.recall(("cards", day), lambda: check_cards(day))
    return CardsModel(as_of=day, sound=not problems, makers=len(load_maker_cards()), problems=tuple(problems))
