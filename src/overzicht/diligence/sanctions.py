"""The human rights sanctions regime on a use: which party is listed, or owned or controlled by a listed one.

**What the law says.** What belongs to a listed party, or is held or controlled by it, is frozen; nothing may
be made available to it or for its benefit, also through who it owns or controls (Regulation (EU) 2020/1998).

**What we check.** Findings that come in, on every party named: its listing on the day, whether listed parties
own it by the threshold of the day, and signs of control. Asking the lists is not done here.

**What we cannot see.** Control without ownership is for a person to decide; that listed owners own enough is
a presumption, which can be rebutted case by case.
"""

from collections.abc import Sequence
from datetime import date

from overzicht.dates import Holds
from overzicht.diligence import findings
from overzicht.diligence.bound import Bound
from overzicht.diligence.rules import Asked, rules_for
from overzicht.diligence.uses import Use
from overzicht.diligence.weighing import Outcome
from overzicht.evidence import Answer, Confidence, Finding, Reason, Text, text
from overzicht.law.instruments import Instrument, UseRule

CONTROL = "control"  # the `object` of a finding on control without ownership


def ask_parties(
    card: Instrument, use: Use, day: date, who: Bound, parties: Sequence[Finding]
) -> tuple[Asked, ...]:
    """Return the rules of the regime as asked of all parties together, on the findings about each."""
    return tuple(_ask(card, rule, use, day, who, parties) for rule in rules_for(card, use, day))


def _ask(
    card: Instrument, rule: UseRule, use: Use, day: date, who: Bound, parties: Sequence[Finding]
) -> Asked:
    rule_says = text(
        "{law}, {place}: {words}", law=card.called, place=card.place_of(rule.article), words=rule.text
    )
    head = (Reason(rule_says, Confidence.HIGH, card.cite_rule(rule)), *who.reasons)
    reasons = (*head, *_reasons(parties))
    outcome, says = _result(card, rule, parties)
    if who.holds is Holds.UNKNOWN and outcome is Outcome.PROHIBITED:
        outcome, says = Outcome.UNKNOWN, findings.not_told(card, rule)
    answer = {Outcome.PROHIBITED: Answer.FOUND, Outcome.UNKNOWN: Answer.NOT_CHECKED}.get(
        outcome, Answer.NOT_FOUND
    )
    sure = Confidence.NONE if answer is Answer.NOT_CHECKED else findings.confidence_of(head)
    made = findings.finding(
        use, f"{card.id}:{rule.id}", day, answer=answer, says=says, reasons=reasons, confidence=sure
    )
    return Asked(rule, outcome, made, is_told=bool(parties))


def _reasons(parties: Sequence[Finding]) -> tuple[Reason, ...]:
    found: list[Reason] = []
    for party in parties:
        cited = party.citations
        strength = Confidence.NONE if party.answer is Answer.NOT_CHECKED else Confidence.HIGH
        found.append(Reason(party.statement, strength, cited))
        found += [reason for reason in party.reasons if reason.text != party.statement]
    return tuple({reason.text: reason for reason in found}.values())  # what a list can tell is said once


def _result(card: Instrument, rule: UseRule, parties: Sequence[Finding]) -> tuple[Outcome, Text]:
    """Return what follows: a party that is listed or owned decides, then what nobody could tell."""
    values = {"law": card.called, "place": card.place_of(rule.article), "words": rule.text}
    if not parties:
        return Outcome.UNKNOWN, text("{law}: not checked, no party is described", law=card.called)
    hit = [one for one in parties if one.answer is Answer.FOUND and one.object != CONTROL]
    if hit:
        said = text("{law}, {place}, prohibits it: {words}; {party}", **values, party=hit[0].statement)
        return Outcome.PROHIBITED, said
    control = [one for one in parties if one.answer is Answer.FOUND]
    open_ = control or [one for one in parties if one.answer is not Answer.NOT_FOUND]
    if open_:
        said = text("it cannot be told whether {law}, {place}, reaches it: {party}", law=card.called,
                    place=card.place_of(rule.article), party=open_[0].statement)  # fmt: skip
        return Outcome.UNKNOWN, said
    said = text("{law}: no party named is listed, or owned by listed parties", law=card.called)
    return Outcome.NO_VIOLATION, said
