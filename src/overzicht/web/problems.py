"""Errors as answers: one JSON format for programs (RFC 9457) and one page for people."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from overzicht.errors import EXIT_FETCH, EXIT_INPUT, EXIT_NOT_FOUND, EXIT_SETUP, EXIT_STORE, OverzichtError
from overzicht.evidence import faults

MEDIA_TYPE = "application/problem+json"
HAS_NAMES = {"x-names": True}  # in the description of an operation: a name in the request may be unknown
STATUS = {EXIT_INPUT: 400, EXIT_NOT_FOUND: 404, EXIT_FETCH: 502, EXIT_STORE: 503, EXIT_SETUP: 501}
MAX_FAULTS = 50


class Fault(BaseModel):
    """One mistake in a request: the place and the reason."""

    place: str
    reason: str


class Problem(BaseModel):
    """The reason why a request was not answered. `type` is the error's name as on the page of exit codes."""

    type: str = Field(description="the error's name")
    title: str
    status: int
    detail: str = ""
    fix: str = Field(default="", description="how to fix it; may be empty")
    faults: list[Fault] = Field(default_factory=list)


ProblemPage = Callable[[Request, Problem, dict[str, str]], Response]
FormAgain = Callable[[Request, Problem], Awaitable[Response | None]]


class ProblemError(Exception):
    """An answer that is a problem; any layer of the service may raise it."""

    def __init__(self, problem: Problem, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(problem.detail)
        self.problem = problem
        self.headers = dict(headers or {})


def problem_error(status: int, name: str, title: str, detail: str, fix: str = "") -> ProblemError:
    """Return the error for a problem; `name` is its type."""
    return ProblemError(Problem(type=name, title=title, status=status, detail=detail, fix=fix))


class NotLoggedInError(ProblemError):
    """The request has no valid token or session."""

    def __init__(self) -> None:
        problem = Problem(
            type="not-logged-in",
            title="Not logged in",
            status=401,
            detail="a valid session or token is required",
            fix="log in, or send `Authorization: Bearer TOKEN`",
        )
        super().__init__(problem, {"WWW-Authenticate": 'Bearer realm="overzicht"'})


class NotAllowedError(ProblemError):
    """The principal does not have the role."""

    def __init__(self, role: str, organisation: str = "") -> None:
        detail = f"this requires the role {role}"
        if organisation:
            detail = f"this requires the role {role} for {organisation}"
        fix = "ask an administrator of this service"
        super().__init__(Problem(type="not-allowed", title="Not allowed", status=403, detail=detail, fix=fix))


def not_found(what: str, name: str) -> ProblemError:
    """Return the error for a thing that does not exist."""
    return problem_error(404, "unknown-name", "Not found", f"there is no {what} {name!r}")


def too_large(detail: str) -> Problem:
    """Return the problem of a body or file that is too large."""
    return Problem(type="too-large", title="Content too large", status=413, detail=detail)


def wants_page(request: Request) -> bool:
    """Return whether the client is a browser: the path is not of an interface, and HTML is accepted."""
    is_interface = request.scope["path"].startswith("/api/") or request.scope.get("app") is None
    return not is_interface and "text/html" in request.headers.get("accept", "")


def answer(request: Request, problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """Return the answer for a problem, to a person or to a program."""
    headers = dict(headers or {})
    if wants_page(request):
        page: ProblemPage = request.app.state.problem_page
        return page(request, problem, headers)
    return JSONResponse(problem.model_dump(), problem.status, headers=headers, media_type=MEDIA_TYPE)


def install(app: FastAPI, page: ProblemPage, form_again: FormAgain) -> None:
    """Answer every error of an application in this format; `page` shows it to people.

    `form_again` shows a refused form with what was typed, None if no page has the form.
    """
    app.state.problem_page = page
    app.state.form_again = form_again
    for kind in (ProblemError, OverzichtError, RequestValidationError, HTTPException, Exception):
        app.add_exception_handler(kind, _on_error)


async def _on_error(request: Request, error: Exception) -> Response:
    headers, problem = getattr(error, "headers", None), problem_of(error)
    form_again: FormAgain = request.app.state.form_again
    if wants_page(request) and (page := await form_again(request, problem)) is not None:
        return page
    return await run_in_threadpool(answer, request, problem, headers)


def problem_of(error: Exception) -> Problem:
    """Return an error as a problem. An unexpected one is not described; the server logs it."""
    if isinstance(error, ProblemError):
        return error.problem
    if isinstance(error, OverzichtError):
        status = STATUS.get(error.exit_code, 500)
        title = HTTPStatus(status).phrase
        return Problem(type=error.slug, title=title, status=status, detail=error.message, fix=error.fix)
    if isinstance(error, RequestValidationError):
        return Problem(
            type="invalid-request",
            title="The request does not fit",
            status=400,
            detail="some values are missing or not valid",
            faults=faults_of(error.errors()),
        )
    if isinstance(error, HTTPException):
        title = HTTPStatus(error.status_code).phrase
        detail = "" if error.detail == title else str(error.detail)
        name = title.lower().replace(" ", "-")
        return Problem(type=name, title=title, status=error.status_code, detail=detail)
    detail = "this is an error in the service. Nothing was changed by this request"
    return Problem(type="fault", title="Something went wrong", status=500, detail=detail)


def faults_of(errors: Sequence[Any]) -> list[Fault]:
    """Return the mistakes that a validation reports, without the values of the request."""
    return [
        Fault(place=_printable(fault.place), reason=_printable(fault.reason))
        for fault in faults.faults_of(errors[:MAX_FAULTS])
    ]


def _printable(value: str) -> str:
    return value.encode("utf-8", "replace").decode("utf-8")[:300]
