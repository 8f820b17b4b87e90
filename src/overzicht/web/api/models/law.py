"""Instruments of law and weighings as the interface gives them."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, Field

from overzicht.dates import Holds
from overzicht.diligence.uses import Use
from overzicht.diligence.weighing import InstrumentWeighing, Label, Outcome, Weighing
from overzicht.evidence import Text
from overzicht.reports.i18n import Words
from overzicht.reports.law.model import Difference, ShownInstrument, ShownRule, ShownStanding
from overzicht.web.api.models.shared import CitationModel, FindingModel
from overzicht.workflows.law.showing import InstrumentLine


class InstrumentBrief(BaseModel):
    """An instrument with whether it applied on the day, and why."""

    id: str
    title: str
    label: Literal["law", "guidance"]
    binds: str
    applies: Holds
    says: str

    @classmethod
    def of(cls, line: InstrumentLine, words: Words) -> "InstrumentBrief":
        """Return the form of an instrument in a language."""
        card = line.card
        return cls(
            id=card.id, title=words.say(card.title.text), label=card.label,
            binds=words.say(card.binds.text), applies=line.applies, says=words.say(line.says),
        )  # fmt: skip


class RuleModel(BaseModel):
    """A rule in three parts: what the law says, what we check, what we cannot see."""

    id: str
    place: str
    outcome: str = Field(description="what a yes leads to")
    applies: Holds
    says: str
    checks: str
    unseen: list[str]
    caution: str = Field(description="what of it no source was read for; may be empty")
    citations: list[CitationModel]

    @classmethod
    def of(cls, line: ShownRule, words: Words) -> "RuleModel":
        """Return the form of a rule in a language."""
        return cls(
            id=line.rule.id, place=words.say(line.place), outcome=line.rule.outcome, applies=line.applies,
            says=words.say(line.says), checks=words.say(line.checks),
            unseen=[words.say(each) for each in line.unseen], caution=_said(line.caution, words),
            citations=[CitationModel.of(each) for each in line.citations],
        )  # fmt: skip


class StandingModel(BaseModel):
    """A country's standing under an instrument on the day."""

    kind: str
    country: str
    holds: Holds
    since: date | None
    caution: str

    @classmethod
    def of(cls, line: ShownStanding, words: Words) -> "StandingModel":
        """Return the form of a standing in a language."""
        return cls(
            kind=line.kind, country=line.code, holds=line.holds, since=line.since,
            caution=_said(line.caution, words),
        )  # fmt: skip


class InstrumentModel(InstrumentBrief):
    """An instrument whole, on a day."""

    as_of: date
    none: str = Field(description="why it has no rules; empty where it has")
    rules: list[RuleModel]
    standings: list[StandingModel]
    unseen: list[str]
    citations: list[CitationModel]

    @classmethod
    def whole(cls, view: ShownInstrument, words: Words) -> "InstrumentModel":
        """Return the form of an instrument with its rules and standings."""
        card = view.card
        brief = InstrumentBrief.of(InstrumentLine(card, view.applies, view.says), words)
        return cls(
            **brief.model_dump(),
            as_of=view.as_of,
            none=_said(card.none.text if card.none else None, words),
            rules=[RuleModel.of(each, words) for each in view.rules],
            standings=[StandingModel.of(each, words) for each in view.standings],
            unseen=[words.say(each.text) for each in card.unseen],
            citations=[CitationModel.of(each) for each in view.citations],
        )


class WeighingsAsked(BaseModel):
    """Uses to weigh, as in a file of uses; without any the packaged ones are weighed."""

    uses: list[Use] = Field(default_factory=list, max_length=200)


class InstrumentWeighingModel(BaseModel):
    """What one instrument says of a use; `findings` begins with the one that decided."""

    instrument: str
    title: str
    label: Label
    binds: str
    is_bound: Holds
    applies: Holds
    applies_says: str
    outcome: Outcome
    says: str
    findings: list[FindingModel]
    unseen: list[str]
    country_rules: list[str] = Field(description="the tests by which a country came in; none where empty")

    @classmethod
    def of(cls, each: InstrumentWeighing, words: Words) -> "InstrumentWeighingModel":
        """Return the form of one instrument's weighing in a language."""
        return cls(
            instrument=each.instrument, title=words.say(each.title), label=each.label,
            binds=words.say(each.binds), is_bound=each.is_bound, applies=each.applies,
            applies_says=words.say(each.applies_says), outcome=each.outcome, says=words.say(each.says),
            findings=[FindingModel.of(finding, words) for finding in each.findings],
            unseen=[words.say(what) for what in each.unseen], country_rules=list(each.country_rules),
        )  # fmt: skip


class WeighingModel(BaseModel):
    """A use under every instrument."""

    use: str
    title: str
    conclusions: list[str]
    notes: list[str]
    instruments: list[InstrumentWeighingModel]

    @classmethod
    def of(cls, weighing: Weighing, words: Words) -> "WeighingModel":
        """Return the form of a weighing in a language."""
        return cls(
            use=weighing.use.id, title=weighing.use.title,
            conclusions=[words.say(each) for each in weighing.conclusions],
            notes=[words.say(each) for each in weighing.notes],
            instruments=[InstrumentWeighingModel.of(each, words) for each in weighing.instruments],
        )  # fmt: skip


class DifferenceModel(BaseModel):
    """What differs between a use and the next, and by which rule."""

    first: str
    second: str
    says: list[str]

    @classmethod
    def of(cls, one: Difference, words: Words) -> "DifferenceModel":
        """Return the form of a difference in a language."""
        return cls(first=one.first, second=one.second, says=[words.say(each) for each in one.says])


class WeighingsModel(BaseModel):
    """Uses weighed under the law of a day."""

    as_of: date
    weighings: list[WeighingModel]
    differences: list[DifferenceModel]


def _said(sentence: Text | None, words: Words) -> str:
    return "" if sentence is None else words.say(sentence)
