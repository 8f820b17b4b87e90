"""Logging in and out."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from overzicht.store.accounts import count_accounts
from overzicht.web.api.models.shared import Line
from overzicht.web.auth import address_of, host_of, identify, session_cookie
from overzicht.web.clock import now
from overzicht.web.page import render
from overzicht.web.problems import Problem, ProblemError
from overzicht.web.service import LOOPBACK, Here, Service
from overzicht.workflows.accounts import LONGEST_PASSWORD, SESSION_LASTS, log_in, log_out

router = APIRouter()
START = "/"
UNSAFE = Problem(
    type="not-encrypted", title="Not over an open line", status=403,
    detail="a password sent over plain http can be read by others on the way",
    fix="come in over https, as the guide on deploying shows",
)  # fmt: skip


@router.get("/login", response_class=HTMLResponse)
def ask(request: Request, here: Here, target: Annotated[Line, Query(alias="next")] = START) -> HTMLResponse:
    """Ask for name and password."""
    return _form(request, here, target=target)


@router.post("/login", response_class=HTMLResponse)
def enter(
    request: Request,
    here: Here,
    name: Annotated[Line, Form()] = "",
    password: Annotated[str, Form(max_length=LONGEST_PASSWORD)] = "",
    target: Annotated[Line, Form(alias="next")] = START,
) -> Response:
    """Open a session; a wrong name and a wrong password get the same answer."""
    if request.url.scheme != "https" and host_of(request) not in LOOPBACK:
        raise ProblemError(UNSAFE)
    here.limits.note_login(address_of(request), name)
    token = log_in(here.store, name, password, at=now())
    if token is None:
        return _form(request, here, target=target, name=name, failed=True)
    here.limits.forget_logins(address_of(request), name)
    answer = RedirectResponse(own_path(target), 303)
    answer.set_cookie(
        session_cookie(request),
        token,
        max_age=int(SESSION_LASTS.total_seconds()),
        path="/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )
    return answer


@router.post("/logout")
def leave(request: Request, here: Here) -> RedirectResponse:
    """End the session; without one this does nothing."""
    principal = identify(request)
    if principal is not None and principal.session:
        log_out(here.store, principal, at=now())
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(
        session_cookie(request), path="/", secure=request.url.scheme == "https", httponly=True, samesite="lax"
    )
    return answer


def own_path(target: str) -> str:
    """Return a path of this service, and the first page for what would lead elsewhere."""
    is_path = target.startswith("/") and not target.startswith(("//", "/\\"))
    return target if is_path and target.isprintable() and "\\" not in target else START


def _form(
    request: Request, here: Service, *, target: str, name: str = "", failed: bool = False
) -> HTMLResponse:
    with here.store.reading() as connection:
        has_accounts = count_accounts(connection) > 0
    return render(
        request,
        "login.html",
        status=401 if failed else 200,
        failed=failed,
        name=name,
        next=own_path(target),
        has_accounts=has_accounts,
    )
