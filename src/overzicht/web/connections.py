"""Connections of the server that end if the client sends no whole request in time."""

from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

CHECK_SECONDS = 10.0  # a half-open connection ends after one to two of these
LEAST_BYTES = 1_000  # of a body, from one check to the next


class TimedProtocol(H11Protocol):
    """HTTP/1.1 that closes connections whose request does not arrive, and unread bodies.

    Uvicorn limits only the time between requests. Headers have to be complete after two checks, and a body
    has to grow by `LEAST_BYTES` from check to check. The rest of a body is not awaited after the answer.
    """

    check_seconds = CHECK_SECONDS

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._received = 0
        self._had_no_headers = False

    def connection_made(self, transport: Any) -> None:
        """Begin the checks."""
        super().connection_made(transport)
        self.loop.call_later(self.check_seconds, self._check)

    def data_received(self, data: bytes) -> None:
        """Count what arrives."""
        self._received += len(data)
        super().data_received(data)

    def on_response_complete(self) -> None:
        """Close the connection if the client still sends the body of the answered request."""
        super().on_response_complete()
        if self.conn.their_state is h11.SEND_BODY:
            self.transport.close()

    def _check(self) -> None:
        if self.transport.is_closing():
            return
        received, self._received = self._received, 0
        lacks_headers = self.conn.their_state is h11.IDLE and self.timeout_keep_alive_task is None
        is_stalled = (
            self.conn.their_state is h11.SEND_BODY
            and received < LEAST_BYTES
            and not self.flow.read_paused  # else the service is slow, and not the client
        )
        if is_stalled or (lacks_headers and self._had_no_headers):
            self.transport.close()
            return
        self._had_no_headers = lacks_headers
        self.loop.call_later(self.check_seconds, self._check)
