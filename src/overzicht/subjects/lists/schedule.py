"""The daily update of lists, on or off for the service."""

from datetime import datetime, timedelta

from overzicht.evidence.actor import SYSTEM_ACTOR, Actor
from overzicht.settings import Settings
from overzicht.store import jobs
from overzicht.store.database import Store
from overzicht.store.service_settings import set_setting, setting
from overzicht.subjects.lists.jobs import UPDATE_LISTS
from overzicht.web.clock import now
from overzicht.web.jobs import Runner
from overzicht.web.schedules import Periodic

SETTING = "daily update of lists"
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


class ListSchedule(Periodic):
    """Starts the update of all lists once a day while the service runs."""

    def __init__(self, store: Store, _settings: Settings, runner: Runner) -> None:
        super().__init__("list schedule", CHECK_SECONDS, self.start_if_due)
        self._store, self._runner = store, runner

    def start_if_due(self) -> None:
        """Start the job if it is due."""
        if is_due(self._store, now()):
            self._runner.start(UPDATE_LISTS, {"lists": []}, actor=SYSTEM_ACTOR)
