"""`/judgements`: what people decided on findings; kept beside earlier decisions, and withdrawable."""

from typing import Annotated

from fastapi import APIRouter, Query

from overzicht.store.decisions import Judgement
from overzicht.web.api.models.judgements import JudgementAsked
from overzicht.web.api.models.shared import Key, Number
from overzicht.web.asof import OnDay
from overzicht.web.auth import Reader, SomeEditor
from overzicht.web.clock import now
from overzicht.web.paging import Page, Paged
from overzicht.web.rights import check_subject
from overzicht.web.service import Here
from overzicht.workflows import judging

router = APIRouter(prefix="/judgements", tags=["register"])


@router.get("", summary="Judgements on a finding")
def judgements(
    here: Here,
    who: Reader,
    day: OnDay,
    paging: Paged,
    finding: Annotated[Key, Query(description="a finding's id")],
) -> Page[Judgement]:
    """Return every decision on a finding by the day, oldest first, withdrawn ones included."""
    check_subject(here, who, finding)
    found = judging.judgements_on(here.store, finding, day)
    return paging.cut(found)


@router.post("", status_code=201, summary="Judge a finding", openapi_extra={"x-names": True})
def judge(here: Here, who: SomeEditor, asked: JudgementAsked) -> Judgement:
    """Keep a decision on a finding; earlier ones stay."""
    check_subject(here, who, asked.finding, changes=True)
    number = judging.judge(here.store, asked.finding, asked.verdict, asked.reason, actor=who.name, at=now())
    return judging.find_judgement(here.store, number)


@router.post("/{number}/withdraw", summary="Withdraw a judgement")
def withdraw(here: Here, who: SomeEditor, number: Number) -> Judgement:
    """Withdraw a decision; it stays to be read."""
    check_subject(here, who, judging.find_judgement(here.store, number).finding_id, changes=True)
    judging.withdraw(here.store, number, actor=who.name, at=now())
    return judging.find_judgement(here.store, number)
