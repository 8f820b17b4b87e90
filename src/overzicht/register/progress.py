"""How far a replacement plan is, and when it ends at this pace: a line through dated replacements.

The line is least squares through (day, devices done so far) from the day the plan began. It is a forecast
only with enough to go on, and only while replacing goes on; else the answer says what is missing.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from overzicht.evidence import Text, text

FEWEST_DONE = 5  # devices; below it a pace is chance
FEWEST_DAYS = 3  # distinct days on which devices were replaced
LONGEST_DAYS = 365 * 30
NOTHING_TO_SAY = Text("")


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a plan stands on a day. `forecast` is None where none can be given; `says` tells why, or when."""

    as_of: date
    total: int
    done: int
    forecast: date | None
    on_time: bool | None  # whether the forecast meets the due day; None without either
    says: Text

    @property
    def open(self) -> int:
        """Devices still to replace."""
        return self.total - self.done


def progress(
    total: int, done: Sequence[tuple[date, int]], *, started: date, due: date | None, as_of: date
) -> Progress:
    """Return where a plan of `total` devices stands; `done` are (day, devices) up to `as_of`, in order."""
    finished = sum(count for _, count in done)
    forecast, why = _forecast(total, done, started, as_of)
    if forecast is None:
        says = text("{total} to replace, {done} done; {why}", total=total, done=finished, why=why)
        return Progress(as_of, total, finished, None, None, says)
    says = text(
        "{total} to replace, {done} done, on course for {month}",
        total=total, done=finished, month=f"{forecast:%Y-%m}",
    )  # fmt: skip
    return Progress(as_of, total, finished, forecast, None if due is None else forecast <= due, says)


def _forecast(
    total: int, done: Sequence[tuple[date, int]], started: date, as_of: date
) -> tuple[date | None, Text]:
    finished = sum(count for _, count in done)
    if not total:
        return None, text("there is nothing in this plan")
    if finished >= total:
        return None, text("all of it on {day}", day=done[-1][0])
    if finished < FEWEST_DONE or len(done) < FEWEST_DAYS:
        return None, text(
            "too few to say when: it takes {fewest} devices on {days} days",
            fewest=FEWEST_DONE,
            days=FEWEST_DAYS,
        )
    pace = _pace(done, started, as_of)
    remaining = math.ceil((total - finished) / pace) if pace > 0 else LONGEST_DAYS + 1
    if remaining > LONGEST_DAYS:
        return None, text("at this pace it does not end")
    return as_of + timedelta(days=remaining), NOTHING_TO_SAY


def _pace(done: Sequence[tuple[date, int]], started: date, as_of: date) -> float:
    """Return devices a day: the slope of the line from the start through what was done by each day.

    The day of the question is a point too, so that a plan at a standstill slows down.
    """
    first = min(started, done[0][0])
    points = [(0.0, 0.0)]
    so_far = 0
    for day, count in done:
        so_far += count
        points.append((float((day - first).days), float(so_far)))
    points.append((float((as_of - first).days), float(so_far)))
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / spread if spread else 0.0
