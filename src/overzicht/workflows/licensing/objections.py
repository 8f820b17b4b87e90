"""The steps of an objection against a decision on a case: recorded by officers, checked by the law."""

from dataclasses import dataclass
from datetime import date

from overzicht.errors import EXIT_INPUT, OverzichtError, UnknownNameError
from overzicht.evidence.actor import Actor
from overzicht.exportcontrol.licensing.objections import (
    Objection,
    ObjectionOutcome,
    ObjectionStep,
    problems_of,
)
from overzicht.exportcontrol.licensing.terms import STATE
from overzicht.store.control import licences
from overzicht.store.database import Store
from overzicht.workflows.licensing.cases import CaseView, view_case
from overzicht.workflows.licensing.deadlines import keep_deadline
from overzicht.workflows.licensing.office import OBJECTION, decisions_of
from overzicht.workflows.licensing.steps import DecisionNotReadyError


class OwnDecisionError(OverzichtError):
    """The officer who took a decision cannot decide on an objection against it (Awb 10:3(3))."""

    exit_code = EXIT_INPUT
    slug = "own-decision"

    def __init__(self, case_id: str, actor: str) -> None:
        super().__init__(
            f"{actor} took the decision on case {case_id}, and cannot decide on an objection against it",
            fix="ask another officer to decide on the objection (Awb 10:3(3))",
        )


@dataclass(frozen=True, slots=True)
class ObjectionRecord:
    """What a person records about an objection: a step, and the fields that it needs.

    `number` is 0 for the newest objection. `reason` is the grounds, the ground for no hearing, or the reasons
    of the decision.
    """

    step: ObjectionStep
    party: str = ""
    reason: str = ""
    until: date | None = None
    outcome: ObjectionOutcome | None = None
    agreed: bool = False
    number: int = 0


def record_objection(store: Store, case_id: str, record: ObjectionRecord, actor: Actor) -> CaseView:
    """Record a step of an objection on the actor's date; an error keeps the case as it is."""
    view = view_case(store, case_id, actor.day)
    if view.application.issuing_state != STATE:
        reason = f"the law on objections of {view.application.issuing_state} is not included"
        raise DecisionNotReadyError(case_id, [reason], "follow them outside this product")
    objections = view.office.objections
    if record.step is ObjectionStep.RECEIVED:
        number = len(objections) + 1
        _check_new(view, record)
    else:
        objection = _chosen(objections, record.number)
        number = objection.number
        _check_step(view, objection, record, actor)
    payload = {**_fields(record), "number": number, "step": record.step.value, "party": record.party.strip()}
    with store.writing(actor.name, actor.at) as tx:
        licences.add_event(tx, case_id, OBJECTION, actor.day, payload)
        keep_deadline(tx, case_id, actor.day)
    return view_case(store, case_id, actor.day)


def _fields(record: ObjectionRecord) -> dict[str, object]:
    return {
        "reason": record.reason.strip(),
        "until": record.until.isoformat() if record.until else "",
        "outcome": record.outcome.value if record.outcome else "",
        "agreed": record.agreed,
    }


def _check_new(view: CaseView, record: ObjectionRecord) -> None:
    case_id = view.application.id
    if not decisions_of(view.case):
        raise DecisionNotReadyError(case_id, [f"it is {view.case.status}, not decided"], "decide it first")
    if not record.party.strip() or not record.reason.strip():
        raise DecisionNotReadyError(
            case_id, ["an objection needs the objector and the grounds"], "give --party and --reason"
        )


def _chosen(objections: tuple[Objection, ...], number: int) -> Objection:
    known = {objection.number: objection for objection in objections}
    chosen = number or max(known, default=0)
    if chosen not in known:
        raise UnknownNameError("objection", str(chosen), tuple(map(str, known)))
    return known[chosen]


def _check_step(view: CaseView, objection: Objection, record: ObjectionRecord, actor: Actor) -> None:
    case_id = view.application.id
    problems = list(problems_of(objection, record.step, actor.day, _fields(record)))
    if problems:
        reasons, fixes = zip(*problems, strict=True)
        raise DecisionNotReadyError(case_id, list(reasons), "; ".join(fixes))
    if record.step is ObjectionStep.DECIDED:
        taken = [event for event in decisions_of(view.case) if event.day == objection.decision_of]
        names = {event.actor.strip().casefold() for event in taken}
        if actor.name.strip().casefold() in names:
            raise OwnDecisionError(case_id, actor.name)
