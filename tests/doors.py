"""The doors of the product: each command, each route for programs and each form of a page, with its role."""

from collections.abc import Iterator
from dataclasses import dataclass

from fastapi.routing import APIRoute
from reference_blocks import leaves

from overzicht.cli.main import cli
from overzicht.composition import Interface
from overzicht.web import auth
from overzicht.web.registry import PARTS
from overzicht.web.routers import router_of

COMMAND, ROUTE, FORM, PAGE, COMPAT = "command", "route", "form", "page", "compat"
WITHOUT_A_ROLE = ""  # of a command, whose user has the store itself, and of what is open to everybody


@dataclass(frozen=True, order=True)
class Door:
    """A way in: its kind, its address (`tasks close`, `POST /api/v1/tasks`) and the rights that it requires.

    The role is as in `lowest role`, with `overall` or `some` before it if a grant for one organisation is not
    enough, or is.
    """

    kind: str
    address: str
    role: str


def commands() -> Iterator[Door]:
    """Yield each command that is no group."""
    for path, _ in leaves(cli):
        yield Door(COMMAND, path, WITHOUT_A_ROLE)


def addresses() -> Iterator[Door]:
    """Yield each route of the service: our interface, those of other products, pages, and forms of pages."""
    for part in PARTS:
        for route in router_of(part).routes:
            assert isinstance(route, APIRoute), f"{part.module} includes a router of its own"
            for method in sorted(route.methods or ()):
                if part.interface is None:
                    kind = PAGE if method == "GET" else FORM
                else:
                    kind = ROUTE if part.interface is Interface.OWN else COMPAT
                yield Door(kind, f"{method} {part.prefix}{route.path}", role_of(route))


def role_of(route: APIRoute) -> str:
    """Return the rights that a route requires; empty if it is open to everybody."""
    found = [each.call for each in route.dependant.dependencies if isinstance(each.call, auth.Require)]
    assert len(found) < 2, f"{route.path} requires two roles"
    for rights in (require.rights for require in found):
        return f"{'overall ' if rights.overall else 'some ' if rights.somewhere else ''}{rights.role.value}"
    return WITHOUT_A_ROLE


def doors() -> list[Door]:
    """Return all doors."""
    return [*commands(), *addresses()]
