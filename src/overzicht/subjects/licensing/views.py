"""Data of the documents of a case; made by the workflows, rendered here."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from overzicht.evidence import Text
from overzicht.subjects.licensing.completeness import Gap
from overzicht.subjects.licensing.gates.model import Gates
from overzicht.subjects.licensing.model import Application
from overzicht.subjects.licensing.objections import Objection
from overzicht.subjects.licensing.order import Checklist


class DocumentKind(StrEnum):
    """The documents of a case."""

    APPLICATION = "application"
    DECISION = "decision"
    ANNEX_III = "annex-iii"
    OBJECTION = "objection"


@dataclass(frozen=True, slots=True)
class DecisionText:
    """Decision as reported to the applicant, without denials of others, which are confidential."""

    outcome: str
    decided_on: date
    by: str
    reasons: str
    conditions: tuple[str, ...] = ()
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class CaseDocument:
    """A case on a date as its documents show it; `decision` is None before there is one.

    `attachments` are the kind, file name and hash of each stored document. `objection` is the newest one.
    """

    application: Application
    status: str
    day: date
    filed_on: date | None
    gaps: tuple[Gap, ...]
    checklist: Checklist
    decision: DecisionText | None
    gates: Gates
    version: str
    attachments: tuple[tuple[Text, str, str], ...] = ()
    objection: Objection | None = None
