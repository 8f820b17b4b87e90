"""Pool of open engines: each serves one request at a time, and is dropped after the lists change."""

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
from overzicht.workflows.recent import RecentMatches

MOST_IDLE = 4  # an engine needs a few megabytes more than the pages that all share
_ANY_NAME = "Hikvision"


class Engines:
    """Lends engines over the index of a store, and prepares the first one."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.recent = RecentMatches()
        self._idle: list[tuple[str, ScreeningEngine]] = []  # with the state of the lists that each is over
        self._lock = threading.Lock()
        self._first: threading.Thread | None = None
        self._is_ready = False

    @contextmanager
    def lend(self) -> Iterator[ScreeningEngine]:
        """Lend an engine over the current lists to one thread, until the context ends.

        The index is checked only after the lists change, because that takes longer than a query.
        """
        with self._store.reading() as connection:
            state = state_of_parties(connection)
        engine = self._take(state) or ScreeningEngine.open(fresh_index(self._store))
        yield engine
        with self._lock:
            self._idle = [(state, engine), *self._idle][:MOST_IDLE]

    def _take(self, state: str) -> ScreeningEngine | None:
        with self._lock:
            self._idle = [idle for idle in self._idle if idle[0] == state]
            return self._idle.pop()[1] if self._idle else None

    def wait(self, seconds: float) -> bool:
        """Start to prepare the first engine, and return whether it is ready within that time.

        Building the index and compiling take minutes the first time.
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
            names, record = PartyQuery("", (_ANY_NAME,)), PartyQuery("", (_ANY_NAME,), countries=("cn",))
            engine.match([names, record], as_of=date.min)
        self._is_ready = True


_OF_STORE: weakref.WeakKeyDictionary[Store, Engines] = weakref.WeakKeyDictionary()
_LOCK = threading.Lock()


def engines_of(store: Store) -> Engines:
    """Return the engines over a store, shared by all callers in this process."""
    with _LOCK:
        return _OF_STORE.setdefault(store, Engines(store))
