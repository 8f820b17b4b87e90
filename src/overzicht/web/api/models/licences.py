"""Licence cases: what was filed, what was found, what is still to do; and the steps that people take."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, Field, model_validator

from overzicht.exportcontrol.denials.consultation import Ground, Reply
from overzicht.exportcontrol.entitylist.compare import Comparison
from overzicht.exportcontrol.licensing.completeness import Gap
from overzicht.exportcontrol.licensing.model import FactName
from overzicht.exportcontrol.licensing.states import Status
from overzicht.exportcontrol.licensing.weighing import CriterionRecord, Direction, Weight
from overzicht.law.export_rules import export_rules
from overzicht.reports.i18n import Words
from overzicht.store.control.licences import StoredCase
from overzicht.web.api.models.shared import Key, Line
from overzicht.workflows.licensing.as_json import case_json, comparison_json, gap_json
from overzicht.workflows.licensing.cases import CaseView

MOST_RECORDS = 100
Prose = Annotated[str, Field(min_length=1, max_length=4_000, pattern=r"^[^\x00]*$")]


def _is_criterion(value: str) -> str:
    known = export_rules().criteria
    if value not in known:
        raise ValueError(f"there is no such criterion; known: {', '.join(known)}")
    return value


class CaseBrief(BaseModel):
    """A case and where it stands."""

    id: str
    status: Status
    kind: str
    issuing_state: str
    destination: str
    end_users: list[str]
    changed_at: str

    @classmethod
    def of(cls, case: StoredCase, status: Status) -> "CaseBrief":
        """Return the short form of a case, with the status that the reader may see."""
        filed = case.application
        return cls(
            id=filed.id, status=status, kind=filed.kind, issuing_state=filed.issuing_state,
            destination=filed.destination, changed_at=case.changed_at,
            end_users=[party.name for party in filed.parties if party.role.value == "end_user"],
        )  # fmt: skip


class GapModel(BaseModel):
    """A field that is missing; where `blocks`, the case cannot be filed without it."""

    field: str
    says: str
    article: str
    blocks: bool


class DraftModel(BaseModel):
    """A draft that was kept, and what it lacks."""

    id: str
    status: Status
    missing: list[GapModel]

    @classmethod
    def of(cls, case_id: str, missing: tuple[Gap, ...], words: Words) -> "DraftModel":
        """Return the form of a draft in a language."""
        gaps = [GapModel.model_validate(gap_json(gap, words.say)) for gap in missing]
        return cls(id=case_id, status=Status.DRAFT, missing=gaps)


class StepModel(BaseModel):
    """A line of the checklist: the article that asks, the fact, the result, and on what it rests."""

    number: str
    article: str
    question: str
    fact: str
    result: Literal["yes", "no", "unknown"]
    sources: list[dict[str, Any]]


class ChecklistModel(BaseModel):
    """The decision order and where it leads, with the general authorisations and the duties."""

    way: str
    steps: list[StepModel]
    general_authorisations: list[dict[str, Any]]
    duties: list[dict[str, Any]]


class PartyAnswerModel(BaseModel):
    """What the lists answered about a party: `binding` by those that bind the authority."""

    party: str
    role: str
    binding: Literal["yes", "no", "unknown"]
    says: str
    others: list[str]
    citations: list[dict[str, Any]]


class MatchedDenialModel(BaseModel):
    """A denial of another state that met the case; `dismissed` by a person's verdict."""

    denial: str
    state: str
    kind: str
    dismissed: bool
    reasons: list[str]


class ClockModel(BaseModel):
    """A running period in working days, with the rule, the calendar and the days it skips."""

    article: str
    started: date
    working_days: int
    due: date
    calendar: str
    skipped: list[tuple[date, str]]
    extended: dict[str, date]
    silence: str
    unverified: list[str]


class ToConsultModel(BaseModel):
    """A state that is still to be asked; `clock` is how it would run from the day."""

    state: str
    ground: Ground
    denials: list[str]
    clock: ClockModel | None


class ConsultationModel(BaseModel):
    """A state that was asked, and how that stands on the day."""

    state: str
    ground: Ground
    denials: list[str]
    standing: str
    clock: ClockModel | None


class WeighingModel(BaseModel):
    """Records on the criteria of Article 15, and what they point to; never a decision."""

    records: list[dict[str, Any]]
    suggestion: str
    points_for: int
    points_against: int
    unweighed: list[str]
    criteria: list[dict[str, Any]]


class EventModel(BaseModel):
    """Something that happened to a case."""

    kind: str
    day: date
    by: str
    at: str


class CaseModel(BaseModel):
    """Everything of a case on a day. What others confided is only in it for an officer."""

    id: str
    status: Status
    as_of: date
    application: dict[str, Any]
    missing: list[GapModel]
    checklist: ChecklistModel
    screening: list[PartyAnswerModel]
    denials: list[MatchedDenialModel]
    to_consult: list[ToConsultModel]
    consultations: list[ConsultationModel]
    weighing: WeighingModel
    events: list[EventModel]

    @classmethod
    def of(cls, view: CaseView, words: Words) -> "CaseModel":
        """Return the form of a case in a language."""
        return cls.model_validate(case_json(view, words.say))


class ComparisonModel(BaseModel):
    """A case under the Union's way and under the American entity list, and why they differ."""

    as_of: date
    eu: dict[str, Any]
    us: dict[str, Any]
    differences: list[str]

    @classmethod
    def of(cls, found: Comparison, words: Words) -> "ComparisonModel":
        """Return the form of a comparison in a language."""
        return cls.model_validate(comparison_json(found, words.say))


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
