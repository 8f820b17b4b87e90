"""Sets as a list: by words, maker, state, year and lateness, each as of a day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import Connection

from overzicht.dates import Holds
from overzicht.questions.sets import QuestionSet, SetKind, State
from overzicht.workflows.questions.searching import ALL, search_sets
from overzicht.workflows.questions.showing import all_sets


class Lateness(StrEnum):
    """How a set stands towards its day."""

    OVERDUE = "overdue"  # without an answer, and past its day or perhaps so
    ANSWERED_LATE = "answered late"
    IN_TIME = "in time"


@dataclass(frozen=True, slots=True)
class SetFilter:
    """Which sets are asked for; what is empty narrows nothing. `maker` is the id of a card."""

    words: str = ""
    maker: str = ""
    state: State | None = None
    year: int | None = None
    lateness: Lateness | None = None

    def fits(self, one: QuestionSet) -> bool:
        """Whether a set has the state, year and lateness that are asked for."""
        asked = one.timing.asked_on
        is_state = self.state is None or one.state is self.state
        is_year = self.year is None or (asked is not None and asked.year == self.year)
        return is_state and is_year and (self.lateness is None or lateness_of(one) is self.lateness)


@dataclass(frozen=True, slots=True)
class SetLine:
    """A set of a list; `place` and `snippet` tell where words or a maker were found, else they are empty."""

    set: QuestionSet
    place: str = ""
    snippet: str = ""


def list_sets(connection: Connection, asked: SetFilter, as_of: date) -> list[SetLine]:
    """Return the sets that are asked for: the best first where words or a maker were given, else the newest.

    UnknownNameError for a maker without a card.
    """
    return [one for one in _candidates(connection, asked, as_of) if asked.fits(one.set)]


def _candidates(connection: Connection, asked: SetFilter, as_of: date) -> Iterator[SetLine]:
    if asked.words.strip() or asked.maker:
        found, _ = search_sets(connection, asked.words.split(), asked.maker, as_of, ALL)
        yield from (SetLine(one.set, one.place, one.snippet) for one in found)
        return
    newest = sorted(
        all_sets(connection, as_of),
        key=lambda one: (one.timing.asked_on or date.min, one.number),
        reverse=True,
    )
    yield from map(SetLine, newest)


def lateness_of(one: QuestionSet) -> Lateness | None:
    """Return how a written set stands towards its day; None where that cannot be told."""
    if one.kind is SetKind.ORAL or one.timing.asked_on is None or one.timing.is_late is Holds.UNKNOWN:
        return None
    if one.timing.answered is not None:
        return Lateness.ANSWERED_LATE if one.timing.is_late is Holds.YES else Lateness.IN_TIME
    if one.state not in (State.OPEN, State.POSTPONED):
        return None
    return Lateness.OVERDUE if one.timing.is_late is Holds.YES else Lateness.IN_TIME


def years_of(connection: Connection, as_of: date) -> list[int]:
    """Return the years in which sets were asked, the newest first."""
    return sorted(
        {one.timing.asked_on.year for one in all_sets(connection, as_of) if one.timing.asked_on}, reverse=True
    )
