"""Logging in by a password or an OpenID provider, the second factor, and logging out."""

import hmac
from dataclasses import astuple
from datetime import datetime, timedelta
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from overzicht.errors import OverzichtError
from overzicht.evidence.actor import Actor
from overzicht.store.accounts import Session, Stage, count_accounts
from overzicht.store.audit import AuditKind
from overzicht.web import logins
from overzicht.web.clock import now, today
from overzicht.web.confirmation import remember_login
from overzicht.web.factor_pages import add_factor, enrolment_values, key_values, recovery_page
from overzicht.web.fields import Line
from overzicht.web.forms import START, own_path, see_other
from overzicht.web.identity import address_of, identify, session_token
from overzicht.web.known_device import remember_device
from overzicht.web.limits import network_of
from overzicht.web.login_link import PATH as LINK_PAGE
from overzicht.web.page import render
from overzicht.web.problems import not_found
from overzicht.web.service import Service, ServiceDep, service_of
from overzicht.web.signed_cookies import SignedCookie
from overzicht.workflows import second_factor
from overzicht.workflows.accounts import LONGEST_PASSWORD, log_in, log_out, pending_session, take_challenge
from overzicht.workflows.sso import Provider, SsoProviderError, SsoRequest, account_of

router = APIRouter()
FACTOR_PAGE = "/login/second-factor"
Answer = Annotated[str, Form(max_length=20_000)]
Password = Annotated[str, Form(max_length=LONGEST_PASSWORD)]
Target = Annotated[Line, Form(alias="next")]
PURPOSE = "single sign-on"
RETURN_PATH = "/login/sso/return"
LASTS = timedelta(minutes=10)
LONGEST_CODE = 4_000
COOKIE = SignedCookie("overzicht-sso", PURPOSE, LASTS, longest=10_000)  # with the address of the next page
Text = Annotated[str, Query(max_length=LONGEST_CODE)]


@router.get("/login", response_class=HTMLResponse)
def form(
    request: Request, service: ServiceDep, target: Annotated[Line, Query(alias="next")] = START
) -> HTMLResponse:
    """Show the form for name and password."""
    return login_page(request, service, target)


@router.post("/login", response_class=HTMLResponse)
def enter(
    request: Request,
    service: ServiceDep,
    name: Annotated[Line, Form()] = "",
    password: Password = "",
    target: Target = START,
) -> Response:
    """Open a session, or ask for a second factor. A wrong name and a wrong password give the same answer."""
    logins.check_encrypted(request)
    attempt = logins.note_attempt(request, name)
    token = log_in(service.store, name, password, at=now())
    if token is None:
        logins.record(request, AuditKind.LOGIN_FAILED, name)
        return login_page(request, service, target, name)
    service.limits.forget_logins(attempt)
    pending = pending_session(service.store, token, at=now())
    if pending is not None:
        answer = see_other(f"{FACTOR_PAGE}?{urlencode({'next': own_path(target)})}")
        logins.set_session(request, answer, token)
        return answer
    answer = see_other(own_path(target))
    logins.set_session(request, answer, token)
    remember_device(request, answer, name)
    logins.record(request, AuditKind.LOGGED_IN, name, method="password")
    return answer


@router.get(LINK_PAGE)
def follow_link(request: Request, service: ServiceDep, key: Annotated[Line, Query()] = "") -> Response:
    """Open a session by the link that the service printed; a wrong, used or late one leads to the form."""
    link = service.options.login_link
    if link is None or not link.redeem(key, now()):
        logins.record(request, AuditKind.LOGIN_FAILED, "")
        return see_other("/login")
    answer = see_other(link.target)
    logins.admit(request, answer, link.account, method="link")
    return answer


@router.get("/login/second-factor", response_class=HTMLResponse)
def factor_form(
    request: Request, service: ServiceDep, target: Annotated[Line, Query(alias="next")] = START
) -> Response:
    """Show the form for a code or a security key, or for the first factor of an account that needs one."""
    session = pending_session(service.store, session_token(request), at=now())
    return see_other("/login") if session is None else _factor_page(request, session, target)


@router.post("/login/second-factor", response_class=HTMLResponse)
def enter_factor(
    request: Request,
    service: ServiceDep,
    code: Annotated[Line, Form()] = "",
    credential: Answer = "",
    target: Target = START,
) -> Response:
    """Open the session if the code or the security key is right."""
    session = pending_session(service.store, session_token(request), at=now())
    if session is None:
        return see_other("/login")
    attempt = logins.note_attempt(request, session.account, logins.STEP_OF_FACTOR)
    answer = _checked_factor(request, session, code, credential, own_path(target))
    if answer is None:
        logins.record(request, AuditKind.FACTOR_FAILED, session.account)
        return _factor_page(request, session, target, failed=True)
    service.limits.forget_logins(attempt)
    logins.admit(request, answer, session.account, method="security key" if credential else "code")
    return answer


@router.post("/logout")
def leave(request: Request, service: ServiceDep) -> RedirectResponse:
    """End the session, if there is one."""
    principal = identify(request)
    if principal is not None and principal.session:
        log_out(service.store, principal, at=now())
    answer = see_other("/login")
    logins.remove_session(request, answer)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def _checked_factor(
    request: Request, session: Session, code: str, credential: str, target: str
) -> Response | None:
    """Return the answer to a right code or security key; None to a wrong one."""
    store = service_of(request).store
    actor = Actor(today(), session.account, now())
    if session.stage is Stage.ENROL:
        codes = add_factor(request, actor, session.token_hash, (code, credential, ""))
        return None if codes is None else recovery_page(request, codes, target)
    if credential:
        challenge = take_challenge(store, session.account, session.token_hash, at=now())
        key_answer = second_factor.KeyAnswer(credential, challenge, logins.site_of(request))
        is_right = second_factor.is_valid_key(store, session.account, key_answer, actor)
    else:
        is_right = second_factor.is_valid_code(store, session.account, code, actor)
    return see_other(target) if is_right else None


def _factor_page(request: Request, session: Session, target: str, *, failed: bool = False) -> HTMLResponse:
    actor = Actor(today(), session.account, now())
    values = (enrolment_values if session.stage is Stage.ENROL else key_values)(
        request, actor, session.token_hash
    )
    page = render(
        request,
        "second_factor.html",
        status=401 if failed else 200,
        failed=failed,
        enrols=session.stage is Stage.ENROL,
        account=session.account,
        next=own_path(target),
        **values,
    )
    page.headers["Cache-Control"] = "no-store"
    return page


def login_page(
    request: Request,
    service: Service,
    target: str,
    failed_name: str | None = None,
    sso_fault: OverzichtError | None = None,
) -> HTMLResponse:
    """Return the page to log in, after a wrong password for a name, or after a fault at the provider."""
    with service.store.reading() as connection:
        has_accounts = count_accounts(connection) > 0
    has_failed = failed_name is not None
    return render(
        request,
        "login.html",
        status=401 if has_failed or sso_fault else 200,
        failed=has_failed,
        sso_fault=sso_fault,
        name=failed_name or "",
        next=own_path(target),
        has_accounts=has_accounts,
        provider=service.provider.title if service.provider else "",
    )


@router.get("/login/sso")
def begin(
    request: Request,
    service: ServiceDep,
    target: Annotated[Line, Query(alias="next")] = START,
    fresh: bool = False,
) -> Response:
    """Send the browser to the provider; with `fresh`, the provider asks the person to log in again."""
    provider = _provider(service)
    logins.check_encrypted(request)
    service.limits.note_request(f"address {network_of(address_of(request))}")
    started = SsoRequest.new(int(now().timestamp()) if fresh else 0)
    try:
        answer = see_other(provider.address(started, _return_address(request), at=now()))
    except OverzichtError as error:
        return _failed(request, service, target, error)
    COOKIE.write(request, answer, [*astuple(started), own_path(target), (now() + LASTS).isoformat()])
    return answer


@router.get("/login/sso/return")
def finish(
    request: Request, service: ServiceDep, code: Text = "", state: Text = "", error: Text = "", iss: Text = ""
) -> Response:
    """Open a session for the person whom the provider identified."""
    provider = _provider(service)
    started, target = _started(request)
    try:
        if started is None or not hmac.compare_digest(
            started.state.encode(), state.encode("utf-8", "replace")
        ):
            raise SsoProviderError("it was not started in this browser, or longer than 10 minutes ago")
        if error or not code or not provider.is_issuer(iss, at=now()):
            raise SsoProviderError("it gave no code")
        identity = provider.identity(started, code, _return_address(request), at=now())
        account = account_of(service.store, provider, identity, now())
    except OverzichtError as fault:
        answer = _failed(request, service, target, fault)
    else:
        answer = see_other(target)
        token = logins.admit(request, answer, account.name, method="single sign-on")
        if started.fresh_at:
            remember_login(request, answer, token)
    COOKIE.delete(request, answer)
    return answer


def _provider(service: Service) -> Provider:
    if service.provider is None:
        raise not_found("provider of", PURPOSE)
    return service.provider


def _return_address(request: Request) -> str:
    return logins.site_of(request).origin + RETURN_PATH


def _started(request: Request) -> tuple[SsoRequest | None, str]:
    """Return what the cookie remembers of a log-in, and the next page; None without a valid cookie."""
    content = COOKIE.read(request)
    if content is None:
        return None, START
    *values, target, until = content
    return (SsoRequest(*values), target) if now() < datetime.fromisoformat(until) else (None, START)


def _failed(request: Request, service: Service, target: str, error: OverzichtError) -> Response:
    logins.record(request, AuditKind.LOGIN_FAILED, "", method=PURPOSE, reason=error.slug)
    return login_page(request, service, target, sso_fault=error)
