"""Sentences of papers that name makers, from the subject that reads papers."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class MakersNamed:
    """A sentence and the ids of the makers that it names; `paper` is its number, `day` None if unknown."""

    paper: str
    day: date | None
    sentence: str
    makers: frozenset[str]
