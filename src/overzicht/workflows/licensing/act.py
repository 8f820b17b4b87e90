"""Who acts, at what time, and for which day."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Act:
    """An act of a person: the day it counts for in law, who acts, and the time for the log."""

    day: date
    actor: str
    at: datetime
