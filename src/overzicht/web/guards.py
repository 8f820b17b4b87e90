"""Middleware around every request: security headers, host names, sizes, and no requests of other sites."""

from urllib.parse import urlsplit

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from overzicht.web import problems
from overzicht.web.cors import allowed_origin
from overzicht.web.identity import bearer_of, host_of, identify, session_cookie
from overzicht.web.problems import ProblemError, problem_error, too_large
from overzicht.web.service import ServiceOptions

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
STATIC = ("/static/", "public, no-cache")  # style, pictures and scripts are the same for everybody
STRICT_TRANSPORT = "max-age=31536000; includeSubDomains"
SAFE_METHODS = ("GET", "HEAD", "OPTIONS", "TRACE")
OWN_SITES = ("same-origin", "none")
MAX_TARGET = 8_000  # characters of path and query


class Headers:
    """Middleware that adds the security headers; a header that a route has set stays."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and send its answer with the headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if scope["path"].startswith(STATIC[0]):
                    headers.setdefault("Cache-Control", STATIC[1])
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if scope["scheme"] == "https":
                    headers.setdefault("Strict-Transport-Security", STRICT_TRANSPORT)
            await send(message)

        await self.app(scope, receive, send_with_headers)


class RequestChecks:
    """Middleware that refuses unknown host names, requests of other sites and addresses that are too long."""

    def __init__(self, app: ASGIApp, options: ServiceOptions) -> None:
        self.app = app
        self.hosts = frozenset(options.hosts)
        self.options = options

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer with a problem."""
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
            detail = f"{host!r} is not a host name of this service"
            raise problem_error(421, "unknown-host", "Refused", detail)
        if "content-length" in request.headers and "transfer-encoding" in request.headers:
            detail = "the request states the end of its body in two ways"  # a proxy may read the other one
            problem = problem_error(400, "two-lengths", "Refused", detail).problem
            raise ProblemError(problem, {"Connection": "close"})
        if len(request.url.path) + len(request.url.query) > MAX_TARGET:
            raise problem_error(414, "address-too-long", "Refused", "the address is too long")
        is_allowed = request.method in SAFE_METHODS or bool(allowed_origin(request, self.options))
        if not is_allowed and is_forged(request):
            detail = "this request came from a page of another site"
            raise problem_error(403, "other-site", "Refused", detail, "use the pages of this service")


def is_forged(request: Request) -> bool:
    """Return whether the page of another site may have made a request.

    A browser states where a request comes from, and a page cannot change that. A browser never adds a token
    itself, so a request with a token is not forged. A program without an origin is allowed without a cookie.
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
    """Middleware that limits the size of a body: large ones only for files of a known principal."""

    def __init__(self, app: ASGIApp, options: ServiceOptions) -> None:
        self._options = options
        self._small = RequestBodyLimitMiddleware(app, options.max_body_bytes)
        self._large = RequestBodyLimitMiddleware(app, options.max_upload_bytes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with the limit that applies to it."""
        if scope["type"] != "http":
            await self._small(scope, receive, send)
            return
        request = Request(scope)
        kind = request.headers.get("content-type", "")
        has_files = kind.startswith("multipart/form-data") and await run_in_threadpool(_is_known, request)
        limit = self._options.max_upload_bytes if has_files else self._options.max_body_bytes
        length = request.headers.get("content-length", "")
        if length.isdigit() and int(length[:20]) > limit:
            problem = too_large(f"the body is larger than {limit:,} bytes")
            refusal = await run_in_threadpool(problems.answer, request, problem, {"Connection": "close"})
            await refusal(scope, receive, send)
        else:  # a body without a length is counted while it is read
            await (self._large if has_files else self._small)(scope, receive, send)


def _is_known(request: Request) -> bool:
    principal = identify(request)
    return principal is not None and not principal.is_local
