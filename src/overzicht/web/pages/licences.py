"""Licences: all cases, and one with its checklist, criteria, consultations, documents and the decision."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, File, Form, Query, Request, UploadFile
from starlette.responses import HTMLResponse, RedirectResponse

from overzicht.exportcontrol.denials.consultation import REPLIES
from overzicht.exportcontrol.licensing.model import FactName
from overzicht.exportcontrol.licensing.states import DECISIONS, STEPS, Status
from overzicht.exportcontrol.licensing.weighing import Direction, criteria_for
from overzicht.reports.i18n import Words
from overzicht.reports.licensing.model import DocumentKind
from overzicht.web.api import licences as api
from overzicht.web.api.models.licences import Prose, RecordAsked
from overzicht.web.api.models.shared import Key, Line, Lines
from overzicht.web.asof import OnPage
from overzicht.web.auth import Editor, Officer
from overzicht.web.forms import FormOf, add_forms
from overzicht.web.licence_acts import act_of, case_for, cases_on, is_officer
from overzicht.web.licence_words import WEIGHTS, control_words
from overzicht.web.page import render, words_of
from overzicht.web.paging import Paged
from overzicht.web.service import Here
from overzicht.web.uploads import read_small
from overzicht.workflows.licensing import cases, files, steps
from overzicht.workflows.licensing.documents import last_decision
from overzicht.workflows.licensing.eyes import assessors, check_other_eyes
from overzicht.workflows.licensing.steps import Decision
from overzicht.workflows.typed_files import MAX_BYTES

router = APIRouter(prefix="/licences")
Choice = tuple[str, str]


@router.get("", response_class=HTMLResponse)
def licences(
    request: Request,
    here: Here,
    who: Editor,
    day: OnPage,
    paging: Paged,
    status: Annotated[Line, Query()] = "",
) -> HTMLResponse:
    """Show the cases that were there on the day."""
    found = [each for each in cases_on(here, who, day.day) if status in ("", each[1].value)]
    told = control_words(words_of(request))
    return render(
        request,
        "licences.html",
        page=paging.cut(found),
        paging=paging,
        stands=status,
        statuses=[(each.value, told["status_told"](each)) for each in Status],
        **told,
    )


@router.post("")
def new(
    here: Here,
    who: Editor,
    day: OnPage,
    file: Annotated[UploadFile, File()],
    replace: Annotated[bool, Form()] = False,
) -> RedirectResponse:
    """Keep the application of a file as a draft, and lead to its page."""
    name, raw = read_small(file, MAX_BYTES)
    application = files.application_of(raw, name)
    cases.new_case(here.store, application, act_of(who, day.day), replace=replace)
    return _to(application.id)


@router.get("/{case_id}", response_class=HTMLResponse)
def licence(request: Request, here: Here, who: Editor, day: OnPage, case_id: Key) -> HTMLResponse:
    """Show everything of a case as of the day, as far as who asks may see it."""
    view = case_for(here, who, case_id, day.day)
    words = words_of(request)
    told = control_words(words)
    open_replies = {
        one.consultation.state: [(each.value, told["reply_word"](each)) for each in REPLIES[ground]]
        for one in view.consultations
        for ground in (one.consultation.ground,)
    }
    return render(
        request,
        "licence.html",
        view_of_case=view,
        case=view.application,
        stands=view.case.status,
        is_officer=is_officer(who),
        decision=last_decision(view.case),
        replies=open_replies,
        decisions=[
            (each.value, told["status_told"](each)) for each in STEPS[view.case.status] if each in DECISIONS
        ],
        has_other_eyes=who.name not in assessors(view.case),
        documents=_documents(words),
        criteria=[(one.id, words.either(one.en, one.nl)) for one in criteria_for(view.application.kind)],
        criteria_words={one.id: one for one in criteria_for(view.application.kind)},
        directions=[(each.value, told["direction_word"](each)) for each in Direction],
        weights=[(each, told["weight_word"](each)) for each in WEIGHTS],
        facts=_facts(words),
        can_submit=view.case.status is Status.DRAFT,
        can_assess=Status.ASSESSED in STEPS[view.case.status],
        **told,
    )


def _documents(words: Words) -> list[Choice]:
    names = {
        DocumentKind.APPLICATION: words.either("application", "aanvraag"),
        DocumentKind.DECISION: words.either("decision", "besluit"),
        DocumentKind.ANNEX_III: words.either("form of Annex III", "formulier van bijlage III"),
    }
    return [(kind.value, label) for kind, label in names.items()]


def _facts(words: Words) -> list[Choice]:
    return [(name.value, words.say(name.words)) for name in FactName]


def _to(case_id: str) -> RedirectResponse:
    return RedirectResponse(f"/licences/{case_id}", 303)


@router.post("/{case_id}/assess")
def assess(here: Here, who: Officer, day: OnPage, case_id: Key) -> RedirectResponse:
    """Match the denials, and set where the case stands."""
    steps.assess_case(here.store, case_id, act_of(who, day.day))
    return _to(case_id)


@router.post("/{case_id}/criteria")
def weigh(
    here: Here,
    who: Officer,
    day: OnPage,
    case_id: Key,
    asked: Annotated[RecordAsked, Form()],
) -> RedirectResponse:
    """Keep a finding on one criterion, and assess the case with it."""
    steps.assess_case(here.store, case_id, act_of(who, day.day), (asked.to_record(who.name),))
    return _to(case_id)


@router.post("/{case_id}/decisions")
def decide(  # noqa: PLR0913, PLR0917 - what every page takes, and the form
    here: Here,
    who: Officer,
    day: OnPage,
    case_id: Key,
    outcome: Annotated[Status, Form()],
    reasons: Annotated[Prose, Form()],
    conditions: Annotated[Lines, Form()] = "",
    valid_until: Annotated[date | None, Form()] = None,
    notice_reasons: Annotated[Line, Form()] = "",
) -> RedirectResponse:
    """Keep an officer's decision with its reasons; who assessed the case cannot decide it."""
    check_other_eyes(cases.view_case(here.store, case_id, day.day).case, who.name)
    lines = tuple(line.strip() for line in conditions.splitlines() if line.strip())
    decision = Decision(outcome, reasons, lines, valid_until, notice_reasons)
    steps.decide_case(here.store, case_id, act_of(who, day.day), decision)
    return _to(case_id)


CASE = "/licences/{case_id}"
add_forms(
    router,
    FormOf("/{case_id}/submit", api.submit, CASE),
    FormOf("/{case_id}/screen", api.screen, CASE),
    FormOf("/{case_id}/facts", api.state, CASE),
    FormOf("/{case_id}/verdicts", api.judge, CASE),
    FormOf("/{case_id}/consultations", api.consult, CASE),
    FormOf("/{case_id}/replies", api.reply, CASE),
)
