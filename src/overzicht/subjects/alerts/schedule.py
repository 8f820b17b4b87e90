"""The messages about alerts, sent while the service runs."""

from overzicht.settings import Settings, preferred_language
from overzicht.store.database import Store
from overzicht.subjects.alerts.sending import send_due
from overzicht.web.clock import now
from overzicht.web.jobs import Runner
from overzicht.web.schedules import Periodic

SEND_SECONDS = 60  # between two looks for messages that are due


class AlertSchedule(Periodic):
    """Sends the messages about alerts that are due, every minute."""

    def __init__(self, store: Store, settings: Settings, _runner: Runner) -> None:
        values = {**settings.values, "lang": preferred_language()}
        super().__init__(
            "alert messages", SEND_SECONDS, lambda: send_due(store, values, now, self._stopping.is_set)
        )
