"""A described use weighed: what each instrument says of it on a day, as findings with their sources."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from overzicht.dates import Holds
from overzicht.diligence.uses import Use
from overzicht.evidence import Citation, Finding, Text, text, unique
from overzicht.evidence.worded import WordedEnum

Say = Callable[[Text], str]


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

    @property
    def says(self) -> Text:
        """The finding in a sentence: that of the rule that decided."""
        return self.findings[0].statement

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every citation of every finding, in order, each once."""
        return unique(cited for finding in self.findings for cited in finding.citations)

    def to_json(self, say: Say = str) -> dict[str, Any]:
        """Return a JSON form for other programs; `say` puts sentences into a language, else English."""
        return {
            "instrument": self.instrument,
            "title": say(self.title),
            "label": self.label.value,
            "binds_whom": say(self.binds),
            "is_bound": self.is_bound.value,
            "applies_on_that_date": self.applies.value,
            "applies_says": say(self.applies_says),
            "outcome": self.outcome.value,
            "finding": say(self.says),
            "findings": [_finding_json(finding, say) for finding in self.findings],
            "cannot_be_seen": [say(sentence) for sentence in self.unseen],
            "country_rules": list(self.country_rules),
        }


def _finding_json(finding: Finding, say: Say) -> dict[str, Any]:
    return {
        "id": finding.id,
        "rule": finding.object,
        "answer": finding.answer.value,
        "confidence": finding.confidence.value,
        "sentence": say(finding.statement),
        "reasons": [
            {
                "sentence": say(reason.text),
                "strength": reason.strength.value,
                "against": reason.against,
                "citations": [cited.to_json() for cited in reason.citations],
            }
            for reason in finding.reasons
        ],
    }


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

    def to_json(self, say: Say = str) -> dict[str, Any]:
        """Return a JSON form for other programs; `say` as for an instrument's."""
        return {
            "use": self.use.model_dump(mode="json"),
            "as_of": self.as_of.isoformat(),
            "conclusions": [say(sentence) for sentence in self.conclusions],
            "instruments": [each.to_json(say) for each in self.instruments],
            "notes": [say(sentence) for sentence in self.notes],
        }
