"""A working file of due diligence on a day: what is on the map, what people judged, plan and follow.

Facts on the map come from findings. Severity and likelihood are a person's, never reckoned here: a risk that
nobody judged has none. What was withdrawn stays to be seen.
"""

from dataclasses import dataclass
from datetime import date

from pydantic import computed_field

from overzicht.diligence.recorded import StepFact
from overzicht.diligence.words import ActionKind, ActionState, Involvement, Leverage, RiskKind, Step
from overzicht.evidence import Answer, Citation, Finding, FindingKind, Text, unique

SIGNALS = frozenset({FindingKind.LISTING, FindingKind.OWNER_LISTING, FindingKind.CLAIM})
ALWAYS_JUDGED = frozenset({RiskKind.UNKNOWN_MAKER, RiskKind.ADDED})


@dataclass(frozen=True, slots=True)
class FileHead:
    """What a file is about. `organisation` is its id in the register, empty where the file rests on a run."""

    id: str
    organisation: str
    name: str
    run: str
    day: date
    actor: str
    at: str


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Who withdrew something, on which day and why; `number` is the entry that says so."""

    number: int
    reason: str
    day: date
    actor: str


@dataclass(frozen=True, slots=True)
class RiskJudgement:
    """A person's judgement of a risk; the four levels go from 1 (small) to 4 (very great).

    `is_outdated` tells that the map says something else of the risk than on the day it was judged.
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
        """The greatest of the three, from 1 to 4: they are never averaged."""
        return max(self.scale, self.scope, self.irremediability)


@dataclass(frozen=True, slots=True)
class Risk:
    """A place on the map with its findings and what people make of it.

    `devices` are those of the organisation that it is about, None where not known. `is_found` is False for
    what the newest map no longer has (or a person withdrew), `seen` is the day of the last map that has it.
    `earlier` are judgements that were replaced or withdrawn, newest first.
    """

    id: str
    kind: RiskKind
    title: Text
    devices: int | None
    findings: tuple[Finding, ...]
    is_found: bool
    seen: date
    judgement: RiskJudgement | None = None
    earlier: tuple[RiskJudgement, ...] = ()

    @computed_field
    @property
    def severity(self) -> int | None:
        """The severity that a person gave, 1 to 4, or None."""
        return None if self.judgement is None else self.judgement.severity

    @property
    def priority(self) -> tuple[int, int] | None:
        """Severity, then likelihood, as judged: the greater comes first; None where nobody judged."""
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
        """Whether the data say something of it, or cannot tell; any other may still be judged."""
        return self.is_found and (bool(self.signals) or self.kind in ALWAYS_JUDGED)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every citation of its findings, each once."""
        return unique(cited for finding in self.findings for cited in finding.citations)


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that a person put into the file; `kind` is a RecordKind, `judgement`, `action` or `progress`.

    `what` is said in words; `risk` and `about` (the number of another entry) are empty where there is none.
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
    withdrawn: Withdrawal | None = None

    @property
    def stands(self) -> bool:
        """Whether nobody withdrew it."""
        return self.withdrawn is None


@dataclass(frozen=True, slots=True)
class Moment:
    """What was said of an action on a day."""

    number: int
    state: ActionState
    note: str
    day: date
    actor: str
    withdrawn: Withdrawal | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """An action with its owner and the day before which it should be done; `history` is oldest first.

    `risk` is the id of a risk of the file, `risk_title` what it is called.
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
    history: tuple[Moment, ...] = ()
    withdrawn: Withdrawal | None = None

    def is_overdue(self, as_of: date) -> bool:
        """Return whether its day has passed and it is not done."""
        return self.withdrawn is None and not self.status.is_over and self.due < as_of


@dataclass(frozen=True, slots=True)
class StepLine:
    """One of the six steps: what it is called, and in sentences where the file stands with it."""

    step: Step
    number: int
    title: Text
    says: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class MapVersion:
    """Which map counts: its entry, the day it is of, the run it rests on, and what it could not tell."""

    number: int
    day: date
    run: str
    notes: tuple[Text, ...]
    facts: tuple[StepFact, ...]


@dataclass(frozen=True, slots=True)
class FileView:
    """A working file on a day. `mapped` is None before the first map.

    Risks: those judged, the most severe foremost; those to be judged; the rest of the map; what left it.
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
        """The ids of the risks that wait for a person's judgement."""
        return tuple(risk.id for risk in self.unjudged)

    @computed_field
    @property
    def late(self) -> tuple[int, ...]:
        """The entries of the actions whose day has passed, the oldest first."""
        return tuple(action.number for action in self.overdue)

    @computed_field
    @property
    def id(self) -> str:
        """The id of the file."""
        return self.head.id

    @property
    def organisation(self) -> str:
        """The id of the organisation in the register; empty where the file rests on a run."""
        return self.head.organisation

    @property
    def name(self) -> str:
        """What the organisation is called."""
        return self.head.name

    @property
    def policy(self) -> tuple[Entry, ...]:
        """What was recorded of policy and management."""
        return self._of("policy")

    @property
    def indicators(self) -> tuple[Entry, ...]:
        """By what is followed whether it works, and what was seen."""
        return self._of("indicator")

    @property
    def communication(self) -> tuple[Entry, ...]:
        """What was told to whom."""
        return self._of("communication")

    @property
    def remediation(self) -> tuple[Entry, ...]:
        """Complaints, cases and what came of them."""
        return self._of("remediation")

    def _of(self, kind: str) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.kind == kind)

    @property
    def overdue(self) -> tuple[Action, ...]:
        """The actions whose day has passed, the oldest first."""
        late = (action for action in self.actions if action.is_overdue(self.as_of))
        return tuple(sorted(late, key=lambda action: (action.due, action.number)))

    @property
    def judged(self) -> tuple[Risk, ...]:
        """The risks that a person judged, by priority."""
        return tuple(risk for risk in self.risks if risk.judgement is not None)

    @property
    def unjudged(self) -> tuple[Risk, ...]:
        """The risks that wait for a person's judgement."""
        return tuple(risk for risk in self.risks if risk.judgement is None and risk.needs_judgement)

    @property
    def unplanned(self) -> tuple[Risk, ...]:
        """The judged risks still on the map for which no action stands."""
        planned = {a.risk for a in self.actions if a.withdrawn is None and a.status != ActionState.DROPPED}
        return tuple(risk for risk in self.judged if risk.is_found and risk.id not in planned)

    def facts(self, step: Step) -> tuple[Finding, ...]:
        """Return the prefilled findings of a step that belong to no single risk."""
        found = self.mapped.facts if self.mapped is not None else ()
        return tuple(fact.finding for fact in found if fact.step is step)

    def risk(self, risk_id: str) -> Risk | None:
        """Return a risk of the file by its id, or None."""
        return next((risk for risk in self.risks if risk.id == risk_id), None)
