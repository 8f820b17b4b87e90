"""A working file of due diligence on a date: the map, judgements, plans and follow-up.

Facts on the map come from findings. A person judges severity and likelihood; they are never calculated. A
risk without a judgement has neither. Withdrawn entries remain visible.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import computed_field

from overzicht.evidence import Answer, Citation, Finding, FindingKind, Text, unique
from overzicht.evidence.json_marks import shown_as
from overzicht.subjects.diligence.file_entries import MappedRisk, StepFact
from overzicht.subjects.diligence.step_terms import (
    OWN_RECORDS,
    STEP_RECORDS,
    ActionKind,
    ActionState,
    Involvement,
    Leverage,
    RiskKind,
    Step,
)

SIGNALS = frozenset({FindingKind.LISTING, FindingKind.OWNER_LISTING, FindingKind.CLAIM})
WORD = re.compile(r"[^\W\d_]{2,}")
FEWEST_WORDS = 3  # different words that a record needs in order to count
ALWAYS_JUDGED = frozenset({RiskKind.UNKNOWN_MAKER, RiskKind.ADDED})


@dataclass(frozen=True, slots=True)
class FileHead:
    """Subject of a file. `organisation` is its id in the register, empty if the file is based on a run."""

    id: str
    organisation: str
    name: str
    run: str
    day: date
    actor: str
    at: str


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """The author, date and reason of a withdrawal; `number` is its entry."""

    number: int
    reason: str
    day: date
    actor: str


@dataclass(frozen=True, slots=True)
class RiskJudgement:
    """A person's judgement of a risk; the four levels go from 1 (small) to 4 (very great).

    `is_outdated`: the map has other statements about the risk than when it was judged.
    """

    number: int
    scale: int
    scope: int
    irremediability: int
    likelihood: int
    involvement: Involvement
    leverage: Leverage
    reason: str
    likelihood_reason: str
    leverage_reason: str
    day: date
    actor: str
    withdrawn: Withdrawal | None = None
    is_outdated: bool = False

    @computed_field
    @property
    def severity(self) -> int:
        """The greatest of the three parts, 1 to 4; they are never averaged."""
        return max(self.scale, self.scope, self.irremediability)


@dataclass(frozen=True, slots=True)
class Risk(MappedRisk):
    """A place on the map with its findings and judgements.

    `devices` is None if their number is unknown. `is_found` is False if the newest map no longer has it, or a
    person withdrew it; `seen` is the date of the last map that has it. `earlier` are replaced or withdrawn
    judgements, newest first.
    """

    is_found: bool
    seen: date
    judgement: RiskJudgement | None = None
    earlier: tuple[RiskJudgement, ...] = ()

    @computed_field
    @property
    def severity(self) -> int | None:
        """The judged severity, 1 to 4, or None."""
        return None if self.judgement is None else self.judgement.severity

    @property
    def priority(self) -> tuple[int, int] | None:
        """Judged severity, then likelihood; None without a judgement."""
        if self.judgement is None:
            return None
        return self.judgement.severity, self.judgement.likelihood

    @property
    def signals(self) -> tuple[Finding, ...]:
        """The listings and claims that were found."""
        return tuple(f for f in self.findings if f.kind in SIGNALS and f.answer is Answer.FOUND)

    @computed_field
    @property
    def needs_judgement(self) -> bool:
        """Whether the data contain a signal or have a gap; other risks can be judged too."""
        return self.is_found and (bool(self.signals) or self.kind in ALWAYS_JUDGED)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Citations of its findings, without duplicates."""
        return unique(cited for finding in self.findings for cited in finding.citations)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry that a person made; `kind` is a RecordKind, `judgement`, `action` or `progress`.

    `what` is its text. `risk`, `about` (the number of another entry) and `party` (a name) are empty if not
    applicable.
    """

    number: int
    kind: str
    what: str
    source: str
    address: str
    day: date
    actor: str
    at: str
    risk: str = ""
    about: int | None = None
    party: str = ""
    withdrawn: Withdrawal | None = None

    @property
    def stands(self) -> bool:
        """Whether it is not withdrawn."""
        return self.withdrawn is None

    @property
    def has_substance(self) -> bool:
        """Whether it states something that can be checked: several different words, and a source."""
        words = {word.casefold() for word in WORD.findall(self.what)}
        return len(words) >= FEWEST_WORDS and bool(self.source or self.address)


@dataclass(frozen=True, slots=True)
class ActionEvent:
    """A progress report on an action."""

    number: int
    state: ActionState
    note: str
    day: date
    actor: str
    withdrawn: Withdrawal | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """An action with its owner and due date; `history` is oldest first.

    `risk` is the id of a risk of the file, `risk_title` its title.
    """

    number: int
    risk: str
    risk_title: Text
    kind: ActionKind
    what: str
    owner: str
    due: date
    day: date
    actor: str
    status: ActionState
    history: tuple[ActionEvent, ...] = ()
    withdrawn: Withdrawal | None = None

    def is_overdue(self, as_of: date) -> bool:
        """Return whether the due date has passed and the action has not ended."""
        return self.withdrawn is None and not self.status.is_over and self.due < as_of


@dataclass(frozen=True, slots=True)
class StepLine:
    """One of the six steps: title, and its state in sentences."""

    step: Step
    number: int
    title: Text
    sentences: Annotated[tuple[Text, ...], shown_as("says")]


@dataclass(frozen=True, slots=True)
class MapVersion:
    """The map that counts: its entry, its date, the run it is based on, and its limits."""

    number: int
    day: date
    run: str
    notes: tuple[Text, ...]
    facts: tuple[StepFact, ...]


@dataclass(frozen=True, slots=True)
class FileView:
    """A working file on a date. `mapped` is None before the first map.

    Order of risks: judged, most severe first; to be judged; the rest of the map; no longer on the map.
    """

    head: FileHead
    as_of: date
    mapped: MapVersion | None
    risks: tuple[Risk, ...]
    entries: tuple[Entry, ...]
    actions: tuple[Action, ...]
    steps: tuple[StepLine, ...] = ()

    @computed_field
    @property
    def waiting(self) -> tuple[str, ...]:
        """Ids of the risks that wait for a judgement."""
        return tuple(risk.id for risk in self.unjudged)

    @computed_field
    @property
    def late(self) -> tuple[int, ...]:
        """Entries of the overdue actions, oldest first."""
        return tuple(action.number for action in self.overdue)

    @computed_field
    @property
    def id(self) -> str:
        """The id of the file."""
        return self.head.id

    @property
    def organisation(self) -> str:
        """Id of the organisation in the register; empty if the file is based on a run."""
        return self.head.organisation

    @property
    def name(self) -> str:
        """Name of the organisation."""
        return self.head.name

    def recorded(self, kind: str) -> tuple[Entry, ...]:
        """Return the entries of a kind, withdrawn ones too."""
        return tuple(entry for entry in self.entries if entry.kind == kind)

    def records(self, step: Step) -> tuple[Entry, ...]:
        """Return the records of a step, in the order of writing."""
        kinds = {OWN_RECORDS.get(step), *STEP_RECORDS[step]}
        return tuple(entry for entry in self.entries if entry.kind in kinds)

    @property
    def overdue(self) -> tuple[Action, ...]:
        """Overdue actions, oldest first."""
        late = (action for action in self.actions if action.is_overdue(self.as_of))
        return tuple(sorted(late, key=lambda action: (action.due, action.number)))

    @property
    def judged(self) -> tuple[Risk, ...]:
        """Judged risks by priority."""
        return tuple(risk for risk in self.risks if risk.judgement is not None)

    @property
    def unjudged(self) -> tuple[Risk, ...]:
        """Risks that wait for a judgement."""
        return tuple(risk for risk in self.risks if risk.judgement is None and risk.needs_judgement)

    @property
    def unplanned(self) -> tuple[Risk, ...]:
        """Judged risks on the map without an action in force."""
        planned = {a.risk for a in self.actions if a.withdrawn is None and a.status != ActionState.DROPPED}
        return tuple(risk for risk in self.judged if risk.is_found and risk.id not in planned)

    def facts(self, step: Step) -> tuple[Finding, ...]:
        """Return the prefilled findings of a step that belong to no single risk."""
        facts = self.mapped.facts if self.mapped is not None else ()
        return tuple(fact.finding for fact in facts if fact.step is step)

    def risk(self, risk_id: str) -> Risk | None:
        """Return a risk of the file by its id, or None."""
        return next((risk for risk in self.risks if risk.id == risk_id), None)
