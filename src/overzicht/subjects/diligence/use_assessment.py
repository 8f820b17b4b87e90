"""A described use assessed: the answer of each instrument on a date, as findings with their sources."""

from dataclasses import dataclass
from datetime import date

from pydantic import computed_field

from overzicht.dates import Holds
from overzicht.evidence import Citation, Finding, Text, text, unique
from overzicht.evidence.worded_enum import WordedEnum
from overzicht.subjects.diligence.uses import Use


class Label(WordedEnum):
    """Kind of answer; the three kinds are never mixed."""

    LAW = "law", text("law")
    GUIDANCE = "guidance", text("guidance")  # expected or committed to, not binding as law
    POLICY = (
        "own policy signal",
        text("own policy signal"),
    )  # outside every rule; a mark of ours that a person may act on


class Outcome(WordedEnum):
    """Answer of an instrument about a use; `unknown` never means no."""

    PROHIBITED = "prohibited", text("prohibited")
    LIKELY_VIOLATION = "likely violation", text("likely violated")
    CONTRARY = "at odds with it", text("at odds with it")
    DUTY_OPEN = "duty left open", text("a duty is left open")
    DUTIES = "duties apply", text("duties apply")
    EXPECTED = "conduct is expected", text("conduct is expected")
    SIGNAL = "outside its scope, but flagged", text("outside its scope, but flagged")
    JUDGEMENT = "needs judgement", text("a person must judge it")
    UNKNOWN = "unknown", text("could not be determined")
    NOT_DESCRIBED = "not described", text("nothing about its subject is described")
    DUTY_MET = "duty met", text("the duty is met as described")
    NO_VIOLATION = "no violation", text("no violation as described")
    NOT_BOUND = (
        "binds nobody here",  # prose: ok - a value of the JSON
        text("does not apply to any party described here"),
    )
    OUTSIDE = "outside its scope", text("outside its scope")
    NO_RULE = "no rule", text("no rule about it")
    NOT_APPLICABLE = "did not apply", text("did not apply")

    @property
    def rank(self) -> int:
        """Position in the order of importance for a reader, 0 first."""
        return list(Outcome).index(self)


UNSETTLED = frozenset(
    {Outcome.JUDGEMENT, Outcome.UNKNOWN, Outcome.NOT_DESCRIBED}
)  # a person, or a fact, decides


@dataclass(frozen=True, slots=True)
class InstrumentWeighing:
    """The answer of one instrument about a use on a date.

    `binds` names the parties it binds. `is_bound` states whether a party concerned is bound (for guidance:
    addressed). `applies` states whether it applied on the date, and `applies_says` why. `findings` has one
    finding per applied rule, or one that states why none was applied; the first carries `outcome`.
    `country_rules` name the rules by which a country mattered (`party`, `adherent`, `territory`, `member`);
    empty if no country mattered.
    """

    instrument: str
    title: Text
    label: Label
    binds: Text
    is_bound: Holds
    applies: Holds
    applies_says: Text
    outcome: Outcome
    findings: tuple[Finding, ...]
    unseen: tuple[Text, ...]
    country_rules: tuple[str, ...] = ()

    @computed_field(alias="says")
    @property
    def statement(self) -> Text:
        """The statement of the deciding rule."""
        return self.findings[0].statement

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Citations of all findings, in order, without duplicates."""
        return unique(cited for finding in self.findings for cited in finding.citations)


@dataclass(frozen=True, slots=True)
class Weighing:
    """A described use under every instrument on a date, in the order of the registry.

    `conclusions` are sentences over all instruments, most important first. `notes` state what was left out of
    the description or is open (later claims, unconfirmed facts).
    """

    use: Use
    as_of: date
    instruments: tuple[InstrumentWeighing, ...]
    conclusions: tuple[Text, ...]
    notes: tuple[Text, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings in the order of the instruments."""
        return tuple(finding for weighing in self.instruments for finding in weighing.findings)

    def of(self, instrument: str) -> InstrumentWeighing:
        """Return the answer of one instrument; KeyError if it was not assessed."""
        return {weighing.instrument: weighing for weighing in self.instruments}[instrument]
