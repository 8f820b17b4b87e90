"""Instruments of law, and described uses weighed under them."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from overzicht.dates import Holds
from overzicht.diligence.weighing import Weighing
from overzicht.evidence import Citation, Text
from overzicht.reports.law.model import Difference, ShownStanding
from overzicht.views.view import Sentence, View, at


class InstrumentLineView(View):
    """An instrument with whether it applied on the day, and why."""

    id: str = at("card.id")
    title: Sentence = at("card.title")
    label: Literal["law", "guidance"] = at("card.label")
    binds: Sentence = at("card.binds")
    applies: Holds
    says: Text


class PhaseView(View):
    """Whether the instrument applied from a day on, and why."""

    since: date | None
    applies: Holds
    says: Text = at("text")
    unverified: tuple[str, ...]


class RuleView(View):
    """A rule in three parts: what the law says, what we check, what we cannot see."""

    id: str = at("rule.id")
    place: Text
    outcome: str = at("rule.outcome", description="what a yes leads to")
    applies: Holds
    says: Text
    checks: Text
    unseen: tuple[Text, ...]
    caution: Text | None
    citations: tuple[Citation, ...]


class InstrumentView(InstrumentLineView):
    """An instrument whole, on a day."""

    as_of: date
    no_rules: Sentence | None = at("card.none", description="why it has no rules; null where it has")
    phases: tuple[PhaseView, ...] = at("card.phases")
    rules: tuple[RuleView, ...]
    standings: tuple[ShownStanding, ...]
    unseen: tuple[Sentence, ...] = at("card.unseen")
    checked: date = at("card.last_value_still_valid_on")
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class WeighingsView:
    """Uses weighed under the law of a day, and what differs between a use and the next."""

    weighings: tuple[Weighing, ...]
    differences: tuple[Difference, ...]
