"""Logging in through an OpenID provider."""

import hmac
from dataclasses import astuple
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from overzicht.errors import OverzichtError
from overzicht.store.audit import AuditKind
from overzicht.web import logins
from overzicht.web.clock import now
from overzicht.web.confirmation import remember_login
from overzicht.web.fields import Line
from overzicht.web.forms import START, own_path, see_other
from overzicht.web.identity import address_of
from overzicht.web.limits import network_of
from overzicht.web.pages.login import login_page
from overzicht.web.problems import not_found
from overzicht.web.service import Service, ServiceDep
from overzicht.web.signed_cookies import SignedCookie
from overzicht.workflows.sso import Provider, SsoProviderError, SsoRequest, account_of

router = APIRouter()
PURPOSE = "single sign-on"
RETURN_PATH = "/login/sso/return"
LASTS = timedelta(minutes=10)
LONGEST_CODE = 4_000
COOKIE = SignedCookie("overzicht-sso", PURPOSE, LASTS, longest=10_000)  # with the address of the next page
Text = Annotated[str, Query(max_length=LONGEST_CODE)]


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
