"""Licence cases: what was filed, what was found, what is still to do; and the steps that people take."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field, model_validator

from overzicht.exportcontrol.denials.consultation import Ground, Reply
from overzicht.exportcontrol.licensing.completeness import Gap
from overzicht.exportcontrol.licensing.model import FactName
from overzicht.exportcontrol.licensing.states import Status
from overzicht.exportcontrol.licensing.weighing import CriterionRecord, Direction, Weight
from overzicht.law.export_rules import export_rules
from overzicht.web.api.models.shared import Key, Line

MOST_RECORDS = 100
Prose = Annotated[str, Field(min_length=1, max_length=4_000, pattern=r"^[^\x00]*$")]


def _is_criterion(value: str) -> str:
    known = export_rules().criteria
    if value not in known:
        raise ValueError(f"there is no such criterion; known: {', '.join(known)}")
    return value


class DraftModel(BaseModel):
    """A draft that was kept, and what it lacks."""

    id: str
    status: Status = Status.DRAFT
    gaps: tuple[Gap, ...]


class ScreenedModel(BaseModel):
    """Cases that were screened again, in order."""

    cases: list[str]


class FactAsked(BaseModel):
    """A fact to state; only `unknown` needs no source."""

    name: FactName
    answer: Literal["yes", "no", "unknown"]
    source: Line = ""
    note: Line = ""

    @model_validator(mode="after")
    def _an_answer_has_a_source(self) -> "FactAsked":
        if self.answer != "unknown" and not self.source.strip():
            raise ValueError(f"the answer {self.answer!r} has no source; without one it is unknown")
        return self


class RecordAsked(BaseModel):
    """A finding on one criterion of Article 15; who asks is its author."""

    criterion: Annotated[Key, AfterValidator(_is_criterion)]
    finding: Annotated[Prose, Field(min_length=3)]
    evidence: Annotated[Prose, Field(min_length=3)]
    source_date: date
    weight: Literal["none", "light", "moderate", "heavy", "decisive"]
    direction: Direction

    def to_record(self, by: str) -> CriterionRecord:
        """Return the record, signed by who found it."""
        fields = self.model_dump() | {"weight": Weight[self.weight.upper()], "by": by}
        return CriterionRecord.model_validate(fields)


class AssessAsked(BaseModel):
    """Records to keep before the case is assessed; none are needed."""

    records: Annotated[list[RecordAsked], Field(max_length=MOST_RECORDS)] = Field(default_factory=list)


class ConsultAsked(BaseModel):
    """A state that was asked on the day."""

    state: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    ground: Ground


class ReplyAsked(BaseModel):
    """What a state answered on the day."""

    state: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    reply: Reply


class ExtensionAsked(ConsultAsked):
    """An extension that both states agreed on."""

    until: date


class VerdictAsked(BaseModel):
    """What a person found who compared a denial with the case."""

    denial: Key
    verdict: Literal["same", "different"]
    reason: Prose


class DecisionAsked(BaseModel):
    """An officer's decision; `valid_until` defaults to what Article 12(3) calls normal."""

    outcome: Status
    reasons: Prose
    conditions: Annotated[list[Key], Field(max_length=50)] = Field(default_factory=list)
    valid_until: date | None = None
    notice_reasons: Line = ""
