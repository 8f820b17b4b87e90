"""Findings: the answer, its confidence, its reasons and its sources."""

import hashlib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from overzicht.evidence.citation import Citation, unique
from overzicht.evidence.stored import JsonRecord
from overzicht.evidence.text import Text, text
from overzicht.evidence.worded_enum import WordedEnum


class Answer(StrEnum):
    """The five answers to any question; none replaces another."""

    FOUND = "found"
    POSSIBLE = "possibly listed"
    NOT_FOUND = "not found"
    NOT_CHECKED = "not checked"
    COULD_NOT_READ = "could not read"

    @property
    def covers_date(self) -> bool:
        """Return whether a loaded version of the list covers the date."""
        return self in (Answer.FOUND, Answer.NOT_FOUND)


class Confidence(StrEnum):
    """Confidence in a statement: high may be acted on, low is a lead to check, none is unknown."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    NONE = "none"

    @property
    def rank(self) -> int:
        """0 for none up to 3 for high."""
        return _RANKS[self]


_RANKS = {Confidence.NONE: 0, Confidence.LOW: 1, Confidence.MEDIUM: 2, Confidence.HIGH: 3}


@dataclass(frozen=True, slots=True)
class Reason(JsonRecord):
    """One checkable sentence for a finding (or against it, with `against`), with its sources."""

    text: Text
    strength: Confidence = Confidence.MEDIUM
    citations: tuple[Citation, ...] = ()
    against: bool = False


class FindingKind(WordedEnum):
    """Subject of a finding."""

    MAKER = "maker", text("maker")
    LISTING = "listing", text("listing")
    OWNER_LISTING = "owner listing", text("owner listing")
    OWNERSHIP = "ownership", text("ownership")
    LEGAL_EFFECT = "legal effect", text("legal effect")
    CLAIM = "claim", text("claim")
    STEP = "step", text("step")
    REPLY = "reply", text("reply")
    ACTIVITY = "activity", text("activity")


def finding_id(kind: FindingKind, *parts: str) -> str:
    """Return an id that is equal for equal parts."""
    digest = hashlib.sha256("|".join(parts).encode()).hexdigest()
    return f"{kind.value.replace(' ', '-')}-{digest[:12]}"


@dataclass(frozen=True, slots=True)
class Finding(JsonRecord):
    """An answer about a subject on a date, with its reasons; never edited, only superseded.

    `id` is stable for equal input. `subject` is the id of a device or party. `object` is the id of the result
    (a maker, a list record, an owner), empty if there is none.
    """

    id: str
    kind: FindingKind
    subject: str
    answer: Answer
    statement: Text
    as_of: date
    confidence: Confidence = Confidence.NONE
    object: str = ""
    reasons: tuple[Reason, ...] = ()

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Citations of all reasons, in order, without duplicates."""
        return unique(citation for reason in self.reasons for citation in reason.citations)
