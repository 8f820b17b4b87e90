"""The author of a change: name, time, and the date on which the change takes effect."""

from dataclasses import dataclass
from datetime import date, datetime

SYSTEM_ACTOR = "overzicht"  # the name of what the product does by itself


@dataclass(frozen=True, slots=True)
class Actor:
    """Author of a change: effective date in law, name in the log, and time of the log."""

    day: date
    name: str
    at: datetime
