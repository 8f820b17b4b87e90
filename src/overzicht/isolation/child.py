"""The side of the child process: the limits, the call, and its result."""

import gc
import os
import socket
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from itertools import islice
from types import GenericAlias
from typing import Any

from overzicht.evidence import Text
from overzicht.isolation import codec
from overzicht.isolation.errors import error_to_json, fault_of
from overzicht.isolation.frames import COUNTS, PAUSE, Kind, send
from overzicht.isolation.limits import Limits, restrict
from overzicht.progress import watching
from overzicht.safereading import trust_input

FIRST_OPENED = 3  # after the standard input, output and error
MOST_OPENED = 65_536  # files that a service may have open
BATCH = 100  # records of a stream that go together


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a reader: the function, its arguments by name, and the limits for its file."""

    function: Callable[..., Any]
    arguments: dict[str, Any]
    limits: Limits
    file: str
    size: int
    is_stream: bool


def serve(channel: socket.socket, call: Call) -> None:
    """Make the call in this process, send its result, and end the process."""
    code = 1
    try:
        # forget what belongs to the parent: its open files, and objects that would close them
        gc.freeze()
        nothing = os.open(os.devnull, os.O_RDWR)
        for number in range(FIRST_OPENED):
            os.dup2(nothing, number)
        kept = channel.fileno()
        os.closerange(FIRST_OPENED, kept)
        os.closerange(kept + 1, MOST_OPENED)
        restrict(call.limits, call.size)
        try:
            with trust_input(), watching(partial(_reported, channel)):
                result = _send_stream(channel, call) if call.is_stream else call.function(**call.arguments)
            annotation = result_type(call.function)
            for name, content in codec.pieces(annotation, result):
                send(channel, Kind.PART, content, name)
        except (OSError, EOFError) as error:
            if isinstance(error, ConnectionError):
                raise
            _send_fault(channel, call, error)
        except BaseException as error:
            _send_fault(channel, call, error)
        else:
            send(channel, Kind.DONE)
        code = 0
    except (OSError, EOFError):  # the parent is gone
        pass
    finally:
        os._exit(code)


def _reported(channel: socket.socket, items: Iterable[Any], title: Text, total: int | None) -> Iterator[Any]:
    """Yield items, and report from time to time how many are done; the parent has its own title."""
    del title
    last = time.monotonic()
    for number, item in enumerate(items, start=1):
        yield item
        if total is not None and time.monotonic() - last > PAUSE:
            send(channel, Kind.PROGRESS, COUNTS.pack(number, total))
            last = time.monotonic()


def _send_fault(channel: socket.socket, call: Call, error: BaseException) -> None:
    fault = fault_of(call.file, error, call.limits.memory)
    del error  # and with it what filled the memory
    gc.collect()
    send(channel, Kind.FAULT, error_to_json(fault))


def _send_stream(channel: socket.socket, call: Call) -> Any:
    """Send the items of a generator; returns what it returns."""
    batch_type = items_type(call.function)
    stream = call.function(**call.arguments)
    result: list[Any] = []

    def items() -> Iterator[Any]:
        result.append((yield from stream))

    source = items()
    while batch := list(islice(source, BATCH)):
        send(channel, Kind.ITEMS, codec.dumped(batch_type, batch))
    return result[0]


def function_of(module: str, name: str) -> Callable[..., Any]:
    """Return a reader by its place, without what makes it run in a child."""
    function: Callable[..., Any] = getattr(import_module(module), name).__wrapped__
    return function


def result_type(function: Callable[..., Any]) -> Any:
    """Return the type of a result; of a generator, that of its return value."""
    kind = codec.signature(function)["return"]
    return kind.__args__[2] if codec.is_generator(kind) else kind


def items_type(function: Callable[..., Any]) -> Any:
    """Return the type of a list of what a generator yields."""
    item: Any = codec.signature(function)["return"].__args__[0]
    return GenericAlias(list, (item,))
