"""`/licences`: export authorisations from application to decision; each step records who and why.

An editor files cases and sees them without the confidential answers of other states. An officer assesses,
consults and decides.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Depends, Query, Response
from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, model_validator
from starlette.responses import HTMLResponse

from overzicht.composition import API_PREFIX
from overzicht.evidence import Text
from overzicht.evidence.limited import Plain
from overzicht.law.export_rules import export_rules
from overzicht.reports.i18n import Language
from overzicht.store.accounts import Role
from overzicht.store.rows import StoredRecordError
from overzicht.subjects.licensing import cases, screening, steps
from overzicht.subjects.licensing.case_records import StoredCase
from overzicht.subjects.licensing.case_records import cases_on as stored_cases
from overzicht.subjects.licensing.case_views import CaseDenials, CaseLine
from overzicht.subjects.licensing.cases import CaseView
from overzicht.subjects.licensing.checks import check_countries
from overzicht.subjects.licensing.compare import Comparison
from overzicht.subjects.licensing.comparison import compare_case
from overzicht.subjects.licensing.completeness import Gap
from overzicht.subjects.licensing.consultation import Ground, Reply
from overzicht.subjects.licensing.documents import document_html, letter_file
from overzicht.subjects.licensing.gates.model import Derogation, Gates
from overzicht.subjects.licensing.model import Application, FactName, StatedFact
from overzicht.subjects.licensing.sight import visible_case, visible_view
from overzicht.subjects.licensing.states import Status
from overzicht.subjects.licensing.steps import Decision
from overzicht.subjects.licensing.views import DocumentKind
from overzicht.subjects.licensing.weighing import CriterionRecord, Direction, Weight
from overzicht.web.asof import OnDay
from overzicht.web.auth import Editor, Officer
from overzicht.web.context import RequestContext
from overzicht.web.fields import Key, Line, Lines
from overzicht.web.paging import CheckedPage, Paged
from overzicht.web.uploads import attachment

router = APIRouter(prefix="/licences", tags=["licences"])
Prose = Annotated[str, Field(min_length=1, max_length=4_000), Plain]
LETTERS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
}
State = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]


@dataclass(frozen=True, slots=True)
class LetterRequest:
    """A letter of a case; `objection` is the number of the objection, 0 for the newest."""

    kind: Annotated[Literal["decision", "objection"], Query()] = "decision"
    form: Annotated[Literal["docx", "odt", "pdf"], Query(alias="format")] = "docx"
    lang: Annotated[Language, Query()] = Language.NL
    objection: Annotated[int, Query(ge=0, le=1000)] = 0


def _check_criterion(value: str) -> str:
    known = export_rules().criteria
    if value not in known:
        raise ValueError(f"unknown criterion; known: {', '.join(known)}")
    return value


def _lines(values: Any) -> Any:
    """Return each line of the texts as one text; a form sends all conditions as the lines of one text."""
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        return values
    return [line.strip() for value in values for line in value.splitlines() if line.strip()]


class DraftResponse(BaseModel):
    """A saved draft, and its gaps."""

    id: str
    status: Status = Status.DRAFT
    gaps: tuple[Gap, ...]


class ScreenedCases(BaseModel):
    """Cases that were screened again, in order."""

    cases: list[str]
    problems: list[Text]


class FactRequest(BaseModel):
    """A fact to state; only `unknown` needs no source."""

    name: FactName
    answer: Literal["yes", "no", "unknown"]
    source: Line = ""
    note: Line = ""

    @model_validator(mode="after")
    def _check_source(self) -> "FactRequest":
        if self.answer != "unknown" and not self.source.strip():
            raise ValueError(f"the answer {self.answer!r} has no source; add one, or answer unknown")
        return self


class RecordRequest(BaseModel):
    """A finding on one criterion of Article 15; the principal is its author."""

    criterion: Annotated[Key, AfterValidator(_check_criterion)]
    finding: Annotated[Prose, Field(min_length=3)]
    evidence: Annotated[Prose, Field(min_length=3)]
    source_date: date
    weight: Literal["none", "light", "moderate", "heavy", "decisive"]
    direction: Direction

    def to_record(self, by: str) -> CriterionRecord:
        """Return the record, signed by its author."""
        fields = self.model_dump() | {"weight": Weight[self.weight.upper()], "by": by}
        return CriterionRecord.model_validate(fields)


class ConsultationRequest(BaseModel):
    """A state that was consulted on the date."""

    state: State
    ground: Ground


class ReplyRequest(BaseModel):
    """The answer of a state on the date."""

    state: State
    reply: Reply


class ExtensionRequest(ConsultationRequest):
    """An extension that both states agreed."""

    until: date


class VerdictRequest(BaseModel):
    """The verdict of a person who compared a denial with the case."""

    denial: Key
    verdict: Literal["same", "different"]
    reason: Prose


class ConfirmationRequest(BaseModel):
    """A person's answer to an open question of a gate, with its source."""

    key: Annotated[str, Field(min_length=3, max_length=2_100), Plain]
    answer: Literal["yes", "no"]
    source: Annotated[Line, Field(min_length=3)]


class AcceptanceRequest(BaseModel):
    """The number of a recorded derogation that a second officer accepts."""

    document: Annotated[Line, Field(min_length=1)]


class DecisionRequest(BaseModel):
    """An officer's decision; `valid_until` defaults to the normal term of Article 12(3)."""

    outcome: Status
    reasons: Prose
    conditions: Annotated[list[Lines], BeforeValidator(_lines), Field(max_length=50)] = Field(
        default_factory=list
    )
    valid_until: date | None = None
    notice_reasons: Line = ""


@router.get("", summary="All cases")
def all_cases(
    context: Editor,
    day: OnDay,
    paging: Paged,
    status: Annotated[Status | None, Query(description="only cases with this status")] = None,
) -> CheckedPage[CaseLine]:
    """Return the cases that existed on the date, by id."""
    problems: list[StoredRecordError] = []
    pairs = [pair for pair in cases_on(context, day, problems) if status in (None, pair[1])]
    page = paging.views(pairs, lambda pair: CaseLine.of(replace(pair[0], status=pair[1])))
    return CheckedPage.of(page, problems)


@router.post("", status_code=201, summary="Save a draft")
def new(
    response: Response,
    context: Editor,
    day: OnDay,
    application: Application,
    replace: Annotated[bool, Query(description="replace a draft with the same id; its text is kept")] = False,
) -> DraftResponse:
    """Save an application as a draft, and return its gaps."""
    check_countries(application, application.id)
    gaps = cases.new_case(context.store, application, context.actor(day), replace=replace)
    response.headers["Location"] = f"{API_PREFIX}/licences/{application.id}"
    return DraftResponse(id=application.id, gaps=gaps)


@router.post("/screen", summary="Screen cases again after changes in lists")
def screen_changed(context: Editor, day: OnDay) -> ScreenedCases:
    """Screen every open case whose lists have changed since its last screening."""
    stale, problems = screening.stale_cases(context.store)
    for case_id in stale:
        screening.screen_case(context.store, case_id, context.actor(day))
    return ScreenedCases(cases=stale, problems=[problem.sentence for problem in problems])


@router.get("/{case_id}", summary="One case")
def show(context: Editor, day: OnDay, case_id: Key) -> CaseView:
    """Return a whole case as of the date, as far as the principal may see it."""
    return visible_case(context.on(day), case_id)


@router.get(
    "/{case_id}/documents/{kind}",
    summary="A document of a case",
    response_class=HTMLResponse,
    responses={200: {"content": {"text/html": {}}, "description": "a whole page, with its own style"}},
)
def document(
    context: Editor,
    day: OnDay,
    case_id: Key,
    kind: DocumentKind,
    lang: Annotated[Language, Query()] = Language.NL,
) -> HTMLResponse:
    """Return a document as an HTML file, without the confidential answers of other states."""
    page = document_html(cases.view_case(context.store, case_id, day), kind.value, lang.value)
    return HTMLResponse(page, headers=attachment(f"case-{kind.value}.html"))


@router.get(
    "/{case_id}/letter",
    summary="A letter as a Word, OpenDocument or PDF file",
    response_class=Response,
    responses={200: {"content": {kind: {} for kind in LETTERS.values()}, "description": "a letter"}},
)
def letter(
    context: Editor, day: OnDay, case_id: Key, request: Annotated[LetterRequest, Depends()]
) -> Response:
    """Return a letter, of the decision or about an objection, without the answers of other states."""
    view = cases.view_case(context.store, case_id, day)
    content = letter_file(view, request.kind, f".{request.form}", request.lang.value, request.objection)
    shown = attachment(f"{request.kind}.{request.form}")
    return Response(content, media_type=LETTERS[request.form], headers=shown)


@router.get("/{case_id}/comparison", summary="Union rules and the American list compared")
def comparison(context: Officer, day: OnDay, case_id: Key) -> Comparison:
    """Return what the Union and the American entity list require for a case, and why they differ."""
    return compare_case(context.store, case_id, day)


@router.post("/{case_id}/submit", summary="File a draft")
def submit(context: Editor, day: OnDay, case_id: Key) -> CaseView:
    """File a draft on the date. All parties are screened, and gaps are recorded."""
    return visible_view(context.on(day), cases.submit_case(context.store, case_id, context.actor(day)))


@router.post("/{case_id}/screen", summary="Screen a case again")
def screen(context: Editor, day: OnDay, case_id: Key) -> CaseView:
    """Screen every party of a case again."""
    screening.screen_case(context.store, case_id, context.actor(day))
    return visible_case(context.on(day), case_id)


@router.post("/{case_id}/facts", summary="State a fact")
def state(context: Editor, day: OnDay, case_id: Key, request: FactRequest) -> CaseView:
    """Save a fact about a case. The filed application does not change."""
    fact = StatedFact(answer=request.answer, source=request.source, note=request.note)
    view = steps.state_fact(context.store, case_id, request.name, fact, context.actor(day))
    return visible_view(context.on(day), view)


@router.post("/{case_id}/assess", summary="Assess a case, and match the denials")
def assess(
    context: Officer,
    day: OnDay,
    case_id: Key,
    records: Annotated[list[RecordRequest], Body(embed=True, max_length=100, default_factory=list)],
) -> CaseView:
    """Save records on the criteria if given, match the denials, and update the status of the case."""
    signed = tuple(record.to_record(context.principal.name) for record in records)
    return steps.assess_case(context.store, case_id, context.actor(day), signed)


@router.get("/{case_id}/denials", summary="Denials that match a case")
def denials(context: Officer, day: OnDay, case_id: Key) -> CaseDenials:
    """Return the denials that match a case, with every reason. This access is recorded."""
    return CaseDenials.of(visible_case(context.on(day), case_id))


@router.post("/{case_id}/denials/verdicts", summary="Judge a match")
def judge(context: Officer, day: OnDay, case_id: Key, request: VerdictRequest) -> CaseView:
    """Save a verdict on a match: for `different`, no consultation is needed."""
    verdict = steps.MatchVerdict(request.denial, request.verdict, request.reason)
    return steps.judge_match(context.store, case_id, verdict, context.actor(day))


@router.post("/{case_id}/consultations", summary="Record the consultation of a state")
def consult(context: Officer, day: OnDay, case_id: Key, request: ConsultationRequest) -> CaseView:
    """Record that a state was consulted on the date."""
    return steps.ask_state(context.store, case_id, request.state, request.ground, context.actor(day))


@router.post("/{case_id}/consultations/replies", summary="Record the answer of a state")
def reply(context: Officer, day: OnDay, case_id: Key, request: ReplyRequest) -> CaseView:
    """Record the answer of a state on the date."""
    return steps.record_reply(context.store, case_id, request.state, request.reply, context.actor(day))


@router.post("/{case_id}/consultations/extensions", summary="Record an extension")
def extend(context: Officer, day: OnDay, case_id: Key, request: ExtensionRequest) -> CaseView:
    """Record the new last date that both states agreed."""
    extension = steps.Extension(request.state, request.ground, request.until)
    return steps.record_extension(context.store, case_id, extension, context.actor(day))


@router.get("/{case_id}/gates", summary="The gates of a case")
def gates(context: Editor, day: OnDay, case_id: Key) -> Gates:
    """Return what the gates answer for a case on the date, and the open questions."""
    return visible_case(context.on(day), case_id).gates


@router.post("/{case_id}/confirmations", summary="Answer an open question of a gate")
def confirm(context: Officer, day: OnDay, case_id: Key, request: ConfirmationRequest) -> CaseView:
    """Save a person's answer to an open question, with its source."""
    answer = (request.key, request.answer, request.source)
    return steps.confirm_question(context.store, case_id, answer, context.actor(day))


@router.post("/{case_id}/derogations", summary="Record a derogation")
def file_derogation(context: Officer, day: OnDay, case_id: Key, request: Derogation) -> CaseView:
    """Save a derogation or exception as the officer who checked its document."""
    return steps.file_derogation(context.store, case_id, request, context.actor(day))


@router.post("/{case_id}/derogations/acceptances", summary="Accept a derogation")
def accept_derogation(context: Officer, day: OnDay, case_id: Key, request: AcceptanceRequest) -> CaseView:
    """Accept a derogation as a second officer. Only then it lifts a prohibition."""
    return steps.accept_derogation(context.store, case_id, request.document, context.actor(day))


@router.post("/{case_id}/exports", summary="Check a granted licence on the date of export")
def export(context: Officer, day: OnDay, case_id: Key) -> CaseView:
    """Ask the gates again on the date of export, and record the check."""
    return steps.check_for_export(context.store, case_id, context.actor(day))


@router.post("/{case_id}/decisions", summary="Decide")
def decide(context: Officer, day: OnDay, case_id: Key, request: DecisionRequest) -> CaseView:
    """Save an officer's decision with its reasons. An officer who assessed the case cannot decide it."""
    decision = Decision(
        request.outcome,
        request.reasons,
        tuple(request.conditions),
        request.valid_until,
        request.notice_reasons,
    )
    return steps.decide_case(context.store, case_id, context.actor(day), decision)


def cases_on(
    context: RequestContext, day: date, problems: list[StoredRecordError]
) -> list[tuple[StoredCase, Status]]:
    """Return the cases that existed on a date by id, with the status that the principal may see.

    Cases that cannot be read are added to `problems`.
    The consultation of another state is confidential: only an officer sees that status.
    """
    hidden = () if context.may(Role.OFFICER) else (Status.CONSULTING,)
    with context.store.reading() as connection:
        stored = stored_cases(connection, day, problems)
    return [(case, Status.COMPLETE if case.status in hidden else case.status) for case in stored]
