"""The gates of a stored case: records of people, and the check before every decision and letter."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from overzicht.errors import OverzichtError
from overzicht.evidence import Text, text
from overzicht.evidence.phrases import SEMICOLONS, joined
from overzicht.evidence.text import plain_text
from overzicht.subjects.licensing.case_records import StoredCase
from overzicht.subjects.licensing.consultation import ConsultationStatus
from overzicht.subjects.licensing.denial_matching import DenialMatch, MatchKind
from overzicht.subjects.licensing.gates.concerns import with_awareness
from overzicht.subjects.licensing.gates.decision import gates
from overzicht.subjects.licensing.gates.model import (
    Confirmation,
    DenialFinding,
    Derogation,
    DiligenceConcern,
    GateCase,
    Gates,
    LegalGate,
    Outcome,
    StoredDerogation,
)
from overzicht.subjects.licensing.states import GRANTS, Status

CONFIRMATION, DEROGATION, ACCEPTANCE = "confirmation", "derogation", "derogation accepted"
BEFORE_EXPORT = (LegalGate.PARTIES, LegalGate.DESTINATION, LegalGate.LISTED, LegalGate.CATCH_ALL)


class GateShutError(OverzichtError):
    """A gate does not allow the decision or the letter; the case does not change."""

    def __init__(self, case_id: str, step: str, results: Gates, fix: str = "") -> None:
        answers: list[Text] = []
        for answer in results.blocking:
            if answer.open_question is not None:
                answers.append(
                    text("{gate}, open: {says}", gate=answer.gate.value, says=answer.open_question.sentence)
                )
                continue
            answers.append(
                text(
                    "{gate} {outcome}: {says}",
                    gate=answer.gate.value,
                    outcome=plain_text(answer.outcome.value),
                    says=answer.sentence,
                )
            )
        reasons = joined(answers or [results.outcome.words], SEMICOLONS)
        first = "deny it, or decide `prohibited`; only an exception or a derogation lifts a prohibition"
        second = "answer the open questions with: overzicht licence confirm"
        fallback = first if results.outcome is Outcome.PROHIBITED else second
        sentence = text(
            "case {id} cannot be {step}: {reasons}", id=case_id, step=plain_text(step), reasons=reasons
        )
        super().__init__(str(sentence), fix=fix or fallback)
        self.sentence = sentence


def gate_case(
    case: StoredCase,
    matches: Sequence[DenialMatch],
    consulted: dict[str, ConsultationStatus],
    unweighed: tuple[Text, ...],
    concerns: tuple[DiligenceConcern, ...],
) -> GateCase:
    """Return what the gates read of a stored case.

    `consulted` has the status of the consultation by denial. An answer that the exporter is aware by its due
    diligence (`concerns`) is a fact of the case. Answers of people count from the last
    submission on; an answer about a party lapses when its screening changes.
    """
    dismissed = {event.payload["denial"]: event.payload["verdict"] for event in case.of_kind("match verdict")}
    findings = tuple(
        DenialFinding(
            match.denial.id,
            match.denial.issuing_state,
            is_dismissed=dismissed.get(match.denial.id) == "different",
            is_answered=consulted.get(match.denial.id, ConsultationStatus.OPEN)
            is not ConsultationStatus.OPEN,
            is_identical=consulted.get(match.denial.id) is ConsultationStatus.IDENTICAL,
        )
        for match in matches
        if match.kind is not MatchKind.RULED_OUT
    )
    granted = [event for event in case.of_kind("status") if event.payload["to"] in {s.value for s in GRANTS}]
    # the answers of people that still hold, the last one per question
    parties: dict[str, Any] = {}
    answers: dict[str, tuple[Confirmation, Any]] = {}
    for event in case.events:
        if event.kind == "screening":
            parties = {party["party"]: {**party, "role": ""} for party in event.payload["parties"]}
        elif event.kind == "status" and event.payload["to"] == Status.SUBMITTED.value:
            answers = {}
        elif event.kind == CONFIRMATION:
            data = event.payload
            known = Confirmation(data["key"], data["answer"], data["source"], event.actor, event.day)
            answers[known.key] = (known, _basis(parties, known.key))
    confirmations = tuple(
        known for key, (known, basis) in sorted(answers.items()) if basis == _basis(parties, key)
    )
    from overzicht.subjects.licensing.screening import last_screening  # noqa: PLC0415 - it imports views of cases

    screening = last_screening(case)
    return GateCase(
        application=with_awareness(case.application, concerns, confirmations),
        screening=tuple(answer.binding for answer in (screening.parties if screening else ())),
        confirmations=confirmations,
        derogations=derogations_of(case),
        denials=findings if case.of_kind("denial matching") else None,
        unweighed=unweighed,
        notice_reasons=granted[-1].payload.get("notice_reasons", "") if granted else "",
        concerns=concerns,
    )


def _basis(parties: dict[str, Any], key: str) -> Any:
    name = key.partition(":")[2]
    if key.startswith("control:"):
        return list(parties.values())
    return parties.get(name) if key.startswith("party:") else None


def derogations_of(case: StoredCase) -> tuple[StoredDerogation, ...]:
    """Return the derogations of a case, each with its first and its second officer."""
    accepted = {event.payload["document"]: event.actor for event in case.of_kind(ACCEPTANCE)}
    filed = {
        event.payload["document"]: StoredDerogation(
            Derogation.model_validate(event.payload), event.actor, accepted.get(event.payload["document"], "")
        )
        for event in case.of_kind(DEROGATION)
    }
    return tuple(filed.values())


def check_decision(case: GateCase, outcome: Status, day: date, notice_reasons: str) -> None:
    """Raise GateShutError unless the gates allow this decision on `day`."""
    case_id = case.application.id
    results = gates(replace(case, notice_reasons=notice_reasons or case.notice_reasons), day)
    if outcome in GRANTS and not results.can_grant:
        raise GateShutError(case_id, outcome.value, results)
    if outcome is Status.NOT_NEEDED and (not results.can_grant or results.outcome is not Outcome.CLEAR):
        fix = "every gate must be clear; decide `granted` or `denied` where an authorisation is needed"
        raise GateShutError(case_id, outcome.value, results, fix)
    if outcome is Status.PROHIBITED and results.outcome is not Outcome.PROHIBITED:
        raise GateShutError(case_id, outcome.value, results, "no gate is shut; decide `denied` with reasons")


def check_export(case: GateCase, status: Status, day: date, step: str = "exported") -> None:
    """Raise GateShutError if a gate is shut for a granted licence on `day`."""
    results = before_export(gates(case, day))
    if status in GRANTS and not results.can_grant:
        raise GateShutError(
            case.application.id, step, results, "an act or a listing came between; assess the case again"
        )


def before_export(results: Gates) -> Gates:
    """Return the gates that are asked again on the day of the export."""
    return Gates(results.day, tuple(answer for answer in results.answers if answer.gate in BEFORE_EXPORT))
