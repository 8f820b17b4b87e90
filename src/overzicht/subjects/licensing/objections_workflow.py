"""The steps of an objection against a decision on a case: recorded by officers, checked by the law."""

from dataclasses import dataclass
from datetime import date

from overzicht.errors import OverzichtError
from overzicht.evidence import text
from overzicht.evidence.actor import Actor
from overzicht.store.database import Store
from overzicht.subjects.licensing import case_records as licences
from overzicht.subjects.licensing.case_records import StoredCase
from overzicht.subjects.licensing.cases import CaseView, view_case
from overzicht.subjects.licensing.objections import (
    Objection,
    ObjectionOutcome,
    ObjectionStep,
    chosen_objection,
    problems_of,
)
from overzicht.subjects.licensing.office_workflow import (
    OBJECTION,
    decisions_of,
    keep_deadline,
    objections_of,
)
from overzicht.subjects.licensing.steps import DecisionNotReadyError
from overzicht.subjects.licensing.terms import STATE


class OwnDecisionError(OverzichtError):
    """The officer who took a decision cannot decide on an objection against it (Awb 10:3(3))."""

    def __init__(self, case_id: str, actor: str) -> None:
        super().__init__(
            f"{actor} took the decision on case {case_id}, and cannot decide on an objection against it",
            fix="ask another officer to decide on the objection (Awb 10:3(3))",
        )


@dataclass(frozen=True, slots=True)
class ObjectionRecord:
    """What a person records about an objection: a step, and the fields that it needs.

    `number` is 0 for the newest objection, unless several are open. `reason` is the grounds, the ground for
    no hearing, or the reasons of the decision.
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
    with store.writing(actor.name, actor.at) as tx:
        # the case on `day`, read under the lock; an error if a later day has a step of an objection
        day = actor.day
        case = licences.get_case(tx.connection, case_id)
        if case.application.issuing_state != STATE:
            state = case.application.issuing_state
            reason = text("the law on objections of {state} is not included", state=state)
            raise DecisionNotReadyError(case_id, [reason], "follow them outside this product")
        last = max((event.day for event in case.of_kind(OBJECTION)), default=day)
        if last > day:
            reason = text("steps of objections until {last} are recorded", last=last)
            raise DecisionNotReadyError(case_id, [reason], "record them in order of date")
        case = case.as_known_on(day)
        objections = objections_of(case)
        if record.step is ObjectionStep.RECEIVED:
            number = len(objections) + 1
            _check_new(case, record)
        else:
            # raise DecisionNotReadyError for a step without a number while several objections are open
            waiting = [objection for objection in objections if objection.is_open]
            if record.number == 0 and len(waiting) > 1:
                shown = ", ".join(f"{objection.number} ({objection.party})" for objection in waiting)
                reason = text("several objections are open: {shown}", shown=shown)
                raise DecisionNotReadyError(case_id, [reason], "give its number with --number")
            objection = chosen_objection(objections, record.number)
            number = objection.number
            _check_step(case, objection, record, actor)
        step = {"number": number, "step": record.step.value, "party": record.party.strip()}
        licences.add_event(tx, case_id, OBJECTION, actor.day, {**_fields(record), **step})
        keep_deadline(tx, case_id, actor.day)
    return view_case(store, case_id, actor.day)


def _fields(record: ObjectionRecord) -> dict[str, object]:
    return {
        "reason": record.reason.strip(),
        "until": record.until.isoformat() if record.until else "",
        "outcome": record.outcome.value if record.outcome else "",
        "agreed": record.agreed,
    }


def _check_new(case: StoredCase, record: ObjectionRecord) -> None:
    case_id = case.application.id
    if not decisions_of(case):
        raise DecisionNotReadyError(
            case_id, [text("it is {status}, not decided", status=case.status.value)], "decide it first"
        )
    if not record.party.strip() or not record.reason.strip():
        raise DecisionNotReadyError(
            case_id, [text("an objection needs the objector and the grounds")], "give --party and --reason"
        )


def _check_step(case: StoredCase, objection: Objection, record: ObjectionRecord, actor: Actor) -> None:
    case_id = case.application.id
    problems = list(problems_of(objection, record.step, actor.day, _fields(record)))
    if problems:
        reasons, fixes = zip(*problems, strict=True)
        raise DecisionNotReadyError(case_id, reasons, "; ".join(map(str, fixes)))
    if record.step is ObjectionStep.DECIDED:
        taken = [event for event in decisions_of(case) if event.day == objection.decision_of]
        names = {event.actor.strip().casefold() for event in taken}
        if actor.name.strip().casefold() in names:
            raise OwnDecisionError(case_id, actor.name)
