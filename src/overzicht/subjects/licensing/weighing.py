"""Assessment under Article 15: records of officers and a suggestion with its inputs, never a decision.

**What the law says.** The authority considers obligations and commitments, sanctions, foreign and security
policy with the criteria of Common Position 2008/944, the end-use and the risk of diversion, and for a global
authorisation the compliance programme.

**What we check.** Whether each criterion has a record, and the direction of the records: weights for and
against are added, and a decisive record against is named.

**What we cannot see.** Whether a risk is *too high*: an officer judges this, with reasons.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field, field_validator

from overzicht.errors import UnknownNameError
from overzicht.evidence import Text, text
from overzicht.evidence.limited import Key, Plain
from overzicht.evidence.packaged import StrictModel
from overzicht.evidence.worded_enum import WordedEnum, words_of
from overzicht.law.export_rules import Criterion, export_rules

Prose = Annotated[str, Field(min_length=3, max_length=4_000), Plain]


class Weight(IntEnum):
    """How much a record counts."""

    NONE = 0
    LIGHT = 1
    MODERATE = 2
    HEAVY = 3
    DECISIVE = 4


class Direction(WordedEnum):
    """Direction of a record."""

    FOR = "for", text("for")
    AGAINST = "against", text("against")
    NEUTRAL = "neutral", text("neutral")


class CriterionRecord(StrictModel):
    """Finding of one person on one criterion, with its evidence; earlier records remain."""

    criterion: str
    finding: Annotated[str, Field(min_length=3, max_length=4_000)]
    evidence: Annotated[str, Field(min_length=3, max_length=4_000)]
    source_date: date
    weight: Weight
    direction: Direction
    by: str = ""

    @field_validator("weight", mode="before")
    @classmethod
    def _by_name(cls, value: object) -> object:
        if isinstance(value, str) and value.upper() in Weight.__members__:
            return Weight[value.upper()]
        return value

    @field_validator("criterion")
    @classmethod
    def _is_known(cls, value: str) -> str:
        known = export_rules().criteria
        if value not in known:
            raise ValueError(f"there is no criterion {value!r}; known: {', '.join(known)}")
        return value


def _check_criterion(value: str) -> str:
    known = export_rules().criteria
    if value not in known:
        raise ValueError(f"unknown criterion; known: {', '.join(known)}")
    return value


class RecordRequest(BaseModel):
    """A finding on one criterion of Article 15; the principal is its author."""

    criterion: Annotated[Key, AfterValidator(_check_criterion)]
    finding: Prose
    evidence: Prose
    source_date: date
    weight: Literal["none", "light", "moderate", "heavy", "decisive"]
    direction: Direction

    def to_record(self, by: str) -> CriterionRecord:
        """Return the record, signed by its author."""
        fields = self.model_dump() | {"weight": Weight[self.weight.upper()], "by": by}
        return CriterionRecord.model_validate(fields)


class Recommendation(WordedEnum):
    """Suggestion of the records; not a decision."""

    INCOMPLETE = "incomplete", text("not every criterion has a record; there is no suggestion yet")
    GRANT = "grant", text("the records point to granting; an officer decides, with reasons")
    REFUSE = "refuse", text("the records point to refusal; an officer decides, with reasons")
    BALANCED = "balanced", text("the records balance each other; an officer decides, with reasons")
    SHUT = "shut", text("a gate is shut or not known: a grant is out of reach, whatever the records say")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Direction of the records, with everything behind it.

    `points_for` and `points_against` are sums of weights; `unweighed` are criteria without a record.
    `considered` is the newest record of each person on each criterion. `decisive` are the records against
    with the highest weight.
    """

    leaning: Recommendation
    points_for: int
    points_against: int
    considered: tuple[CriterionRecord, ...]
    unweighed: tuple[Criterion, ...]
    decisive: tuple[CriterionRecord, ...]
    statement: Text

    def within(self, *, can_grant: bool) -> "Suggestion":
        """Return the suggestion, without one to grant if the gates do not allow a grant."""
        if can_grant or self.leaning in {Recommendation.INCOMPLETE, Recommendation.REFUSE}:
            return self
        return replace(self, leaning=Recommendation.SHUT, statement=_STATEMENTS[Recommendation.SHUT])


def criteria_for(kind: str, day: date) -> tuple[Criterion, ...]:
    """Return the criteria in force on `day` for a kind of authorisation, in the order of the law."""
    return tuple(
        criterion
        for criterion in export_rules(day).criteria.values()
        if not criterion.only_for or kind in criterion.only_for
    )


def suggest(records: tuple[CriterionRecord, ...], kind: str, day: date) -> Suggestion:
    """Return the suggestion of the records for an authorisation of this kind on `day`.

    Only the newest record per person and criterion counts. Raises UnknownNameError for an unknown criterion.
    """
    newest: dict[tuple[str, str], CriterionRecord] = {}
    for record in records:
        if record.criterion not in export_rules().criteria:
            raise UnknownNameError("criterion", record.criterion, tuple(export_rules().criteria))
        newest[(record.criterion, record.by)] = record
    considered = tuple(newest[key] for key in sorted(newest))
    weighed = {record.criterion for record in considered}
    unweighed = tuple(criterion for criterion in criteria_for(kind, day) if criterion.id not in weighed)
    points_for = sum(r.weight for r in considered if r.direction is Direction.FOR)
    against = [r for r in considered if r.direction is Direction.AGAINST]
    points_against = sum(r.weight for r in against)
    decisive = tuple(r for r in against if r.weight is Weight.DECISIVE)
    is_complete = not unweighed
    if decisive:
        leaning = Recommendation.REFUSE
    elif not is_complete:
        leaning = Recommendation.INCOMPLETE
    elif points_for == points_against:
        leaning = Recommendation.BALANCED
    else:
        leaning = Recommendation.GRANT if points_for > points_against else Recommendation.REFUSE
    return Suggestion(
        leaning=leaning,
        points_for=points_for,
        points_against=points_against,
        considered=considered,
        unweighed=unweighed,
        decisive=decisive,
        statement=_STATEMENTS[leaning],
    )


_STATEMENTS = words_of(Recommendation)
