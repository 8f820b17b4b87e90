"""Connections of the server that end if the client sends no whole request in time."""

import resource
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

CHECK_SECONDS = 8.0  # a half-open connection ends after one to two of these
LEAST_BYTES = 10_000  # of a body, from one check to the next
MOST_STALLS = 2  # checks in a row between which the client reads no byte of an answer


def raise_file_limit() -> None:
    """Allow as many open files as the system permits: each connection is one."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


class TimedProtocol(H11Protocol):
    """HTTP/1.1 that closes connections whose request does not arrive, and answers that are not read.

    Uvicorn limits only the time between requests. Headers have to be complete after two checks, and a body
    has to grow by `LEAST_BYTES` from check to check. The rest of a body is not awaited after the answer. A
    client that reads no byte of its answer at `MOST_STALLS` checks is disconnected.
    """

    check_seconds = CHECK_SECONDS

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._received = 0
        self._awaited: tuple[str, Any] | None = None  # missing part at the last check, and its request
        self._unread = 0  # bytes of an answer that the client had not read at the last check
        self._stalls = 0  # checks in a row at which it had read none of them

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
        unread, self._unread = self._unread, self.transport.get_write_buffer_size()
        if self.transport.is_closing() and not self._unread:
            return
        self._stalls = self._stalls + 1 if unread and unread == self._unread else 0
        if self._stalls == MOST_STALLS:
            self.transport.abort()  # closing waits until the client has read the answer
            return
        if not self.transport.is_closing() and self._is_slow():
            self.transport.close()
        self.loop.call_later(self.check_seconds, self._check)

    def _is_slow(self) -> bool:
        """Return whether the client sent too little of a request since the last check; begin a new count."""
        received, self._received = self._received, 0
        before, self._awaited = self._awaited, self._missing()
        if self._awaited is None or before != self._awaited:
            return False
        return self._awaited[0] == "headers" or received < LEAST_BYTES

    def _missing(self) -> tuple[str, Any] | None:
        """Return the part of a request that the client has to send, and the request before or of it."""
        if self.conn.their_state is h11.IDLE and self.timeout_keep_alive_task is None:
            return "headers", self.cycle
        if self.conn.their_state is h11.SEND_BODY and not self.flow.read_paused:  # else the service is slow
            return "body", self.cycle
        return None
