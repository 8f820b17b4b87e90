"""What the reports need of an instrument that is shown, and of two weighings that differ.

`workflows.law.showing` makes these; a report reads no workflow, so their forms stand here.
"""

from dataclasses import dataclass
from datetime import date

from overzicht.dates import Holds
from overzicht.evidence import Citation, Text
from overzicht.law.instruments import Instrument, StandingKind, UseRule


@dataclass(frozen=True, slots=True)
class ShownRule:
    """A rule in its three parts: what the law says, what we check, what we cannot see.

    `applies` is for the day asked for; `caution` says what of it no source was read for, None where all was.
    """

    rule: UseRule
    place: Text
    applies: Holds
    says: Text
    checks: Text
    unseen: tuple[Text, ...]
    caution: Text | None
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class ShownStanding:
    """A country's standing under an instrument on a day; `since` None where it is none, or has no day."""

    kind: StandingKind
    country: Text
    code: str
    holds: Holds
    since: date | None
    caution: Text | None


@dataclass(frozen=True, slots=True)
class ShownInstrument:
    """An instrument whole, on a day."""

    card: Instrument
    as_of: date
    applies: Holds
    says: Text
    rules: tuple[ShownRule, ...]
    standings: tuple[ShownStanding, ...]
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two uses, by their ids; `says` is empty where nothing does."""

    first: str
    second: str
    says: tuple[Text, ...]
