"""`/judgements`: decisions of people on findings. Earlier decisions remain, and can be withdrawn."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from overzicht.errors import UnknownNameError
from overzicht.store.decisions import Judgement, Verdict
from overzicht.store.register.review import MOST_DEVICES
from overzicht.web.asof import OnDay
from overzicht.web.auth import Reader, SomeEditor
from overzicht.web.context import RequestContext
from overzicht.web.fields import Key, Number
from overzicht.web.paging import Page, Paged
from overzicht.web.problems import HAS_NAMES, ProblemError, not_found
from overzicht.workflows import judging

router = APIRouter(prefix="/judgements", tags=["register"])


class JudgementRequest(BaseModel):
    """A decision on a finding. The reason is required."""

    finding: Key
    verdict: Verdict
    reason: Key


class GroupJudgement(BaseModel):
    """A decision on the manufacturer of devices that show the same traces. The reason is required.

    `group` is the key of the traces, as the page *Review* shows it.
    """

    group: Key
    devices: list[Key] = Field(min_length=1, max_length=MOST_DEVICES)
    verdict: Verdict
    reason: Key


@router.get("", summary="Judgements on a finding")
def judgements(
    context: Reader, day: OnDay, paging: Paged, finding: Annotated[Key, Query(description="a finding's id")]
) -> Page[Judgement]:
    """Return every decision on a finding until the date, oldest first, also withdrawn ones."""
    context.check_subject(finding)
    return paging.cut(judging.judgements_on(context.store, finding, day))


@router.post("", status_code=201, summary="Judge a finding", openapi_extra=HAS_NAMES)
def judge(context: SomeEditor, request: JudgementRequest) -> Judgement:
    """Record a decision on a finding. Earlier decisions remain in the history."""
    context.check_subject(request.finding, changes=True)
    number = judging.judge(context.store, request.finding, request.verdict, request.reason, context.actor())
    return judging.find_judgement(context.store, number)


@router.post(
    "/group", status_code=201, summary="Judge devices with the same evidence", openapi_extra=HAS_NAMES
)
def judge_group(context: SomeEditor, request: GroupJudgement) -> list[Judgement]:
    """Record one decision for devices with one manufacturer on the same evidence; each can be withdrawn."""
    devices = list(dict.fromkeys(request.devices))
    for device in devices:
        context.check_subject(device, changes=True)
    numbers = judging.judge_group(
        context.store, request.group, devices, request.verdict, request.reason, context.actor()
    )
    return [judging.find_judgement(context.store, number) for number in numbers]


@router.post("/{number}/withdraw", summary="Withdraw a judgement")
def withdraw(context: SomeEditor, number: Number) -> Judgement:
    """Withdraw a decision. It remains visible."""
    context.check_changes(_owner_of(context, number))
    judging.withdraw(context.store, number, context.actor())
    return judging.find_judgement(context.store, number)


def _owner_of(context: RequestContext, number: int) -> str:
    """Return the organisation of a judgement; one problem if it does not exist or may not be seen."""
    try:
        return context.check_subject(judging.find_judgement(context.store, number).finding_id)
    except (UnknownNameError, ProblemError):
        raise not_found("judgement", str(number)) from None
