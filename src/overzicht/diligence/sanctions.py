"""The human rights sanctions regime on a use: which party is listed, or owned or controlled by a listed one.

**What the law says.** What belongs to a listed party, or is held or controlled by it, is frozen; nothing may
be made available to it or for its benefit, also through who it owns or controls (Regulation (EU) 2020/1998).

**What we check.** Findings that come in, on every party named: its listing on the day, whether listed parties
own it by the threshold of the day, and signs of control. Asking the lists is not done here.

**What we cannot see.** Control without ownership is for a person to decide; that listed owners own enough is
a presumption, which can be rebutted case by case.
"""

from collections.abc import Sequence

from overzicht.dates import Holds
from overzicht.diligence.bound import Binding
from overzicht.diligence.findings import NOT_SETTLED, RULE, Examination, confidence_of
from overzicht.diligence.rules import RuleEvaluation, rules_for
from overzicht.diligence.weighing import Outcome
from overzicht.evidence import Answer, Confidence, Finding, Reason, Text, text
from overzicht.law.instruments import UseRule

CONTROL = "control"  # the `object` of a finding on control without ownership


def evaluate_parties(
    exam: Examination, bound: Binding, parties: Sequence[Finding]
) -> tuple[RuleEvaluation, ...]:
    """Return the rules of the regime as evaluated for all parties together, on the findings about each."""
    return tuple(_evaluate(exam, rule, bound, parties) for rule in rules_for(exam))


def _evaluate(exam: Examination, rule: UseRule, bound: Binding, parties: Sequence[Finding]) -> RuleEvaluation:
    head = (Reason(exam.says(RULE, rule), Confidence.HIGH, exam.card.cite_rule(rule)), *bound.reasons)
    outcome, says = _result(exam, rule, parties)
    if bound.holds is Holds.UNKNOWN and outcome is Outcome.PROHIBITED:
        outcome, says = Outcome.UNKNOWN, exam.says(NOT_SETTLED, rule)
    answer = _ANSWERS[outcome]
    confidence = Confidence.NONE if answer is Answer.NOT_CHECKED else confidence_of(head)
    finding = exam.finding(answer, says, (*head, *_reasons(parties)), confidence, rule)
    return RuleEvaluation(rule, outcome, finding, is_described=bool(parties))


_ANSWERS = {
    Outcome.PROHIBITED: Answer.FOUND,
    Outcome.UNKNOWN: Answer.NOT_CHECKED,
    Outcome.NO_VIOLATION: Answer.NOT_FOUND,
}


def _reasons(parties: Sequence[Finding]) -> tuple[Reason, ...]:
    found: list[Reason] = []
    for party in parties:
        cited = party.citations
        strength = Confidence.NONE if party.answer is Answer.NOT_CHECKED else Confidence.HIGH
        found.append(Reason(party.statement, strength, cited))
        found += [reason for reason in party.reasons if reason.text != party.statement]
    return tuple({reason.text: reason for reason in found}.values())  # what a list can tell is said once


def _result(exam: Examination, rule: UseRule, parties: Sequence[Finding]) -> tuple[Outcome, Text]:
    """Return what follows: a party that is listed or owned decides, then what nobody could tell."""
    law = exam.card.called
    if not parties:
        return Outcome.UNKNOWN, text("{law}: not checked, no party is described", law=law)
    found = [party for party in parties if party.answer is Answer.FOUND]
    listed = [party for party in found if party.object != CONTROL]
    if listed:
        prohibited = text("{law}, {place}, prohibits it: {words}; {party}", party=listed[0].statement)
        return Outcome.PROHIBITED, exam.says(prohibited, rule)
    undecided = found or [party for party in parties if party.answer is not Answer.NOT_FOUND]
    if undecided:
        place = exam.card.place_of(rule.article)
        says = text(
            "it cannot be told whether {law}, {place}, reaches it: {party}",
            law=law,
            place=place,
            party=undecided[0].statement,
        )
        return Outcome.UNKNOWN, says
    return Outcome.NO_VIOLATION, text("{law}: no party named is listed, or owned by listed parties", law=law)
