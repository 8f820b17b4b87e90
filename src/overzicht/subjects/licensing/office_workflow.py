"""Records of the office on a case: terms with their tasks, attachments, conditions, shipments, notices."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from pydantic import computed_field

from overzicht.evidence import text
from overzicht.evidence.worded_enum import WordedEnum
from overzicht.store import decisions
from overzicht.store.database import Transaction
from overzicht.store.register.subjects import CASES
from overzicht.subjects.licensing import case_records as licences
from overzicht.subjects.licensing.case_records import CaseEvent, StoredCase
from overzicht.subjects.licensing.objections import Objection, ObjectionStep
from overzicht.subjects.licensing.shipments import Balance, Shipment, balances
from overzicht.subjects.licensing.states import DECIDED, GRANTS, Status
from overzicht.subjects.licensing.terms import (
    STATE,
    Extension,
    Supplement,
    Term,
    decision_term,
    objection_term,
)

ATTACHMENT, SHIPMENT, REVERSAL, CONDITION = "attachment", "shipment", "shipment reversed", "condition"
SUPPLEMENT, SUPPLEMENTED, EXTENSION, NOTICE = "supplement", "supplement received", "extension", "notice"
OBJECTION = "objection"
OPEN_EVENTS = frozenset(
    {ATTACHMENT, SHIPMENT, REVERSAL, CONDITION, SUPPLEMENT, SUPPLEMENTED, EXTENSION, OBJECTION}
)  # without confidential information


class AttachmentKind(WordedEnum):
    """Kinds of documents of a case."""

    END_USE_CERTIFICATE = "end-use-certificate", text("end-use certificate")
    CONTRACT = "contract", text("contract")
    SPECIFICATION = "specification", text("technical specification")
    CUSTOMS = "customs", text("customs or transport document")
    CORRESPONDENCE = "correspondence", text("correspondence")
    OTHER = "other", text("other document")


class ConditionState(WordedEnum):
    """Whether a condition of a licence is met."""

    OPEN = "open", text("open")
    MET = "met", text("met")
    BREACHED = "breached", text("breached")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document of a case; the file is stored under its hash, and `register verify` checks it."""

    kind: AttachmentKind
    filename: str
    sha256: str
    size_bytes: int
    note: str
    added_on: date
    by: str


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of the newest decision, numbered from 1, with what a person last recorded about it."""

    number: int
    sentence: str
    state: ConditionState = ConditionState.OPEN
    due: date | None = None
    source: str = ""
    by: str = ""

    def stops_shipments(self, day: date) -> bool:
        """Return whether nothing can leave on `day`: the condition is breached, or overdue."""
        is_overdue = self.state is ConditionState.OPEN and self.due is not None and self.due < day
        return is_overdue or self.state is ConditionState.BREACHED


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice to the Commission or a member state: about a document or decision, and its proof."""

    about: str
    recipient: str
    sent_on: date
    proof: str
    by: str


@dataclass(frozen=True, slots=True)
class OfficeView:
    """The records of the office on a case as of a date; `valid_until` is None without a licence."""

    terms: tuple[Term, ...]
    attachments: tuple[Attachment, ...]
    conditions: tuple[Condition, ...]
    shipments: tuple[Shipment, ...]
    balances: tuple[Balance, ...]
    notices: tuple[Notice, ...]
    supplements: tuple[Supplement, ...]
    objections: tuple[Objection, ...]
    valid_until: date | None

    @computed_field
    @property
    def is_overdue(self) -> bool:
        """Whether the term for the decision passed without one."""
        return any(term.is_overdue and term.met_on is None for term in self.terms[:1])


def office_view(case: StoredCase, day: date) -> OfficeView:
    """Return the records of the office in the events of a case."""
    shipments = shipments_of(case)
    is_granted = case.status in GRANTS
    supplements, objections = supplements_of(case), objections_of(case)
    return OfficeView(
        terms=(*_terms(case, supplements, day), *(objection.term(day) for objection in objections)),
        attachments=tuple(_attachment(event) for event in case.of_kind(ATTACHMENT)),
        conditions=conditions_of(case),
        shipments=shipments,
        balances=balances(case.application, shipments) if is_granted else (),
        notices=tuple(_notice(event) for event in case.of_kind(NOTICE)),
        supplements=supplements,
        objections=objections,
        valid_until=_valid_until(case) if is_granted else None,
    )


def _statuses(case: StoredCase, *statuses: Status) -> list[CaseEvent]:
    return [event for event in case.of_kind("status") if event.payload["to"] in statuses]


def _terms(case: StoredCase, supplements: tuple[Supplement, ...], day: date) -> tuple[Term, ...]:
    """Return the terms of Dutch law; empty for another state, whose law is not included."""
    filed = _statuses(case, Status.SUBMITTED)
    if case.application.issuing_state != STATE or not filed:
        return ()
    withdrawn, decided = _statuses(case, Status.WITHDRAWN), decisions_of(case)
    end = (decided or withdrawn)[:1]
    extended = case.of_kind(EXTENSION)
    extension = None
    if extended:
        data = extended[-1].payload
        extension = Extension(extended[-1].day, date.fromisoformat(data["until"]), data["reason"])
    first = decision_term(filed[-1].day, supplements, extension, end[0].day if end else None, day)
    return (first, objection_term(decided[-1].day, day)) if decided else (first,)


def decisions_of(case: StoredCase) -> list[CaseEvent]:
    """Return the decisions on the application, oldest first, without withdrawals."""
    return _statuses(case, *(status for status in DECIDED if status is not Status.WITHDRAWN))


def objections_of(case: StoredCase) -> tuple[Objection, ...]:
    """Return the objections against the decisions of a case, each with its steps, by number."""
    objections: dict[int, Objection] = {}
    for event in case.of_kind(OBJECTION):
        data, step, number = event.payload, ObjectionStep(event.payload["step"]), event.payload["number"]
        if step is ObjectionStep.RECEIVED:
            against = [decision.day for decision in decisions_of(case) if decision.id < event.id]
            objections[number] = Objection(number, data["party"], data["reason"], against[-1], event.day)
        else:
            objections[number] = objections[number].after(step, event.day, event.actor, data)
    return tuple(objection for _, objection in sorted(objections.items()))


def supplements_of(case: StoredCase) -> tuple[Supplement, ...]:
    """Return the requests to complete the application, oldest first."""
    supplements: list[Supplement] = []
    for event in case.events:
        if event.kind == SUPPLEMENT:
            until = date.fromisoformat(event.payload["until"])
            supplements.append(Supplement(event.day, until, event.payload["reason"]))
        elif event.kind == SUPPLEMENTED:
            supplements[-1] = replace(supplements[-1], received_on=event.day)
    return tuple(supplements)


def shipments_of(case: StoredCase) -> tuple[Shipment, ...]:
    """Return the shipments of a case, numbered from 1, reversed ones included."""
    shipments: list[Shipment] = []
    for event in case.events:
        data = event.payload
        if event.kind == SHIPMENT:
            amount = Decimal(data["amount"])
            shipments.append(
                Shipment(
                    len(shipments) + 1,
                    data["line"],
                    amount,
                    data["unit"],
                    data["document"],
                    event.day,
                    event.actor,
                )
            )
        elif event.kind == REVERSAL:
            index = data["number"] - 1
            shipments[index] = replace(shipments[index], reversed_on=event.day, reason=data["reason"])
    return tuple(shipments)


def conditions_of(case: StoredCase) -> tuple[Condition, ...]:
    """Return the conditions of the newest grant; records from before it do not count.

    A grant that ends a suspension keeps them, unless it names others.
    """
    conditions: dict[int, Condition] = {}
    for event in case.events:
        if event.kind == "status" and event.payload["to"] in GRANTS:
            named = event.payload.get("conditions", ())
            if named or event.payload["from"] != Status.SUSPENDED.value:
                conditions = {n: Condition(n, sentence) for n, sentence in enumerate(named, start=1)}
        elif event.kind == CONDITION:
            data, number = event.payload, event.payload["number"]
            conditions[number] = replace(
                conditions[number],
                state=ConditionState(data["state"]),
                due=date.fromisoformat(data["due"]) if data["due"] else conditions[number].due,
                source=data["source"],
                by=event.actor,
            )
    return tuple(conditions.values())


def _valid_until(case: StoredCase) -> date | None:
    granted = [event.payload.get("valid_until") for event in _statuses(case, *GRANTS)]
    return date.fromisoformat(granted[-1]) if granted and granted[-1] else None


def _attachment(event: CaseEvent) -> Attachment:
    data = event.payload
    return Attachment(
        AttachmentKind(data["kind"]),
        data["filename"],
        data["sha256"],
        data["size_bytes"],
        data["note"],
        event.day,
        event.actor,
    )


def _notice(event: CaseEvent) -> Notice:
    data = event.payload
    return Notice(data["about"], data["recipient"], event.day, data["proof"], event.actor)


def keep_deadline(tx: Transaction, case_id: str, day: date) -> None:
    """Update the tasks of a case: open them, move them with the term, and close them after the decision."""
    office = office_view(licences.get_case(tx.connection, case_id).as_known_on(day), day)
    terms = office.terms
    for objection in office.objections:
        term = objection.term(day)
        _keep(tx, case_id, f"decide on objection {objection.number} in {case_id} (Awb 7:10)", term)
    if terms:
        _keep(tx, case_id, f"decide on {case_id} (Awb 4:13)", terms[0])


def _keep(tx: Transaction, case_id: str, title: str, term: Term) -> None:
    if term.met_on is None:
        decisions.open_task_once(tx, CASES + case_id, title, due=term.due)
        return
    for task in decisions.tasks_about(tx.connection, CASES + case_id):
        if task.title == title and not task.closed_at:
            decisions.close_task(tx, task.id, f"decided on {term.met_on}")
