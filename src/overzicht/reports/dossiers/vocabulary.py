"""The words of the moments of a dossier, and the tones of the statuses of its claims."""

from collections.abc import Mapping

from overzicht.dossiers.model import EntryKind, StepKind
from overzicht.dossiers.weighing import ClaimStatus
from overzicht.evidence import Text, text
from overzicht.evidence.worded import words_of

STATUS_TONES: Mapping[str, str] = {
    ClaimStatus.CONFIRMED: "danger",
    ClaimStatus.CONFIRMED_IN_PART: "warning",
    ClaimStatus.DISPUTED: "warning",
    ClaimStatus.CONTRADICTED: "neutral",
}
MOMENTS: Mapping[str, Text] = {
    **words_of(StepKind),
    "claim": text("report"),
    "response": text("response to a claim"),
    EntryKind.ASKED: text("question to the party"),
    EntryKind.REPLY: text("reply"),
}
