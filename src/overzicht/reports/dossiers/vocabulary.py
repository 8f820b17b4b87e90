"""The fixed words of dossiers: one for every status, position, kind and state."""

from collections.abc import Mapping

from overzicht.dossiers.model import EntryKind, Position, PresenceKind, StepKind
from overzicht.dossiers.weighing import ClaimStatus, Completeness
from overzicht.evidence import Text, text
from overzicht.evidence.worded import words_of

STATUSES: Mapping[str, Text] = words_of(ClaimStatus)

STATUS_TONES: Mapping[str, str] = {
    ClaimStatus.CONFIRMED: "danger",
    ClaimStatus.CONFIRMED_IN_PART: "warning",
    ClaimStatus.DISPUTED: "warning",
    ClaimStatus.CONTRADICTED: "neutral",
}

POSITIONS: Mapping[str, Text] = words_of(Position)

STEPS: Mapping[str, Text] = words_of(StepKind)

ENTRIES: Mapping[str, Text] = words_of(EntryKind)

MOMENTS: Mapping[str, Text] = {
    **STEPS,
    "claim": text("report"),
    "response": text("response to a claim"),
    EntryKind.ASKED: text("question to the party"),
    EntryKind.REPLY: text("reply"),
}

PRESENCES: Mapping[str, Text] = words_of(PresenceKind)

COMPLETENESS: Mapping[str, Text] = words_of(Completeness)
