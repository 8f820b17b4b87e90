"""Turns of the writers of one process: they wait for each other before they take a connection.

A writer that waits for the database holds a connection. Many of them would leave none to readers.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from overzicht.errors import StoreError
from overzicht.store.engines import BUSY_SECONDS, StoreBusyError

MOST_WAITING = 60  # writers of one process


class StoreQueueError(StoreError):
    """Too many writers wait for their turn; nothing was changed."""

    def __init__(self) -> None:
        super().__init__(
            f"{MOST_WAITING} other changes are waiting to be saved. Your changes were not saved",
            fix="try again in a minute",
        )


class WriterTurns:
    """The turn of one writer at a time; a job that is stopped at any instruction gives it back."""

    def __init__(self, seconds: float = BUSY_SECONDS) -> None:
        self._seconds = seconds
        self._turn = threading.RLock()  # it knows its thread; writers are never nested
        self._waiting: set[int] = set()

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Hold the turn within the block.

        Raises StoreQueueError if too many writers wait, StoreBusyError after too long a wait.
        """
        thread = threading.get_ident()
        if len(self._waiting) >= MOST_WAITING:
            raise StoreQueueError
        try:
            self._waiting.add(thread)
            if not self._turn.acquire(timeout=self._seconds):
                raise StoreBusyError
            self._waiting.discard(thread)
            yield
        finally:
            self._waiting.discard(thread)
            if self._turn._is_owned():  # type: ignore[attr-defined]  # noqa: SLF001 - as Condition of the library does
                self._turn.release()
