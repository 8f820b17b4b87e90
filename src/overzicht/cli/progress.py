"""A progress bar on the terminal for tasks that take long; none in pipes and files."""

import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack
from typing import TYPE_CHECKING, Any

import click

from overzicht.cli.language import spoken
from overzicht.evidence import Text
from overzicht.progress import watching

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

PATIENCE = 2.0  # seconds without a bar


def progress_bars() -> AbstractContextManager[None]:
    """Return a block in which each task of more than two seconds shows a bar on standard error.

    A task within another one shows none, and neither does a thread of the service. A task of unknown length
    shows that it goes on.
    """
    is_busy = False

    def watch(items: Iterable[Any], title: Text, total: int | None) -> Iterator[Any]:
        nonlocal is_busy
        if is_busy or threading.current_thread() is not threading.main_thread() or not sys.stderr.isatty():
            yield from items
            return
        is_busy = True
        started = time.monotonic()
        waiting, bar = 0, None
        try:
            with ExitStack() as stack:
                for item in items:
                    yield item
                    waiting += 1
                    if time.monotonic() - started > PATIENCE:
                        bar = bar or stack.enter_context(_bar(title, total))
                        bar.update(waiting)
                        waiting = 0
        finally:
            is_busy = False

    return watching(watch)


def _bar(title: Text, total: int | None) -> "ProgressBar[Any]":
    nothing: Iterable[Any] = ()
    counted = range(total) if total is not None else (item for item in nothing)  # of unknown length
    return click.progressbar(counted, label=spoken(title), file=sys.stderr)
