"""Progress of long tasks: a task passes its items through `watched`, and a caller may watch them go by."""

from collections.abc import Callable, Iterable, Iterator, Sized
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from overzicht.evidence import Text

T = TypeVar("T")
Watch = Callable[[Iterable[Any], Text, int | None], Iterable[Any]]

_watch: ContextVar[Watch | None] = ContextVar("watch", default=None)


def watched(items: Iterable[T], title: Text, total: int | None = None) -> Iterable[T]:
    """Return the items, which a caller in `watching` may count; `title` names the task.

    `total` is the number of items, if it is known and `items` do not state it.
    """
    watch = _watch.get()
    if watch is None:
        return items
    return watch(items, title, len(items) if total is None and isinstance(items, Sized) else total)


@contextmanager
def watching(watch: Watch) -> Iterator[None]:
    """Let `watch` pass on the items of the tasks in this block, all of them and in order."""
    token = _watch.set(watch)
    try:
        yield
    finally:
        _watch.reset(token)
