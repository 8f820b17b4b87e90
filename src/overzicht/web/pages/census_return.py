"""The return of a body in the browser: the link of its letter opens the form, without an account."""

from dataclasses import dataclass
from itertools import zip_longest
from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, Query, Request, UploadFile
from starlette.responses import HTMLResponse

from overzicht.census.answers import Basis, Depth, Level, Scope
from overzicht.errors import OverzichtError
from overzicht.evidence.actor import Actor
from overzicht.web.clock import now, today
from overzicht.web.fields import Line
from overzicht.web.identity import address_of
from overzicht.web.logins import check_encrypted
from overzicht.web.page import render
from overzicht.web.service import Service, ServiceDep
from overzicht.web.uploads import read_small
from overzicht.workflows.census.browser import FormAnswer, FormRow, OpenRequest, answer_by_link, open_link
from overzicht.workflows.census.letters import what_is_asked
from overzicht.workflows.census.links import PATH, AnswerLinkError
from overzicht.workflows.census.receiving import Received

router = APIRouter()
ROWS = 8  # of the empty form
DEPTHS = (
    Depth.NONE,
    Depth.COUNTS,
    Depth.MODELS,
    Depth.REGISTER,
    Depth.PRESENT,
    Depth.NOT_HELD,
    Depth.REFUSED,
)
BODY = "the body, by the link of its letter"  # actor in the log
Lines = Annotated[list[Line] | None, Form(max_length=200)]


@dataclass(frozen=True, slots=True)
class ReturnForm:
    """The fields of the form; the lists of a row belong together by position."""

    depth: Annotated[Depth, Form()] = Depth.NONE
    scope: Annotated[Scope, Form()] = Scope.ALL
    basis: Annotated[Line, Form()] = ""
    ground: Annotated[Line, Form()] = ""
    level: Annotated[Level, Form()] = Level.COUNTS
    role: Annotated[Line, Form()] = ""
    maker: Lines = None
    model: Lines = None
    kind: Lines = None
    least: Lines = None
    most: Lines = None
    file: Annotated[UploadFile | None, File()] = None

    def rows(self) -> tuple[FormRow, ...]:
        """Return the rows of the form, empty ones too."""
        columns = (self.maker or [], self.model or [], self.kind or [], self.least or [], self.most or [])
        cells = zip_longest(*columns, fillvalue="")
        return tuple(FormRow(*(cell.strip() for cell in row)) for row in cells)

    def answer(self, limit: int) -> FormAnswer:
        """Return the answer of the form; a file may have up to `limit` bytes."""
        has_file = self.file is not None and bool(self.file.filename)
        return FormAnswer(
            self.depth,
            self.scope,
            Basis(self.basis) if self.basis in set(Basis) else None,
            self.ground,
            self.level,
            self.role,
            self.rows(),
            read_small(self.file, limit) if has_file and self.file is not None else None,
        )


@router.get(PATH, response_class=HTMLResponse)
def form(request: Request, service: ServiceDep, key: Annotated[Line, Query()] = "") -> HTMLResponse:
    """Show the form of the request that the link opens, with what others state about the body."""
    service.limits.note_request(f"address {address_of(request)}")
    return _page(request, service, key, ReturnForm())


@router.post(PATH, response_class=HTMLResponse)
def send(
    request: Request,
    service: ServiceDep,
    given: Annotated[ReturnForm, Depends()],
    key: Annotated[Line, Form()] = "",
) -> HTMLResponse:
    """Sign the form as the body and accept it, or show what is wrong with it."""
    service.limits.note_request(f"address {address_of(request)}")
    return _page(request, service, key, given, is_sent=True)


def _page(
    request: Request, service: Service, key: str, given: ReturnForm, *, is_sent: bool = False
) -> HTMLResponse:
    opened: OpenRequest | None = None
    outcome: Received | None = None
    fault: OverzichtError | None = None
    try:
        opened = open_link(service.store, key, today())
        if is_sent:
            check_encrypted(request)
            answer = given.answer(service.options.max_upload_bytes)
            outcome = answer_by_link(service.store, opened, answer, Actor(today(), BODY, now()))
    except OverzichtError as error:
        fault = error
    is_refused = fault is not None or (outcome is not None and not outcome.is_accepted)
    answer_page = render(
        request,
        "census_return.html",
        opened=opened,
        question=what_is_asked(opened.round.reference_date) if opened else None,
        outcome=outcome,
        fault=fault,
        key=key,
        given=given,
        path=PATH,
        rows=[*given.rows(), *[FormRow()] * ROWS][: max(ROWS, len(given.rows()))],
        depths=[(own.value, own.words) for own in DEPTHS],
        scopes=[(own.value, own.words) for own in Scope],
        bases=[(own.value, own.words) for own in Basis],
        levels=[(own.value, own.words) for own in Level],
    )
    answer_page.status_code = 404 if isinstance(fault, AnswerLinkError) else 422 if is_refused else 200
    return answer_page
