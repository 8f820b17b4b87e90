"""`/licences`: export authorisations from application to decision, each step kept with who and why.

An editor files cases and sees them without what other states confided; an officer weighs, consults, decides.
"""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Response
from starlette.responses import HTMLResponse

from overzicht.exportcontrol.entitylist.compare import Comparison
from overzicht.exportcontrol.licensing.model import Application, StatedFact
from overzicht.exportcontrol.licensing.states import Status
from overzicht.reports.i18n import Language
from overzicht.reports.licensing.model import DocumentKind
from overzicht.views.licences import CaseDenials, CaseLine
from overzicht.web.api.models.licences import (
    AssessAsked,
    ConsultAsked,
    DecisionAsked,
    DraftModel,
    ExtensionAsked,
    FactAsked,
    ReplyAsked,
    ScreenedModel,
    VerdictAsked,
)
from overzicht.web.api.models.shared import Key
from overzicht.web.asof import OnDay
from overzicht.web.auth import Editor, Officer
from overzicht.web.licence_acts import act_of, case_for, cases_on, shown
from overzicht.web.paging import Page, Paged
from overzicht.web.registry import API_PREFIX
from overzicht.web.service import Here
from overzicht.workflows.licensing import cases, screening, steps
from overzicht.workflows.licensing.cases import CaseView
from overzicht.workflows.licensing.checks import check_countries
from overzicht.workflows.licensing.comparison import compare_case
from overzicht.workflows.licensing.documents import document_html
from overzicht.workflows.licensing.eyes import check_other_eyes
from overzicht.workflows.licensing.steps import Decision

router = APIRouter(prefix="/licences", tags=["licences"])


@router.get("", summary="All cases")
def all_cases(
    here: Here,
    who: Editor,
    day: OnDay,
    paging: Paged,
    status: Annotated[Status | None, Query(description="only those that stand so")] = None,
) -> Page[CaseLine]:
    """Return the cases that were there on the day, by id."""
    found = [each for each in cases_on(here, who, day) if status in (None, each[1])]
    page = paging.cut(found)
    return paging.envelope(
        [CaseLine.of(replace(case, status=state)) for case, state in page.items], page.total
    )


@router.post("", status_code=201, summary="Keep a draft")
def new(
    response: Response,
    here: Here,
    who: Editor,
    day: OnDay,
    application: Application,
    replace: Annotated[bool, Query(description="over a draft of the same id, whose text stays kept")] = False,
) -> DraftModel:
    """Keep an application as a draft, and say what it lacks."""
    check_countries(application, application.id)
    missing = cases.new_case(here.store, application, act_of(who, day), replace=replace)
    response.headers["Location"] = f"{API_PREFIX}/licences/{application.id}"
    return DraftModel(id=application.id, gaps=missing)


@router.post("/screen", summary="Screen again what lists have changed under")
def screen_changed(here: Here, who: Editor, day: OnDay) -> ScreenedModel:
    """Screen every open case whose lists have changed since its last screening."""
    stale = screening.stale_cases(here.store)
    for case_id in stale:
        screening.screen_case(here.store, case_id, act_of(who, day))
    return ScreenedModel(cases=stale)


@router.get("/{case_id}", summary="One case")
def one(here: Here, who: Editor, day: OnDay, case_id: Key) -> CaseView:
    """Return everything of a case as of the day, as far as who asks may see it."""
    return case_for(here, who, case_id, day)


@router.get(
    "/{case_id}/documents/{kind}",
    summary="A document of a case",
    response_class=HTMLResponse,
    responses={200: {"content": {"text/html": {}}, "description": "a whole page, with its own style"}},
)
def document(
    here: Here,
    _who: Editor,
    day: OnDay,
    case_id: Key,
    kind: DocumentKind,
    lang: Annotated[Language, Query()] = Language.NL,
) -> HTMLResponse:
    """Return a document as HTML to keep; what other states confided is in none."""
    page = document_html(cases.view_case(here.store, case_id, day), kind.value, lang.value)
    return HTMLResponse(
        page, headers={"Content-Disposition": f'attachment; filename="case-{kind.value}.html"'}
    )


@router.get("/{case_id}/comparison", summary="The Union's way and the American list")
def comparison(here: Here, _who: Officer, day: OnDay, case_id: Key) -> Comparison:
    """Return what the Union and the American entity list ask of a case, and why they differ."""
    return compare_case(here.store, case_id, day)


@router.post("/{case_id}/submit", summary="File a draft")
def submit(here: Here, who: Editor, day: OnDay, case_id: Key) -> CaseView:
    """File a draft on the day: all parties are screened, and what is missing is noted."""
    view = cases.submit_case(here.store, case_id, act_of(who, day))
    return shown(here, who, view)


@router.post("/{case_id}/screen", summary="Screen a case again")
def screen(here: Here, who: Editor, day: OnDay, case_id: Key) -> CaseView:
    """Ask the lists about every party of a case again."""
    screening.screen_case(here.store, case_id, act_of(who, day))
    return case_for(here, who, case_id, day)


@router.post("/{case_id}/facts", summary="State a fact")
def state(here: Here, who: Editor, day: OnDay, case_id: Key, asked: FactAsked) -> CaseView:
    """Keep a fact that is stated about a case; what was filed stays as it was."""
    fact = StatedFact(answer=asked.answer, source=asked.source, note=asked.note)
    view = steps.state_fact(here.store, case_id, asked.name, fact, act_of(who, day))
    return shown(here, who, view)


@router.post("/{case_id}/assess", summary="Weigh, and match the denials")
def assess(here: Here, who: Officer, day: OnDay, case_id: Key, asked: AssessAsked) -> CaseView:
    """Keep records on the criteria, match the denials, and set where the case stands."""
    records = tuple(record.to_record(who.name) for record in asked.records)
    return steps.assess_case(here.store, case_id, act_of(who, day), records)


@router.get("/{case_id}/denials", summary="Which denials meet a case")
def denials(here: Here, who: Officer, day: OnDay, case_id: Key) -> CaseDenials:
    """Return the denials that meet a case, with every reason; that they were read is written down."""
    return CaseDenials.of(case_for(here, who, case_id, day))


@router.post("/{case_id}/denials/verdicts", summary="Judge a match")
def judge(here: Here, who: Officer, day: OnDay, case_id: Key, asked: VerdictAsked) -> CaseView:
    """Keep a person's verdict on a match: `different` takes it out of what has to be consulted."""
    verdict = steps.MatchVerdict(asked.denial, asked.verdict, asked.reason)
    return steps.judge_match(here.store, case_id, verdict, act_of(who, day))


@router.post("/{case_id}/consultations", summary="A state was asked")
def consult(here: Here, who: Officer, day: OnDay, case_id: Key, asked: ConsultAsked) -> CaseView:
    """Write down that a state was asked on the day."""
    return steps.ask_state(here.store, case_id, asked.state, asked.ground, act_of(who, day))


@router.post("/{case_id}/consultations/replies", summary="A state answered")
def reply(here: Here, who: Officer, day: OnDay, case_id: Key, asked: ReplyAsked) -> CaseView:
    """Write down what a state answered on the day."""
    return steps.record_reply(here.store, case_id, asked.state, asked.reply, act_of(who, day))


@router.post("/{case_id}/consultations/extensions", summary="More time was agreed")
def extend(here: Here, who: Officer, day: OnDay, case_id: Key, asked: ExtensionAsked) -> CaseView:
    """Write down the day until which both states agreed to extend."""
    extension = steps.Extension(asked.state, asked.ground, asked.until)
    return steps.record_extension(here.store, case_id, extension, act_of(who, day))


@router.post("/{case_id}/decisions", summary="Decide")
def decide(here: Here, who: Officer, day: OnDay, case_id: Key, asked: DecisionAsked) -> CaseView:
    """Keep an officer's decision with its reasons; who assessed the case cannot decide it."""
    check_other_eyes(cases.view_case(here.store, case_id, day).case, who.name)
    decision = Decision(
        asked.outcome, asked.reasons, tuple(asked.conditions), asked.valid_until, asked.notice_reasons
    )
    return steps.decide_case(here.store, case_id, act_of(who, day), decision)
