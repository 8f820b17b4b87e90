"""A described use weighed: what each instrument says of it on a day, as findings with their sources."""

from dataclasses import dataclass
from datetime import date

from pydantic import computed_field

from overzicht.dates import Holds
from overzicht.diligence.uses import Use
from overzicht.evidence import Citation, Finding, Text, text, unique
from overzicht.evidence.worded import WordedEnum


class Label(WordedEnum):
    """What kind of answer it is; the three are never mixed."""

    LAW = "law", text("law")
    GUIDANCE = "guidance", text("guidance")  # expected or committed to, not binding as law
    POLICY = (
        "own policy signal",
        text("own policy signal"),
    )  # outside every rule; a mark of ours that a person may act on


class Outcome(WordedEnum):
    """What an instrument says of a use; `unknown` never means no."""

    PROHIBITED = "prohibited", text("prohibited")
    LIKELY_VIOLATION = "likely violation", text("likely violated")
    CONTRARY = "at odds with it", text("at odds with it")
    DUTIES = "duties apply", text("duties apply")
    EXPECTED = "conduct is expected", text("conduct is expected")
    SIGNAL = "outside its scope, but flagged", text("outside its scope, but flagged")
    UNKNOWN = "unknown", text("cannot be told")
    NO_VIOLATION = "no violation", text("no violation as described")
    NOT_BOUND = "binds nobody here", text("binds nobody here")
    OUTSIDE = "outside its scope", text("outside its scope")
    NO_RULE = "no rule", text("no rule on it")
    NOT_APPLICABLE = "did not apply", text("did not apply")

    @property
    def rank(self) -> int:
        """Where it stands in the order of what a reader must see first, 0 first."""
        return list(Outcome).index(self)


@dataclass(frozen=True, slots=True)
class InstrumentWeighing:
    """What one instrument says of a use on a day.

    `binds` says whom it binds, `is_bound` whether somebody concerned by the use is (for guidance: addressed);
    `applies` whether it applied on the day and `applies_says` why. `findings` is one per rule that was asked,
    or one that says why none was; the first carries `outcome`. `country_rules` name the rules by which a
    country made a difference (`party`, `adherent`, `territory`, `member`); without any, no country plays a
    part.
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

    @computed_field
    @property
    def says(self) -> Text:
        """The finding in a sentence: that of the rule that decided."""
        return self.findings[0].statement

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every citation of every finding, in order, each once."""
        return unique(cited for finding in self.findings for cited in finding.citations)


@dataclass(frozen=True, slots=True)
class Weighing:
    """A described use under every instrument on a day, in the order of the registry.

    `conclusions` are a few sentences over all instruments, most important first; `notes` say what of the
    description was left out or is open (claims made later, facts nobody confirmed).
    """

    use: Use
    as_of: date
    instruments: tuple[InstrumentWeighing, ...]
    conclusions: tuple[Text, ...]
    notes: tuple[Text, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, instrument after instrument."""
        return tuple(finding for each in self.instruments for finding in each.findings)

    def of(self, instrument: str) -> InstrumentWeighing:
        """Return what one instrument says; KeyError for one that was not weighed."""
        return {each.instrument: each for each in self.instruments}[instrument]
