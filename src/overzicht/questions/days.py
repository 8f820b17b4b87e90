"""Days of a set: when it was due, when it was answered, and whether that was late, by the rule of its day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from overzicht.dates import Holds
from overzicht.questions.facts import term


@dataclass(frozen=True, slots=True)
class Timing:
    """The days of a set on a day: `days` from asking to the first answer, None without both.

    `has_notice` is unknown where only an index was loaded: a notice is a paper. `open_days` are those
    since the asking for a set without an answer.
    """

    asked: date | None
    answered: date | None
    notice: date | None
    due: date | None
    extended_due: date | None
    days: int | None
    open_days: int | None
    is_late: Holds
    has_notice: Holds

    @property
    def last_day(self) -> date | None:
        """The last day in time, extended where a notice asked for it; None where it is not known."""
        return self.extended_due or self.due


def timing(
    asked: date | None, answers: Sequence[date], notices: Sequence[date], as_of: date, *, papers_seen: bool
) -> Timing:
    """Return the timing of a set on `as_of`; what happened after that day is left out.

    Late is an answer, or none yet, after the due day; a notice by the due day moves it to 42 days. Without
    the day of asking everything is unknown.
    """
    answered = min((day for day in answers if day <= as_of), default=None)
    notice = min((day for day in notices if day <= as_of), default=None)
    has_notice = Holds.YES if notice else Holds.NO if papers_seen else Holds.UNKNOWN
    if asked is None:
        return Timing(None, answered, notice, None, None, None, None, Holds.UNKNOWN, has_notice)
    due = asked + timedelta(days=term().days)
    is_in_time = notice is not None and notice <= due
    extended = asked + timedelta(days=term().extended) if is_in_time else None
    last = extended or due
    return Timing(
        asked=asked,
        answered=answered,
        notice=notice,
        due=due,
        extended_due=extended,
        days=(answered - asked).days if answered else None,
        open_days=None if answered else (as_of - asked).days,
        is_late=_lateness(answered or as_of, last, has_notice, asked + timedelta(days=term().extended)),
        has_notice=has_notice,
    )


def _lateness(day: date, last: date, has_notice: Holds, furthest: date) -> Holds:
    if day <= last:
        return Holds.NO
    if has_notice is Holds.UNKNOWN and day <= furthest:
        return Holds.UNKNOWN  # a notice that we have not seen may have moved the day
    return Holds.YES


@dataclass(frozen=True, slots=True)
class Median:
    """The middle of so many numbers of days; `days` is None where there are too few to say."""

    count: int
    days: float | None


def median_of(days: Sequence[int]) -> Median:
    """Return the median, or none under the packaged least number (10)."""
    return Median(len(days), float(median(days)) if len(days) >= term().too_few else None)
