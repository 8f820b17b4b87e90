"""What stands around every request: headers, known host names, sizes, and no requests of other sites."""

from collections.abc import MutableMapping
from typing import Any
from urllib.parse import urlsplit

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from overzicht.web import problems
from overzicht.web.auth import bearer_of, host_of, identify, session_cookie
from overzicht.web.cors import allowed_origin
from overzicht.web.problems import ForgedError, Problem, ProblemError
from overzicht.web.service import ServiceOptions

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "private, no-cache",
}
STRICT_TRANSPORT = "max-age=31536000"
SAFE_METHODS = ("GET", "HEAD", "OPTIONS", "TRACE")
OWN_SITES = ("same-origin", "none")
LONGEST_TARGET = 8_000  # characters of path and query


class Headers:
    """Add the headers that keep a page to itself; what a route set stays."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and its answer back with the headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add(MutableHeaders(scope=message), scope)
            await send(message)

        await self.app(scope, receive, send_with_headers)


def _add(headers: MutableHeaders, scope: MutableMapping[str, Any]) -> None:
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    if scope["scheme"] == "https":
        headers.setdefault("Strict-Transport-Security", STRICT_TRANSPORT)


class Gate:
    """Refuse a host name that is not ours, a request of another site's page, and an address without end."""

    def __init__(self, app: ASGIApp, options: ServiceOptions) -> None:
        self.app = app
        self.hosts = frozenset(options.hosts)
        self.options = options

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer with the problem."""
        if scope["type"] == "http":
            request = Request(scope)
            try:
                self._check(request)
            except ProblemError as error:
                refusal = await run_in_threadpool(problems.answer, request, error.problem, error.headers)
                await refusal(scope, receive, send)
                return
        await self.app(scope, receive, send)

    def _check(self, request: Request) -> None:
        host = host_of(request)
        if not host or not ({"*", host} & self.hosts):
            raise _refusal(421, "unknown-host", "this service does not go by that name")
        if len(request.url.path) + len(request.url.query) > LONGEST_TARGET:
            raise _refusal(414, "address-too-long", "the address is too long")
        is_let_in = bool(allowed_origin(request, self.options))
        if request.method not in SAFE_METHODS and not is_let_in and is_forged(request):
            raise ForgedError


def _refusal(status: int, name: str, detail: str) -> ProblemError:
    return ProblemError(Problem(type=name, title="Refused", status=status, detail=detail))


def is_forged(request: Request) -> bool:
    """Return whether a request that changes something may be made by another site's page.

    A browser says by itself where a request comes from, and a page cannot change that. A token is never sent
    along by a browser of its own accord, so a request with one is not forged. Programs without a browser say
    neither and are let through when they bring no cookie.
    """
    if bearer_of(request) is not None:
        return False
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site not in OWN_SITES
    origin = request.headers.get("origin")
    if origin is not None:
        return urlsplit(origin).netloc != request.headers.get("host", "")
    return session_cookie(request) in request.cookies


class Sizes:
    """Limit what may be sent: files only by somebody who is known, all else is small."""

    def __init__(self, app: ASGIApp, options: ServiceOptions) -> None:
        self._options = options
        self._small = RequestBodyLimitMiddleware(app, options.max_body_bytes)
        self._large = RequestBodyLimitMiddleware(app, options.max_upload_bytes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on under the limit that is its own."""
        if scope["type"] != "http":
            await self._small(scope, receive, send)
            return
        request = Request(scope)
        kind = request.headers.get("content-type", "")
        has_files = kind.startswith("multipart/form-data") and await run_in_threadpool(_is_known, request)
        most = self._options.max_upload_bytes if has_files else self._options.max_body_bytes
        length = request.headers.get("content-length", "")
        if length.isdigit() and int(length[:20]) > most:
            problem = Problem(
                type="too-large",
                title="Content too large",
                status=413,
                detail=f"what was sent is larger than {most:,} bytes",
            )
            refusal = await run_in_threadpool(problems.answer, request, problem, {"Connection": "close"})
            await refusal(scope, receive, send)
        else:  # what comes without a length is counted as it comes
            await (self._large if has_files else self._small)(scope, receive, send)


def _is_known(request: Request) -> bool:
    principal = identify(request)
    return principal is not None and not principal.is_local
