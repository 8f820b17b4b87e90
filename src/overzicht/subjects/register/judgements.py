"""Judgements: decisions of people on findings; earlier ones remain, and each can be withdrawn."""

from typing import Annotated

from pydantic import Field

from overzicht.evidence.limited import Key, Number
from overzicht.evidence.text import text
from overzicht.kit.ask import READER, SOME_EDITOR, Ask
from overzicht.kit.operation import BACK, Body, Command, Form, Paging, Param, Part, Route, operation
from overzicht.store import decisions
from overzicht.store.decisions import Judgement, Verdict
from overzicht.store.register.review import MOST_DEVICES
from overzicht.workflows import decisions as judging

Finding = Annotated[Key, Param(option="FINDING_ID"), Field(description="a finding's id")]
Reason = Annotated[Key, Param("Reason, recorded in the audit log (required).")]
Devices = Annotated[list[Key], Field(min_length=1, max_length=MOST_DEVICES)]
WITHDRAWN = text("judgement {number} withdrawn by {actor}")


@operation(Route("GET /judgements", READER, summary="Judgements on a finding"))
def judgements(ask: Ask, paging: Paging, *, finding: Finding) -> Part[Judgement]:
    """List the decisions on a finding until the date, oldest first, also withdrawn ones."""
    ask.check_subject(finding)
    with ask.store.reading() as connection:
        return paging.part(decisions.judgements_on(connection, finding, ask.day))


@operation(
    Command(
        "judge",
        "subjects.lists.citation_lines.judged_lines",
        data=lambda made: {
            "id": made.id,
            "finding": made.finding_id,
            "verdict": made.verdict.value,
            "by": made.actor,
        },
    ),
    Route(
        "POST /judgements",
        SOME_EDITOR,
        Body("JudgementRequest", "A decision on a finding. The reason is required."),
        "Judge a finding",
        has_names=True,
        is_new=True,
    ),
    Form(BACK),
)
def judge(ask: Ask, finding: Finding, verdict: Verdict, *, reason: Reason) -> Judgement:
    """Record a decision on a finding. Earlier decisions remain in the history.

    FINDING_ID is in the report's JSON and in `overzicht explain`; for two parties that may be one, it is in
    `overzicht parties same`.
    """
    ask.check_subject(finding, changes=True)
    (made,) = judging.judge_all(ask.store, [finding], verdict, reason, ask.actor())
    return made


@operation(
    Route(
        "POST /judgements/group",
        SOME_EDITOR,
        Body(
            "GroupJudgement",
            "A decision on the manufacturer of devices that show the same traces. The reason is required.\n\n"
            "`group` is the key of the traces, as the page *Review* shows it.",
        ),
        "Judge devices with the same evidence",
        has_names=True,
        is_new=True,
    )
)
def judge_group(
    ask: Ask, *, group: Key, devices: Devices, verdict: Verdict, reason: Reason
) -> list[Judgement]:
    """Record one decision for devices with one manufacturer on the same evidence; each can be withdrawn."""
    devices = list(dict.fromkeys(devices))
    for device in devices:
        ask.check_subject(device, changes=True)
    return judging.judge_group(ask.store, group, devices, verdict, reason, ask.actor())


@operation(
    Command(
        "withdraw",
        lambda made, say: [say(WITHDRAWN.filled(number=made.id, actor=made.withdrawn_by))],
        data=lambda made: {"id": made.id, "by": made.withdrawn_by},
    ),
    Route("POST /judgements/{number}/withdraw", SOME_EDITOR, summary="Withdraw a judgement"),
    Form(BACK),
)
def withdraw(ask: Ask, number: Number) -> Judgement:
    """Withdraw judgement NUMBER, as `overzicht explain` shows it. Nothing is deleted."""
    with ask.hiding("judgement", number):
        with ask.store.reading() as connection:
            finding = decisions.get_judgement(connection, number).finding_id
        organisation = ask.check_subject(finding)
    ask.check_changes(organisation)
    with ask.writing() as tx:
        decisions.withdraw_judgement(tx, number)
        return decisions.get_judgement(tx.connection, number)
