"""The work of the office on licence cases: terms, attachments, conditions, shipments, what is due."""

from datetime import date
from pathlib import PurePath
from typing import Annotated

from pydantic import BaseModel, Field

from overzicht.evidence.limited import Amount, Key, Line, Lines, Number
from overzicht.evidence.text import text
from overzicht.kit.ask import EDITOR, OFFICER, Ask
from overzicht.kit.operation import Body, Command, Form, MisuseError, Param, Route, Upload, operation
from overzicht.subjects.licensing import records_workflow as records
from overzicht.subjects.licensing.cases import CaseView
from overzicht.subjects.licensing.files import MAX_DOCUMENT_BYTES
from overzicht.subjects.licensing.objections import ObjectionOutcome, ObjectionStep
from overzicht.subjects.licensing.objections_workflow import ObjectionRecord, record_objection
from overzicht.subjects.licensing.office_workflow import AttachmentKind, ConditionState
from overzicht.subjects.licensing.records_workflow import ConditionRecord
from overzicht.subjects.licensing.shipments import Shipment
from overzicht.subjects.licensing.sight import PAGE, SIGNED, step, visible_view
from overzicht.subjects.licensing.statistics import SMALLEST_CELL, YearStatistics
from overzicht.subjects.licensing.watching import Alert, watch_cases
from overzicht.subjects.licensing.yearly import statistics_of

TAG = "licences"
Needed = Annotated[Line, Field(min_length=1)]
Reason = Annotated[Needed, Param("Reason, recorded in the audit log (required).")]
Document = Annotated[Upload, Param(limit=MAX_DOCUMENT_BYTES)]
Note = Annotated[Line, Param("Note.")]
Kind = Annotated[AttachmentKind, Param("Kind of the document.", shows_default=True)]
Party = Annotated[Line, Param("The objector (required for `received`).")]
Grounds = Annotated[Lines, Param("Grounds, ground for no hearing, or reasons of the decision.")]
Until = Annotated[date | None, Param("Last day, for `repair` and `adjourned`.")]
Outcome = Annotated[ObjectionOutcome | None, Param("Outcome, for `decided`.")]
Agreed = Annotated[bool, Param("Those concerned agree to the adjournment (Awb 7:10(4)).")]
Objection = Annotated[int, Field(ge=0, le=1000), Param("Number, if several are open.")]
Source = Annotated[Line, Param("Source (required, except for `open`).")]
Due = Annotated[date | None, Param("Due date (YYYY-MM-DD).")]
Proof = Annotated[Needed, Param("Reference of the message that was sent (required).")]
SupplementUntil = Annotated[date | None, Param("Date by which the applicant completes the application.")]
Missing = Annotated[str, Param("Missing data that the applicant must send (required with --until).")]
IsReceived = Annotated[
    bool, Param("The applicant completed the application on the date.", option="--received")
]
Year = Annotated[int, Field(ge=1995, le=2999)]
SmallestCell = Annotated[int, Field(ge=1, le=1000)]


class AlertsResponse(BaseModel):
    """Alerts of all cases; a task is open for each."""

    alerts: tuple[Alert, ...]


@operation(
    step("attach"),
    Route("POST /licences/{case_id}/attachments", EDITOR, summary="Store a document of a case"),
    Form(PAGE),
    is_dated=True,
)
def attach(
    ask: Ask, case_id: Key, file: Document, *, kind: Kind = AttachmentKind.OTHER, note: Note = ""
) -> CaseView:
    """Store a document of a case, such as an end-use certificate, under its hash.

    `register verify` checks that the file is still the same.
    """
    content = (PurePath(file.name).name, file.content)
    return visible_view(ask, records.attach(ask.store, case_id, kind, content, note, ask.actor(ask.day)))


@operation(
    Route(
        "POST /licences/{case_id}/supplements",
        OFFICER,
        Body("SupplementRequest", "A request to the applicant: the last date, and what is missing."),
        "Ask the applicant to complete the application",
    ),
    Form(PAGE),
    is_dated=True,
)
def supplement(ask: Ask, case_id: Key, until: date, *, reason: Needed) -> CaseView:
    """Record that the applicant was asked on the date; the term is suspended."""
    return records.request_supplement(ask.store, case_id, until, reason, ask.actor(ask.day))


@operation(
    Route(
        "POST /licences/{case_id}/supplements/received",
        OFFICER,
        summary="The applicant completed the application",
    ),
    Form(PAGE),
    is_dated=True,
)
def received(ask: Ask, case_id: Key) -> CaseView:
    """Record that the applicant completed the application on the date; the term runs on."""
    return records.receive_supplement(ask.store, case_id, ask.actor(ask.day))


@operation(step("supplement"), is_dated=True)
def supplement_or_received(
    ask: Ask,
    case_id: Key,
    *,
    until: SupplementUntil = None,
    reason: Missing = "",
    is_received: IsReceived = False,
) -> CaseView:
    """Record that the applicant was asked to complete an application, or did so. The term is suspended."""
    if (until is None) != is_received:
        raise MisuseError(text("give --until with the last date, or --received"))
    return received(ask, case_id) if until is None else supplement(ask, case_id, until, reason=reason)


@operation(
    step("extend"),
    Route(
        "POST /licences/{case_id}/extensions",
        OFFICER,
        Body("TermRequest", "A longer term that was named to the applicant, with its reason."),
        "Extend the term for the decision",
    ),
    Form(PAGE),
    is_dated=True,
)
def extend(ask: Ask, case_id: Key, until: date, *, reason: Reason) -> CaseView:
    """Record the longer term UNTIL that was named to the applicant before the term ended (Awb 4:14)."""
    return records.extend_term(ask.store, case_id, until, reason, ask.actor(ask.day))


@operation(
    step("objection"),
    Route(
        "POST /licences/{case_id}/objections",
        OFFICER,
        Body(
            "ObjectionRequest",
            "A step of an objection; `number` is 0 for the newest one, unless several are open.",
        ),
        "Record a step of an objection",
    ),
    Form(PAGE),
    is_dated=True,
)
def objection(  # noqa: PLR0913 - the fields of the step
    ask: Ask,
    case_id: Key,
    step: ObjectionStep,
    *,
    party: Party = "",
    reason: Grounds = "",
    until: Until = None,
    outcome: Outcome = None,
    agreed: Agreed = False,
    number: Objection = 0,
) -> CaseView:
    """Record STEP of an objection against a decision: its receipt, hearing, term or outcome (Awb 7:2–7:12).

    The term is six weeks after the term for objections, or twelve with an advisory committee. The officer who
    took the decision cannot decide on the objection (exit code 10).
    """
    record = ObjectionRecord(step, party, reason, until, outcome, agreed, number)
    return record_objection(ask.store, case_id, record, ask.actor(ask.day))


@operation(
    step("condition"),
    Route(
        "POST /licences/{case_id}/conditions",
        OFFICER,
        Body("ConditionRequest", "The state of a condition; only `open` needs no source."),
        "Record the state of a condition",
    ),
    Form(PAGE),
    is_dated=True,
)
def condition(
    ask: Ask, case_id: Key, number: Number, state: ConditionState, *, source: Source = "", due: Due = None
) -> CaseView:
    """Record whether condition NUMBER of a licence is met. A breached or overdue one stops shipments."""
    record = ConditionRecord(number, state, source, due)
    return records.record_condition(ask.store, case_id, record, ask.actor(ask.day))


@operation(
    Route(
        "POST /licences/{case_id}/shipments",
        OFFICER,
        Body(
            "ShipmentRequest",
            "A shipment: line, quantity with unit, and its customs or transport document.",
        ),
        "Write off a shipment",
    ),
    Form(PAGE),
    is_dated=True,
)
def ship(
    ask: Ask,
    case_id: Key,
    line: Number,
    amount: Annotated[Amount, Field(gt=0)],
    unit: Needed,
    *,
    document: Needed,
) -> CaseView:
    """Write off a quantity of a line on the date of the shipment, after the gates were asked again."""
    record = Shipment(0, line, amount, unit, document, ask.day, ask.principal.name)
    return records.write_off(ask, case_id, record)


@operation(
    Route(
        "POST /licences/{case_id}/shipments/{number}/reversal",
        OFFICER,
        Body("ReversalRequest", "The reason to reverse a shipment."),
        "Reverse a shipment",
    ),
    Form(PAGE),
    is_dated=True,
)
def reverse(ask: Ask, case_id: Key, number: Number, *, reason: Needed) -> CaseView:
    """Reverse a shipment with a reason; its quantity is left again."""
    return records.reverse_shipment(ask.store, case_id, number, reason, ask.actor(ask.day))


@operation(
    step("notice"),
    Route(
        "POST /licences/{case_id}/notices",
        OFFICER,
        Body(
            "NoticeRequest",
            "A notice about a derogation (its number) or `decision`, and the reference of the message.",
        ),
        "Record a notice",
    ),
    is_dated=True,
)
def notice(ask: Ask, case_id: Key, about: Needed, recipient: Needed, *, proof: Proof) -> CaseView:
    """Record a notice to RECIPIENT, sent on the date, ABOUT a derogation (its number) or `decision`."""
    return records.record_notice(ask.store, case_id, (about, recipient, proof), ask.actor(ask.day))


@operation(
    Command(
        "licence watch",
        "subjects.licensing.case_lines.due_lines",
        empty=text("nothing is due"),
        is_incomplete=lambda due: bool(due.alerts),
        options=SIGNED,
    ),
    Route("POST /licences/watch", OFFICER, summary="Find what is due in all cases"),
    Form("/tasks"),
    is_dated=True,
)
def watch(ask: Ask) -> AlertsResponse:
    """Ask the gates of all open cases and licences again, list what is due, and open a task for each.

    It reports overdue decisions, changed lists, gates that shut after a grant, conditions, and licences and
    derogations that end within 30 days. Exit code 1: something is due.
    """
    return AlertsResponse(alerts=watch_cases(ask.store, ask.actor(ask.day)))


@operation(Route("GET /licences/statistics", OFFICER, summary="Statistics of a year"))
def statistics(ask: Ask, year: Year, *, smallest_cell: SmallestCell = SMALLEST_CELL) -> YearStatistics:
    """Return the tables for the yearly report; cells with fewer cases than the smallest cell are hidden."""
    return statistics_of(ask.store, year, ask.day, smallest_cell)
