"""Findings: what was found, how sure we are, why, and where it stands."""

import hashlib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from overzicht.evidence.citation import Citation, unique
from overzicht.evidence.text import Text


class Answer(StrEnum):
    """The four answers to any question; none of them stands in for another."""

    FOUND = "found"
    NOT_FOUND = "not found"
    NOT_CHECKED = "not checked"
    COULD_NOT_READ = "could not read"


class Confidence(StrEnum):
    """How sure a statement is: high may be acted on, low is a lead to check, none is unknown."""

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
class Reason:
    """One checkable sentence for (or, with `against`, opposing) a finding, with its sources."""

    text: Text
    strength: Confidence = Confidence.MEDIUM
    citations: tuple[Citation, ...] = ()
    against: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return the JSON form that `from_json` reads back."""
        return {
            "text": self.text.to_json(),
            "strength": self.strength.value,
            "citations": [citation.to_json() for citation in self.citations],
            "against": self.against,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Reason":
        """Return the reason that `to_json` wrote."""
        return cls(
            text=Text.from_json(data["text"]),
            strength=Confidence(data["strength"]),
            citations=tuple(Citation.from_json(item) for item in data["citations"]),
            against=data["against"],
        )


class FindingKind(StrEnum):
    """What a finding is about."""

    MAKER = "maker"
    LISTING = "listing"
    OWNER_LISTING = "owner listing"
    OWNERSHIP = "ownership"
    LEGAL_EFFECT = "legal effect"
    CLAIM = "claim"
    STEP = "step"
    REPLY = "reply"
    ACTIVITY = "activity"


def finding_id(kind: FindingKind, *parts: str) -> str:
    """Return an id that is equal for equal parts."""
    digest = hashlib.sha256("|".join(parts).encode()).hexdigest()
    return f"{kind.value.replace(' ', '-')}-{digest[:12]}"


@dataclass(frozen=True, slots=True)
class Finding:
    """An answer about a subject on a day, with its reasons; never edited, only superseded.

    `id` is stable for equal input. `subject` is the id of a device or party, `object` of what was found
    there (a maker, a list record, an owner) and empty where nothing was.
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
        """Every citation of every reason, in order, each once."""
        return unique(citation for reason in self.reasons for citation in reason.citations)

    def to_json(self) -> dict[str, Any]:
        """Return the JSON form that `from_json` reads back; the day is ISO."""
        return {
            "id": self.id,
            "kind": self.kind.value,
            "subject": self.subject,
            "object": self.object,
            "answer": self.answer.value,
            "confidence": self.confidence.value,
            "as_of": self.as_of.isoformat(),
            "statement": self.statement.to_json(),
            "reasons": [reason.to_json() for reason in self.reasons],
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Finding":
        """Return the finding that `to_json` wrote."""
        return cls(
            id=data["id"],
            kind=FindingKind(data["kind"]),
            subject=data["subject"],
            object=data["object"],
            answer=Answer(data["answer"]),
            confidence=Confidence(data["confidence"]),
            as_of=date.fromisoformat(data["as_of"]),
            statement=Text.from_json(data["statement"]),
            reasons=tuple(Reason.from_json(item) for item in data["reasons"]),
        )
