"""Logging in and out."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from overzicht.store.accounts import count_accounts
from overzicht.web.clock import now
from overzicht.web.fields import Line
from overzicht.web.forms import START, own_path, see_other
from overzicht.web.identity import address_of, host_of, identify, session_cookie
from overzicht.web.page import render
from overzicht.web.problems import problem_error
from overzicht.web.service import LOOPBACK, Service, ServiceDep
from overzicht.workflows.accounts import LONGEST_PASSWORD, SESSION_LASTS, log_in, log_out

router = APIRouter()


@router.get("/login", response_class=HTMLResponse)
def form(
    request: Request, service: ServiceDep, target: Annotated[Line, Query(alias="next")] = START
) -> HTMLResponse:
    """Show the form for name and password."""
    return _form_page(request, service, target)


@router.post("/login", response_class=HTMLResponse)
def enter(
    request: Request,
    service: ServiceDep,
    name: Annotated[Line, Form()] = "",
    password: Annotated[str, Form(max_length=LONGEST_PASSWORD)] = "",
    target: Annotated[Line, Form(alias="next")] = START,
) -> Response:
    """Open a session. A wrong name and a wrong password give the same answer."""
    is_secure = request.url.scheme == "https"
    if not is_secure and host_of(request) not in LOOPBACK:
        raise problem_error(
            403,
            "not-encrypted",
            "Not over an open line",
            "a password that is sent over plain http can be read by others",
            "use https, as the guide on deploying shows",
        )
    service.limits.note_login(address_of(request), name)
    token = log_in(service.store, name, password, at=now())
    if token is None:
        return _form_page(request, service, target, name)
    service.limits.forget_logins(address_of(request), name)
    answer = see_other(own_path(target))
    answer.set_cookie(
        session_cookie(request),
        token,
        max_age=int(SESSION_LASTS.total_seconds()),
        path="/",
        secure=is_secure,
        httponly=True,
        samesite="lax",
    )
    return answer


@router.post("/logout")
def leave(request: Request, service: ServiceDep) -> RedirectResponse:
    """End the session, if there is one."""
    principal = identify(request)
    if principal is not None and principal.session:
        log_out(service.store, principal, at=now())
    answer = see_other("/login")
    is_secure = request.url.scheme == "https"
    answer.delete_cookie(session_cookie(request), path="/", secure=is_secure, httponly=True, samesite="lax")
    return answer


def _form_page(
    request: Request, service: Service, target: str, failed_name: str | None = None
) -> HTMLResponse:
    with service.store.reading() as connection:
        has_accounts = count_accounts(connection) > 0
    has_failed = failed_name is not None
    return render(
        request,
        "login.html",
        status=401 if has_failed else 200,
        failed=has_failed,
        name=failed_name or "",
        next=own_path(target),
        has_accounts=has_accounts,
    )
