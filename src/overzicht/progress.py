"""Progress of long tasks: a task passes its items through `watched`, and a caller may watch them go by."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from overzicht.evidence import Text

T = TypeVar("T")
Watch = Callable[[Sequence[Any], Text], Iterable[Any]]

_watch: ContextVar[Watch | None] = ContextVar("watch", default=None)


def watched(items: Sequence[T], title: Text) -> Iterable[T]:
    """Return the items, which a caller in `watching` may count; `title` names the task."""
    watch = _watch.get()
    return items if watch is None else watch(items, title)


@contextmanager
def watching(watch: Watch) -> Iterator[None]:
    """Let `watch` pass on the items of the tasks in this block, all of them and in order."""
    token = _watch.set(watch)
    try:
        yield
    finally:
        _watch.reset(token)
