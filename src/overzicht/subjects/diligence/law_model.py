"""Data of an instrument and of the differences between two assessments, for reports.

`workflows.law.showing` makes these; a report imports no workflow.
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from overzicht.dates import Holds
from overzicht.evidence import Citation, Text
from overzicht.evidence.json_marks import shown_as
from overzicht.law.instruments import Instrument, UseRule
from overzicht.law.standings import StandingKind


@dataclass(frozen=True, slots=True)
class ShownRule:
    """A rule in its three parts: what the law says, what we check, what we cannot see.

    `applies` is for the requested date; `caution` names parts without a read source, else None.
    """

    rule: UseRule
    place: Text
    applies: Holds
    sentence: Annotated[Text, shown_as("says")]
    checks: Text
    unseen: tuple[Text, ...]
    caution: Text | None
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class ShownStanding:
    """Standing of a country under an instrument on a date; `since` is None if it has none."""

    kind: StandingKind
    country: Text
    code: str
    holds: Holds
    since: date | None
    caution: Text | None


@dataclass(frozen=True, slots=True)
class ShownInstrument:
    """A whole instrument, on a date."""

    card: Instrument
    as_of: date
    applies: Holds
    sentence: Annotated[Text, shown_as("says")]
    binds: Text
    rules: tuple[ShownRule, ...]
    standings: tuple[ShownStanding, ...]
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Differences between two uses, by their ids; `sentences` is empty if there are none."""

    first: str
    second: str
    sentences: Annotated[tuple[Text, ...], shown_as("says")]
