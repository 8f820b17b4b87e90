"""The rules of one instrument asked of a use: one finding for each, and what it leads to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from overzicht.dates import Holds
from overzicht.diligence import findings
from overzicht.diligence.bound import Bound
from overzicht.diligence.conditions import Checked, check, listed_facts
from overzicht.diligence.uses import Act, ActorKind, FactName, Use
from overzicht.diligence.weighing import Outcome
from overzicht.evidence import Answer, Confidence, Finding, Reason, Text, text
from overzicht.law.export_rules import unverified_text
from overzicht.law.instruments import Instrument, UseRule

OF_A_USER = frozenset({Act.USE, Act.BUY})


@dataclass(frozen=True, slots=True)
class Asked:
    """A rule that was asked; `is_told` is False where the description is silent on its subject.

    `is_doubtful` marks a signal for a prohibition that would only perhaps reach the use at home.
    """

    rule: UseRule
    outcome: Outcome
    finding: Finding
    is_told: bool
    is_doubtful: bool = False


def rules_for(card: Instrument, use: Use, day: date) -> tuple[UseRule, ...]:
    """Return the rules of a day that are addressed to who acts."""
    kind = use.actor.kind
    return tuple(
        rule
        for rule in card.rules_on(day)
        if rule.who is None
        or (rule.who == "public" and kind.is_public)
        or (rule.who == "enterprise" and kind is ActorKind.ENTERPRISE)
    )


def ask(card: Instrument, use: Use, day: date, who: Bound) -> tuple[Asked, ...]:
    """Return the rules as asked, the one that matters most first."""
    asked = [_ask(card, rule, use, day, who) for rule in rules_for(card, use, day)]
    return tuple(sorted(asked, key=lambda each: (each.outcome.rank, not each.is_told, each.is_doubtful)))


def _ask(card: Instrument, rule: UseRule, use: Use, day: date, who: Bound) -> Asked:
    found = check(rule.when, use, day)
    reasons = (_rule_reason(card, rule), *_open_days(card, rule, day), *who.reasons, *found.reasons,
               *_notes(card, rule, found), *_missing(found, card, rule))  # fmt: skip
    if found.holds is Holds.UNKNOWN and not found.is_told:
        return _made(
            card, rule, use, day, Outcome.UNKNOWN, findings.not_described(card, rule), reasons, is_told=False
        )
    holds = _worst((found.holds, rule.applies_on(day), who.holds))
    if who.is_outside and found.holds is not Holds.NO:
        return _outside(card, rule, use, day, found, reasons)
    match holds:
        case Holds.YES:
            outcome = _outcome(rule, use, who)
            return _made(card, rule, use, day, outcome, findings.reached(card, rule, outcome), reasons)
        case Holds.NO:
            says = findings.not_reached(card, rule)
            return _made(card, rule, use, day, Outcome.NO_VIOLATION, says, reasons)
        case Holds.UNKNOWN:
            return _made(card, rule, use, day, Outcome.UNKNOWN, findings.not_told(card, rule), reasons)


def _worst(answers: Sequence[Holds]) -> Holds:
    """Return no where one is no, else unknown where one is unknown."""
    if Holds.NO in answers:
        return Holds.NO
    return Holds.UNKNOWN if Holds.UNKNOWN in answers else Holds.YES


def _outcome(rule: UseRule, use: Use, who: Bound) -> Outcome:
    """Return what a rule that reaches leads to; only the act of who is bound violates a treaty itself."""
    outcome = Outcome(rule.outcome)
    if outcome is Outcome.LIKELY_VIOLATION and not (who.is_actor and use.act in OF_A_USER):
        return Outcome.CONTRARY
    return outcome


def _outside(
    card: Instrument, rule: UseRule, use: Use, day: date, found: Checked, reasons: tuple[Reason, ...]
) -> Asked:  # fmt: skip
    """Return a signal of our own for a prohibition that would reach it at home; nothing else is asked."""
    is_prohibition = Outcome(rule.outcome) is Outcome.PROHIBITED and rule.applies_on(day) is Holds.YES
    is_military = use.holds(FactName.EXCLUSIVELY_MILITARY) is Holds.YES
    if is_military or not is_prohibition or not found.may_hold:
        says = findings.not_reached(card, rule)
        return _made(card, rule, use, day, Outcome.OUTSIDE, says, reasons)
    sure = found.holds is Holds.YES
    says = findings.reached(card, rule, Outcome.SIGNAL) if sure else findings.may_be_signal(card, rule)
    return replace(_made(card, rule, use, day, Outcome.SIGNAL, says, reasons), is_doubtful=not sure)


_ANSWERS = {
    Outcome.UNKNOWN: Answer.NOT_CHECKED,
    Outcome.NO_VIOLATION: Answer.NOT_FOUND,
    Outcome.OUTSIDE: Answer.NOT_FOUND,
}


def _made(  # noqa: PLR0913, PLR0917 - the parts of one finding
    card: Instrument, rule: UseRule, use: Use, day: date, outcome: Outcome, says: Text,
    reasons: tuple[Reason, ...], is_told: bool = True,
) -> Asked:  # fmt: skip
    answer = _ANSWERS.get(outcome, Answer.FOUND)
    sure = Confidence.NONE if answer is Answer.NOT_CHECKED else findings.confidence_of(reasons)
    made = findings.finding(
        use, f"{card.id}:{rule.id}", day, answer=answer, says=says, reasons=reasons, confidence=sure
    )
    return Asked(rule, outcome, made, is_told)


def _rule_reason(card: Instrument, rule: UseRule) -> Reason:
    said = text(
        "{law}, {place}: {words}", law=card.called, place=card.place_of(rule.article), words=rule.text
    )
    caution = unverified_text(rule.unverified)
    if caution is not None:
        said = text("{says} ({caution})", says=said, caution=caution)
    strength = Confidence.HIGH if caution is None else Confidence.MEDIUM
    return Reason(said, strength, card.cite_rule(rule))


def _open_days(card: Instrument, rule: UseRule, day: date) -> Iterable[Reason]:
    if rule.applies_on(day) is Holds.UNKNOWN:
        said = text("whether this rule applied on {day} is not settled here", day=day)
        yield Reason(said, Confidence.NONE, card.cite_rule(rule))


def _notes(card: Instrument, rule: UseRule, found: Checked) -> Iterable[Reason]:
    """Yield the note of a rule where it matters: its days or its words leave something open."""
    is_used = found.holds is not Holds.NO and (found.is_open or not rule.when.open_grounds)
    if rule.note is not None and is_used:
        yield Reason(rule.note.text, Confidence.MEDIUM, card.cite_rule(rule))


def _missing(found: Checked, card: Instrument, rule: UseRule) -> Iterable[Reason]:
    if found.missing and found.is_told:
        said = text("to tell, one would have to know: {facts}", facts=listed_facts(found.missing))
        yield Reason(said, Confidence.NONE, card.cite_rule(rule))
