"""Engines that are kept open between requests: one each at a time, thrown away when the lists change."""

import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from overzicht.entities import PartyQuery
from overzicht.screening.engine import ScreeningEngine
from overzicht.store.database import Store
from overzicht.store.sameparty import state_of_parties
from overzicht.workflows.index import fresh_index

MOST_IDLE = 4  # an engine holds a few megabytes beside the pages that all share
_ANY_NAME = "Hikvision"


class Engines:
    """Lends engines over the index of a store, and prepares the first one."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._idle: list[tuple[str, ScreeningEngine]] = []  # with the state of the lists that each is over
        self._lock = threading.Lock()
        self._first: threading.Thread | None = None
        self._is_ready = False

    @contextmanager
    def lend(self) -> Iterator[ScreeningEngine]:
        """Lend an engine over the lists as they are now, to one thread, until the context ends.

        While the lists stay the same the index is not looked at again, which takes longer than a query.
        """
        with self._store.reading() as connection:
            state = state_of_parties(connection)
        engine = self._take(state) or ScreeningEngine.open(fresh_index(self._store))
        yield engine
        with self._lock:
            self._idle = [(state, engine), *self._idle][:MOST_IDLE]

    def _take(self, state: str) -> ScreeningEngine | None:
        """Take an idle engine over the lists in this state; those over an older one are let go."""
        with self._lock:
            self._idle = [each for each in self._idle if each[0] == state]
            return self._idle.pop()[1] if self._idle else None

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
            engine.match([PartyQuery("", (_ANY_NAME,))], as_of=date.min)
        self._is_ready = True


_OF_STORE: weakref.WeakKeyDictionary[Store, Engines] = weakref.WeakKeyDictionary()
_LOCK = threading.Lock()


def engines_of(store: Store) -> Engines:
    """Return the engines over a store, the same ones for every caller in this process."""
    with _LOCK:
        return _OF_STORE.setdefault(store, Engines(store))
