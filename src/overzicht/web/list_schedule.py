"""The daily update of lists: on or off for the service, and the thread that starts the job when it is due."""

import threading
from contextlib import suppress
from datetime import datetime, timedelta

from overzicht.errors import StoreError
from overzicht.evidence.actor import Actor
from overzicht.store import jobs
from overzicht.store.database import Store
from overzicht.store.service_settings import set_setting, setting
from overzicht.web.clock import now
from overzicht.web.jobs import JobQuotaError, Runner
from overzicht.web.work import UPDATE_LISTS

SETTING = "daily update of lists"
ACTOR = "overzicht"
EVERY = timedelta(days=1)
CHECK_SECONDS = 600  # between two checks of the time of the last update


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


class ListSchedule:
    """Starts the update of all lists once a day while the service runs."""

    def __init__(self, store: Store, runner: Runner) -> None:
        self._store, self._runner = store, runner
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def begin(self) -> None:
        """Begin to check whether an update is due."""
        self._stopping.clear()
        self._thread = threading.Thread(target=self._watch, name="list schedule", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop checking, before the store is closed."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()

    def _watch(self) -> None:
        while not self._stopping.wait(CHECK_SECONDS):
            with suppress(StoreError, JobQuotaError):  # it tries again
                self.start_if_due()

    def start_if_due(self) -> None:
        """Start the job if it is due."""
        if is_due(self._store, now()):
            self._runner.start(UPDATE_LISTS, {"lists": []}, actor=ACTOR)
