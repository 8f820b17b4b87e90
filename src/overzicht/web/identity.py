"""Identifying the principal of a request: by token, by session cookie, or as the local reader.

A program sends a token; a browser has a session cookie. On the same machine, reading needs neither if the
service uses an embedded store.
"""

import re

from fastapi import Request

from overzicht.store.accounts import LOCAL_READER, Principal
from overzicht.web.clock import now
from overzicht.web.service import LOOPBACK, Service, service_of
from overzicht.workflows.accounts import principal_of_session, principal_of_token

SECURE_COOKIE, PLAIN_COOKIE = "__Host-overzicht", "overzicht-session"
FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via")
LONGEST_SECRET = 200
TOKEN_SCHEMES = ("bearer", "apikey")
HOST = re.compile(r"(?P<name>\[[0-9a-fA-F:.]+\]|[\w.-]+)(:\d+)?", re.ASCII)


def session_cookie(request: Request) -> str:
    """Return the name of the session cookie: bound to this host over https, a plain one on loopback."""
    return SECURE_COOKIE if request.url.scheme == "https" else PLAIN_COOKIE


def session_token(request: Request) -> str:
    """Return the token of the session cookie; empty without one."""
    return request.cookies.get(session_cookie(request), "")[:LONGEST_SECRET]


def address_of(request: Request) -> str:
    """Return the address that a request came from; of a request through a known proxy, the proxy names it."""
    return request.client.host if request.client else "unknown"


def host_of(request: Request) -> str:
    """Return the host name in the request, without the port; empty if it is not valid."""
    match = HOST.fullmatch(request.headers.get("host", ""))
    return match["name"].strip("[]").lower() if match else ""


def is_local(request: Request) -> bool:
    """Return whether a request was made on this machine, to this machine, and not through a proxy.

    The host name counts as well, so that the domain of another site cannot point here.
    """
    return (
        address_of(request) in LOOPBACK
        and host_of(request) in LOOPBACK
        and not any(name in request.headers for name in FORWARDED)
    )


def bearer_of(request: Request) -> str | None:
    """Return the token of a request, or None. Clients made for yente call it an API key."""
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    return secret.strip()[:LONGEST_SECRET] if scheme.lower() in TOKEN_SCHEMES else None


def identify(request: Request) -> Principal | None:
    """Return the principal, or None; read once per request. A wrong token gives None on every machine."""
    if not hasattr(request.state, "principal"):
        service, secret = service_of(request), bearer_of(request)
        if secret is not None:
            reader = program_of(service, secret)
        else:
            cookie = session_token(request)
            reader = principal_of_session(service.store, cookie, at=now()) if cookie else None
            if reader is None and service.options.reads_openly and is_local(request):
                reader = LOCAL_READER
        request.state.principal = reader
    principal: Principal | None = request.state.principal
    return principal


def program_of(service: Service, secret: str) -> Principal | None:
    """Return the principal of a token, and note that it was used; None for a wrong one."""
    program = principal_of_token(service.store, secret, at=now())
    if program is not None:
        service.audit.touch(program)
    return program
