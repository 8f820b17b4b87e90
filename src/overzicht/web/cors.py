"""CORS: which pages of other sites may read the reconciliation interface.

With a token, every page may. Without one, only pages on the same machine (OpenRefine runs there) and the
origins in the options may. A cookie from the page of another site is never used. The interface gives public
lists and changes nothing.
"""

from urllib.parse import urlsplit

from fastapi import Request
from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from overzicht.web.identity import bearer_of
from overzicht.web.service import LOOPBACK, ServiceOptions

PREFIX = "/reconcile"
ANY = "*"
PREFLIGHT = {
    "Access-Control-Allow-Origin": ANY,
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": "authorization, content-type",
    "Access-Control-Max-Age": "600",
}


def is_shared_path(path: str) -> bool:
    """Return whether pages of other sites can be allowed to read a path."""
    return path == PREFIX or path.startswith(f"{PREFIX}/")


def allowed_origin(request: Request, options: ServiceOptions) -> str:
    """Return the origin that may read the answer (`*`: every one), or an empty text for none."""
    origin = request.headers.get("origin", "")
    if not origin or not is_shared_path(request.scope["path"]):
        return ""
    if bearer_of(request) is not None or ANY in options.origins:
        return ANY
    try:
        host = urlsplit(origin).hostname or ""
    except ValueError:
        return ""
    return origin if host in LOOPBACK or origin in options.origins else ""


class Cors:
    """Middleware that adds the CORS headers to answers of the reconciliation interface."""

    def __init__(self, app: ASGIApp, options: ServiceOptions) -> None:
        self.app = app
        self._options = options

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer a preflight request."""
        if scope["type"] != "http" or not is_shared_path(scope["path"]):
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
