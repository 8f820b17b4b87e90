"""Slow answers that depend on the loaded lists alone, cached until the lists change."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar

from overzicht.store.database import Store
from overzicht.store.sameparty import state_of_parties

MOST = 128
Value = TypeVar("Value")


class ResponseCache:
    """The newest answers of one process, by the request and the state of the lists."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._values: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, request: Hashable, compute: Callable[[], Value]) -> Value:
        """Return the cached or newly computed value for a request; nobody may change it."""
        with self._store.reading() as connection:
            key = (request, state_of_parties(connection))
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]  # type: ignore[return-value]  # stored under this request below
        value = compute()
        with self._lock:
            self._values[key] = value
            while len(self._values) > MOST:
                self._values.popitem(last=False)
        return value
