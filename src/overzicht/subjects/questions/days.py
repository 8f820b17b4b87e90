"""Dates of a set: due date, date of the answer, and lateness by the rule of that date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from overzicht.dates import Holds
from overzicht.subjects.questions.facts import term


@dataclass(frozen=True, slots=True)
class Timing:
    """The dates of a set on a date: `days` from submission to the first answer, None without both.

    `has_notice` is unknown if only an index was loaded: a notice is a paper. `open_days` are the days since
    submission of a set without an answer.
    """

    asked_on: date | None
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
        """The due date, extended if a notice requested it; None if unknown."""
        return self.extended_due or self.due


def timing(
    asked_on: date | None, answers: Sequence[date], notices: Sequence[date], as_of: date, *, papers_seen: bool
) -> Timing:
    """Return the timing of a set on `as_of`; later events are left out.

    An answer, or no answer yet, after the due date is late. A notice by the due date moves it to 42 days.
    Without the date of submission everything is unknown.
    """
    answered = min((day for day in answers if day <= as_of), default=None)
    notice = min((day for day in notices if day <= as_of), default=None)
    has_notice = Holds.YES if notice else Holds.NO if papers_seen else Holds.UNKNOWN
    if asked_on is None:
        return Timing(None, answered, notice, None, None, None, None, Holds.UNKNOWN, has_notice)
    due = asked_on + timedelta(days=term().days)
    is_in_time = notice is not None and notice <= due
    extended = asked_on + timedelta(days=term().extended) if is_in_time else None
    last = extended or due
    day = answered or as_of
    furthest = asked_on + timedelta(days=term().extended)
    if day <= last:
        is_late = Holds.NO
    elif has_notice is Holds.UNKNOWN and day <= furthest:
        is_late = Holds.UNKNOWN  # a notice that we have not seen may have moved the day
    else:
        is_late = Holds.YES
    return Timing(
        asked_on=asked_on,
        answered=answered,
        notice=notice,
        due=due,
        extended_due=extended,
        days=(answered - asked_on).days if answered else None,
        open_days=None if answered else (as_of - asked_on).days,
        is_late=is_late,
        has_notice=has_notice,
    )


@dataclass(frozen=True, slots=True)
class Median:
    """The median of a number of durations in days; `days` is None if there are too few."""

    count: int
    days: float | None


def median_of(days: Sequence[int]) -> Median:
    """Return the median, or none under the packaged least number (10)."""
    return Median(len(days), float(median(days)) if len(days) >= term().too_few else None)
