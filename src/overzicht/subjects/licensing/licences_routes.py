"""`/licences`: drafts, stated facts and documents of cases, which no operation declares."""

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, model_validator
from starlette.responses import HTMLResponse

from overzicht.composition import API_PREFIX
from overzicht.reports.i18n import Language
from overzicht.subjects.licensing import cases, steps
from overzicht.subjects.licensing.case_operations import DraftResponse
from overzicht.subjects.licensing.cases import CaseView
from overzicht.subjects.licensing.checks import check_countries
from overzicht.subjects.licensing.documents import document_html, letter_file
from overzicht.subjects.licensing.model import Application, FactName
from overzicht.subjects.licensing.sight import visible_view
from overzicht.subjects.licensing.views import DocumentKind
from overzicht.web.asof import OnDay
from overzicht.web.auth import Editor
from overzicht.web.fields import Key, Line
from overzicht.web.uploads import attachment

router = APIRouter(prefix="/licences", tags=["licences"])
LETTERS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
}


@dataclass(frozen=True, slots=True)
class LetterRequest:
    """A letter of a case; `objection` is the number of the objection, 0 for the newest."""

    kind: Annotated[Literal["decision", "objection"], Query()] = "decision"
    form: Annotated[Literal["docx", "odt", "pdf"], Query(alias="format")] = "docx"
    lang: Annotated[Language, Query()] = Language.NL
    objection: Annotated[int, Query(ge=0, le=1000)] = 0


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


@router.post("/{case_id}/facts", summary="State a fact")
def state(context: Editor, day: OnDay, case_id: Key, request: FactRequest) -> CaseView:
    """Save a fact about a case. The filed application does not change."""
    ask = context.on(day)
    return visible_view(ask, steps.state_fact(ask, case_id, **request.model_dump()))
