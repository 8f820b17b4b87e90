"""The person behind a change: name, time, and the day that the change counts for."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Actor:
    """Who makes a change: the day it counts for in law, the name in the log, and the time of the log."""

    day: date
    name: str
    at: datetime
