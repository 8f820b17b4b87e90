"""What every request needs: the store, the settings, how the service was started, its limits and its jobs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from overzicht.settings import Settings
from overzicht.store.database import Store
from overzicht.web.jobs import Runner
from overzicht.web.limits import Limits
from overzicht.web.memory import Memory
from overzicht.workflows.engines import Engines

LOOPBACK = ("127.0.0.1", "localhost", "::1", "[::1]")


@dataclass(frozen=True, slots=True)
class ServiceOptions:
    """How the service was started.

    With `reads_openly`, who asks at the machine itself reads without a name. `hosts` are the names by which
    the service may be called; `rate` is what one account or address may ask (empty: as much as it likes).
    `origins` are the sites whose pages may read the reconciliation interface (`web.cors`; `*`: every one).
    """

    reads_openly: bool = False
    hosts: tuple[str, ...] = LOOPBACK
    rate: str = "1200/minute"
    origins: tuple[str, ...] = ()
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
    memory: Memory
    engines: Engines
    above: Callable[[str], tuple[str, ...]]  # the organisations that one is part of


def service_of(request: Request) -> Service:
    """Return the service that a request came to."""
    service: Service = request.app.state.service
    return service


Here = Annotated[Service, Depends(service_of)]
