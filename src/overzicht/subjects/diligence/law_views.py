"""Instruments of law, and legal assessments of described uses."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from overzicht.dates import Holds
from overzicht.evidence import Citation, Text
from overzicht.evidence.json_marks import HIDDEN
from overzicht.law.consolidated import ConsolidatedAct, EntryChange
from overzicht.subjects.diligence.law_model import Difference, ShownStanding
from overzicht.subjects.diligence.use_assessment import Weighing
from overzicht.views.view import Sentence, View, at


class InstrumentLineView(View):
    """An instrument, and whether it applied on the date and why."""

    id: str = at("card.id")
    title: Sentence = at("card.title")
    label: Literal["law", "guidance"] = at("card.label")
    binds: Text
    applies: Holds
    sentence: Text = at("sentence", key="says")


class PhaseView(View):
    """A date from which the instrument applied or not, and why."""

    since: date | None
    applies: Holds
    sentence: Text = at("text", key="says")
    unverified: tuple[str, ...]


class RuleView(View):
    """A rule in three parts: what the law requires, what is checked, what is not visible."""

    id: str = at("rule.id")
    place: Text
    outcome: str = at("rule.outcome", description="the result if the answer is yes")
    applies: Holds
    sentence: Text = at("sentence", key="says")
    checks: Text
    unseen: tuple[Text, ...]
    caution: Text | None
    citations: tuple[Citation, ...]


class InstrumentView(InstrumentLineView):
    """A whole instrument on the date."""

    as_of: date
    no_rules: Sentence | None = at("card.none", description="why it has no rules; null if it has rules")
    phases: tuple[PhaseView, ...] = at("card.phases")
    rules: tuple[RuleView, ...]
    standings: tuple[ShownStanding, ...]
    unseen: tuple[Sentence, ...] = at("card.unseen")
    checked: date = at("card.last_value_still_valid_on")
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class WeighingsView:
    """Legal assessments of uses on a date, and the differences between each use and the next."""

    weighings: tuple[Weighing, ...]
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class ActView:
    """A consolidated act, or two versions of it with the changes between them."""

    acts: tuple[ConsolidatedAct, ...]
    changes: tuple[EntryChange, ...]
    with_entries: Annotated[bool, HIDDEN] = False  # for the terminal, which else names annexes alone
