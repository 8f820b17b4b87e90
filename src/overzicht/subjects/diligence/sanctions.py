"""The human rights sanctions regime applied to a use: parties that are listed, or owned by listed ones.

**What the law says.** Assets that belong to a listed party, or are held or controlled by it, are frozen.
Nothing may be made available to it or for its benefit, also through parties that it owns or controls
(Regulation (EU) 2020/1998).

**What we check.** Findings passed in for every named party: its listing on the date, ownership by listed
parties above the threshold of the date, and signs of control. Lists are not searched here.

**What we cannot see.** Control without ownership is decided by a person. Sufficient ownership by listed
parties is a presumption that can be rebutted case by case.
"""

from collections.abc import Sequence

from overzicht.dates import Holds
from overzicht.evidence import Answer, Confidence, Finding, Reason, Text, text
from overzicht.subjects.diligence.findings import NOT_SETTLED, RULE, Examination, confidence_of
from overzicht.subjects.diligence.rules import RuleEvaluation, rules_for
from overzicht.subjects.diligence.union_scope import Binding
from overzicht.subjects.diligence.use_assessment import Outcome

CONTROL = "control"  # the `object` of a finding on control without ownership


def evaluate_parties(
    exam: Examination, bound: Binding, parties: Sequence[Finding]
) -> tuple[RuleEvaluation, ...]:
    """Return the evaluated rules of the regime for all parties together, from the findings about each."""
    evaluations: list[RuleEvaluation] = []
    for rule in rules_for(exam):
        head = (Reason(exam.sentence(RULE, rule), Confidence.HIGH, exam.card.cite_rule(rule)), *bound.reasons)
        result: tuple[Outcome, Text]
        law = exam.card.called
        if not parties:
            result = (Outcome.UNKNOWN, text("{law}: not checked, no party is described", law=law))
        else:
            matches = [party for party in parties if party.answer is Answer.FOUND]
            listed = [party for party in matches if party.object != CONTROL]
            if listed:
                prohibited = text("{law}, {place}, prohibits it: {words}; {party}", party=listed[0].statement)
                result = (Outcome.PROHIBITED, exam.sentence(prohibited, rule))
            else:
                undecided = matches or [party for party in parties if party.answer is not Answer.NOT_FOUND]
                if undecided:
                    place = exam.card.place_of(rule.article)
                    statement = text(
                        "it is unknown whether {law}, {place}, applies to it: {party}",
                        law=law,
                        place=place,
                        party=undecided[0].statement,
                    )
                    result = (Outcome.UNKNOWN, statement)
                else:
                    result = (
                        Outcome.NO_VIOLATION,
                        text("{law}: no named party is listed, or owned by listed parties", law=law),
                    )
        outcome, statement = result
        if bound.holds is Holds.UNKNOWN and outcome is Outcome.PROHIBITED:
            outcome, statement = Outcome.UNKNOWN, exam.sentence(NOT_SETTLED, rule)
        answer = _ANSWERS[outcome]
        confidence = Confidence.NONE if answer is Answer.NOT_CHECKED else confidence_of(head)
        reasons: list[Reason] = []
        for party in parties:
            cited = party.citations
            strength = Confidence.NONE if party.answer is Answer.NOT_CHECKED else Confidence.HIGH
            reasons.append(Reason(party.statement, strength, cited))
            reasons += [reason for reason in party.reasons if reason.text != party.statement]
        reasons_found = tuple(
            {reason.text: reason for reason in reasons}.values()
        )  # each statement of a list once
        finding = exam.finding(answer, statement, (*head, *reasons_found), confidence, rule)
        evaluations.append(RuleEvaluation(rule, outcome, finding, is_described=bool(parties)))
    return tuple(evaluations)


_ANSWERS = {
    Outcome.PROHIBITED: Answer.FOUND,
    Outcome.UNKNOWN: Answer.NOT_CHECKED,
    Outcome.NO_VIOLATION: Answer.NOT_FOUND,
}
