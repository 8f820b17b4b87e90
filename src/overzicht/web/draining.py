"""Reading the rest of a body before the answer: closing a connection with unread bytes loses the answer.

RFC 9112 §9.3: a server reads the whole message or closes the connection after its answer. If it closes at
once, the unread bytes make the system reset the connection, and a proxy that is still sending reports 502
instead of the answer. The bytes that are read here are discarded.
"""

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_SECONDS = 10.0


class RequestDrain:
    """Middleware that delays an answer until the body has been read, up to a size and a time."""

    def __init__(self, app: ASGIApp, max_bytes: int, seconds: float = MAX_SECONDS) -> None:
        self.app = app
        self.max_bytes = max_bytes
        self.seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and send the answer once the request has been read."""
        names = {name for name, _ in scope["headers"]} if scope["type"] == "http" else set()
        has_body = not names.isdisjoint((b"content-length", b"transfer-encoding"))
        if not has_body or b"expect" in names:  # a client with `Expect` sends nothing after a refusal
            await self.app(scope, receive, send)
            return
        is_read = False

        async def receive_and_note() -> Message:
            nonlocal is_read
            message = await receive()
            is_read = message["type"] != "http.request" or not message.get("more_body", False)
            return message

        async def send_after_reading(message: Message) -> None:
            nonlocal is_read
            if message["type"] == "http.response.start" and not is_read:
                is_read = True
                await self._read_rest(receive)
            await send(message)

        await self.app(scope, receive_and_note, send_after_reading)

    async def _read_rest(self, receive: Receive) -> None:
        size = 0
        try:
            async with asyncio.timeout(self.seconds):
                while size <= self.max_bytes:
                    message = await receive()
                    size += len(message.get("body", b""))
                    if not message.get("more_body", False):
                        return
        except TimeoutError:
            return
