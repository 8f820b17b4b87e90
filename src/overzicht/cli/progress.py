"""A progress bar on the terminal for tasks that take long; none in pipes and files."""

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from typing import Any

import click

from overzicht.evidence import Text
from overzicht.progress import watching
from overzicht.reports.i18n import Words

PATIENCE = 2.0  # seconds without a bar


def progress_bars(words: Words) -> AbstractContextManager[None]:
    """Return a block in which each task of more than two seconds shows a bar on standard error."""

    def watch(items: Sequence[Any], title: Text) -> Iterator[Any]:
        if not sys.stderr.isatty():
            yield from items
            return
        started = time.monotonic()
        waiting, bar = 0, None
        with ExitStack() as stack:
            for item in items:
                yield item
                waiting += 1
                if time.monotonic() - started > PATIENCE:
                    bar = bar or stack.enter_context(
                        click.progressbar(length=len(items), label=words.say(title), file=sys.stderr)
                    )
                    bar.update(waiting)
                    waiting = 0

    return watching(watch)
