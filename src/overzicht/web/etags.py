"""ETags: an answer that the client already has is not sent again."""

import hashlib

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PREFIXES = ("/api/", "/catalog", "/algorithms", "/search/", "/entities/")
MAX_BYTES = 8_000_000  # a larger answer is sent as it comes, without an ETag


class ETags:
    """Middleware that gives each answer an ETag, and answers 304 if the client has it.

    An answer is held back until it is complete or larger than MAX_BYTES.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and send its answer or a 304."""
        is_reading = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        if is_reading and scope["path"].startswith(PREFIXES):
            send = _BufferedSend(Headers(scope=scope), send)
        await self.app(scope, receive, send)


class _BufferedSend:
    """The sending side of one request, which waits for the complete answer."""

    def __init__(self, request: Headers, send: Send) -> None:
        self._known = {tag.strip().removeprefix("W/") for tag in request.get("if-none-match", "").split(",")}
        self._send = send
        self._start: Message | None = None
        self._parts: list[bytes] = []

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] == 200:
            self._start = message
        elif self._start is None:
            await self._send(message)
        else:
            self._parts.append(message.get("body", b""))
            if not message.get("more_body", False):
                await self._finish(self._start, b"".join(self._parts))
            elif sum(map(len, self._parts)) > MAX_BYTES:
                await self._send(self._start)
                self._start = None
                body = b"".join(self._parts)
                await self._send({"type": "http.response.body", "body": body, "more_body": True})

    async def _finish(self, start: Message, body: bytes) -> None:
        tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        headers = MutableHeaders(scope=start)
        headers.setdefault("ETag", tag)
        if tag in self._known or "*" in self._known:
            start["status"], body = 304, b""
            del headers["content-length"]
            del headers["content-type"]
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})
