"""Which pages of other sites may read the reconciliation interface, and how browsers are told.

Everybody with a token; without one only pages at this machine itself, where OpenRefine runs, and the origins
that the service was started with. No cookie is ever taken from another site's page. What is read here are the
public lists, and asking changes nothing.
"""

from urllib.parse import urlsplit

from fastapi import Request
from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from overzicht.web.auth import bearer_of
from overzicht.web.service import LOOPBACK, ServiceOptions

PREFIX = "/reconcile"
ANY = "*"
PREFLIGHT = {
    "Access-Control-Allow-Origin": ANY,
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": "authorization, content-type",
    "Access-Control-Max-Age": "600",
}


def is_open_to_others(path: str) -> bool:
    """Return whether a path is of the interface that other sites' pages may be let in to."""
    return path == PREFIX or path.startswith(f"{PREFIX}/")


def allowed_origin(request: Request, options: ServiceOptions) -> str:
    """Return what to tell a browser of who may read the answer, or an empty text for nobody else."""
    origin = request.headers.get("origin", "")
    if not origin or not is_open_to_others(request.scope["path"]):
        return ""
    if bearer_of(request) is not None or ANY in options.origins:
        return ANY
    try:
        host = urlsplit(origin).hostname or ""
    except ValueError:
        return ""
    return origin if host in LOOPBACK or origin in options.origins else ""


class Cors:
    """Tell browsers which pages may read an answer of the reconciliation interface."""

    def __init__(self, app: ASGIApp, options: ServiceOptions) -> None:
        self.app = app
        self._options = options

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer the question that a browser asks before one with a token."""
        if scope["type"] != "http" or not is_open_to_others(scope["path"]):
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        if request.method == "OPTIONS" and "access-control-request-method" in request.headers:
            await Response(status_code=204, headers=PREFLIGHT)(scope, receive, send)
            return
        origin = allowed_origin(request, self._options)

        async def send_with_origin(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.add_vary_header("Origin")
                if origin:
                    headers["Access-Control-Allow-Origin"] = origin
                    headers["Cross-Origin-Resource-Policy"] = "cross-origin"
            await send(message)

        await self.app(scope, receive, send_with_origin)
