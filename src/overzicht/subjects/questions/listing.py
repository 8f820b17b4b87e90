"""Lists of question sets: by words, maker, state, year and timeliness, each as of a date."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import Connection

from overzicht.dates import Holds
from overzicht.subjects.questions.searching import ALL, search_sets
from overzicht.subjects.questions.sets import QuestionSet, SetKind, State
from overzicht.subjects.questions.showing import all_sets


class Timeliness(StrEnum):
    """The timeliness of the answer of a set."""

    OVERDUE = "overdue"  # without an answer, and certainly or possibly after the due date
    ANSWERED_LATE = "answered late"
    IN_TIME = "in time"


@dataclass(frozen=True, slots=True)
class SetFilter:
    """Filter for sets; an empty field does not restrict the result. `maker` is the id of a card."""

    words: str = ""
    maker: str = ""
    state: State | None = None
    year: int | None = None
    lateness: Timeliness | None = None

    def fits(self, question_set: QuestionSet) -> bool:
        """Return whether a set has the state, year and timeliness of the filter."""
        date_asked = question_set.timing.asked_on
        return (
            (self.state is None or question_set.state is self.state)
            and (self.year is None or (date_asked is not None and date_asked.year == self.year))
            and (self.lateness is None or lateness_of(question_set) is self.lateness)
        )


@dataclass(frozen=True, slots=True)
class SetLine:
    """A set of a list; `place` and `snippet` show the words or the maker that match, if any."""

    set: QuestionSet
    place: str = ""
    snippet: str = ""


def list_sets(connection: Connection, filters: SetFilter, as_of: date) -> list[SetLine]:
    """Return the sets that fit: the best match first for words or a maker, else the newest first.

    UnknownNameError for a maker without a card.
    """
    if filters.words.strip() or filters.maker:
        hits, _ = search_sets(connection, filters.words.split(), filters.maker, as_of, ALL)
        lines = [SetLine(hit.set, hit.place, hit.snippet) for hit in hits]
    else:
        lines = [SetLine(known) for known in all_sets(connection, as_of)]
        lines.sort(key=lambda line: (line.set.timing.asked_on or date.min, line.set.number), reverse=True)
    return [line for line in lines if filters.fits(line.set)]


def lateness_of(question_set: QuestionSet) -> Timeliness | None:
    """Return the timeliness of a written set; None if it is unknown."""
    timing = question_set.timing
    if question_set.kind is SetKind.ORAL or timing.asked_on is None or timing.is_late is Holds.UNKNOWN:
        return None
    if timing.answered is not None:
        return Timeliness.ANSWERED_LATE if timing.is_late is Holds.YES else Timeliness.IN_TIME
    if question_set.state not in (State.OPEN, State.POSTPONED):
        return None
    return Timeliness.OVERDUE if timing.is_late is Holds.YES else Timeliness.IN_TIME


def years_of(connection: Connection, as_of: date) -> list[int]:
    """Return the years in which sets were asked, the newest first."""
    dates = {known.timing.asked_on for known in all_sets(connection, as_of)} - {None}
    return sorted({day.year for day in dates if day}, reverse=True)
