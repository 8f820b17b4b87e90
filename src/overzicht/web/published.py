"""What everybody may read without a login: the descriptions of the interfaces, and the security contact."""

from collections.abc import Awaitable, Callable, Mapping
from functools import cache

from fastapi import FastAPI, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse, Response

from overzicht.composition import Interface
from overzicht.views.serialiser import json_text
from overzicht.web.clock import now
from overzicht.web.contacts import SECURITY_PATH, SecurityContact
from overzicht.web.openapi import PATHS, describe
from overzicht.web.problems import problem_error
from overzicht.web.versions import DEPRECATION

OPEN = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
REVALIDATED = {"Cache-Control": "public, no-cache"}
OLD_PATH = "/openapi.json"


def install(app: FastAPI, contact: Mapping[str, str], security: SecurityContact | None) -> None:
    """Add the routes to an application; its service must exist before the first request."""

    @cache
    def description(interface: Interface, public_address: str) -> bytes:
        return json_text(describe(interface, contact, public_address), indent=None).encode()

    def described(interface: Interface, old: bool) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            address = request.app.state.service.options.public_address
            content = await run_in_threadpool(description, interface, address)
            headers = {**OPEN, **REVALIDATED, **(DEPRECATION if old else {})}
            return Response(content, media_type="application/json", headers=headers)

        return answer

    async def security_text(request: Request) -> Response:
        if security is None or not security.is_valid(now()):
            detail = "no valid contact for reports of weaknesses is set"
            fix = "set OVERZICHT_SECURITY_CONTACT, and OVERZICHT_SECURITY_EXPIRES in the future"
            raise problem_error(404, "unknown-name", "Not found", detail, fix)
        return PlainTextResponse(
            security.text(request.app.state.service.options.public_address), headers=REVALIDATED
        )

    for path, interface in PATHS.items():
        app.add_route(path, described(interface, path == OLD_PATH), include_in_schema=False)
    app.add_route(SECURITY_PATH, security_text, include_in_schema=False)
