"""`/licences`, the work of the office: terms, attachments, conditions, shipments, notices, what is due."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, File, Form, Query, UploadFile
from pydantic import BaseModel, Field

from overzicht.evidence.limited import Amount
from overzicht.exportcontrol.licensing.objections import ObjectionOutcome, ObjectionStep
from overzicht.exportcontrol.licensing.statistics import SMALLEST_CELL, YearStatistics
from overzicht.web.api.licences import visible_view
from overzicht.web.asof import OnDay
from overzicht.web.auth import Editor, Officer
from overzicht.web.fields import Key, Line, Lines, Number
from overzicht.web.uploads import read_small
from overzicht.workflows.licensing import records
from overzicht.workflows.licensing.cases import CaseView
from overzicht.workflows.licensing.files import MAX_DOCUMENT_BYTES
from overzicht.workflows.licensing.objections import ObjectionRecord, record_objection
from overzicht.workflows.licensing.office import AttachmentKind, ConditionState
from overzicht.workflows.licensing.records import ConditionRecord, ShipmentRecord
from overzicht.workflows.licensing.watching import Alert, watch_cases
from overzicht.workflows.licensing.yearly import statistics_of

router = APIRouter(prefix="/licences", tags=["licences"])
Reason = Annotated[Line, Field(min_length=1)]


class SupplementRequest(BaseModel):
    """A request to the applicant: the last date, and what is missing."""

    until: date
    reason: Reason


class TermRequest(BaseModel):
    """A longer term that was named to the applicant, with its reason."""

    until: date
    reason: Reason


class ConditionRequest(BaseModel):
    """The state of a condition; only `open` needs no source."""

    number: Number
    state: ConditionState
    source: Line = ""
    due: date | None = None


class ShipmentRequest(BaseModel):
    """A shipment: line, quantity with unit, and its customs or transport document."""

    line: Number
    amount: Annotated[Amount, Field(gt=0)]
    unit: Reason
    document: Reason


class ReversalRequest(BaseModel):
    """The reason to reverse a shipment."""

    reason: Reason


class NoticeRequest(BaseModel):
    """A notice about a derogation (its number) or `decision`, and the reference of the message."""

    about: Reason
    recipient: Reason
    proof: Reason


class ObjectionRequest(BaseModel):
    """A step of an objection; `number` is 0 for the newest one, unless several are open."""

    step: ObjectionStep
    party: Line = ""
    reason: Lines = ""
    until: date | None = None
    outcome: ObjectionOutcome | None = None
    agreed: bool = False
    number: Annotated[int, Field(ge=0, le=1000)] = 0


class AlertsResponse(BaseModel):
    """Alerts of all cases; a task is open for each."""

    alerts: tuple[Alert, ...]


@router.post("/watch", summary="Find what is due in all cases")
def watch(context: Officer, day: OnDay) -> AlertsResponse:
    """Ask the gates of all open cases again, and open a task for what is due or changed."""
    return AlertsResponse(alerts=watch_cases(context.store, context.actor(day)))


@router.get("/statistics", summary="Statistics of a year")
def statistics(
    context: Officer,
    day: OnDay,
    year: Annotated[int, Query(ge=1995, le=2999)],
    smallest_cell: Annotated[int, Query(alias="smallestCell", ge=1, le=1000)] = SMALLEST_CELL,
) -> YearStatistics:
    """Return the tables for the yearly report; cells with fewer cases than the smallest cell are hidden."""
    return statistics_of(context.store, year, day, smallest_cell)


@router.post("/{case_id}/attachments", summary="Store a document of a case")
def attach(
    context: Editor,
    day: OnDay,
    case_id: Key,
    file: Annotated[UploadFile, File()],
    kind: Annotated[AttachmentKind, Form()] = AttachmentKind.OTHER,
    note: Annotated[Line, Form()] = "",
) -> CaseView:
    """Store a document of a case under its hash."""
    content = read_small(file, MAX_DOCUMENT_BYTES)
    view = records.attach(context.store, case_id, kind, content, note, context.actor(day))
    return visible_view(context, view)


@router.post("/{case_id}/supplements", summary="Ask the applicant to complete the application")
def supplement(context: Officer, day: OnDay, case_id: Key, request: SupplementRequest) -> CaseView:
    """Record that the applicant was asked on the date; the term is suspended."""
    return records.request_supplement(
        context.store, case_id, request.until, request.reason, context.actor(day)
    )


@router.post("/{case_id}/supplements/received", summary="The applicant completed the application")
def received(context: Officer, day: OnDay, case_id: Key) -> CaseView:
    """Record that the applicant completed the application on the date; the term runs on."""
    return records.receive_supplement(context.store, case_id, context.actor(day))


@router.post("/{case_id}/extensions", summary="Extend the term for the decision")
def extend(context: Officer, day: OnDay, case_id: Key, request: TermRequest) -> CaseView:
    """Record the longer term that was named to the applicant on the date."""
    return records.extend_term(context.store, case_id, request.until, request.reason, context.actor(day))


@router.post("/{case_id}/conditions", summary="Record the state of a condition")
def condition(context: Officer, day: OnDay, case_id: Key, request: ConditionRequest) -> CaseView:
    """Record whether a condition is met. A breached or overdue condition stops shipments."""
    record = ConditionRecord(request.number, request.state, request.source, request.due)
    return records.record_condition(context.store, case_id, record, context.actor(day))


@router.post("/{case_id}/shipments", summary="Write off a shipment")
def ship(context: Officer, day: OnDay, case_id: Key, request: ShipmentRequest) -> CaseView:
    """Write off a quantity of a line on the date of the shipment, after the gates were asked again."""
    record = ShipmentRecord(request.line, request.amount, request.unit, request.document)
    return records.write_off(context.store, case_id, record, context.actor(day))


@router.post("/{case_id}/shipments/{number}/reversal", summary="Reverse a shipment")
def reverse(context: Officer, day: OnDay, case_id: Key, number: Number, request: ReversalRequest) -> CaseView:
    """Reverse a shipment with a reason; its quantity is left again."""
    return records.reverse_shipment(context.store, case_id, number, request.reason, context.actor(day))


@router.post("/{case_id}/objections", summary="Record a step of an objection")
def objection(context: Officer, day: OnDay, case_id: Key, request: ObjectionRequest) -> CaseView:
    """Record an objection, its repair, hearing or adjournment, or the decision on it, on the date."""
    record = ObjectionRecord(**request.model_dump())
    return record_objection(context.store, case_id, record, context.actor(day))


@router.post("/{case_id}/notices", summary="Record a notice")
def notice(context: Officer, day: OnDay, case_id: Key, request: NoticeRequest) -> CaseView:
    """Record a notice to the Commission or a member state, sent on the date."""
    given = (request.about, request.recipient, request.proof)
    return records.record_notice(context.store, case_id, given, context.actor(day))
