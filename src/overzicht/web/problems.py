"""What is answered when something cannot be: one shape for programs (RFC 9457), one page for people."""

from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from overzicht.errors import (
    EXIT_FETCH,
    EXIT_INPUT,
    EXIT_NOT_FOUND,
    EXIT_SETUP,
    EXIT_STORE,
    OverzichtError,
)

MEDIA_TYPE = "application/problem+json"
STATUS = {EXIT_INPUT: 422, EXIT_NOT_FOUND: 404, EXIT_FETCH: 502, EXIT_STORE: 503, EXIT_SETUP: 501}
MOST_FAULTS = 50


class Fault(BaseModel):
    """One thing that is wrong in a request: where it stands, and why."""

    place: str
    reason: str


class Problem(BaseModel):
    """Why a request was not answered. `type` is the error's name as on the page of exit codes."""

    type: str = Field(description="the error's name")
    title: str
    status: int
    detail: str = ""
    fix: str = Field(default="", description="what to do about it; may be empty")
    faults: list[Fault] = Field(default_factory=list)


ProblemPage = Callable[[Request, Problem, dict[str, str]], Response]


class ProblemError(Exception):
    """An answer that is a problem; any layer of the service may raise it."""

    def __init__(self, problem: Problem, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(problem.detail)
        self.problem = problem
        self.headers = dict(headers or {})


class NotLoggedInError(ProblemError):
    """Nobody is known to be asking, or the token or session is over."""

    def __init__(self) -> None:
        problem = Problem(
            type="not-logged-in",
            title="Not logged in",
            status=401,
            detail="this needs a session or a token, and none that is valid came along",
            fix="log in, or send `Authorization: Bearer TOKEN`",
        )
        super().__init__(problem, {"WWW-Authenticate": 'Bearer realm="overzicht"'})


class NotAllowedError(ProblemError):
    """Who asks is known and may not do this."""

    def __init__(self, role: str, organisation: str = "") -> None:
        where = f" for {organisation}" if organisation else ""
        problem = Problem(
            type="not-allowed",
            title="Not allowed",
            status=403,
            detail=f"this needs the role {role}{where}",
            fix="ask an admin of this service",
        )
        super().__init__(problem)


class ForgedError(ProblemError):
    """A request that would change something seems to come from another site's page."""

    def __init__(self) -> None:
        problem = Problem(
            type="other-site",
            title="Refused",
            status=403,
            detail="this request came from a page of another site",
            fix="use the pages of this service",
        )
        super().__init__(problem)


def not_found(what: str, name: str) -> ProblemError:
    """Return the error for something asked for that does not exist."""
    detail = f"there is no {what} {name!r}"
    return ProblemError(Problem(type="unknown-name", title="Not found", status=404, detail=detail))


def wants_page(request: Request) -> bool:
    """Return whether a person asks: the path is not of an interface and the browser takes HTML."""
    is_interface = request.scope["path"].startswith("/api/") or request.scope.get("app") is None
    return not is_interface and "text/html" in request.headers.get("accept", "")


def answer(request: Request, problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """Return the answer that tells a problem, to a person or to a program."""
    if wants_page(request):
        page: ProblemPage = request.app.state.problem_page
        return page(request, problem, dict(headers or {}))
    return JSONResponse(
        problem.model_dump(), problem.status, headers=dict(headers or {}), media_type=MEDIA_TYPE
    )


def install(app: FastAPI, page: ProblemPage) -> None:
    """Make every error of an application an answer of this shape; `page` tells it to people."""
    app.state.problem_page = page
    app.add_exception_handler(ProblemError, _on_problem)
    app.add_exception_handler(OverzichtError, _on_overzicht_error)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(Exception, _on_unexpected)


def _on_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, ProblemError)  # noqa: S101 - installed for this class
    return answer(request, error.problem, error.headers)


def _on_overzicht_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, OverzichtError)  # noqa: S101 - installed for this class
    return answer(request, problem_of(error))


def problem_of(error: OverzichtError) -> Problem:
    """Return an error of the layers below as a problem."""
    status = STATUS.get(error.exit_code, 500)
    title = HTTPStatus(status).phrase
    return Problem(type=error.slug, title=title, status=status, detail=error.message, fix=error.fix)


def _on_invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - installed for this class
    problem = Problem(
        type="invalid-request",
        title="The request does not fit",
        status=422,
        detail="some values are missing or are not what is asked for",
        faults=faults_of(error.errors()),
    )
    return answer(request, problem)


def faults_of(errors: Sequence[Any]) -> list[Fault]:
    """Return what a validation found, without the values that came in."""
    found = [Fault(place=".".join(map(str, each["loc"])), reason=str(each["msg"])) for each in errors]
    return [Fault(place=_printable(f.place), reason=_printable(f.reason)) for f in found[:MOST_FAULTS]]


def _printable(value: str) -> str:
    return value.encode("utf-8", "replace").decode("utf-8")[:300]


def _on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - installed for this class
    title = HTTPStatus(error.status_code).phrase
    name = title.lower().replace(" ", "-")
    detail = "" if error.detail == title else str(error.detail)
    problem = Problem(type=name, title=title, status=error.status_code, detail=detail)
    return answer(request, problem, error.headers)


def _on_unexpected(request: Request, error: Exception) -> Response:
    """Tell nothing of what broke; the server writes it to its own log."""
    del error
    problem = Problem(
        type="fault",
        title="Something went wrong",
        status=500,
        detail="this is a fault of the service; nothing was changed by this request",
    )
    return answer(request, problem)
