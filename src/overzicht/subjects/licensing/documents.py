"""The documents of a case: its view as a value that the report layer renders."""

from dataclasses import replace
from datetime import date

from overzicht import __version__
from overzicht.reports.document_files import DOCUMENT_FILES
from overzicht.reports.i18n import Language
from overzicht.subjects.licensing.case_records import StoredCase
from overzicht.subjects.licensing.cases import CaseView
from overzicht.subjects.licensing.gates.model import Gates, LegalGate
from overzicht.subjects.licensing.gating import check_export
from overzicht.subjects.licensing.letter import letter
from overzicht.subjects.licensing.objections import chosen_objection
from overzicht.subjects.licensing.order import Checklist
from overzicht.subjects.licensing.page import render_document
from overzicht.subjects.licensing.views import CaseDocument, DecisionText, DocumentKind

CONFIDENTIAL = frozenset({"denials"})  # steps of the decision order that rest on the register of denials


def document_html(view: CaseView, kind: str, lang: str, objection: int = 0) -> str:
    """Return one of the documents of a case as HTML; ValueError for an unknown kind or language.

    `objection` is the number of the one that a letter is about, 0 for the newest.
    GateShutError for the letter of a licence while a gate is shut.
    """
    if DocumentKind(kind) is DocumentKind.DECISION:
        check_letter(view)
    return render_document(DocumentKind(kind), case_document(view, objection), Language(lang))


def letter_file(view: CaseView, kind: str, suffix: str, lang: str, objection: int = 0) -> bytes:
    """Return a letter of a case as Word, OpenDocument or PDF, with the same checks as `document_html`."""
    if DocumentKind(kind) is DocumentKind.DECISION:
        check_letter(view)
    document = letter(DocumentKind(kind), case_document(view, objection), Language(lang))
    content = DOCUMENT_FILES[suffix](document)
    return content if isinstance(content, bytes) else content.encode()


def check_letter(view: CaseView) -> None:
    """Raise GateShutError for the letter of a licence while a gate is shut."""
    check_export(view.gate_case, view.case.status, view.day, "printed as a licence")


def case_document(view: CaseView, objection: int = 0) -> CaseDocument:
    """Return the content of a case's documents; denials of other states are left out."""
    objections = view.office.objections
    filed = [event.day for event in view.case.of_kind("status") if event.payload["to"] == "submitted"]
    return CaseDocument(
        application=view.application,
        status=view.case.status.value,
        day=view.day,
        filed_on=filed[-1] if filed else None,
        gaps=view.gaps,
        checklist=without_confidential(view.checklist),
        decision=last_decision(view.case),
        gates=open_gates(view.gates),
        version=__version__,
        attachments=tuple(
            (entry.kind.words, entry.filename, entry.sha256) for entry in view.office.attachments
        ),
        objection=chosen_objection(objections, objection) if objections or objection else None,
    )


def open_gates(results: Gates) -> Gates:
    """Return the gates without the denials of other states and the assessment (Articles 16(7), 23(5))."""
    hidden = {LegalGate.DENIALS, LegalGate.WEIGHING}
    return Gates(results.day, tuple(answer for answer in results.answers if answer.gate not in hidden))


def without_confidential(checklist: Checklist) -> Checklist:
    """Return the checklist without confidential information of other states (Articles 16(7), 23(5))."""
    steps = tuple(step for step in checklist.steps if step.rule.id not in CONFIDENTIAL)
    return replace(checklist, steps=steps)


def last_decision(case: StoredCase) -> DecisionText | None:
    """Return the newest decision of a case, or None."""
    decided = [event for event in case.of_kind("status") if event.payload.get("reasons")]
    if not decided:
        return None
    event = decided[-1]
    until = event.payload.get("valid_until", "")
    return DecisionText(
        outcome=event.payload["to"],
        decided_on=event.day,
        by=event.actor,
        reasons=event.payload["reasons"],
        conditions=tuple(event.payload.get("conditions", ())),
        valid_until=date.fromisoformat(until) if until else None,
    )
