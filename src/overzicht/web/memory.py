"""Answers that take long and depend on the loaded lists alone, remembered until those change."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar

from overzicht.store.database import Store
from overzicht.store.sameparty import state_of_parties

MOST = 128
Value = TypeVar("Value")


class Memory:
    """The newest answers of one process, by what was asked and the state of the lists it was asked of."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = threading.Lock()

    def recall(self, asked: Hashable, make: Callable[[], Value]) -> Value:
        """Return what `make` returned for this question on these lists, now or before; it must not change."""
        with self._store.reading() as connection:
            key = (asked, state_of_parties(connection))
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]  # type: ignore[return-value]  # kept under this question below
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return made
