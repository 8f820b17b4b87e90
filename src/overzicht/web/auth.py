"""Authorisation: the role that each route requires. Only a few routes are public.

The table of roles in the tests is made from the `Require` objects on the routes.
"""

from typing import Annotated

from fastapi import Depends, Request, Response, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from overzicht.composition import API_PREFIX
from overzicht.kit.ask import ADMIN, EDITOR, OFFICER, OVERALL_READER, READER, SOME_EDITOR, Rights
from overzicht.store.accounts import Principal
from overzicht.store.audit import AuditKind
from overzicht.web.context import PageContext, RequestContext
from overzicht.web.identity import address_of, identify
from overzicht.web.limits import network_of
from overzicht.web.problems import NotAllowedError, NotLoggedInError
from overzicht.web.service import service_of

CONFIDENTIAL_PATHS = ("/licences", "/denials")

Bearer = Annotated[
    HTTPAuthorizationCredentials | None,
    Security(HTTPBearer(auto_error=False, description="a token from `overzicht users token`")),
]


class Require:
    """The rights that a route requires; it gives the context of the request."""

    context: type[RequestContext] = RequestContext

    def __init__(self, rights: Rights) -> None:
        self.rights = rights

    def __call__(self, request: Request, response: Response, _bearer: Bearer) -> RequestContext:
        """Return the context; raises NotLoggedInError, NotAllowedError or RateLimitError."""
        service = service_of(request)
        principal = identify(request)
        if principal is None or not principal.is_local:
            network = network_of(address_of(request))
            service.limits.note_request(f"account {principal.name}" if principal else f"address {network}")
        if principal is None:
            _record_refusal(request, "", 401)
            raise NotLoggedInError
        if self.rights.somewhere:
            is_allowed = any(grant.role.rank >= self.rights.role.rank for grant in principal.grants)
        else:
            is_allowed = principal.may(self.rights.role)
        if not is_allowed or (self.rights.overall and principal.organisations is not None):
            _record_refusal(request, principal.name, 401 if principal.is_local else 403)
            if principal.is_local:
                raise NotLoggedInError
            raise NotAllowedError(self.rights.role.value)
        record_reading(request, principal)
        return self.context(request, response, service, principal)


def _record_refusal(request: Request, account: str, status: int) -> None:
    """Record a refusal; of a visitor without an account once a minute per path, so that floods stay small."""
    service, address, path = service_of(request), address_of(request), request.url.path
    if account or service.limits.is_first("refusal", f"{address} {path}"):
        service.audit.record(
            AuditKind.REFUSED,
            account=account,
            address=address,
            subject=f"{request.method} {path}",
            status=status,
        )


def record_reading(request: Request, principal: Principal) -> None:
    """Record that a confidential record is read: licence cases and denials."""
    path = request.url.path.removeprefix(API_PREFIX)
    if request.method == "GET" and path.startswith(CONFIDENTIAL_PATHS):
        service_of(request).audit.record(
            AuditKind.CONFIDENTIAL_READ,
            account=principal.name,
            address=address_of(request),
            subject=request.url.path,
        )


class RequireOnPage(Require):
    """The role that a page requires; it gives the context of a page."""

    context = PageContext


Reader = Annotated[RequestContext, Depends(Require(READER))]
OverallReader = Annotated[RequestContext, Depends(Require(OVERALL_READER))]
Editor = Annotated[RequestContext, Depends(Require(EDITOR))]
SomeEditor = Annotated[RequestContext, Depends(Require(SOME_EDITOR))]
Officer = Annotated[RequestContext, Depends(Require(OFFICER))]
Admin = Annotated[RequestContext, Depends(Require(ADMIN))]
PageAdmin = Annotated[PageContext, Depends(RequireOnPage(ADMIN))]
PageReader = Annotated[PageContext, Depends(RequireOnPage(READER))]
PageOverallReader = Annotated[PageContext, Depends(RequireOnPage(OVERALL_READER))]
PageEditor = Annotated[PageContext, Depends(RequireOnPage(EDITOR))]
PageSomeEditor = Annotated[PageContext, Depends(RequireOnPage(SOME_EDITOR))]
PageOfficer = Annotated[PageContext, Depends(RequireOnPage(OFFICER))]
