"""ETags: an answer that has not changed since it was last asked for is not sent again."""

import hashlib

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PREFIXES = ("/api/", "/catalog", "/algorithms", "/search/", "/entities/")
LARGEST = 8_000_000  # bytes; what is larger is sent as it comes


class ETags:
    """Give each answer of the interface an ETag, and answer 304 where the asker has it already.

    An answer is held back until it is whole, so it must be one of bounded size; a longer one passes through.
    """

    def __init__(self, app: ASGIApp, prefixes: tuple[str, ...] = PREFIXES) -> None:
        self.app = app
        self.prefixes = prefixes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and its answer back or a 304."""
        is_ours = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        if is_ours and scope["path"].startswith(self.prefixes):
            await self.app(scope, receive, _Held(Headers(scope=scope), send))
        else:
            await self.app(scope, receive, send)


class _Held:
    """The sending side of one request, which waits for the whole answer."""

    def __init__(self, asked: Headers, send: Send) -> None:
        self._known = {tag.strip().removeprefix("W/") for tag in asked.get("if-none-match", "").split(",")}
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
                await self._finish(self._start)
            elif sum(map(len, self._parts)) > LARGEST:
                await self._let_go(self._start)

    async def _finish(self, start: Message) -> None:
        body = b"".join(self._parts)
        tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        headers = MutableHeaders(scope=start)
        headers.setdefault("ETag", tag)
        if tag in self._known or "*" in self._known:
            start["status"], body = 304, b""
            del headers["content-length"]
            del headers["content-type"]
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})

    async def _let_go(self, start: Message) -> None:
        self._start = None
        await self._send(start)
        await self._send({"type": "http.response.body", "body": b"".join(self._parts), "more_body": True})
