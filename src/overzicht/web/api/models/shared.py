"""What several resources give: citations, reasons, findings; and the texts that they take."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from overzicht.dates import LegalDate
from overzicht.evidence import Answer, Citation, Confidence, Finding, FindingKind, Reason
from overzicht.reports.i18n import Words


def _is_plain(value: str) -> str:
    if "\x00" in value:
        raise ValueError("a text has no character NUL in it")
    return value


Line = Annotated[str, StringConstraints(max_length=500), AfterValidator(_is_plain)]
Key = Annotated[str, StringConstraints(min_length=1, max_length=300), AfterValidator(_is_plain)]
Lines = Annotated[str, StringConstraints(max_length=20_000), AfterValidator(_is_plain)]
Number = Annotated[int, Field(ge=0, le=2**31 - 1)]  # of an import or a task; what the databases can hold


class CitationModel(BaseModel):
    """A place in a snapshot (by its hash) or in a public document (by its address)."""

    source: str
    title: str
    place: str
    address: str
    snapshot: str = Field(description="SHA-256 of the bytes; empty where only the address is known")
    published: date | None
    retrieved: date | None
    official: bool
    complete: bool

    @classmethod
    def of(cls, citation: Citation) -> "CitationModel":
        """Return the form of a citation."""
        return cls(
            source=citation.source, title=citation.title, place=citation.place, address=citation.address,
            snapshot=citation.snapshot, published=citation.published, retrieved=citation.retrieved,
            official=citation.official, complete=citation.complete,
        )  # fmt: skip


class ReasonModel(BaseModel):
    """One sentence for a finding, or against it, with its sources."""

    sentence: str
    strength: Confidence
    against: bool
    citations: list[CitationModel]

    @classmethod
    def of(cls, reason: Reason, words: Words) -> "ReasonModel":
        """Return the form of a reason in a language."""
        return cls(
            sentence=words.say(reason.text), strength=reason.strength, against=reason.against,
            citations=[CitationModel.of(each) for each in reason.citations],
        )  # fmt: skip


class FindingModel(BaseModel):
    """What was found of a subject on a day: the answer, how sure, and why."""

    id: str
    kind: FindingKind
    subject: str
    object: str
    answer: Answer
    confidence: Confidence
    as_of: date
    sentence: str
    reasons: list[ReasonModel]

    @classmethod
    def of(cls, finding: Finding, words: Words) -> "FindingModel":
        """Return the form of a finding in a language."""
        return cls(
            id=finding.id, kind=finding.kind, subject=finding.subject, object=finding.object,
            answer=finding.answer, confidence=finding.confidence, as_of=finding.as_of,
            sentence=words.say(finding.statement),
            reasons=[ReasonModel.of(reason, words) for reason in finding.reasons],
        )  # fmt: skip


class LegalDateModel(BaseModel):
    """A day with how it is known: `stated`, `derived` (by which rule) or `not later than`."""

    day: date
    basis: str
    rule: str

    @classmethod
    def of(cls, value: LegalDate | None) -> "LegalDateModel | None":
        """Return the form of a legal date; None for None."""
        return None if value is None else cls(day=value.day, basis=value.basis.value, rule=value.rule)
