"""Progress of a replacement plan and its expected end: a line through dated replacements.

The line is a least-squares fit through (date, devices done so far) from the start of the plan. It is a
forecast only with enough data, and only while replacement continues; otherwise the answer states what is
missing.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from overzicht.evidence import Text, text
from overzicht.evidence.json_marks import shown_as

FEWEST_DONE = 5  # devices; below it a pace is chance
FEWEST_DAYS = 3  # distinct days on which devices were replaced
LONGEST_DAYS = 365 * 30
NOTHING_TO_SAY = Text("")


@dataclass(frozen=True, slots=True)
class Progress:
    """Progress of a plan on a date. `forecast` is None if none is possible; `statement` explains."""

    as_of: date
    total: int
    done: int
    forecast: date | None
    on_time: bool | None  # whether the forecast meets the due day; None without either
    statement: Annotated[Text, shown_as("says")]

    @property
    def open(self) -> int:
        """Devices still to replace."""
        return self.total - self.done


def progress(
    total: int, done: Sequence[tuple[date, int]], *, started: date, due: date | None, as_of: date
) -> Progress:
    """Return the progress of a plan of `total` devices; `done` are (date, devices) up to `as_of`."""
    finished = sum(count for _, count in done)
    if not total:
        forecast, why = (None, text("this plan has no devices"))
    elif finished >= total:
        forecast, why = (None, text("completed on {day}", day=done[-1][0]))
    elif finished < FEWEST_DONE or len(done) < FEWEST_DAYS:
        forecast, why = (
            None,
            text(
                "too few for a forecast: at least {fewest} devices on {days} dates are needed",
                fewest=FEWEST_DONE,
                days=FEWEST_DAYS,
            ),
        )
    else:
        # devices per day: the slope of the line from the start through the totals by date. The date of the
        # question is a point too, so that a stalled plan slows down.
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
        pace = sum((x - mean_x) * (y - mean_y) for x, y in points) / spread if spread else 0.0
        remaining = math.ceil((total - finished) / pace) if pace > 0 else LONGEST_DAYS + 1
        if remaining > LONGEST_DAYS:
            forecast, why = (None, text("at this pace it will not end"))
        else:
            forecast, why = (as_of + timedelta(days=remaining), NOTHING_TO_SAY)
    if forecast is None:
        statement = text("{total} to replace, {done} done; {why}", total=total, done=finished, why=why)
        return Progress(as_of, total, finished, None, None, statement)
    statement = text(
        "{total} to replace, {done} done, on course for {month}",
        total=total,
        done=finished,
        month=f"{forecast:%Y-%m}",
    )
    return Progress(as_of, total, finished, forecast, None if due is None else forecast <= due, statement)
