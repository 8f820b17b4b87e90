"""What a person must give again before a change that outlives the session: a password, or a new log-in.

An account with single sign-on has no password here, so the provider asks for the log-in again. A signed
cookie proves it for some minutes, for this session only. A stolen session thus makes no lasting access.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from fastapi import Request
from starlette.responses import Response

from overzicht.store.accounts import Principal, find_account
from overzicht.web.clock import now
from overzicht.web.identity import session_token
from overzicht.web.service import service_of
from overzicht.web.signed_cookies import SignedCookie
from overzicht.workflows.accounts import digest

LASTS = timedelta(minutes=5)
COOKIE = SignedCookie("overzicht-fresh", "new log-in at the provider", LASTS, longest=500)


class Missing(StrEnum):
    """What a person still has to give: nothing, their password, or a new log-in at the provider."""

    NOTHING = ""
    PASSWORD = "password"  # noqa: S105 - not a secret
    LOGIN = "log-in"


def missing_confirmation(request: Request, principal: Principal) -> Missing:
    """Return what a principal has to give before a lasting change; nothing for a token."""
    with service_of(request).store.reading() as connection:
        account = find_account(connection, principal.name)
    if not principal.session or account is None:
        return Missing.NOTHING
    if account.password_hash:
        return Missing.PASSWORD
    if not account.sso_subject:
        return Missing.NOTHING
    content = COOKIE.read(request)
    if content is None:
        return Missing.LOGIN
    session, until = content
    is_fresh = session == digest(session_token(request)) and now() < datetime.fromisoformat(until)
    return Missing.NOTHING if is_fresh else Missing.LOGIN


def remember_login(request: Request, answer: Response, token: str) -> None:
    """Set the cookie that proves a new log-in at the provider, for the session with this token."""
    COOKIE.write(request, answer, [digest(token), (now() + LASTS).isoformat()])
