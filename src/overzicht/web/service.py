"""The parts that requests share: the store, the settings, the options, the limits and the jobs."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from overzicht.settings import Settings
from overzicht.store.database import Store
from overzicht.web.audit import AuditTrail
from overzicht.web.jobs import Runner
from overzicht.web.limits import Limits
from overzicht.web.login_link import LoginLink
from overzicht.web.response_cache import ResponseCache
from overzicht.workflows.engines import Engines
from overzicht.workflows.sso import Provider

LOOPBACK = ("127.0.0.1", "localhost", "::1", "[::1]")


@dataclass(frozen=True, slots=True)
class ServiceOptions:
    """How the service was started.

    With `reads_openly`, a client on the same machine may read without an account. `hosts` are the host names
    of the service. `public_address` is the address that others use, empty if it is not known.
    `rate` is the limit per account or address, for example `1200/minute` (empty: no limit).
    `origins` are the sites whose pages may read the reconciliation interface (`web.cors`; `*`: every site).
    `login_link` logs one account in once.
    """

    reads_openly: bool = False
    hosts: tuple[str, ...] = LOOPBACK
    rate: str = "1200/minute"
    origins: tuple[str, ...] = ()
    public_address: str = ""
    login_link: LoginLink | None = None
    max_body_bytes: int = 4_000_000
    max_upload_bytes: int = 200_000_000


@dataclass(frozen=True)
class Service:
    """The parts that requests share; one per application."""

    store: Store
    settings: Settings
    options: ServiceOptions
    limits: Limits
    runner: Runner
    cache: ResponseCache
    engines: Engines
    audit: AuditTrail
    provider: Provider | None = None


def service_of(request: Request) -> Service:
    """Return the service that a request came to."""
    service: Service = request.app.state.service
    return service


ServiceDep = Annotated[Service, Depends(service_of)]
