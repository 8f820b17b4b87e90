"""Work by the clock, as long as the service runs; subjects add theirs to the slot."""

import logging
import threading
from collections.abc import Callable

from overzicht.composition import Slot
from overzicht.errors import StoreError
from overzicht.settings import Settings
from overzicht.store.database import Store
from overzicht.web.jobs import JobQuotaError, Runner

LOG = logging.getLogger(__name__)


class Periodic:
    """Calls a function in a thread every so many seconds while the service runs."""

    def __init__(self, name: str, seconds: float, call: Callable[[], object]) -> None:
        self._name, self._seconds, self._call = name, seconds, call
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def begin(self) -> None:
        """Begin to call the function."""
        self._stopping.clear()
        self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop calling, before the store is closed."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while not self._stopping.wait(self._seconds):
            try:
                self._call()
            except (StoreError, JobQuotaError):
                pass  # it tries again
            except Exception:
                LOG.exception("%s failed; it tries again", self._name)


ADDED: Slot[Callable[[Store, Settings, Runner], Periodic]] = Slot("work by the clock")
