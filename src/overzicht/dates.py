"""Legal dates: a day together with how we know it, and the period a fact holds.

Days are calendar days in the legal order that set them, without time or zone. Nothing here reads the
clock: the day a question is asked for comes in as an argument.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from overzicht.errors import UnreadableDateError

PARTIAL_DATE = "partial-date"  # in schemas: a text with a date, month or year in ISO form, or empty
FIRST, LAST = date(1900, 1, 1), date(2200, 1, 1)  # dates that a caller may ask about
EARLIEST_YEAR = 1940  # no list that we read holds an act older than the United Nations
LATEST_YEAR = 2099  # later years in official files were typing errors: 2922, 3017

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan", "januari"),
            ("february", "feb", "februari"),
            ("march", "mar", "maart", "mrt"),
            ("april", "apr"),
            ("may", "mei"),
            ("june", "jun", "juni"),
            ("july", "jul", "juli"),
            ("august", "aug", "augustus"),
            ("september", "sep", "sept"),
            ("october", "oct", "oktober", "okt"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}


class DateBasis(StrEnum):
    """How we know a date: the source states it, a rule derives it, or it is only an upper bound."""

    STATED = "stated"
    DERIVED = "derived"
    NOT_LATER_THAN = "not later than"


@dataclass(frozen=True, slots=True)
class LegalDate:
    """A date in law and how it is known; `rule` names the derivation, empty for a stated date.

    `earliest` is the first possible date if the source states a month or a year, else None.
    """

    day: date
    basis: DateBasis = DateBasis.STATED
    rule: str = ""
    earliest: date | None = field(default=None, compare=False)

    def may_be_on_or_before(self, day: date) -> bool:
        """Return whether the date is, or can be, on or before `day`."""
        is_bound = self.basis is DateBasis.NOT_LATER_THAN
        return day >= self.day or (is_bound and (self.earliest is None or day >= self.earliest))

    @property
    def as_given(self) -> str:
        """The day as the source gives it: an ISO day, month or year, or two days with a slash between."""
        first, last = self.earliest, self.day
        if first is None:
            return last.isoformat()
        for form in ("%Y-%m", "%Y"):
            if read_legal_date(first.strftime(form)).day == last:
                return first.strftime(form)
        return f"{first}/{last}"

    def __str__(self) -> str:
        """Return the ISO day, marked when the source does not state it itself."""
        match self.basis:
            case DateBasis.STATED:
                return self.day.isoformat()
            case DateBasis.DERIVED:
                return f"{self.day.isoformat()} (derived)"
            case DateBasis.NOT_LATER_THAN:
                return f"not later than {self.day.isoformat()}"


class Holds(StrEnum):
    """Answer to whether a fact held on a date; `unknown` never means no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


def any_holds(answers: Collection[Holds]) -> Holds:
    """Return yes if one answer is yes, else unknown if one is unknown, else no."""
    return next((holds for holds in (Holds.YES, Holds.UNKNOWN) if holds in answers), Holds.NO)


def all_hold(answers: Collection[Holds]) -> Holds:
    """Return no if one answer is no, else unknown if one is unknown, else yes."""
    return next((holds for holds in (Holds.NO, Holds.UNKNOWN) if holds in answers), Holds.YES)


@dataclass(frozen=True, slots=True)
class Period:
    """Dates on which a fact holds: from `start` (inclusive) to `end` (exclusive); None is an open side.

    A missing `start` means that the source does not state a start date, not that the fact always held.
    """

    start: LegalDate | None = None
    end: LegalDate | None = None

    def holds_on(self, day: date) -> Holds:
        """Return whether the fact held on `day`; unknown if an upper bound for the start is after `day`."""
        if self.end is not None and day >= self.end.day:
            return Holds.NO
        if self.start is None:
            return Holds.UNKNOWN
        if day >= self.start.day:
            return Holds.YES
        return Holds.UNKNOWN if self.start.may_be_on_or_before(day) else Holds.NO


def read_iso_date(text: str) -> date:
    """Return the day of `2021-03-22` (a time after it is dropped).

    Raises UnreadableDateError for another form, an impossible day, or a year outside 1940 to 2099.
    """
    match = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?", text.strip())
    if match is None:
        raise UnreadableDateError(text)
    return _plausible(text, *(int(part) for part in match.groups()))


def read_legal_date(text: str) -> LegalDate:
    """Return `2021-03-22` as a stated day, `2021-03` or `2021` as not later than its last day.

    Raises UnreadableDateError for another form, an impossible day, or a year outside 1940 to 2099.
    """
    match = re.fullmatch(r"(\d{4})(?:-(\d{2}))?", text.strip())
    if match is None:
        return LegalDate(read_iso_date(text))
    month = _plausible(text, int(match[1]), int(match[2] or 12), 1)
    last = (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    rule, first = f"the source gives no day, only {text.strip()}", month.replace(month=int(match[2] or 1))
    return LegalDate(last, DateBasis.NOT_LATER_THAN, rule, first)


def read_day_first_date(text: str) -> date:
    """Return the day of `22.3.2021`, `22/03/2021` or `22-3-2021`; raises UnreadableDateError."""
    match = re.fullmatch(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})", text.strip())
    if match is None:
        raise UnreadableDateError(text)
    return _plausible(text, int(match[4]), int(match[3]), int(match[1]))


def read_month_first_date(text: str) -> date:
    """Return the day of `03/22/2021` (the American order); raises UnreadableDateError."""
    match = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text.strip())
    if match is None:
        raise UnreadableDateError(text)
    return _plausible(text, int(match[3]), int(match[1]), int(match[2]))


def read_written_date(text: str) -> date:
    """Return the day of `March 12, 2021` or `12 March 2021` (also Dutch); raises UnreadableDateError."""
    cleaned = " ".join(text.replace(",", " ").split()).lower()
    match = re.fullmatch(r"([a-z]+)\.? (\d{1,2}) (\d{4})", cleaned)
    if match is not None:
        month, day, year = match.groups()
    else:
        match = re.fullmatch(r"(\d{1,2}) ([a-z]+)\.? (\d{4})", cleaned)
        if match is None:
            raise UnreadableDateError(text)
        day, month, year = match.groups()
    if month not in MONTHS:
        raise UnreadableDateError(text, f"{month!r} is not a month")
    return _plausible(text, int(year), MONTHS[month], int(day))


def _plausible(text: str, year: int, month: int, day: int) -> date:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise UnreadableDateError(text, f"the year {year} is outside {EARLIEST_YEAR} to {LATEST_YEAR}")
    try:
        return date(year, month, day)
    except ValueError as error:
        raise UnreadableDateError(text, "the calendar has no such day") from error
