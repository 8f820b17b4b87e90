"""Readers that run in a child process: the mark on a function, and the way of its result."""

import functools
import inspect
import os
import signal
from collections.abc import Callable, Generator, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from overzicht.errors import OverzichtError
from overzicht.evidence import text
from overzicht.isolation import codec
from overzicht.isolation.child import Call, items_type, result_type
from overzicht.isolation.errors import ReaderFaultError, error_from_json, fault_of, too_much_time
from overzicht.isolation.frames import COUNTS, Frame, Kind, Receiver
from overzicht.isolation.launch import start
from overzicht.isolation.limits import Limits, settled
from overzicht.progress import watched
from overzicht.safereading import is_trusted

P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R")
RANGE: type[Any] = type(iter(range(0)))  # what nobody watches
MOST_WATCHED = 10_000_000  # items; a child cannot keep this process busy with more
NAMES = ("filename", "name", "file")  # parameters with the name of a file


def in_child(
    limits: Limits, first: Callable[[], object] | None = None
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Mark a reader: each call runs in a child process with these limits, unless the input is trusted.

    `first` loads what both the reader and its caller need, so that a child of a command does not load it
    again.

    Parameters and result need types that pydantic can read back; `Any` is data of YAML or JSON. Every error
    of the reader becomes an OverzichtError: its own, ReadingLimitError or ReaderFaultError.
    """

    def mark(function: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(function)
        def reader(*args: P.args, **kwargs: P.kwargs) -> R:
            call = _call(function, limits, args, kwargs)
            if not _needs_child():
                try:
                    return function(*args, **kwargs)
                except OverzichtError:
                    raise
                except Exception as error:
                    raise _fault(call, error) from error
            if first is not None:
                first()
            frames = _frames(call)
            parts = ((frame.name, frame.content) for frame in frames if frame.kind is Kind.PART)
            result: R = _joined(call, parts)
            return result

        return reader

    return mark


def stream_in_child(
    limits: Limits,
) -> Callable[[Callable[P, Generator[T, None, R]]], Callable[P, Generator[T, None, R]]]:
    """Mark a reader that yields records and returns a report, as `in_child`."""

    def mark(function: Callable[P, Generator[T, None, R]]) -> Callable[P, Generator[T, None, R]]:
        @functools.wraps(function)
        def reader(*args: P.args, **kwargs: P.kwargs) -> Generator[T, None, R]:
            call = _call(function, limits, args, kwargs, is_stream=True)
            if _needs_child():
                result: R = yield from _stream(call)
                return result
            try:
                return (yield from function(*args, **kwargs))
            except OverzichtError:
                raise
            except Exception as error:
                raise _fault(call, error) from error

        return reader

    return mark


@in_child(Limits())
def calls_are_filtered() -> bool:
    """Return whether the system filters the calls of a process that reads a file."""
    status = Path("/proc/self/status")
    return status.is_file() and "Seccomp:\t2" in status.read_text(encoding="ascii")


def _needs_child() -> bool:
    return not is_trusted() and hasattr(os, "fork")


def _fault(call: Call, error: Exception) -> OverzichtError:
    return fault_of(call.file, error, call.limits.memory)


def _call(
    function: Callable[..., Any],
    limits: Limits,
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    *,
    is_stream: bool = False,
) -> Call:
    arguments = inspect.signature(function).bind(*args, **kwargs).arguments
    sizes: list[int] = []
    for value in arguments.values():
        if isinstance(value, Path):
            sizes.append(value.stat().st_size if value.is_file() else 0)
        else:
            sizes.append(len(value) if isinstance(value, bytes | str) else 0)
    # the name of the file that a call reads, for its errors
    given = next((arguments[name] for name in NAMES if isinstance(arguments.get(name), str)), "")
    path = next((value for value in arguments.values() if isinstance(value, Path)), None)
    return Call(
        function,
        arguments,
        settled(limits),
        given or (path.name if path else "the file"),
        sum(sizes),
        is_stream,
    )


def _frames(call: Call) -> Iterator[Frame]:
    """Yield what a child sends; raises its error, or the limit that ended it."""
    child = start(call)
    status: int | None = None
    is_done = False
    progress = _Progress(call.file)
    try:
        for frame in Receiver(child.channel, call.limits, call.file, call.size).frames():
            if frame.kind is Kind.FAULT:
                try:
                    received = error_from_json(frame.content)
                except (ValueError, KeyError, TypeError, AttributeError, ImportError):
                    received = ReaderFaultError(call.file, "the reader sent an error that is not known")
                raise received
            if frame.kind is Kind.PROGRESS:
                progress.show(frame.content)
                continue
            is_done = frame.kind is Kind.DONE
            yield frame
    except EOFError:
        is_done = False
    finally:
        progress.end()
        status = child.end()
    if not is_done:
        if status == -signal.SIGXCPU:
            raise too_much_time(call.file, call.limits.processor_seconds(call.size))
        raise ReaderFaultError(call.file, f"the reader ended without an answer (status {status})")


class _Progress:
    """The progress of a child, passed to the watcher of this process, if there is one."""

    def __init__(self, file: str) -> None:
        self._title = text("Reading {file}", file=file)
        self._done = self._total = 0
        self._items: Iterator[int] = iter(())

    def show(self, content: bytes) -> None:
        """Watch as many items go by as the child has done; another total starts another bar."""
        if len(content) != COUNTS.size:
            return
        done, total = COUNTS.unpack(content)
        if total != self._total:
            self.end()
            self._items, self._done, self._total = iter(watched(range(total), self._title)), 0, total
        if not isinstance(self._items, RANGE):
            for _ in islice(self._items, max(0, min(done, MOST_WATCHED) - self._done)):
                self._done += 1

    def end(self) -> None:
        """Close what is shown."""
        if isinstance(self._items, Generator):
            self._items.close()


def _joined(call: Call, parts: Iterator[tuple[str, bytes]]) -> Any:
    guard = partial(_guarded, call.file)
    return guard(lambda: codec.joined(result_type(call.function), parts, guard))


def _guarded(file: str, read: Callable[[], Any]) -> Any:
    try:
        return read()
    except (ValueError, KeyError, TypeError) as error:
        raise ReaderFaultError(
            file, f"the reader sent an unusable result ({type(error).__name__})"
        ) from error


def _stream(call: Call) -> Generator[Any, None, Any]:
    kind = items_type(call.function)
    parts: list[tuple[str, bytes]] = []
    for frame in _frames(call):
        if frame.kind is Kind.ITEMS:
            try:
                items = codec.loaded(kind, frame.content)
            except ValueError as error:
                raise ReaderFaultError(call.file, "the reader sent an unusable record") from error
            yield from items
        elif frame.kind is Kind.PART:
            parts.append((frame.name, frame.content))
    return _joined(call, iter(parts))
