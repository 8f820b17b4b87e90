"""Work by the clock: the daily update of lists, on or off for the service, and the messages about alerts."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from overzicht.errors import StoreError
from overzicht.evidence.actor import SYSTEM_ACTOR, Actor
from overzicht.settings import Settings, preferred_language
from overzicht.store import jobs
from overzicht.store.database import Store
from overzicht.store.service_settings import set_setting, setting
from overzicht.web.clock import now
from overzicht.web.jobs import JobQuotaError, Runner
from overzicht.web.work import UPDATE_LISTS
from overzicht.workflows.alerts.sending import send_due

LOG = logging.getLogger(__name__)
SETTING = "daily update of lists"
EVERY = timedelta(days=1)
CHECK_SECONDS = 600  # between two checks of the time of the last update
SEND_SECONDS = 60  # between two looks for messages that are due


def is_daily(store: Store) -> bool:
    """Return whether the service fetches new versions of all lists every day; off until a person sets it."""
    with store.reading() as connection:
        return bool(setting(connection, SETTING, default=False))


def set_daily(store: Store, actor: Actor, *, is_on: bool) -> None:
    """Switch the daily update on or off."""
    with store.writing(actor.name, actor.at) as tx:
        set_setting(tx, SETTING, is_on)


def is_due(store: Store, at: datetime) -> bool:
    """Return whether the daily update is on, and no update of all lists began in the day before a moment."""
    if not is_daily(store):
        return False
    with store.reading() as connection:
        known = jobs.list_jobs(connection, at, limit=1, kind=UPDATE_LISTS)
    return not known or datetime.fromisoformat(known[0].created_at) <= at - EVERY


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


class ListSchedule(Periodic):
    """Starts the update of all lists once a day while the service runs."""

    def __init__(self, store: Store, runner: Runner) -> None:
        super().__init__("list schedule", CHECK_SECONDS, self.start_if_due)
        self._store, self._runner = store, runner

    def start_if_due(self) -> None:
        """Start the job if it is due."""
        if is_due(self._store, now()):
            self._runner.start(UPDATE_LISTS, {"lists": []}, actor=SYSTEM_ACTOR)


class AlertSchedule(Periodic):
    """Sends the messages about alerts that are due, every minute."""

    def __init__(self, store: Store, settings: Settings) -> None:
        values = {**settings.values, "lang": preferred_language()}
        super().__init__(
            "alert messages", SEND_SECONDS, lambda: send_due(store, values, now, self._stopping.is_set)
        )
