"""A described use under one instrument on a day: whom it binds, whether it applied, what it says, and why."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from overzicht.dates import Holds
from overzicht.diligence.bound import Binding, bound
from overzicht.diligence.conditions import fact_reasons
from overzicht.diligence.findings import NOT_DESCRIBED, Examination, confidence_of
from overzicht.diligence.rules import RuleEvaluation, evaluate_rules
from overzicht.diligence.sanctions import evaluate_parties
from overzicht.diligence.uses import FactName, Use
from overzicht.diligence.weighing import InstrumentWeighing, Label, Outcome
from overzicht.evidence import Answer, Confidence, Finding, Reason, Text, text
from overzicht.law.instruments import Instrument


def weigh(use: Use, card: Instrument, as_of: date, parties: Sequence[Finding] = ()) -> InstrumentWeighing:
    """Return what an instrument says of a use on a day.

    `parties` are findings on the listing, owners and control of everybody named, for the sanctions regime.
    """
    exam, phase = Examination(use, card, as_of), card.on(as_of)
    if phase.applies is Holds.NO:
        says = text("{law} did not apply on {day}: {why}", law=card.called, day=as_of, why=phase.text)
        return _single(exam, Outcome.NOT_APPLICABLE, Binding(Holds.NO, says))
    if not card.rules:
        return _without_rules(exam)
    binding = bound(use, card, as_of)
    if binding.holds is Holds.NO and not binding.is_outside:
        return _single(exam, Outcome.NOT_BOUND, binding)
    if card.scope == "sanctions":
        return _weighed(exam, binding, evaluate_parties(exam, binding, parties))
    return _weighed(exam, binding, evaluate_rules(exam, binding))


def _without_rules(exam: Examination) -> InstrumentWeighing:
    """Return the weighing under what asks nothing of a use, or of which no rule is held here yet."""
    card = exam.card
    assert card.none is not None  # noqa: S101 - the card is refused without it
    says = text("{law}: {words}", law=card.called, words=card.none.text)
    outcome = Outcome.UNKNOWN if card.scope == "pending" else Outcome.NO_RULE
    return _single(exam, outcome, Binding(Holds.UNKNOWN, says))


def _single(
    exam: Examination, outcome: Outcome, binding: Binding, says: Text | None = None
) -> InstrumentWeighing:
    """Return a weighing with one finding, for where no rule was asked; it says who is bound, or `says`."""
    answer = Answer.NOT_CHECKED if outcome is Outcome.UNKNOWN else Answer.NOT_FOUND
    confidence = Confidence.NONE if answer is Answer.NOT_CHECKED else Confidence.HIGH
    reasons = (_phase_reason(exam), *_says_none(exam, outcome), *binding.reasons)
    finding = exam.finding(answer, says or binding.says, reasons, confidence)
    return _weighing(exam, outcome, binding, (finding,))


def _says_none(exam: Examination, outcome: Outcome) -> Iterator[Reason]:
    """Yield the word on why an instrument has no rules, with everything that it rests on."""
    card, phase = exam.card, exam.card.on(exam.day)
    if card.none is not None and outcome in {Outcome.NO_RULE, Outcome.UNKNOWN}:
        keys = [key for key in card.sources if key not in phase.sources]
        yield Reason(card.none.text, Confidence.HIGH, card.cite((*keys, *phase.sources), "content"))


def _phase_reason(exam: Examination) -> Reason:
    phase = exam.card.on(exam.day)
    strength = Confidence.MEDIUM if phase.unverified else Confidence.HIGH
    says = text("{law} on {day}: {why}", law=exam.card.called, day=exam.day, why=phase.text)
    return Reason(says, strength, exam.card.cite_phase(exam.day))


def _weighed(
    exam: Examination, binding: Binding, evaluations: Sequence[RuleEvaluation]
) -> InstrumentWeighing:
    """Return the weighing whose outcome is that of the described rule that matters most."""
    if not evaluations:
        says = text("no rule of {law} that is held here applied yet", law=exam.card.called)
        return _single(exam, Outcome.NO_VIOLATION, binding, says)
    described = [each for each in evaluations if each.is_described]
    outcome = min((each.outcome for each in described), key=lambda found: found.rank, default=Outcome.UNKNOWN)
    if binding.is_outside and outcome is not Outcome.SIGNAL:
        return _outside(exam, binding, evaluations)
    first = described[0] if described else evaluations[0]
    findings = [first.finding, *(each.finding for each in evaluations if each is not first)]
    if outcome is Outcome.NO_VIOLATION:
        findings.insert(0, _no_violation(exam, binding, described))
    elif exam.card.as_such is not None:
        reasons = (*findings[0].reasons, *_as_such(exam, against=True))
        findings[0] = replace(findings[0], reasons=reasons)
    left_open = _left_open(exam, first, evaluations, outcome)
    return _weighing(exam, outcome, binding, tuple(findings), left_open)


def _left_open(
    exam: Examination, first: RuleEvaluation, evaluations: Sequence[RuleEvaluation], outcome: Outcome
) -> list[Text]:
    """Return the rules beside the deciding one that are not settled, and those that are not described."""
    described = [each for each in evaluations if each.is_described]
    unsettled = [each.finding.statement for each in described if each.outcome is Outcome.UNKNOWN]
    if outcome is not Outcome.NO_VIOLATION:
        return [says for says in unsettled if says != first.finding.statement]
    silent = [each.rule for each in evaluations if not each.is_described]
    return unsettled + [exam.says(NOT_DESCRIBED, rule) for rule in silent]


def _outside(
    exam: Examination, binding: Binding, evaluations: Sequence[RuleEvaluation]
) -> InstrumentWeighing:
    says = text("{law} does not cover it: {why}", law=exam.card.called, why=binding.says)
    reasons = (_phase_reason(exam), *binding.reasons)
    first = exam.finding(Answer.NOT_FOUND, says, reasons, confidence_of(reasons))
    return _weighing(exam, Outcome.OUTSIDE, binding, (first, *(each.finding for each in evaluations)))


def _no_violation(exam: Examination, binding: Binding, described: Sequence[RuleEvaluation]) -> Finding:
    """Return the finding that nothing described is against it; of face recognition it says: not as such."""
    card = exam.card
    if card.as_such is not None and exam.use.holds(FactName.FACE_RECOGNITION) is Holds.YES:
        says = text("{law}: {words}", law=card.called, words=card.as_such.text)
    else:
        says = text("{law}: nothing that is described is against it", law=card.called)
    reasons = [_phase_reason(exam), *binding.reasons, *_as_such(exam)]
    reasons += [
        Reason(each.finding.statement, Confidence.HIGH, card.cite_rule(each.rule)) for each in described
    ]
    confidences = (each.finding.confidence for each in described)
    confidence = min(confidences, key=lambda level: level.rank, default=Confidence.LOW)
    return exam.finding(Answer.NOT_FOUND, says, reasons, confidence)


def _as_such(exam: Examination, *, against: bool = False) -> Iterator[Reason]:
    """Yield that recognising faces is no violation as such, and (unless it opposes) who describes it."""
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
        unseen.append(text("changes after {day}: nobody has looked", day=card.last_value_still_valid_on))
    return InstrumentWeighing(
        instrument=card.id,
        title=card.title.text,
        label=Label.POLICY if outcome is Outcome.SIGNAL else Label(card.label),
        binds=card.binds.text,
        is_bound=binding.holds,
        applies=phase.applies,
        applies_says=phase.text,
        outcome=outcome,
        findings=findings,
        unseen=(*unseen, *silent),
        country_rules=binding.country_rules,
    )
