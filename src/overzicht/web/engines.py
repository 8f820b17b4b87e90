"""Engines that are kept open between requests: one each at a time, thrown away when the lists change."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from overzicht.entities import PartyQuery
from overzicht.screening.engine import ScreeningEngine
from overzicht.screening.index import layout
from overzicht.store.database import Store
from overzicht.web.clock import today
from overzicht.workflows.index import fresh_index

MOST_IDLE = 4  # an engine holds a few megabytes beside the pages that all share
_ANY_NAME = "Hikvision"


class Engines:
    """Lends engines over the index of a store, and prepares the first one."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._idle: list[ScreeningEngine] = []
        self._lock = threading.Lock()
        self._first: threading.Thread | None = None
        self._is_ready = False

    @contextmanager
    def lend(self) -> Iterator[ScreeningEngine]:
        """Lend an engine over the lists as they are now, to one thread, until the context ends."""
        root = fresh_index(self._store)
        engine = self._take(layout.current(root).name)
        if engine is None:
            engine = ScreeningEngine.open(root)
        yield engine
        with self._lock:
            self._idle = [engine, *self._idle][:MOST_IDLE]

    def _take(self, folder: str) -> ScreeningEngine | None:
        """Take an idle engine of the version in use; those of an older one are let go."""
        with self._lock:
            self._idle = [each for each in self._idle if each.version == folder]
            return self._idle.pop() if self._idle else None

    def wait(self, seconds: float) -> bool:
        """Prepare the first engine, where nobody did, and return whether it is ready after at most that long.

        The index may have to be built first, and machine code made, which takes minutes the first time.
        """
        with self._lock:
            if self._first is None or (not self._is_ready and not self._first.is_alive()):
                self._first = threading.Thread(target=self._prepare, name="first engine", daemon=True)
                self._first.start()
            preparing = self._first
        preparing.join(seconds)
        return self._is_ready

    def _prepare(self) -> None:
        with self.lend() as engine:
            engine.match([PartyQuery("", (_ANY_NAME,))], as_of=today())
        self._is_ready = True
