"""The rules of one instrument applied to a use: one finding per rule, and its outcome."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from overzicht.dates import Holds, all_hold
from overzicht.evidence import Answer, Confidence, Finding, Reason, Text, text
from overzicht.law.countries import is_in_union
from overzicht.law.export_rules import unverified_text
from overzicht.law.instruments import UseRule
from overzicht.subjects.diligence.conditions import (
    ConditionCheck,
    DutyCheck,
    check,
    check_duty,
    listed_facts,
)
from overzicht.subjects.diligence.facts import FactName
from overzicht.subjects.diligence.findings import (
    MAY_BE_SIGNAL,
    NOT_DESCRIBED,
    NOT_REACHED,
    NOT_SETTLED,
    NOT_SURE,
    REACHED,
    RULE,
    Examination,
    confidence_of,
)
from overzicht.subjects.diligence.union_scope import Binding
from overzicht.subjects.diligence.use_assessment import Outcome
from overzicht.subjects.diligence.uses import Act, ReadText

OF_A_USER = frozenset({Act.USE, Act.BUY})
OF_A_TRADER = frozenset({"trade", "large companies"})  # scopes under which every act is the actor's own


@dataclass(frozen=True, slots=True)
class RuleEvaluation:
    """A rule applied to a use; `is_described` is False if the description does not mention its subject.

    `is_doubtful` marks a signal for a prohibition that might not apply in the Union either.
    """

    rule: UseRule
    outcome: Outcome
    finding: Finding
    is_described: bool = True
    is_doubtful: bool = False


def rules_for(exam: Examination) -> tuple[UseRule, ...]:
    """Return the rules in force on the date that address the actor."""
    kind = exam.use.actor.kind
    addressed = {None, *(["public"] if kind.is_public else []), kind.value}
    country = exam.use.actor.country
    is_outside = is_in_union(country, exam.day) is Holds.NO and not exam.card.is_also_in(country, exam.day)
    return tuple(
        rule
        for rule in exam.card.rules_on(exam.day)
        if rule.actor_kind in addressed and (is_outside or not rule.outside_union)
    )


def evaluate_rules(exam: Examination, bound: Binding) -> tuple[RuleEvaluation, ...]:
    """Return the evaluated rules, most important first."""
    evaluations = [_evaluate(exam, rule, bound) for rule in rules_for(exam)]
    return tuple(
        sorted(
            evaluations, key=lambda result: (result.outcome.rank, not result.is_described, result.is_doubtful)
        )
    )


def _evaluate(exam: Examination, rule: UseRule, bound: Binding) -> RuleEvaluation:
    checked = check(rule.when, exam.use, exam.day)
    reasons = (
        *_rule_reasons(exam, rule),
        *bound.reasons,
        *checked.reasons,
        *_open_points(exam, rule, checked),
    )
    if checked.holds is Holds.UNKNOWN and not checked.is_described:
        silent = _evaluation(exam, rule, Outcome.UNKNOWN, NOT_DESCRIBED, reasons)
        return replace(silent, is_described=False)
    if bound.is_outside and checked.holds is not Holds.NO:
        # a policy signal for a prohibition that would apply in the Union; nothing else is checked
        is_prohibition = (
            Outcome(rule.outcome) is Outcome.PROHIBITED and rule.applies_on(exam.day) is Holds.YES
        )
        is_military = exam.use.holds(FactName.EXCLUSIVELY_MILITARY) is Holds.YES
        if is_military or not is_prohibition or not checked.may_hold:
            outside = _evaluation(exam, rule, Outcome.OUTSIDE, NOT_REACHED, reasons)
        else:
            is_sure = checked.holds is Holds.YES
            sentence = REACHED[Outcome.SIGNAL] if is_sure else MAY_BE_SIGNAL
            signal = _evaluation(exam, rule, Outcome.SIGNAL, sentence, reasons)
            outside = replace(signal, is_doubtful=not is_sure)
        return outside
    match all_hold((checked.holds, rule.applies_on(exam.day), bound.holds)):
        case Holds.YES:
            # the evaluation of a rule whose condition holds: by its duty, if it has one. A rule from
            # memory has no effect (`_is_unread`).
            own_reasons = reasons
            outcome, duty = _outcome(exam, rule, bound), DutyCheck(Holds.NO, ())
            if rule.duty.facts:
                duty = check_duty(rule.duty, exam.use, exam.day)
                own_reasons = (*own_reasons, *duty.reasons, *_missing(exam, rule, duty))
            if _is_unread(exam, rule):
                reached = _evaluation(exam, rule, Outcome.UNKNOWN, NOT_SURE, own_reasons)
            else:
                if duty.holds is Holds.YES:
                    outcome = Outcome.DUTY_MET
                elif duty.is_owed:
                    outcome = Outcome.DUTY_OPEN
                elif duty.holds is Holds.UNKNOWN:
                    outcome = Outcome.JUDGEMENT
                reached = _evaluation(exam, rule, outcome, REACHED[outcome], own_reasons)
            return reached
        case Holds.NO if bound.holds is not Holds.NO and _is_unread(exam, rule):
            return _evaluation(exam, rule, Outcome.UNKNOWN, NOT_SURE, reasons)
        case Holds.NO:
            return _evaluation(exam, rule, Outcome.NO_VIOLATION, NOT_REACHED, reasons)
        case Holds.UNKNOWN:
            return _evaluation(exam, rule, Outcome.UNKNOWN, NOT_SETTLED, reasons)


def _missing(exam: Examination, rule: UseRule, duty: DutyCheck) -> Iterator[Reason]:
    if not duty.missing:
        return
    if duty.is_owed:
        statement = text("the actor must show: {facts}", facts=listed_facts(duty.missing))
    else:
        statement = text("a person must judge: {facts}", facts=listed_facts(duty.missing))
    yield Reason(statement, Confidence.NONE, exam.card.cite_rule(rule))


def _outcome(exam: Examination, rule: UseRule, bound: Binding) -> Outcome:
    """Return the outcome of a rule that applies; only a bound actor's own act violates a treaty itself."""
    outcome = Outcome(rule.outcome)
    is_own_act = exam.use.act in OF_A_USER or exam.card.scope in OF_A_TRADER
    if outcome is Outcome.LIKELY_VIOLATION and not (bound.is_actor and is_own_act):
        return Outcome.CONTRARY
    return outcome


_ANSWERS = {
    Outcome.UNKNOWN: Answer.NOT_CHECKED,
    Outcome.JUDGEMENT: Answer.NOT_CHECKED,
    Outcome.DUTY_OPEN: Answer.NOT_CHECKED,
    Outcome.NO_VIOLATION: Answer.NOT_FOUND,
    Outcome.DUTY_MET: Answer.NOT_FOUND,
    Outcome.OUTSIDE: Answer.NOT_FOUND,
}


def _evaluation(
    exam: Examination, rule: UseRule, outcome: Outcome, sentence: Text, reasons: tuple[Reason, ...]
) -> RuleEvaluation:
    answer = _ANSWERS.get(outcome, Answer.FOUND)
    confidence = Confidence.NONE if answer is Answer.NOT_CHECKED else confidence_of(reasons)
    return RuleEvaluation(
        rule, outcome, exam.finding(answer, exam.sentence(sentence, rule), reasons, confidence, rule)
    )


def _rule_reasons(exam: Examination, rule: UseRule) -> Iterator[Reason]:
    cited, confirmation = exam.card.cite_rule(rule), _read_text(exam, rule)
    words, caution = exam.sentence(RULE, rule), rule_caution(rule)
    if confirmation is not None:
        statement = text(
            "{says} ({who} read the text on {day})", says=words, who=confirmation.by, day=confirmation.on
        )
        own = confirmation.source.cite(exam.use.id, f"text of {confirmation.rule}")
        yield Reason(statement, Confidence.HIGH, (*cited, own))
    elif caution is None:
        yield Reason(words, Confidence.HIGH, cited)
    else:
        yield Reason(text("{says} ({caution})", says=words, caution=caution), Confidence.MEDIUM, cited)
    if rule.applies_on(exam.day) is Holds.UNKNOWN:
        open_day = text("it is unknown whether this rule applied on {day}", day=exam.day)
        yield Reason(open_day, Confidence.NONE, cited)


def _is_unread(exam: Examination, rule: UseRule) -> bool:
    """Return whether the text of a rule is unread: then it neither finds nor excludes a violation."""
    return rule.confidence == "memory" and _read_text(exam, rule) is None


def _read_text(exam: Examination, rule: UseRule) -> ReadText | None:
    return exam.use.text_read(f"{exam.card.id}:{rule.id}", exam.day)


def rule_caution(rule: UseRule) -> Text | None:
    """Return which part of a rule has no source, or that its text is unread; None if it was read."""
    match rule.confidence:
        case "memory":
            return text("unverified: the text of this rule was not read, so it has no effect")
        case "secondary":
            return text("unverified: only a text about this rule was read")
        case "read":
            return unverified_text(rule.unverified)


def _open_points(exam: Examination, rule: UseRule, checked: ConditionCheck) -> Iterator[Reason]:
    """Yield the note of a rule if its dates or words leave something open, and the missing facts."""
    cited = exam.card.cite_rule(rule)
    is_used = checked.holds is not Holds.NO and (checked.is_open or not rule.when.open_grounds)
    if rule.note is not None and is_used:
        yield Reason(rule.note.text, Confidence.MEDIUM, cited)
    if checked.missing and checked.is_described:
        question = text("to decide, these facts are needed: {facts}", facts=listed_facts(checked.missing))
        yield Reason(question, Confidence.NONE, cited)
