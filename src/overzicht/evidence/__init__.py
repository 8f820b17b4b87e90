"""Evidence: snapshots, citations, reasons and findings, shared by every stage."""

from overzicht.evidence.citation import Citation, unique
from overzicht.evidence.finding import Answer, Confidence, Finding, FindingKind, Reason, finding_id
from overzicht.evidence.phrases import in_both
from overzicht.evidence.snapshot import Snapshot
from overzicht.evidence.text import Text, plain_text, text

__all__ = [
    "Answer",
    "Citation",
    "Confidence",
    "Finding",
    "FindingKind",
    "Reason",
    "Snapshot",
    "Text",
    "finding_id",
    "in_both",
    "plain_text",
    "text",
    "unique",
]
