"""The officer's steps in the order of the law: assess, consult, decide; each is recorded."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import Connection

from overzicht.errors import OverzichtError, UnknownNameError
from overzicht.evidence import Text, text
from overzicht.evidence.actor import Actor
from overzicht.evidence.phrases import SEMICOLONS, joined
from overzicht.law.working_days import Reading
from overzicht.store import decisions
from overzicht.store.database import Store
from overzicht.store.register.subjects import CASES
from overzicht.subjects.licensing import case_records as licences
from overzicht.subjects.licensing import denials_records as denials
from overzicht.subjects.licensing.case_records import StoredCase
from overzicht.subjects.licensing.cases import (
    CaseView,
    ConsultationView,
    denial_register,
    register_in,
    view_case,
)
from overzicht.subjects.licensing.consultation import (
    REPLIES,
    ConsultationStatus,
    Ground,
    Reply,
    last_day,
    longest_extension,
)
from overzicht.subjects.licensing.denial_model import years_later
from overzicht.subjects.licensing.denials_records import Purpose
from overzicht.subjects.licensing.eyes import check_other_eyes
from overzicht.subjects.licensing.gates.model import Derogation, LegalGate
from overzicht.subjects.licensing.gating import (
    ACCEPTANCE,
    CONFIRMATION,
    DEROGATION,
    check_decision,
    check_export,
    derogations_of,
)
from overzicht.subjects.licensing.model import FactName, StatedFact
from overzicht.subjects.licensing.office_workflow import keep_deadline
from overzicht.subjects.licensing.screening import is_stale, versions_in
from overzicht.subjects.licensing.states import DECISIONS, GRANTS, NOTIFIED, Status, check_step
from overzicht.subjects.licensing.weighing import CriterionRecord

CHANGED_LIST = "a list changed after the screening of the parties"
NORMAL_YEARS = {"individual": 2, "global": 2, "large_project": 4}  # Article 12(3), unless decided otherwise
FIRST_DECISIONS = frozenset(
    {Status.GRANTED, Status.GRANTED_WITH_CONDITIONS, Status.DENIED, Status.NOT_NEEDED}
)


class DecisionNotReadyError(OverzichtError):
    """A step that the law requires before the decision is missing; the case does not change."""

    def __init__(self, case_id: str, reasons: Sequence[str | Text], fix: str) -> None:
        given = "; ".join(map(str, reasons))
        super().__init__(f"case {case_id} cannot be decided yet: {given}", fix=fix)
        sentences = [reason for reason in reasons if isinstance(reason, Text)]
        if sentences and len(sentences) == len(reasons):
            why = joined(sentences, SEMICOLONS)
            self.sentence = text("case {case_id} cannot be decided yet: {why}", case_id=case_id, why=why)


class ObjectionBindsError(OverzichtError):
    """The state in which the items are located objected in time: no grant is possible (Article 14(1))."""

    def __init__(self, case_id: str, state: str) -> None:
        super().__init__(
            f"case {case_id} cannot be granted: {state} objected in time, which is binding (Article 14(1))",
            fix="deny it with reasons, or record that the objection was withdrawn",
        )


class SameOfficerError(OverzichtError):
    """The officer who recorded a derogation cannot accept it; nothing was changed."""

    def __init__(self, case_id: str, document: str, actor: str) -> None:
        super().__init__(
            f"case {case_id}: {actor} recorded {document}, and therefore cannot accept it",
            fix="ask another officer to accept it",
        )


@dataclass(frozen=True, slots=True)
class Decision:
    """An officer's decision with reasons; `notice_reasons` are required for a grant against an answer."""

    outcome: Status
    reasons: str
    conditions: tuple[str, ...] = ()
    valid_until: date | None = None
    notice_reasons: str = ""


@dataclass(frozen=True, slots=True)
class Extension:
    """More time that both states agreed for an answer: the state, the ground, and the new end date."""

    state: str
    ground: Ground
    until: date


@dataclass(frozen=True, slots=True)
class MatchVerdict:
    """A person's verdict on the match of a case with a denial: `same` or `different`, with a reason."""

    denial: str
    verdict: str
    reason: str


def assess_case(
    store: Store, case_id: str, actor: Actor, records: tuple[CriterionRecord, ...] = ()
) -> CaseView:
    """Record the assessment (Article 15), match the denials and return the case with its new status."""
    register = denial_register(store, actor.day)  # read before the matches: a later denial makes them old
    view = view_case(store, case_id, actor.day)
    is_waiting = view.to_consult or any(c.standing is ConsultationStatus.OPEN for c in view.consultations)
    status = Status.CONSULTING if is_waiting else Status.ASSESSED
    check_step(case_id, view.case.status, status)
    with licences.changing(store, view.case, actor) as tx:
        for record in records:
            licences.add_event(tx, case_id, "criterion", actor.day, record.model_dump(mode="json"))
        kinds = {match.denial.id: match.kind.value for match in view.matches}
        matching = {"register": register, "matches": kinds}
        licences.add_event(tx, case_id, "denial matching", actor.day, matching)
        shown = [match.denial for match in view.matches]
        denials.note_reading(tx, shown, actor.day, Purpose.ASSESSMENT, case_id)
        licences.set_status(tx, view.case, status, actor.day, {})
    return view_case(store, case_id, actor.day)


def ask_state(store: Store, case_id: str, state: str, ground: Ground, actor: Actor) -> CaseView:
    """Record that a state was consulted; UnknownNameError if it need not be consulted."""
    view = view_case(store, case_id, actor.day)
    by_state = {(due.state, due.ground): due for due in view.to_consult}
    if (state, ground) not in by_state:
        known = tuple(f"{due.state} ({due.ground.value})" for due in view.to_consult)
        raise UnknownNameError("consultation to ask", f"{state} ({ground.value})", known)
    due = by_state[state, ground]
    payload = {"step": "ask", "state": state, "ground": ground.value, "denials": list(due.denials)}
    with licences.changing(store, view.case, actor) as tx:
        licences.add_event(tx, case_id, "consultation", actor.day, payload)
        title = f"answer of {state} due ({ground.value}, case {case_id})"
        decisions.open_task(tx, CASES + case_id, title, due=due.clock.due if due.clock else None)
    return view_case(store, case_id, actor.day)


def record_reply(store: Store, case_id: str, state: str, reply: Reply, actor: Actor) -> CaseView:
    """Record the answer of a state; its ground follows from the kind of answer."""
    ground = next(ground for ground, replies in REPLIES.items() if reply in replies)
    view = view_case(store, case_id, actor.day)
    _consultation(view, state, ground)
    payload = {"step": "reply", "state": state, "ground": ground.value, "reply": reply.value}
    return record_event(store, view.case, "consultation", payload, actor)


def record_event(
    store: Store, case: StoredCase, kind: str, payload: dict[str, Any], actor: Actor
) -> CaseView:
    """Record an event of a case that was checked, and return the case after it."""
    case_id = case.application.id
    with licences.changing(store, case, actor) as tx:
        licences.add_event(tx, case_id, kind, actor.day, payload)
    return view_case(store, case_id, actor.day)


def record_extension(store: Store, case_id: str, extension: Extension, actor: Actor) -> CaseView:
    """Record an agreed extension; DecisionNotReadyError if it is longer than the article allows."""
    state, ground, until = extension.state, extension.ground, extension.until
    view = view_case(store, case_id, actor.day)
    consultation = _consultation(view, state, ground)
    clock = consultation.clock
    longest = longest_extension(clock, Reading.ADDED) if clock else None
    if clock is None or longest is None or until > longest:
        raise DecisionNotReadyError(
            case_id,
            [f"an extension to {until} is longer than any reading of the article"],
            f"give a date until {longest}",
        )
    if actor.day > last_day(consultation.consultation, clock):
        reason = f"the answer of {state} was due on {clock.due}; an extension is no longer possible"
        raise DecisionNotReadyError(case_id, [reason], "continue without the answer")
    payload = {"step": "extend", "state": state, "ground": ground.value, "until": until.isoformat()}
    return record_event(store, view.case, "consultation", payload, actor)


def _consultation(view: CaseView, state: str, ground: Ground) -> ConsultationView:
    for consultation in view.consultations:
        if (consultation.consultation.state, consultation.consultation.ground) == (state, ground):
            return consultation
    known = tuple(f"{o.consultation.state} ({o.consultation.ground.value})" for o in view.consultations)
    raise UnknownNameError("consultation", f"{state} ({ground.value})", known)


def state_fact(store: Store, case_id: str, name: FactName, fact: StatedFact, actor: Actor) -> CaseView:
    """Record a fact that somebody states about a case after its submission; the application remains."""
    with store.reading() as connection:
        case = licences.get_case(connection, case_id)
    payload = {"name": name.value, "answer": fact.answer, "source": fact.source, "note": fact.note}
    return record_event(store, case, "fact", payload, actor)


def confirm_question(
    store: Store, case_id: str, answer: tuple[str, Literal["yes", "no"], str], actor: Actor
) -> CaseView:
    """Record a person's answer (key, yes or no, source) to an open question of a gate."""
    if not answer[2].strip():
        raise DecisionNotReadyError(case_id, ["an answer needs a source"], "give it with --source")
    view = view_case(store, case_id, actor.day)
    key, holds, source = answer
    known = tuple(question.key for question in view.gates.questions)
    if key not in known:
        raise UnknownNameError("open question", key, known)
    kind, _, name = key.partition(":")
    if kind == "fact":
        fact = {"name": name, "answer": holds, "source": source, "note": ""}
        return record_event(store, view.case, "fact", fact, actor)
    if kind == "denial":
        verdict = MatchVerdict(name, "same" if holds == "yes" else "different", source)
        return record_event(store, view.case, "match verdict", asdict(verdict), actor)
    payload = {"key": key, "answer": holds, "source": source}
    return record_event(store, view.case, CONFIRMATION, payload, actor)


def file_derogation(store: Store, case_id: str, record: Derogation, actor: Actor) -> CaseView:
    """Record a derogation as its first officer, who checked the document."""
    case = view_case(store, case_id, actor.day).case
    return record_event(store, case, DEROGATION, record.model_dump(mode="json"), actor)


def accept_derogation(store: Store, case_id: str, document: str, actor: Actor) -> CaseView:
    """Record that a second officer accepts a derogation.

    UnknownNameError for another document, SameOfficerError for its first officer.
    """
    case = view_case(store, case_id, actor.day).case
    checkers = {stored.record.document: stored.checked_by for stored in derogations_of(case)}
    if document not in checkers:
        raise UnknownNameError("derogation", document, tuple(checkers))
    if checkers[document].strip().casefold() == actor.name.strip().casefold():
        raise SameOfficerError(case_id, document, actor.name)
    return record_event(store, case, ACCEPTANCE, {"document": document}, actor)


def judge_match(store: Store, case_id: str, verdict: MatchVerdict, actor: Actor) -> CaseView:
    """Record a person's verdict on a possible match; the last one counts."""
    view = view_case(store, case_id, actor.day)
    known = tuple(match.denial.id for match in view.matches)
    if verdict.denial not in known:
        raise UnknownNameError("match with denial", verdict.denial, known)
    return record_event(store, view.case, "match verdict", asdict(verdict), actor)


def decide_case(store: Store, case_id: str, actor: Actor, decision: Decision) -> CaseView:
    """Record an officer's decision with its reasons; a case is never decided automatically.

    Nobody who assessed the case decides it (FourEyesError). After StepNotPossibleError, DecisionNotReadyError
    or ObjectionBindsError the case does not change.
    """
    if decision.outcome not in DECISIONS:
        raise UnknownNameError("decision", decision.outcome.value, tuple(known.value for known in DECISIONS))
    if not decision.reasons.strip():
        raise DecisionNotReadyError(case_id, ["reasons are required"], "give them with --reason")
    view = view_case(store, case_id, actor.day)
    check_step(case_id, view.case.status, decision.outcome)
    check_other_eyes(view.case, actor.name)
    application = view.application
    until = decision.valid_until or years_later(actor.day, NORMAL_YEARS[application.kind])
    payload = {
        "reasons": decision.reasons,
        "conditions": list(decision.conditions),
        "valid_until": until.isoformat() if decision.outcome in GRANTS else "",
        "notice_reasons": decision.notice_reasons,
        "suggestion": view.suggestion.leaning.value,
        "way": view.checklist.way.value,
        "gates": {gate.value: view.gates.of(gate).value for gate in LegalGate},
    }
    with licences.changing(store, view.case, actor) as tx:
        if decision.outcome in FIRST_DECISIONS and view.case.status is Status.ASSESSED:
            connection = tx.connection
            ready_case_id = view.application.id
            reasons = []
            if is_stale(view.case, versions_in(connection)):
                reasons.append(CHANGED_LIST)
            matching = view.case.of_kind("denial matching")
            if not matching or matching[-1].payload["register"] != register_in(connection, view.day):
                reasons.append("the denials changed after they were matched")
            reasons += [
                f"{due.state} has to be consulted first ({due.ground.value})" for due in view.to_consult
            ]
            reasons += [
                f"{asked_state.consultation.state} may still answer until "
                f"{last_day(asked_state.consultation, asked_state.clock)}"
                for asked_state in view.consultations
                if asked_state.standing is ConsultationStatus.OPEN and asked_state.clock is not None
            ]
            if reasons:
                fix = "run licence screen, licence assess and licence consult for the missing steps"
                raise DecisionNotReadyError(ready_case_id, reasons, fix)
            if decision.outcome in GRANTS:
                _check_grant(view, decision)
        check_decision(view.gate_case, decision.outcome, actor.day, decision.notice_reasons)
        licences.set_status(tx, view.case, decision.outcome, actor.day, payload)
        keep_deadline(tx, case_id, actor.day)
        subject, outcome = CASES + case_id, decision.outcome
        if outcome in NOTIFIED:
            title = "notify the member states and the Commission"
            decisions.open_task(tx, subject, f"{title}: {outcome.value} (Article 16(1), {case_id})")
        if outcome in GRANTS and _contradicted(view):
            title = "notify all member states and the Commission of the reasons"
            decisions.open_task(tx, subject, f"{title} (Article 16(5), {case_id})")
    return view_case(store, case_id, actor.day)


def check_for_export(store: Store, case_id: str, actor: Actor) -> CaseView:
    """Check a granted licence on the day of the export, and record the check.

    GateShutError if an act or a listing came between; a task asks to assess the case again.
    """
    view = view_case(store, case_id, actor.day)
    if view.case.status not in GRANTS:
        raise DecisionNotReadyError(
            case_id, [f"the case is {view.case.status}, not granted"], "decide it first"
        )
    payload = {"can_export": not view.is_reopened, "outcome": view.gates.outcome.value}
    with licences.changing(store, view.case, actor) as tx:
        check_lists(tx.connection, view)
        licences.add_event(tx, case_id, "export check", actor.day, payload)
        if view.is_reopened:
            decisions.open_task_once(
                tx, CASES + case_id, f"a gate shut after the grant: assess {case_id} again"
            )
    check_export(view.gate_case, view.case.status, actor.day)
    return view_case(store, case_id, actor.day)


def check_lists(connection: Connection, view: CaseView) -> None:
    """Raise DecisionNotReadyError if a list changed after the screening of a case."""
    if is_stale(view.case, versions_in(connection)):
        case_id = view.application.id
        raise DecisionNotReadyError(case_id, [CHANGED_LIST], f"run: overzicht licence screen {case_id}")


def _contradicted(view: CaseView) -> list[str]:
    """Return the states that called the transaction essentially identical."""
    return [
        consultation.consultation.state
        for consultation in view.consultations
        if consultation.standing is ConsultationStatus.IDENTICAL
    ]


def _check_grant(view: CaseView, decision: Decision) -> None:
    case_id = view.application.id
    for consultation in view.consultations:
        if consultation.standing is ConsultationStatus.OBJECTION:
            raise ObjectionBindsError(case_id, consultation.consultation.state)
    against = _contradicted(view)
    if against and not decision.notice_reasons.strip():
        raise DecisionNotReadyError(
            case_id,
            [f"{', '.join(against)} called it essentially identical; a grant needs a notice with reasons"],
            "give the reasons of the notice with --notice-reasons, or deny the licence",
        )
