"""Terms of Dutch administrative law: the decision on an application, and the objection against it.

**What the law says.** An application is decided within eight weeks (Awb 4:13), unless the authority names a
longer term in time (4:14). The term is suspended from the day after the applicant was asked for more data
until the data are there, or the time given for it has passed (4:15). An objection is made within six weeks
from the day after the decision was made known (6:7, 6:8). A term that ends on a Saturday, Sunday or
recognised holiday ends on the next other day (Algemene termijnenwet 1, 3).

**What we check.** The dates of the case. The date of the decision counts as the date on which it is sent.

**What we cannot see.** Days that a royal decree equates with a holiday, and terms of other states.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from overzicht.errors import MissingExtraError
from overzicht.evidence import Citation, Text, text
from overzicht.evidence.source import Document
from overzicht.evidence.worded_enum import WordedEnum
from overzicht.law.working_days import SATURDAY

STATE = "NL"
DECISION_WEEKS, OBJECTION_WEEKS = 8, 6
AWB = Document(
    title="Algemene wet bestuursrecht", address="https://wetten.overheid.nl/BWBR0005537/", official=True
)
TERMS_ACT = Document(
    title="Algemene termijnenwet", address="https://wetten.overheid.nl/BWBR0002448/", official=True
)


class TermKind(WordedEnum):
    """The terms of a case."""

    DECISION = "decision", text("decision on the application")
    OBJECTION = "objection", text("objection against the decision")
    ON_OBJECTION = "decision on objection", text("decision on the objection")


@dataclass(frozen=True, slots=True)
class Supplement:
    """A request to the applicant to complete the application; `received_on` is None as long as it waits."""

    requested_on: date
    until: date
    reason: str
    received_on: date | None = None

    def days(self, day: date, started: date = date.min) -> int:
        """Return for how many days it suspended a term of after `started`, as known on `day`."""
        ended = self.received_on
        if ended is None or ended > self.until:
            ended = self.until + timedelta(days=1)
        return max(0, (min(ended, day) - max(self.requested_on, started)).days - 1)

    def is_waiting(self, day: date) -> bool:
        """Return whether the applicant can still complete the application on `day`."""
        return self.received_on is None and day <= self.until


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a case: its start, last day, and the days of suspension in it.

    `met_on` is the date of the decision. A suspended term runs on later, so its last day is not final.
    """

    kind: TermKind
    article: str
    started: date
    due: date
    suspended_days: int
    is_suspended: bool
    met_on: date | None
    is_overdue: bool
    statement: Text
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Extension:
    """A longer term that the authority named to the applicant (Awb 4:14)."""

    given_on: date
    until: date
    reason: str


def decision_term(
    received: date,
    supplements: Sequence[Supplement],
    extension: Extension | None,
    decided: date | None,
    day: date,
) -> Term:
    """Return the term for the decision on an application that came in on `received`, as known on `day`."""
    end = decided or day
    article = "4:14" if extension else "4:13"
    counted = [entry for entry in supplements if not extension or entry.requested_on > extension.given_on]
    suspended = sum(supplement.days(end) for supplement in counted)
    last = extension.until if extension else received + timedelta(weeks=DECISION_WEEKS)
    due = next_working_day(last + timedelta(days=suspended))
    waits = decided is None and any(supplement.is_waiting(day) for supplement in supplements)
    first = text("the decision is due on {due} (Awb {article}, received on {day})")
    sentence = first.filled(due=due, article=article, day=received)
    if suspended:
        sentence = text("{says}; suspended for {days} days (Awb 4:15)", says=sentence, days=suspended)
    if waits:
        sentence = text("{says}; the term is suspended until the applicant completes it", says=sentence)
    is_overdue = not waits and end > due
    return Term(
        TermKind.DECISION,
        article,
        received,
        due,
        suspended,
        waits,
        decided,
        is_overdue,
        sentence,
        _citations(article),
    )


def objection_term(decided: date, day: date) -> Term:
    """Return the term for an objection against a decision of `decided`."""
    due = next_working_day(decided + timedelta(weeks=OBJECTION_WEEKS))
    sentence = text("an objection is possible until {due} (Awb 6:7 and 6:8)", due=due)
    return Term(
        TermKind.OBJECTION,
        "6:7",
        decided,
        due,
        0,
        is_suspended=False,
        met_on=None,
        is_overdue=day > due,
        statement=sentence,
        citations=_citations("6:7"),
    )


def _citations(article: str) -> tuple[Citation, ...]:
    return (AWB.cite("law: awb", f"Article {article}"), TERMS_ACT.cite("law: terms", "Articles 1 and 3"))


def next_working_day(day: date) -> date:
    """Return the day itself, or the next day that is not a Saturday, Sunday or recognised holiday."""
    while day.weekday() >= SATURDAY or day in _holidays(day.year):
        day += timedelta(days=1)
    return day


@cache
def _holidays(year: int) -> frozenset[date]:
    """Return the recognised holidays of a year: Good Friday and 5 May are optional ones in the library."""
    try:
        import holidays  # noqa: PLC0415  # an extra, loaded when a term is asked for
    except ImportError as error:
        raise MissingExtraError("counting terms", "control") from error
    return frozenset(holidays.country_holidays(STATE, years=year, categories=("public", "optional")))
