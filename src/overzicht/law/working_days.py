"""Working-day clocks: from an event to the last day for an answer.

**What the law says.** Deadlines of the regulation are in working days. Public holidays are those of the
member state whose authority must act (Regulation 1182/71, Article 2(1)). Saturdays, Sundays and the day of
the event do not count (from memory, marked unverified in the rules).

**What we check.** The calendar of the state in the library `holidays`. Skipped days are shown by name.

**What we cannot see.** Bridge days of one authority, regional holidays, and days that a national act equates
with a holiday but the library leaves out.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib.metadata import version
from typing import Annotated

from pydantic import computed_field

from overzicht.dates import Holds
from overzicht.errors import MissingExtraError, UnknownNameError
from overzicht.evidence import Text, text
from overzicht.evidence.json_marks import AS_OBJECT, HIDDEN, pairs_as
from overzicht.law.export_rules import Deadline, article_text, export_rules, unverified_text

SATURDAY = 5

NamedDay = tuple[date, str]


@dataclass(frozen=True, slots=True)
class StateCalendar:
    """The public holidays of a state, from the library `holidays`; `source` names its version."""

    state: str
    source: str

    def holiday(self, day: date) -> str:
        """Return the English name of the holiday on `day`, or an empty text."""
        return _holidays_of(self.state, day.year).get(day, "")


def calendar_of(state: str) -> StateCalendar:
    """Return the calendar of a state by ISO 3166 code.

    Raises MissingExtraError without the library, UnknownNameError for an unknown state.
    """
    try:
        import holidays  # noqa: PLC0415  # an extra, loaded when a clock is asked for
    except ImportError as error:
        raise MissingExtraError("counting working days", "control") from error
    known = holidays.list_supported_countries()
    if state not in known:
        raise UnknownNameError("calendar of the state", state, tuple(sorted(known)))
    return StateCalendar(state, f"holidays {version('holidays')}")


@cache
def _holidays_of(state: str, year: int) -> dict[date, str]:
    import holidays  # noqa: PLC0415  # an extra, loaded when a clock is asked for

    languages = holidays.list_localized_countries().get(state, [])
    language = "en_US" if "en_US" in languages else None
    public_holidays = holidays.country_holidays(state, years=year, language=language)
    return {day: str(name) for day, name in public_holidays.items()}


def is_working_day(day: date, calendar: StateCalendar) -> bool:
    """Return whether `day` is none of Saturday, Sunday and public holiday."""
    return day.weekday() < SATURDAY and not calendar.holiday(day)


def working_day_after(
    start: date, count: int, calendar: StateCalendar
) -> tuple[date, tuple[tuple[date, str], ...]]:
    """Return the `count`-th working day after `start`, and the holidays skipped on weekdays.

    Raises ValueError if `count` is below 1.
    """
    if count < 1:
        raise ValueError("a period has at least one working day")
    skipped: list[NamedDay] = []
    day = start
    while count:
        day += timedelta(days=1)
        if is_working_day(day, calendar):
            count -= 1
        elif day.weekday() < SATURDAY:
            skipped.append((day, calendar.holiday(day)))
    return day, tuple(skipped)


class Reading(StrEnum):
    """How the extension of a period can be read."""

    ADDED = "added"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Clock:
    """A running period, from the event to the deadline, and its possible extensions.

    `due` is the last working day for an answer. `extended` gives the last day for each reading of the law;
    more than one means that the text is ambiguous.
    """

    deadline: Annotated[Deadline, HIDDEN]
    state: str
    calendar: str
    started: date
    working_days: int
    due: date
    skipped: Annotated[tuple[NamedDay, ...], pairs_as("day", "name")]
    extended: Annotated[tuple[tuple[Reading, date], ...], AS_OBJECT] = ()

    @computed_field
    @property
    def article(self) -> str:
        """The article that sets the period."""
        return self.deadline.article

    @computed_field
    @property
    def silence(self) -> Text:
        """Meaning of no answer in time."""
        return self.deadline.silence.text

    @computed_field
    @property
    def statement(self) -> Text:
        """The clock in a sentence: article, days, calendar, last day."""
        return text(
            "{article}: {what}; {days} working days from {started} by the calendar of {state}, until {due}",
            article=article_text(self.deadline.article),
            what=self.deadline.text,
            days=self.working_days,
            started=self.started,
            state=self.state,
            due=self.due,
        )

    @computed_field
    @property
    def unverified(self) -> Text | None:
        """Rules of counting without a source; None if all have one."""
        return unverified_text((*self.deadline.unverified, *export_rules().counting.unverified))

    @computed_field
    @property
    def extension_statement(self) -> Text | None:
        """Latest date after an agreed extension; None if the law has no extension."""
        if not self.extended:
            return None
        days = dict(self.extended)
        if len(days) == 1:
            return text("an agreed extension runs until {day} at most", day=self.extended[0][1])
        return text(
            "an agreed extension runs until {total} if its working days replace the period, or until "
            "{added} if they are added; the law allows both readings",
            total=days[Reading.TOTAL],
            added=days[Reading.ADDED],
        )


def start_clock(name: str, started: date, calendar: StateCalendar) -> Clock | None:
    """Return the clock of a legal deadline for an event on `started`, or None if it was not in force then.

    Raises UnknownNameError for an unknown deadline.
    """
    deadline = export_rules().deadline(name).in_regulation_of(started)
    value = deadline.on(started)
    if value.in_force is not Holds.YES or value.working_days is None:
        return None
    due, skipped = working_day_after(started, value.working_days, calendar)
    extended = []
    if value.extension is not None:
        for reading in value.readings:
            whole = value.extension + (value.working_days if Reading(reading) is Reading.ADDED else 0)
            extended.append((Reading(reading), working_day_after(started, whole, calendar)[0]))
    return Clock(
        deadline=deadline,
        state=calendar.state,
        calendar=calendar.source,
        started=started,
        working_days=value.working_days,
        due=due,
        skipped=skipped,
        extended=tuple(extended),
    )
