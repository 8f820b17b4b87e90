"""Entries of a working file: each recorded once, numbered from 1, never changed.

Input of people is checked when it is made (`stated`), so that no incomplete entry is stored.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Self, TypeVar

from pydantic import Field, StringConstraints, ValidationError

from overzicht.errors import OverzichtError
from overzicht.evidence import Answer, Finding, FindingKind, Reason, Text, finding_id
from overzicht.evidence.faults import faults_of
from overzicht.evidence.limited import Plain
from overzicht.evidence.packaged import StrictModel
from overzicht.evidence.stored import JsonRecord
from overzicht.store.register.organisations import OrganisationLine
from overzicht.subjects.diligence.step_terms import (
    HIGHEST,
    LOWEST,
    ActionKind,
    ActionState,
    Involvement,
    Leverage,
    RecordKind,
    RiskKind,
    Step,
)

LONGEST = 4_000  # characters of a reason; what is longer is a document to be cited


Level = Annotated[int, Field(ge=LOWEST, le=HIGHEST)]
RequiredText = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=3, max_length=LONGEST), Plain
]
OptionalText = Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST), Plain]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=200), Plain]
OptionalName = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200), Plain]
Key = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300), Plain]
Address = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=2_000, pattern=r"^(https?://\S+)?$")
]
M = TypeVar("M", bound=StrictModel)


class DiligenceError(OverzichtError):
    """A working file refuses an operation; nothing was changed."""


class NewJudgement(StrictModel):
    """A judgement of a risk: three parts of severity and likelihood, 1 to 4, each with its reason."""

    scale: Level
    scope: Level
    irremediability: Level
    likelihood: Level
    involvement: Involvement
    leverage: Leverage
    reason: RequiredText
    likelihood_reason: RequiredText
    leverage_reason: OptionalText = ""


class NewRecord(StrictModel):
    """A record in words, with its source if there is one; `party` is the name of the party it concerns."""

    what: RequiredText
    source: OptionalText = ""
    address: Address = ""
    party: OptionalName = ""


class NewAction(StrictModel):
    """An action against a risk: what, by whom, and the due date."""

    risk: Key
    kind: ActionKind
    what: RequiredText
    owner: Name
    due: date


class NewProgress(StrictModel):
    """The state of an action."""

    state: ActionState
    note: OptionalText = ""


class NewWithdrawal(StrictModel):
    """The reason for a withdrawal."""

    reason: RequiredText


def stated(model: type[M], **values: Any) -> M:
    """Return the validated input; DiligenceError names the field that is missing or not valid."""
    try:
        return model(**values)
    except ValidationError as error:
        field, reason = faults_of(error.errors())[0]
        raise DiligenceError(
            f"{field}: {reason}; nothing was saved", fix=f"give {field} and try again"
        ) from error


class EntryKind(StrEnum):
    """The kinds of entry; the records have the names of RecordKind."""

    MAP = "map"
    JUDGEMENT = "judgement"
    ACTION = "action"
    PROGRESS = "progress"
    WITHDRAWAL = "withdrawal"
    POLICY = RecordKind.POLICY.value
    INDICATOR = RecordKind.INDICATOR.value
    COMMUNICATION = RecordKind.COMMUNICATION.value
    REMEDIATION = RecordKind.REMEDIATION.value
    CONTRACT_CLAUSE = RecordKind.CONTRACT_CLAUSE.value
    RED_FLAG = RecordKind.RED_FLAG.value
    STAKEHOLDERS = RecordKind.STAKEHOLDERS.value
    DOWNSTREAM_USE = RecordKind.DOWNSTREAM_USE.value
    DISENGAGEMENT = RecordKind.DISENGAGEMENT.value
    GRIEVANCE = RecordKind.GRIEVANCE.value
    RISK = RecordKind.RISK.value

    @property
    def can_be_withdrawn(self) -> bool:
        """Whether it can be withdrawn: a new map replaces a map, a withdrawal is final."""
        return self not in {EntryKind.MAP, EntryKind.WITHDRAWAL}


@dataclass(frozen=True, slots=True)
class RecordedEntry:
    """One recorded entry: number in the file, kind, date, content and author.

    `risk` is the id of a risk, `about` the number of the entry that a progress or withdrawal is about.
    """

    number: int
    kind: EntryKind
    day: date
    payload: dict[str, Any]
    actor: str
    at: str
    risk: str = ""
    about: int | None = None


@dataclass(frozen=True, slots=True)
class MappedRisk(JsonRecord):
    """A place on a map with its findings; `devices` is None if their number is unknown."""

    id: str
    kind: RiskKind
    title: Text
    devices: int | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class StepFact:
    """A finding that belongs to a step and not to one risk."""

    step: Step
    finding: Finding

    @classmethod
    def of(
        cls,
        step: Step,
        organisation: OrganisationLine,
        key: str,
        statement: Text,
        as_of: date,
        *reasons: Reason,
    ) -> Self:
        """Return a found fact about an organisation, as strong as its strongest reason."""
        finding = Finding(
            id=finding_id(FindingKind.STEP, organisation.id, key, as_of.isoformat()),
            kind=FindingKind.STEP,
            subject=organisation.id,
            object=key,
            answer=Answer.FOUND,
            statement=statement,
            as_of=as_of,
            confidence=max((reason.strength for reason in reasons), key=lambda strength: strength.rank),
            reasons=reasons,
        )
        return cls(step, finding)


@dataclass(frozen=True, slots=True)
class RiskMap(JsonRecord):
    """A whole map: places, findings of the other steps, the run it is based on, and its limits."""

    risks: tuple[MappedRisk, ...]
    facts: tuple[StepFact, ...] = ()
    run: str = ""
    notes: tuple[Text, ...] = ()
