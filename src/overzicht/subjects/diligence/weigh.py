"""Assessment of a described use under one instrument on a date: who is bound, whether it applied, and why."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from overzicht.dates import Holds
from overzicht.evidence import Answer, Confidence, Finding, Reason, Text, text
from overzicht.law.instruments import Instrument
from overzicht.subjects.diligence.bound_parties import bound
from overzicht.subjects.diligence.conditions import fact_reasons
from overzicht.subjects.diligence.facts import FactName
from overzicht.subjects.diligence.findings import NOT_DESCRIBED, Examination, confidence_of
from overzicht.subjects.diligence.rules import RuleEvaluation, evaluate_rules
from overzicht.subjects.diligence.sanctions import evaluate_parties
from overzicht.subjects.diligence.union_scope import Binding
from overzicht.subjects.diligence.use_assessment import (
    UNSETTLED,
    InstrumentWeighing,
    Label,
    Outcome,
)
from overzicht.subjects.diligence.uses import Use

BY_REGIME = frozenset({"data protection", "police"})  # the regime of a use is chosen first


def weigh(use: Use, card: Instrument, as_of: date, parties: Sequence[Finding] = ()) -> InstrumentWeighing:
    """Return the assessment of a use under an instrument on a date.

    `parties` are findings on the listing, owners and control of every named party, for the sanctions regime.
    """
    exam, phase = Examination(use, card, as_of), card.on(as_of)
    if phase.applies is Holds.NO:
        statement = text("{law} did not apply on {day}: {why}", law=card.called, day=as_of, why=phase.text)
        return _single(exam, Outcome.NOT_APPLICABLE, Binding(Holds.NO, statement))
    if not card.rules:
        # the assessment under an instrument that has no rule about a use, or none recorded yet
        card_without_rules = exam.card
        assert card_without_rules.none is not None  # noqa: S101 - a card without it is refused
        statement = text("{law}: {words}", law=card_without_rules.called, words=card_without_rules.none.text)
        outcome = Outcome.UNKNOWN if card_without_rules.scope == "pending" else Outcome.NO_RULE
        return _single(exam, outcome, Binding(Holds.UNKNOWN, statement))
    binding = bound(use, card, as_of)
    if binding.holds is Holds.NO and not binding.is_outside:
        outcome = Outcome.OUTSIDE if card.scope in BY_REGIME else Outcome.NOT_BOUND
        return _single(exam, outcome, binding)
    if card.scope == "sanctions":
        return _weighed(exam, binding, evaluate_parties(exam, binding, parties))
    return _weighed(exam, binding, evaluate_rules(exam, binding))


def _single(
    exam: Examination, outcome: Outcome, binding: Binding, statement: Text | None = None
) -> InstrumentWeighing:
    """Return an assessment with one finding if no rule was applied; it states the binding, or `statement`."""
    answer = Answer.NOT_CHECKED if outcome is Outcome.UNKNOWN else Answer.NOT_FOUND
    confidence = Confidence.NONE if answer is Answer.NOT_CHECKED else Confidence.HIGH
    says_none: list[Reason] = []
    card, phase = exam.card, exam.card.on(exam.day)
    if card.none is not None and outcome in {Outcome.NO_RULE, Outcome.UNKNOWN}:
        keys = [key for key in card.sources if key not in phase.sources]
        says_none.append(
            Reason(card.none.text, Confidence.HIGH, card.cite((*keys, *phase.sources), "content"))
        )
    reasons = (_phase_reason(exam), *says_none, *binding.reasons)
    finding = exam.finding(answer, statement or binding.statement, reasons, confidence)
    return _weighing(exam, outcome, binding, (finding,))


def _phase_reason(exam: Examination) -> Reason:
    phase = exam.card.on(exam.day)
    strength = Confidence.MEDIUM if phase.unverified else Confidence.HIGH
    statement = text("{law} on {day}: {why}", law=exam.card.called, day=exam.day, why=phase.text)
    return Reason(statement, strength, exam.card.cite_phase(exam.day))


def _weighed(
    exam: Examination, binding: Binding, evaluations: Sequence[RuleEvaluation]
) -> InstrumentWeighing:
    if not evaluations and exam.card.rules_on(exam.day):
        statement = text("{law} has no rule for such an actor", law=exam.card.called)
        return _single(exam, Outcome.NOT_BOUND, binding, statement)
    if not evaluations:
        statement = text("no recorded rule of {law} applied yet", law=exam.card.called)
        return _single(exam, Outcome.NO_VIOLATION, binding, statement)
    described = [result for result in evaluations if result.is_described]
    silent = Outcome.UNKNOWN if exam.card.scope == "sanctions" else Outcome.NOT_DESCRIBED
    outcome = min((result.outcome for result in described), key=lambda level: level.rank, default=silent)
    if binding.is_outside and outcome is not Outcome.SIGNAL:
        statement = text("{law} does not cover it: {why}", law=exam.card.called, why=binding.statement)
        reasons = (_phase_reason(exam), *binding.reasons)
        outside_first = exam.finding(Answer.NOT_FOUND, statement, reasons, confidence_of(reasons))
        return _weighing(
            exam, Outcome.OUTSIDE, binding, (outside_first, *(result.finding for result in evaluations))
        )
    first = described[0] if described else evaluations[0]
    findings = [first.finding, *(result.finding for result in evaluations if result is not first)]
    if outcome is Outcome.NO_VIOLATION:
        findings.insert(0, _no_violation(exam, binding, described))
    elif exam.card.as_such is not None:
        reasons = (*findings[0].reasons, *_as_such(exam, against=True))
        findings[0] = replace(findings[0], reasons=reasons)
    described = [result for result in evaluations if result.is_described]
    unsettled = [result.finding.statement for result in described if result.outcome in UNSETTLED]
    if outcome is not Outcome.NO_VIOLATION:
        left_open = [statement for statement in unsettled if statement != first.finding.statement]
    else:
        left_open_silent = [result.rule for result in evaluations if not result.is_described]
        left_open = unsettled + [exam.sentence(NOT_DESCRIBED, rule) for rule in left_open_silent]
    return _weighing(exam, outcome, binding, tuple(findings), left_open)


def _no_violation(exam: Examination, binding: Binding, described: Sequence[RuleEvaluation]) -> Finding:
    """Return the finding that the description violates nothing; for face recognition: not as such."""
    card = exam.card
    if card.as_such is not None and exam.use.holds(FactName.FACE_RECOGNITION) is Holds.YES:
        statement = text("{law}: {words}", law=card.called, words=card.as_such.text)
    else:
        statement = text("{law}: nothing in the description violates it", law=card.called)
    reasons = [_phase_reason(exam), *binding.reasons, *_as_such(exam)]
    reasons += [
        Reason(result.finding.statement, Confidence.HIGH, card.cite_rule(result.rule)) for result in described
    ]
    confidences = (result.finding.confidence for result in described)
    confidence = min(confidences, key=lambda level: level.rank, default=Confidence.LOW)
    return exam.finding(Answer.NOT_FOUND, statement, reasons, confidence)


def _as_such(exam: Examination, *, against: bool = False) -> Iterator[Reason]:
    """Yield that face recognition as such is not a violation and, unless it opposes, who describes it."""
    card, use = exam.card, exam.use
    if card.as_such is not None and use.holds(FactName.FACE_RECOGNITION) is Holds.YES:
        cited = card.cite(card.as_such_sources, "answer to question 3")
        yield Reason(card.as_such.text, Confidence.HIGH, cited, against)
        if not against:
            yield from fact_reasons(use, FactName.FACE_RECOGNITION, exam.day)


def _weighing(
    exam: Examination,
    outcome: Outcome,
    binding: Binding,
    findings: tuple[Finding, ...],
    silent: Sequence[Text] = (),
) -> InstrumentWeighing:
    card, phase = exam.card, exam.card.on(exam.day)
    used = {finding.object.partition(":")[2] for finding in findings}
    rules = [rule for rule in card.rules.values() if rule.id in used]
    unseen = [note.text for note in (*card.unseen, *(rule.unseen for rule in rules)) if note is not None]
    if exam.day > card.last_value_still_valid_on:
        unseen.append(text("changes after {day} have not been reviewed", day=card.last_value_still_valid_on))
    return InstrumentWeighing(
        instrument=card.id,
        title=card.title.text,
        label=Label.POLICY if outcome is Outcome.SIGNAL else Label(card.label),
        binds=card.binds_on(exam.day),
        is_bound=binding.holds,
        applies=phase.applies,
        applies_says=phase.text,
        outcome=outcome,
        findings=findings,
        unseen=(*unseen, *silent),
        country_rules=binding.country_rules,
    )
