"""Messages between a child process and its parent: a kind, a length, and bytes."""

import os
import socket
import struct
import time
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from overzicht.isolation.errors import ReaderFaultError, too_much_output, too_much_time
from overzicht.isolation.limits import WAIT_FACTOR, Limits

_HEAD = struct.Struct(">BHI")
COUNTS = struct.Struct(">II")
CHUNK = 1 << 20
PAUSE = 0.5  # seconds without a message, after which a job that must stop can do so
LARGEST = 1 << 30


class Kind(IntEnum):
    """Content of a message."""

    PART = 1  # a part of the result, under the name of its field
    ITEMS = 2  # items of a stream, as a JSON list
    DONE = 3  # nothing follows
    FAULT = 4  # an error, and nothing follows
    PROGRESS = 5  # how many items of how many are done, in the form of `COUNTS`


@dataclass(frozen=True, slots=True)
class Frame:
    """A message; `name` is a field of the result, or empty."""

    kind: Kind
    name: str
    content: bytes


def send(channel: socket.socket, kind: Kind, content: bytes = b"", name: str = "") -> None:
    """Send a message."""
    label = name.encode()
    for part in (_HEAD.pack(kind, len(label), len(content)) + label, content):
        left = memoryview(part)
        while left:  # a write, because the child may make no call of the network
            left = left[os.write(channel.fileno(), left) :]


class Receiver:
    """Receives messages within the limits of one file of `size` bytes, called `file`."""

    def __init__(self, channel: socket.socket, limits: Limits, file: str, size: int) -> None:
        self._channel = channel
        self._file = file
        self._seconds = limits.processor_seconds(size)
        self._left = float(self._seconds * WAIT_FACTOR)
        self._most = limits.output_bytes(size)
        self._taken = 0

    def frames(self) -> Iterator[Frame]:
        """Yield the messages until DONE or FAULT, which is yielded too, or until the child ends.

        Raises ReadingLimitError past a limit. Only the time of waiting counts, not that of the parent.
        """
        while head := self._read(_HEAD.size, is_start=True):
            number, label, length = _HEAD.unpack(head)
            if length > LARGEST:
                raise too_much_output(self._file, LARGEST)
            name = self._read(label).decode()
            try:
                frame = Frame(Kind(number), name, bytes(self._read(length)))
            except ValueError as error:
                raise ReaderFaultError(self._file, "the reader sent an unknown message") from error
            yield frame
            if frame.kind in (Kind.DONE, Kind.FAULT):
                return

    def _read(self, length: int, *, is_start: bool = False) -> bytearray:
        self._taken += length
        if self._taken > self._most:
            raise too_much_output(self._file, self._most)
        content = bytearray()
        while len(content) < length:
            start = time.monotonic()
            self._channel.settimeout(min(max(self._left, 0.01), PAUSE))
            try:
                piece = self._channel.recv(min(length - len(content), CHUNK))
            except TimeoutError as error:
                self._left -= time.monotonic() - start
                if self._left > 0:
                    continue
                raise too_much_time(self._file, self._seconds) from error
            except ConnectionError:
                piece = b""
            self._left -= time.monotonic() - start
            if not piece:
                if is_start and not content:
                    return bytearray()
                raise EOFError
            content += piece
        return content
