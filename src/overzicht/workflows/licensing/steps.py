"""The officer's steps: weigh, consult, decide; each is kept as made, in the order of the law."""

from dataclasses import asdict, dataclass
from datetime import date

from overzicht.errors import EXIT_INPUT, OverzichtError, UnknownNameError
from overzicht.evidence.actor import Actor
from overzicht.exportcontrol.denials.consultation import (
    REPLIES,
    ConsultationStatus,
    Ground,
    Reply,
    last_day,
    longest_extension,
)
from overzicht.exportcontrol.denials.model import years_later
from overzicht.exportcontrol.licensing.model import FactName, StatedFact
from overzicht.exportcontrol.licensing.states import DECISIONS, GRANTS, NOTIFIED, Status, check_step
from overzicht.exportcontrol.licensing.weighing import CriterionRecord
from overzicht.exportcontrol.workingdays import Reading
from overzicht.store import decisions
from overzicht.store.control import denials, licences
from overzicht.store.control.denials import Purpose
from overzicht.store.database import Store
from overzicht.workflows.licensing.cases import CaseView, Standpoint, denial_register, view_case
from overzicht.workflows.licensing.screening import list_versions

NORMAL_YEARS = {"individual": 2, "global": 2, "large_project": 4}  # Article 12(3), unless decided otherwise
FIRST_DECISIONS = frozenset({Status.GRANTED, Status.GRANTED_WITH_CONDITIONS, Status.DENIED})


class DecisionNotReadyError(OverzichtError):
    """A decision was asked for before what the law asks first was done; the case stays as it is."""

    exit_code = EXIT_INPUT
    slug = "decision-not-ready"

    def __init__(self, case_id: str, reasons: list[str], fix: str) -> None:
        super().__init__(f"case {case_id} cannot be decided yet: {'; '.join(reasons)}", fix=fix)


class ObjectionBindsError(OverzichtError):
    """A state in which the items are objected in time: no grant is possible (Article 14(1))."""

    exit_code = EXIT_INPUT
    slug = "objection-binds"

    def __init__(self, case_id: str, state: str) -> None:
        super().__init__(
            f"case {case_id} cannot be granted: {state} objected in time, and that binds (Article 14(1))",
            fix="deny it with reasons, or have the objection withdrawn and record that",
        )


@dataclass(frozen=True, slots=True)
class Decision:
    """What an officer decides, with reasons; `notice_reasons` are owed for a grant against an answer."""

    outcome: Status
    reasons: str
    conditions: tuple[str, ...] = ()
    valid_until: date | None = None
    notice_reasons: str = ""


@dataclass(frozen=True, slots=True)
class Extension:
    """More time that both states agreed for an answer: of which state, on which ground, until when."""

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
    """Keep the records of Article 15, match the denials, return the case; its status follows what is open."""
    view = view_case(store, case_id, actor.day)
    now = view.case.status
    wanted = Status.CONSULTING if _is_waiting(view) else Status.ASSESSED
    check_step(case_id, now, wanted)
    with store.writing(actor.name, actor.at) as tx:
        for record in records:
            licences.add_event(tx, case_id, "criterion", actor.day, record.model_dump(mode="json"))
        met = {one.denial.id: one.kind.value for one in view.matches}
        matching = {"register": denial_register(store, actor.day), "matches": met}
        licences.add_event(tx, case_id, "denial matching", actor.day, matching)
        shown = [one.denial for one in view.matches]
        denials.note_reading(tx, shown, actor.day, Purpose.ASSESSMENT, case_id)
        licences.set_status(tx, view.case, wanted, actor.day, {})
    return view_case(store, case_id, actor.day)


def _is_waiting(view: CaseView) -> bool:
    return bool(view.to_consult) or any(one.standing is ConsultationStatus.OPEN for one in view.consultations)


def ask_state(store: Store, case_id: str, state: str, ground: Ground, actor: Actor) -> CaseView:
    """Write down that a state was consulted; UnknownNameError where that state need not be asked."""
    view = view_case(store, case_id, actor.day)
    wanted = [one for one in view.to_consult if (one.state, one.ground) == (state, ground)]
    if not wanted:
        known = tuple(f"{one.state} ({one.ground.value})" for one in view.to_consult)
        raise UnknownNameError("consultation to ask", f"{state} ({ground.value})", known)
    payload = {"step": "ask", "state": state, "ground": ground.value, "denials": list(wanted[0].denials)}
    with store.writing(actor.name, actor.at) as tx:
        licences.add_event(tx, case_id, "consultation", actor.day, payload)
        due = wanted[0].clock.due if wanted[0].clock else None
        title = f"answer of {state} due ({ground.value}, case {case_id})"
        decisions.open_task(tx, f"licence:{case_id}", title, due=due)
    return view_case(store, case_id, actor.day)


def record_reply(store: Store, case_id: str, state: str, reply: Reply, actor: Actor) -> CaseView:
    """Write down the answer of a state; its ground follows from the words of the answer."""
    ground = next(ground for ground, replies in REPLIES.items() if reply in replies)
    _standpoint(store, case_id, state, ground, actor.day)
    payload = {"step": "reply", "state": state, "ground": ground.value, "reply": reply.value}
    return _record(store, case_id, "consultation", payload, actor)


def _record(store: Store, case_id: str, kind: str, payload: dict[str, str], actor: Actor) -> CaseView:
    with store.writing(actor.name, actor.at) as tx:
        licences.add_event(tx, case_id, kind, actor.day, payload)
    return view_case(store, case_id, actor.day)


def record_extension(store: Store, case_id: str, extension: Extension, actor: Actor) -> CaseView:
    """Write down an agreed extension; DecisionNotReadyError past the longest day of the wider reading."""
    state, ground, until = extension.state, extension.ground, extension.until
    standpoint = _standpoint(store, case_id, state, ground, actor.day)
    clock = standpoint.clock
    longest = longest_extension(clock, Reading.ADDED) if clock else None
    if clock is None or longest is None or until > longest:
        raise DecisionNotReadyError(
            case_id,
            [f"an extension to {until} is longer than any reading of the article"],
            f"at most {longest}",
        )
    if actor.day > last_day(standpoint.consultation, clock):
        reason = f"the answer of {state} was due on {clock.due}; an extension comes too late"
        raise DecisionNotReadyError(case_id, [reason], "silence has counted")
    payload = {"step": "extend", "state": state, "ground": ground.value, "until": until.isoformat()}
    return _record(store, case_id, "consultation", payload, actor)


def _standpoint(store: Store, case_id: str, state: str, ground: Ground, day: date) -> Standpoint:
    view = view_case(store, case_id, day)
    for one in view.consultations:
        if (one.consultation.state, one.consultation.ground) == (state, ground):
            return one
    known = tuple(f"{o.consultation.state} ({o.consultation.ground.value})" for o in view.consultations)
    raise UnknownNameError("consultation", f"{state} ({ground.value})", known)


def state_fact(store: Store, case_id: str, name: FactName, fact: StatedFact, actor: Actor) -> CaseView:
    """Keep a fact about a case that somebody states after the filing; what was filed stays as it was."""
    with store.reading() as connection:
        licences.get_case(connection, case_id)
    payload = {"name": name.value, "answer": fact.answer, "source": fact.source, "note": fact.note}
    return _record(store, case_id, "fact", payload, actor)


def judge_match(store: Store, case_id: str, verdict: MatchVerdict, actor: Actor) -> CaseView:
    """Keep a person's verdict on a possible match; the last counts."""
    view = view_case(store, case_id, actor.day)
    known = tuple(one.denial.id for one in view.matches)
    if verdict.denial not in known:
        raise UnknownNameError("match with denial", verdict.denial, known)
    return _record(store, case_id, "match verdict", asdict(verdict), actor)


def decide_case(store: Store, case_id: str, actor: Actor, decision: Decision) -> CaseView:
    """Keep an officer's decision with its reasons; nothing is decided by the records themselves.

    StepNotPossibleError, DecisionNotReadyError or ObjectionBindsError leave the case as it is.
    """
    if decision.outcome not in DECISIONS:
        raise UnknownNameError("decision", decision.outcome.value, tuple(one.value for one in DECISIONS))
    if not decision.reasons.strip():
        raise DecisionNotReadyError(
            case_id, ["a decision without reasons is none"], "give them with --reason"
        )
    view = view_case(store, case_id, actor.day)
    check_step(case_id, view.case.status, decision.outcome)
    if decision.outcome in FIRST_DECISIONS and view.case.status is Status.ASSESSED:
        _check_ready(store, view, decision)
    application = view.application
    until = decision.valid_until or years_later(actor.day, NORMAL_YEARS[application.kind])
    payload = {
        "reasons": decision.reasons,
        "conditions": list(decision.conditions),
        "valid_until": until.isoformat() if decision.outcome in GRANTS else "",
        "notice_reasons": decision.notice_reasons,
        "suggestion": view.suggestion.leaning.value,
        "way": view.checklist.way.value,
    }
    with store.writing(actor.name, actor.at) as tx:
        licences.set_status(tx, view.case, decision.outcome, actor.day, payload)
        for title in _tasks(view, decision):
            decisions.open_task(tx, f"licence:{case_id}", title)
    return view_case(store, case_id, actor.day)


def _tasks(view: CaseView, decision: Decision) -> list[str]:
    case_id = view.application.id
    tasks = []
    if decision.outcome in NOTIFIED:
        what = decision.outcome.value
        tasks.append(f"notify the member states and the Commission: {what} (Article 16(1), {case_id})")
    if decision.outcome in GRANTS and _contradicted(view):
        tasks.append(f"notify all member states and the Commission why (Article 16(5), {case_id})")
    return tasks


def _contradicted(view: CaseView) -> list[str]:
    """Return the states that called the transaction essentially identical."""
    return [
        one.consultation.state for one in view.consultations if one.standing is ConsultationStatus.IDENTICAL
    ]


def _check_ready(store: Store, view: CaseView, decision: Decision) -> None:
    case_id = view.application.id
    reasons = []
    if view.screening is None or view.screening.versions != list_versions(store):
        reasons.append("a list has changed since the parties were screened")
    matching = view.case.of_kind("denial matching")
    if not matching or matching[-1].payload["register"] != denial_register(store, view.day):
        reasons.append("the denials have changed since they were matched")
    reasons += [f"{one.state} has to be consulted first ({one.ground.value})" for one in view.to_consult]
    reasons += [
        f"{one.consultation.state} may still answer until {last_day(one.consultation, one.clock)}"
        for one in view.consultations
        if one.standing is ConsultationStatus.OPEN and one.clock is not None
    ]
    if reasons:
        fix = "licence screen, licence assess and licence consult do what is missing"
        raise DecisionNotReadyError(case_id, reasons, fix)
    if decision.outcome in GRANTS:
        _check_grant(view, decision)


def _check_grant(view: CaseView, decision: Decision) -> None:
    case_id = view.application.id
    for one in view.consultations:
        if one.standing is ConsultationStatus.OBJECTION:
            raise ObjectionBindsError(case_id, one.consultation.state)
    against = _contradicted(view)
    if against and not decision.notice_reasons.strip():
        raise DecisionNotReadyError(
            case_id,
            [f"{', '.join(against)} called it essentially identical; a grant is notified with reasons"],
            "give the reasons of the notice with --notice-reasons, or deny",
        )
