"""The version of the interface for programs, and the old names of query keys that it still accepts.

The version is that of the interface alone; its changes are in `docs/reference/json-changes.csv`. An answer to
a request with an old name, and of a route with `deprecated=True`, has the headers `Deprecation` (RFC 9745),
`Sunset` (RFC 8594) and `Link`.
"""

from datetime import UTC, datetime
from email.utils import format_datetime
from urllib.parse import parse_qsl, urlencode

from fastapi import Request
from fastapi.dependencies.utils import get_flat_params
from fastapi.params import Query
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from overzicht.composition import API_PREFIX
from overzicht.reports.i18n import Language
from overzicht.web.language import PARAMETER as LANGUAGE
from overzicht.web.problems import Fault, Problem, ProblemError

API_VERSION = "1.0.0"
VERSION_HEADER = "API-Version"
DESCRIPTION = f"{API_PREFIX}/openapi.json"
NEW_NAMES = {
    "as-of": "asOf",
    "due_before": "dueBefore",
    "known-on": "knownOn",
    "open_only": "openOnly",
    "smallest_cell": "smallestCell",
}
DEPRECATED_AT = datetime(2026, 11, 28, tzinfo=UTC)
SUNSET_AT = datetime(2027, 6, 1, tzinfo=UTC)  # at least six months later
DEPRECATION = {
    "Deprecation": f"@{int(DEPRECATED_AT.timestamp())}",
    "Sunset": format_datetime(SUNSET_AT, usegmt=True),
    "Link": f'<{DESCRIPTION}>; rel="deprecation"; type="application/json"',
}


class Versions:
    """Middleware that accepts old names of query keys, and adds the headers on versions to answers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and send its answer with the headers."""
        if scope["type"] != "http" or not scope["path"].startswith(f"{API_PREFIX}/"):
            await self.app(scope, receive, send)
            return
        query = renamed(scope["query_string"])
        has_old_names = query != scope["query_string"]
        scope["query_string"] = query

        async def send_with_version(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers[VERSION_HEADER] = API_VERSION
                if has_old_names or getattr(scope.get("route"), "deprecated", None):
                    headers.update(DEPRECATION)
            await send(message)

        await self.app(scope, receive, send_with_version)


def renamed(query: bytes) -> bytes:
    """Return a query with the new names of keys; an old name in addition to its new one is refused.

    >>> renamed(b"as-of=2026-01-01&q=as-of"), renamed(b"asOf=2026-01-01&as-of=2025-01-01")
    (b'asOf=2026-01-01&q=as-of', b'asOf=2026-01-01&as-of=2025-01-01')
    """
    pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
    names = {name for name, _ in pairs}
    changes = {old: new for old, new in NEW_NAMES.items() if old in names and new not in names}
    if not changes:
        return query
    return urlencode([(changes.get(name, name), value) for name, value in pairs]).encode()


def check_query(request: Request) -> None:
    """Raise a problem if the query has a key that the operation does not know, or an unknown language."""
    if not request.query_params:
        return
    params = get_flat_params(request.scope["route"].dependant)
    known = {param.alias for param in params if isinstance(param.field_info, Query)}
    faults = [
        Fault(
            place=f"query.{name[:100]}", reason=f"unknown key; known: {', '.join(sorted({*known, LANGUAGE}))}"
        )
        for name in request.query_params
        if name not in known and name != LANGUAGE
    ]
    language = request.query_params.get(LANGUAGE, Language.EN)
    if language not in list(Language):
        faults.append(Fault(place=f"query.{LANGUAGE}", reason=f"use one of {', '.join(Language)}"))
    if faults:
        detail = "the query has a key or language that this operation does not know"
        raise ProblemError(
            Problem(
                type="invalid-request",
                title="The request does not fit",
                status=400,
                detail=detail,
                faults=faults,
            )
        )
