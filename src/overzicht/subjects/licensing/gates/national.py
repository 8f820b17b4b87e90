"""National lists of goods that Annex I does not name: the exporter's own state, and other states.

**What the law says.** A state may ask for an authorisation for unlisted goods, for public security or human
rights (Article 9). Another state's published list counts if the exporter's own authority informs the exporter
(Article 10). Before 9 September 2021: Article 8 of Regulation 428/2009.

**What we check.** The dated cards of `national-lists.yaml` by the words of the description. The entries of
these lists were not read: a card asks a person to compare, and never decides. A stated fact counts if no card
names the item.

**What we cannot see.** Lists without a card.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache

from pydantic import Field

from overzicht.dates import Holds
from overzicht.evidence import Citation, text
from overzicht.evidence.packaged import ById, StrictModel, packaged_facts
from overzicht.evidence.source import Document
from overzicht.law.export_rules import DatedRule, ExportRules, export_rules
from overzicht.subjects.licensing.destination import destination
from overzicht.subjects.licensing.gates.acts import PACKAGE, mentions
from overzicht.subjects.licensing.gates.model import (
    Certainty,
    GateAnswer,
    GateCase,
    LegalGate,
    Outcome,
    Question,
)
from overzicht.subjects.licensing.gates.verified import verified_rule
from overzicht.subjects.licensing.model import FactName, Item

OTHER_LISTS = "art10-informed"


class NationalList(StrictModel):
    """An act of a state; the fields are explained in `national-lists.yaml`."""

    id: str
    state: str
    act: str
    address: str
    start: date
    until: date | None = None
    published: date | None = None
    certainty: Certainty = Field(strict=False)
    words: tuple[str, ...] = Field(min_length=1)

    def in_force_on(self, day: date) -> bool:
        """Return whether the act holds on `day`."""
        return self.start <= day and (self.until is None or day < self.until)

    def may_name(self, item: Item) -> bool:
        """Return whether the description of an item has words of the list."""
        return mentions(item.description, self.words)

    @property
    def citation(self) -> Citation:
        """The act, with its address."""
        return Document(title=self.act, address=self.address).cite("law: national-lists", self.state)


class _NationalLists(StrictModel):
    id: str
    cards: ById[NationalList]


@cache
def national_lists() -> dict[str, NationalList]:
    """Return the packaged cards by id; PackagedFactError if not valid."""
    return packaged_facts(_NationalLists, PACKAGE, "national-lists.yaml").cards


def national_answers(case: GateCase, day: date) -> Iterator[GateAnswer]:
    """Yield the answers on national lists for a case with items that Annex I does not name."""
    application, rules = case.application, export_rules(day)
    unlisted = [item for item in application.items if item.not_listed]
    if not unlisted:
        return
    rule = rules.rules["national-list"]
    cards = [] if destination(application, day).holds is Holds.YES else _named(unlisted, day)
    own = [(card, lines) for card, lines in cards if card.state == application.issuing_state]
    for card, lines in own:
        yield _compared(case, card, lines, (rules, rule), LegalGate.LISTED, day)
    if not own or application.fact(FactName.NATIONAL_LIST_ART9).answer == "yes":
        citation = rules.cite_rule(rule)
        name = FactName.NATIONAL_LIST_ART9
        fact, cited = case.application.fact(name), (citation,)
        if fact.answer == "yes":
            sentence = text("a national list names an item ({source})", source=fact.source)
            stated = GateAnswer(LegalGate.LISTED, Outcome.NEEDS_AUTHORISATION, sentence, cited)
        elif fact.answer == "no":
            sentence = text("no national list names an item ({source})", source=fact.source)
            stated = GateAnswer(LegalGate.LISTED, Outcome.CLEAR, sentence, cited)
        else:
            sentence = text("it is not stated whether a national list names an item")
            question = Question(f"fact:{name.value}", text("Is this true: {fact}?", fact=name.words))
            stated = GateAnswer(LegalGate.LISTED, Outcome.NOT_KNOWN, sentence, cited, open_question=question)
        yield verified_rule(case, rules, rule, stated, day)
    is_informed = application.fact(FactName.INFORMED_ART10).answer == "yes"
    if not is_informed or OTHER_LISTS not in rules.duties:
        return
    for card, lines in cards:
        is_published = card.published is not None and card.published <= day
        if card.state != application.issuing_state and is_published:
            yield _compared(case, card, lines, (rules, rules.duties[OTHER_LISTS]), LegalGate.CATCH_ALL, day)


def _named(items: list[Item], day: date) -> list[tuple[NationalList, str]]:
    """Return the cards in force that may name items, with the numbers of the lines."""
    cards = []
    for card in national_lists().values():
        lines = [str(item.line) for item in items if card.may_name(item)]
        if lines and card.in_force_on(day):
            cards.append((card, ", ".join(lines)))
    return cards


def _compared(
    case: GateCase,
    card: NationalList,
    lines: str,
    law: tuple[ExportRules, DatedRule],
    gate: LegalGate,
    day: date,
) -> GateAnswer:
    """Return what a person answered about a card: whether the list names the lines."""
    rules, rule = law
    key = f"national:{card.id}"
    values = {"state": card.state, "act": card.act, "lines": lines}
    cited = (rules.cite_rule(rule), card.citation)
    confirmation = case.confirmed(key, day)
    if confirmation is None:
        sentence = text("the list of {state} may name line {lines}: {act}", **values)
        question = Question(key, text("Does the list of {state} name line {lines} ({act})?", **values))
        return GateAnswer(gate, Outcome.NOT_KNOWN, sentence, cited, card.certainty, question, card=card.id)
    outcome, sentence = (
        (Outcome.NEEDS_AUTHORISATION, text("the list of {state} names line {lines}: {act} ({who}, {source})"))
        if confirmation.answer == "yes"
        else (Outcome.CLEAR, text("the list of {state} does not name line {lines}: {act} ({who}, {source})"))
    )
    message = sentence.filled(**values, who=confirmation.by, source=confirmation.source)
    return GateAnswer(gate, outcome, message, cited, card.certainty, card=card.id)
