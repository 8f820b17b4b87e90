"""Who asks, and whether they may: `require(role)` on every route but the few that are public.

A program sends a token; a browser has a session cookie; at the machine itself, on an embedded store, reading
needs neither. The table of roles in the tests is made from the `Require` objects that stand on the routes.
"""

import re
from typing import Annotated, Any

from fastapi import Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from overzicht.store.accounts import Role
from overzicht.web.clock import now
from overzicht.web.problems import NotAllowedError, NotLoggedInError
from overzicht.web.service import LOOPBACK, Service, service_of
from overzicht.workflows.accounts import (
    LOCAL_READER,
    Principal,
    principal_of_session,
    principal_of_token,
)

SECURE_COOKIE, PLAIN_COOKIE = "__Host-overzicht", "overzicht-session"
FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via")
LONGEST_SECRET = 200
TOKEN_SCHEMES = ("bearer", "apikey")
HOST = re.compile(r"(?P<name>\[[0-9a-fA-F:.]+\]|[\w.-]+)(:\d+)?", re.ASCII)

Bearer = Annotated[
    HTTPAuthorizationCredentials | None,
    Security(HTTPBearer(auto_error=False, description="a token of `overzicht users token`")),
]


def session_cookie(request: Request) -> str:
    """Return the name of the session's cookie: bound to this host over https, a plain one on loopback."""
    return SECURE_COOKIE if request.url.scheme == "https" else PLAIN_COOKIE


def host_of(request: Request) -> str:
    """Return the name that the service was called by, without the port; empty for what is no name."""
    found = HOST.fullmatch(request.headers.get("host", ""))
    return found["name"].strip("[]").lower() if found else ""


def is_local(request: Request) -> bool:
    """Return whether a request was made on this machine, to this machine, with nobody in between.

    The name asked for counts as well, so that a page elsewhere cannot have its name lead here.
    """
    client = request.client.host if request.client else ""
    return (
        client in LOOPBACK
        and host_of(request) in LOOPBACK
        and not any(name in request.headers for name in FORWARDED)
    )


def bearer_of(request: Request) -> str | None:
    """Return the token that came along, or None when there is none. yente's clients call it an API key."""
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    return secret.strip()[:LONGEST_SECRET] if scheme.lower() in TOKEN_SCHEMES else None


def identify(request: Request) -> Principal | None:
    """Return who asks, or None; looked up once per request. A wrong token is never taken for no token."""
    if not hasattr(request.state, "principal"):
        request.state.principal = _identify(request, service_of(request))
    found: Principal | None = request.state.principal
    return found


def _identify(request: Request, service: Service) -> Principal | None:
    secret = bearer_of(request)
    if secret is not None:
        return principal_of_token(service.store, secret, at=now())
    cookie = request.cookies.get(session_cookie(request), "")[:LONGEST_SECRET]
    found = principal_of_session(service.store, cookie, at=now()) if cookie else None
    if found is None and service.options.reads_openly and is_local(request):
        return LOCAL_READER
    return found


class Require:
    """A route's demand: a role, for the organisation that the parameter of that name gives (None: shared).

    With `overall`, a grant for one organisation is not enough even to read. With `somewhere`, holding the
    role for any organisation opens the route, which then asks for the organisation in hand (`web.rights`).
    """

    def __init__(
        self, role: Role, organisation: str | None = None, *, overall: bool = False, somewhere: bool = False
    ) -> None:
        self.role = role
        self.organisation = organisation
        self.overall = overall
        self.somewhere = somewhere

    def __call__(self, request: Request, _bearer: Bearer) -> Principal:
        """Return who asks; raises NotLoggedInError, NotAllowedError or TooOftenError."""
        service = service_of(request)
        principal = identify(request)
        if principal is None or not principal.is_local:
            who = f"account {principal.name}" if principal else f"address {address_of(request)}"
            service.limits.note_request(who)
        if principal is None:
            raise NotLoggedInError
        organisation = self._organisation(request)
        if self.somewhere:
            is_allowed = any(grant.role.rank >= self.role.rank for grant in principal.grants)
        else:
            is_allowed = principal.may(self.role, organisation, service.above(organisation))
        if not is_allowed or (self.overall and principal.organisations is not None):
            if principal.is_local:
                raise NotLoggedInError
            raise NotAllowedError(self.role.value, organisation)
        return principal

    def _organisation(self, request: Request) -> str:
        if self.organisation is None:
            return ""
        given = request.path_params.get(self.organisation)
        return str(given if given is not None else request.query_params.get(self.organisation, ""))


def address_of(request: Request) -> str:
    """Return the address that a request came from, as far as the server knows it."""
    return request.client.host if request.client else "unknown"


def require(role: Role, organisation: str | None = None) -> Any:
    """Return the dependency that demands a role.

    `organisation` names the path or query parameter that says for which organisation; left out, it is about
    what all share. A body that names an organisation is checked by the route with `Principal.may`.
    """
    return Depends(Require(role, organisation))


Reader = Annotated[Principal, require(Role.READER)]
OverallReader = Annotated[Principal, Depends(Require(Role.READER, overall=True))]
Editor = Annotated[Principal, require(Role.EDITOR)]
SomeEditor = Annotated[Principal, Depends(Require(Role.EDITOR, somewhere=True))]
Officer = Annotated[Principal, require(Role.OFFICER)]
Admin = Annotated[Principal, require(Role.ADMIN)]
