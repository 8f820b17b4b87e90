"""The steps of the office on a case: terms, attachments, conditions, shipments and notices."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from overzicht.errors import InputFileError, UnknownNameError
from overzicht.evidence import text
from overzicht.evidence.actor import Actor
from overzicht.kit.ask import Ask
from overzicht.store import snapshots
from overzicht.store.database import Store, Transaction
from overzicht.subjects.licensing import case_records as licences
from overzicht.subjects.licensing import office_workflow as office
from overzicht.subjects.licensing.case_records import StoredCase
from overzicht.subjects.licensing.cases import CaseView, view_case
from overzicht.subjects.licensing.office_workflow import (
    AttachmentKind,
    ConditionState,
    OfficeView,
    keep_deadline,
)
from overzicht.subjects.licensing.shipments import (
    Shipment,
    ShipmentError,
    check_reversal,
    check_shipment,
)
from overzicht.subjects.licensing.states import LEFT_OPEN
from overzicht.subjects.licensing.steps import (
    DecisionNotReadyError,
    check_lists,
    export,
    record_event,
)
from overzicht.subjects.licensing.terms import STATE

LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class ConditionRecord:
    """What a person records about a condition: its state, and a due date or a source."""

    number: int
    state: ConditionState
    source: str = ""
    due: date | None = None


def attach(
    store: Store, case_id: str, kind: AttachmentKind, content: tuple[str, bytes], note: str, actor: Actor
) -> CaseView:
    """Store a document (file name and bytes) of a case under its hash; InputFileError if it is empty."""
    name, raw = content
    if not raw:
        raise InputFileError(name, "the file is empty", fix="give the document itself")
    payload = {
        "kind": kind.value,
        "filename": name[-LONGEST_NAME:],
        "sha256": hashlib.sha256(raw).hexdigest(),
        "size_bytes": len(raw),
        "note": note,
    }
    with store.writing(actor.name, actor.at) as tx:
        licences.case_on(tx.connection, case_id, actor.day)
        snapshots.keep_bytes(store.folder, raw)
        licences.add_event(tx, case_id, office.ATTACHMENT, actor.day, payload)
    return view_case(store, case_id, actor.day)


def request_supplement(store: Store, case_id: str, until: date, reason: str, actor: Actor) -> CaseView:
    """Record that the applicant was asked to complete the application by a date (Awb 4:5, 4:15)."""
    if until <= actor.day:
        raise DecisionNotReadyError(case_id, [f"{until} is not after the request"], "give a later date")
    payload = {"until": until.isoformat(), "reason": _given(case_id, reason)}
    with _recording_term(store, case_id, office.SUPPLEMENT, payload, actor) as records:
        if any(supplement.is_waiting(actor.day) for supplement in records.supplements):
            raise DecisionNotReadyError(
                case_id, ["the applicant was asked already"], "record first what the applicant sent"
            )
    return view_case(store, case_id, actor.day)


def receive_supplement(store: Store, case_id: str, actor: Actor) -> CaseView:
    """Record that the applicant completed the application; the term runs on."""
    with _recording_term(store, case_id, office.SUPPLEMENTED, {}, actor) as records:
        if not any(supplement.received_on is None for supplement in records.supplements[-1:]):
            raise DecisionNotReadyError(
                case_id, ["no request to the applicant is open"], "record the request"
            )
    return view_case(store, case_id, actor.day)


def extend_term(store: Store, case_id: str, until: date, reason: str, actor: Actor) -> CaseView:
    """Record that the authority named a longer term to the applicant, within the term (Awb 4:14)."""
    payload = {"until": until.isoformat(), "reason": _given(case_id, reason)}
    with _recording_term(store, case_id, office.EXTENSION, payload, actor) as records:
        term = records.terms[0]
        if term.is_overdue:
            raise DecisionNotReadyError(case_id, [f"the term ended on {term.due}"], "decide the case")
        if until <= term.due:
            raise DecisionNotReadyError(case_id, [f"{until} is not after {term.due}"], "name a later date")
    return view_case(store, case_id, actor.day)


@contextmanager
def _recording_term(
    store: Store, case_id: str, kind: str, payload: dict[str, Any], actor: Actor
) -> Iterator[OfficeView]:
    """Yield the records of a case that waits for a decision under Dutch law, read under the lock.

    The event is recorded after the block. DecisionNotReadyError for another case.
    """
    with store.writing(actor.name, actor.at) as tx:
        case = licences.case_on(tx.connection, case_id, actor.day)
        if case.application.issuing_state != STATE:
            reason = f"the terms of {case.application.issuing_state} are not included"
            raise DecisionNotReadyError(case_id, [reason], "follow them outside this product")
        if case.status not in LEFT_OPEN:
            raise DecisionNotReadyError(
                case_id, [f"the case is {case.status}"], "submit it, or assess it again"
            )
        yield office.office_view(case, actor.day)
        licences.add_event(tx, case_id, kind, actor.day, payload)
        keep_deadline(tx, case_id, actor.day)


def _given(case_id: str, reason: str) -> str:
    if not reason.strip():
        raise DecisionNotReadyError(case_id, ["a reason is required"], "give it with --reason")
    return reason


def record_condition(store: Store, case_id: str, record: ConditionRecord, actor: Actor) -> CaseView:
    """Record whether a condition of a licence is met; UnknownNameError for another number."""
    view = view_case(store, case_id, actor.day)
    known = tuple(str(condition.number) for condition in view.office.conditions)
    if str(record.number) not in known:
        raise UnknownNameError("condition", str(record.number), known)
    if record.state is not ConditionState.OPEN and not record.source.strip():
        raise DecisionNotReadyError(
            case_id, ["the state of a condition needs a source"], "give it with --source"
        )
    payload = {
        "number": record.number,
        "state": record.state.value,
        "source": record.source,
        "due": record.due.isoformat() if record.due else "",
    }
    return record_event(store, view.case, office.CONDITION, payload, actor)


def write_off(ask: Ask, case_id: str, shipment: Shipment) -> CaseView:
    """Write off a shipment on a date, after the gates were asked again.

    Raises GateShutError if a gate shut after the grant; ShipmentError if the licence expired, a condition is
    breached or overdue, or the line has less left.
    """
    actor = ask.actor(ask.day)
    view = export(ask, case_id)
    _check_use(view, actor.day)
    if not shipment.document.strip():
        raise ShipmentError(case_id, text("the document of the shipment is missing"), "give its number")
    payload = {
        "line": shipment.line,
        "amount": str(shipment.amount),
        "unit": shipment.unit.strip(),
        "document": shipment.document.strip(),
    }
    with licences.changing(ask.store, view.case, actor) as tx:  # what was checked is still so
        check_lists(tx.connection, view)
        case = _case_in_order(tx, case_id, actor.day)
        check_shipment(case.application, office.shipments_of(case), shipment)
        licences.add_event(tx, case_id, office.SHIPMENT, actor.day, payload)
    return view_case(ask.store, case_id, actor.day)


def _check_use(view: CaseView, day: date) -> None:
    case_id, until = view.application.id, view.office.valid_until
    if until is not None and until < day:
        raise ShipmentError(
            case_id, text("the licence ended on {day}", day=until), "apply for another licence"
        )
    for condition in view.office.conditions:
        if condition.stops_shipments(day):
            reason = text("condition {number} is breached or overdue", number=condition.number)
            raise ShipmentError(case_id, reason, "record that it is met, with a source")


def _case_in_order(tx: Transaction, case_id: str, day: date) -> StoredCase:
    """Return the case, read under the lock; ShipmentError if a later day has a shipment or reversal."""
    case = licences.get_case(tx.connection, case_id)
    days = [event.day for event in case.events if event.kind in (office.SHIPMENT, office.REVERSAL)]
    if days and max(days) > day:
        reason = text("shipments until {last} are recorded", last=max(days))
        raise ShipmentError(case_id, reason, "record shipments in order of date")
    return case


def reverse_shipment(store: Store, case_id: str, number: int, reason: str, actor: Actor) -> CaseView:
    """Reverse a shipment with a reason: its quantity is left again."""
    with store.writing(actor.name, actor.at) as tx:
        case = _case_in_order(tx, case_id, actor.day)
        check_reversal(case_id, office.shipments_of(case), number, reason)
        payload = {"number": number, "reason": reason}
        licences.add_event(tx, case_id, office.REVERSAL, actor.day, payload)
    return view_case(store, case_id, actor.day)


def record_notice(store: Store, case_id: str, notice: tuple[str, str, str], actor: Actor) -> CaseView:
    """Record a notice (about, recipient, proof) on its date: of a derogation by document, or `decision`."""
    about, recipient, proof = notice
    view = view_case(store, case_id, actor.day)
    known = ("decision", *(stored.record.document for stored in view.gate_case.derogations))
    if about not in known:
        raise UnknownNameError("subject of a notice", about, known)
    if about == "decision" and view.case.status in LEFT_OPEN:
        raise DecisionNotReadyError(
            case_id, [f"the case is {view.case.status}, not decided"], "decide it first"
        )
    if not recipient.strip() or not proof.strip():
        raise DecisionNotReadyError(case_id, ["a notice needs a recipient and a proof"], "give both")
    payload = {"about": about, "recipient": recipient, "proof": proof}
    return record_event(store, view.case, office.NOTICE, payload, actor)
