"""The steps of a log-in that pages share: limits, the audit trail, and the cookies of an open session."""

from fastapi import Request
from starlette.responses import Response

from overzicht.store.accounts import find_account
from overzicht.store.audit import AuditKind
from overzicht.web.clock import now
from overzicht.web.identity import address_of, host_of, session_cookie, session_token
from overzicht.web.known_device import device_of, remember_device
from overzicht.web.limits import LoginAttempt, RateLimitError
from overzicht.web.problems import problem_error
from overzicht.web.service import LOOPBACK, service_of
from overzicht.workflows.accounts import SESSION_LASTS, digest, has_password, open_session
from overzicht.workflows.second_factor import Site

STEP_OF_FACTOR = "second factor"
SHOWN_OF_UNKNOWN = 2  # letters


def check_encrypted(request: Request) -> None:
    """Raise a problem for a secret that is sent over plain http to another machine."""
    if request.url.scheme != "https" and host_of(request) not in LOOPBACK:
        raise problem_error(
            403,
            "not-encrypted",
            "Not over an open line",
            "a password that is sent over plain http can be read by others",
            "use https, as the guide on deploying shows",
        )


def site_of(request: Request) -> Site:
    """Return the service as the browser of a request names it, for security keys."""
    return Site(host_of(request), f"{request.url.scheme}://{request.headers.get('host', '').lower()}")


def note_attempt(request: Request, name: str, step: str = "") -> LoginAttempt:
    """Count an attempt and return it; RateLimitError above a limit, which the audit trail records."""
    service = service_of(request)
    with service.store.reading() as connection:
        account = find_account(connection, name)
    unlocked_at = account.unlocked_at if account is not None else ""
    attempt = LoginAttempt(address_of(request), name, device_of(request, name), unlocked_at, step)
    try:
        service.limits.note_login(attempt)
    except RateLimitError:
        if service.limits.is_first("limited", f"{attempt.address} {attempt.name}"):
            record(request, AuditKind.LOGIN_LIMITED, name)
        raise
    return attempt


def record(request: Request, kind: AuditKind, name: str, **detail: str) -> None:
    """Record an event of a log-in in the audit trail.

    Of a name without an account only the start is recorded: people type passwords in the wrong field.
    """
    with service_of(request).store.reading() as connection:
        is_known = find_account(connection, name) is not None
    shown = name if is_known or not name else f"{name[:SHOWN_OF_UNKNOWN]}…"
    service_of(request).audit.record(
        kind, account=shown, address=address_of(request), subject=request.url.path, **detail
    )


def check_own_password(request: Request, name: str, password: str) -> bool:
    """Return whether an account typed its own password again, with the limits of a log-in."""
    check_encrypted(request)
    attempt = note_attempt(request, name)
    is_right = has_password(service_of(request).store, name, password)
    if is_right:
        service_of(request).limits.forget_logins(attempt)
    else:
        record(request, AuditKind.LOGIN_FAILED, name)
    return is_right


def admit(request: Request, answer: Response, name: str, *, method: str) -> str:
    """Open a session in place of that of the request, and set its cookie and that of the device.

    Returns the token of the session.
    """
    service = service_of(request)
    before = session_token(request)
    token = open_session(service.store, name, at=now(), after=digest(before) if before else "")
    record(request, AuditKind.LOGGED_IN, name, method=method)
    set_session(request, answer, token)
    remember_device(request, answer, name)
    return token


def set_session(request: Request, answer: Response, token: str) -> None:
    """Set the session cookie."""
    answer.set_cookie(
        session_cookie(request),
        token,
        max_age=int(SESSION_LASTS.total_seconds()),
        path="/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )


def remove_session(request: Request, answer: Response) -> None:
    """Remove the session cookie."""
    is_secure = request.url.scheme == "https"
    answer.delete_cookie(session_cookie(request), path="/", secure=is_secure, httponly=True, samesite="lax")
