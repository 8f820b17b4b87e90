"""Licences: the cases, and one with its checklist, criteria, consultations, documents and decision."""

from typing import Annotated

from fastapi import APIRouter, File, Form, Query, UploadFile
from starlette.responses import HTMLResponse, RedirectResponse

from overzicht.evidence import text
from overzicht.kit.operation import ALL
from overzicht.store.accounts import Role
from overzicht.store.register.subjects import CASES
from overzicht.subjects.licensing import cases, files, steps
from overzicht.subjects.licensing import licences_routes as api
from overzicht.subjects.licensing.case_document import case_document
from overzicht.subjects.licensing.case_list import all_cases
from overzicht.subjects.licensing.confidentiality import has_other_eyes
from overzicht.subjects.licensing.consultation import REPLIES
from overzicht.subjects.licensing.documents import last_decision
from overzicht.subjects.licensing.model import FactName
from overzicht.subjects.licensing.objections import ObjectionOutcome, ObjectionStep
from overzicht.subjects.licensing.office_workflow import (
    AttachmentKind,
    ConditionState,
    decisions_of,
)
from overzicht.subjects.licensing.page_words import WEIGHTS, licence_words
from overzicht.subjects.licensing.sight import visible_case
from overzicht.subjects.licensing.states import DECISIONS, GRANTS, LEFT_OPEN, STEPS, Status
from overzicht.subjects.licensing.terms import STATE
from overzicht.subjects.licensing.views import DocumentKind
from overzicht.subjects.licensing.weighing import Direction, RecordRequest
from overzicht.subjects.register.task_pages import TaskPages
from overzicht.web.auth import PageEditor, PageOfficer
from overzicht.web.fields import Key, Line
from overzicht.web.forms import FormOf, add_forms, see_other
from overzicht.web.operations import add_forms_of
from overzicht.web.paging import Paged
from overzicht.web.uploads import read_small
from overzicht.workflows.typed_files import MAX_BYTES

router = APIRouter()
OF_TASKS = TaskPages(CASES, "/licences")
DOCUMENTS = {
    DocumentKind.APPLICATION: text("application"),
    DocumentKind.DECISION: text("decision"),
    DocumentKind.ANNEX_III: text("form of Annex III"),
}


@router.get("/licences", response_class=HTMLResponse)
def licences(context: PageEditor, paging: Paged, status: Annotated[Line, Query()] = "") -> HTMLResponse:
    """Show the cases that existed on the date."""
    words = licence_words(context.words)
    part = all_cases(context, ALL)
    pairs = [(case, case.status) for case in part.rows if status in ("", case.status.value)]
    return context.render(
        "licences.html",
        page=paging.cut(pairs),
        problems=part.problems,
        is_officer=context.may(Role.OFFICER),
        paging=paging,
        stands=status,
        statuses=[(option.value, words["status_told"](option)) for option in Status],
        **words,
    )


@router.post("/licences")
def new(
    context: PageEditor, file: Annotated[UploadFile, File()], *, replace: Annotated[bool, Form()] = False
) -> RedirectResponse:
    """Save the application in a file as a draft, and show its page."""
    name, raw = read_small(file, MAX_BYTES)
    application = files.application_of(raw, name)
    cases.new_case(context.store, application, context.actor(context.day), replace=replace)
    return see_other(f"/licences/{application.id}")


@router.get("/licences/{case_id}", response_class=HTMLResponse)
def show(context: PageEditor, case_id: Key) -> HTMLResponse:
    """Show a whole case as of the date, as far as the principal may see it."""
    view = visible_case(context, case_id)
    words, either, say = licence_words(context.words), context.words.either, context.words.say
    status = view.case.status
    return context.render(
        "licence.html",
        view_of_case=view,
        sections=case_document(view).shown(say, lambda role: context.may(Role(role))),
        case=view.application,
        stands=status,
        is_officer=context.may(Role.OFFICER),
        decision=last_decision(view.case),
        replies={
            line.consultation.state: [
                (reply.value, words["reply_word"](reply)) for reply in REPLIES[line.consultation.ground]
            ]
            for line in view.consultations
        },
        decisions=[(step.value, words["status_told"](step)) for step in STEPS[status] if step in DECISIONS],
        can_export=status in GRANTS,
        is_waiting=status in LEFT_OPEN and view.application.issuing_state == STATE,
        attachment_kinds=[(kind.value, say(kind.words)) for kind in AttachmentKind],
        can_object=bool(decisions_of(view.case)) and view.application.issuing_state == STATE,
        objection_steps=[(step.value, say(step.words)) for step in ObjectionStep],
        objection_outcomes=[("", ""), *((outcome.value, say(outcome.words)) for outcome in ObjectionOutcome)],
        condition_states=[(state.value, say(state.words)) for state in ConditionState],
        questions=[(question.key, say(question.sentence)) for question in view.gates.questions],
        has_other_eyes=has_other_eyes(view.case, context.principal.name),
        documents=[(kind.value, say(label)) for kind, label in DOCUMENTS.items()],
        criteria=[(criterion.id, either(criterion.en, criterion.nl)) for criterion in view.criteria],
        directions=[(direction.value, words["direction_word"](direction)) for direction in Direction],
        weights=[(weight, words["weight_word"](weight)) for weight in WEIGHTS],
        facts=[(name.value, say(name.words)) for name in FactName],
        can_submit=status is Status.DRAFT,
        can_assess=Status.ASSESSED in STEPS[status],
        **words,
    )


@router.post("/licences/{case_id}/assess")
def assess(context: PageOfficer, case_id: Key) -> RedirectResponse:
    """Match the denials, and update the status of the case."""
    steps.assess(context, case_id)
    return see_other(f"/licences/{case_id}")


@router.post("/licences/{case_id}/criteria")
def weigh(context: PageOfficer, case_id: Key, form: Annotated[RecordRequest, Form()]) -> RedirectResponse:
    """Save a finding on one criterion, and assess the case with it."""
    steps.assess(context, case_id, records=(form,))
    return see_other(f"/licences/{case_id}")


add_forms(router, FormOf("/licences/{case_id}/facts", api.state, "/licences/{case_id}"))
add_forms_of(router, "subjects.licensing.case_operations")
add_forms_of(router, "subjects.licensing.steps")
add_forms_of(router, "subjects.licensing.office")
