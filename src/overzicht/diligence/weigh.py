"""A described use under one instrument on a day: whom it binds, whether it applied, what it says, and why."""

from collections.abc import Iterable, Sequence
from datetime import date

from overzicht.dates import Holds
from overzicht.diligence import findings
from overzicht.diligence.bound import Bound, bound
from overzicht.diligence.conditions import fact_reasons
from overzicht.diligence.rules import Asked, ask
from overzicht.diligence.sanctions import ask_parties
from overzicht.diligence.uses import FactName, Use
from overzicht.diligence.weighing import InstrumentWeighing, Label, Outcome
from overzicht.evidence import Answer, Confidence, Finding, Reason, Text, text
from overzicht.law.instruments import Instrument


def weigh(use: Use, card: Instrument, as_of: date, parties: Sequence[Finding] = ()) -> InstrumentWeighing:
    """Return what an instrument says of a use on a day.

    `parties` are findings on the listing, owners and control of everybody named, for the sanctions regime.
    """
    phase = card.on(as_of)
    if phase.applies is Holds.NO:
        return _single(use, card, as_of, Outcome.NOT_APPLICABLE, _not_applied(card, as_of))
    if not card.rules:
        return _without_rules(use, card, as_of)
    who = bound(use, card, as_of)
    if who.holds is Holds.NO and not who.is_outside:
        return _single(use, card, as_of, Outcome.NOT_BOUND, who.says, who)
    asked = _asked(use, card, as_of, who, parties)
    return _weighed(use, card, as_of, who, asked)


def _asked(
    use: Use, card: Instrument, as_of: date, who: Bound, parties: Sequence[Finding]
) -> tuple[Asked, ...]:  # fmt: skip
    if card.scope == "sanctions":
        return ask_parties(card, use, as_of, who, parties)
    return ask(card, use, as_of, who)


def _not_applied(card: Instrument, day: date) -> Text:
    return text("{law} did not apply on {day}: {why}", law=card.called, day=day, why=card.on(day).text)


def _without_rules(use: Use, card: Instrument, day: date) -> InstrumentWeighing:
    """Return the weighing under what asks nothing of a use, or of which no rule is held here yet."""
    assert card.none is not None  # noqa: S101 - the card is refused without it
    said = text("{law}: {words}", law=card.called, words=card.none.text)
    outcome = Outcome.UNKNOWN if card.scope == "pending" else Outcome.NO_RULE
    return _single(use, card, day, outcome, said, Bound(Holds.UNKNOWN, said))


def _single(
    use: Use, card: Instrument, day: date, outcome: Outcome, says: Text, who: Bound | None = None
) -> InstrumentWeighing:
    """Return a weighing with one finding, for where no rule was asked."""
    answer = Answer.NOT_CHECKED if outcome is Outcome.UNKNOWN else Answer.NOT_FOUND
    sure = Confidence.NONE if answer is Answer.NOT_CHECKED else Confidence.HIGH
    reasons = (_phase_reason(card, day), *_says_none(card, day, outcome), *(who.reasons if who else ()))
    one = findings.finding(use, card.id, day, answer=answer, says=says, reasons=reasons, confidence=sure)
    return _of(use, card, day, outcome, who or Bound(Holds.NO, says), (one,))


def _says_none(card: Instrument, day: date, outcome: Outcome) -> Iterable[Reason]:
    """Yield the word on why an instrument has no rules, with everything that it rests on."""
    if card.none is not None and outcome in {Outcome.NO_RULE, Outcome.UNKNOWN}:
        keys = [key for key in card.sources if key not in card.on(day).sources]
        yield Reason(card.none.text, Confidence.HIGH, card.cite((*keys, *card.on(day).sources), "content"))


def _phase_reason(card: Instrument, day: date) -> Reason:
    phase = card.on(day)
    strength = Confidence.MEDIUM if phase.unverified else Confidence.HIGH
    said = text("{law} on {day}: {why}", law=card.called, day=day, why=phase.text)
    return Reason(said, strength, card.cite_phase(day))


def _weighed(
    use: Use, card: Instrument, day: date, who: Bound, asked: Sequence[Asked]
) -> InstrumentWeighing:  # fmt: skip
    """Return the weighing whose outcome is that of the rule that matters most of those that are told of."""
    if not asked:
        return _single(use, card, day, Outcome.NO_VIOLATION, _nothing(card), who)
    told = [each for each in asked if each.is_told]
    outcome = min((each.outcome for each in told), key=lambda one: one.rank, default=Outcome.UNKNOWN)
    if who.is_outside and outcome is not Outcome.SIGNAL:
        return _outside(use, card, day, who, asked)
    first = next(iter(told), asked[0])
    ordered = [first, *(each for each in asked if each is not first)]
    made = [each.finding for each in ordered]
    if outcome is Outcome.NO_VIOLATION:
        made.insert(0, _no_violation(use, card, day, who, told))
    elif card.as_such is not None:
        made[0] = _with_as_such(use, card, day, made[0])
    return _of(use, card, day, outcome, who, tuple(made), _left_open(card, first, asked, outcome))


def _left_open(card: Instrument, first: Asked, asked: Sequence[Asked], outcome: Outcome) -> list[Text]:
    """Return the rules beside the deciding one of which it cannot be told, and those nothing was told of."""
    told = [each.finding.statement for each in asked if each.is_told and each.outcome is Outcome.UNKNOWN]
    own = first.finding.statement
    if outcome is not Outcome.NO_VIOLATION:
        return [says for says in told if says != own]
    return told + [findings.not_described(card, each.rule) for each in asked if not each.is_told]


def _nothing(card: Instrument) -> Text:
    return text("no rule of {law} that is held here applied yet", law=card.called)


def _outside(
    use: Use, card: Instrument, day: date, who: Bound, asked: Sequence[Asked]
) -> InstrumentWeighing:  # fmt: skip
    said = text("{law} does not cover it: {why}", law=card.called, why=who.says)
    reasons = (_phase_reason(card, day), *who.reasons)
    first = findings.finding(
        use, card.id, day, answer=Answer.NOT_FOUND, says=said, reasons=reasons,
        confidence=findings.confidence_of(reasons),
    )  # fmt: skip
    return _of(use, card, day, Outcome.OUTSIDE, who, (first, *(each.finding for each in asked)))


def _no_violation(use: Use, card: Instrument, day: date, who: Bound, told: Sequence[Asked]) -> Finding:
    """Return the finding that nothing described is against it; of face recognition it says: not as such."""
    is_face = use.holds(FactName.FACE_RECOGNITION) is Holds.YES
    if card.as_such is not None and is_face:
        says = text("{law}: {words}", law=card.called, words=card.as_such.text)
    else:
        says = text("{law}: nothing that is described is against it", law=card.called)
    reasons = [_phase_reason(card, day), *who.reasons, *_as_such(use, card, day)]
    reasons += [Reason(each.finding.statement, Confidence.HIGH, card.cite_rule(each.rule)) for each in told]
    sure = min(
        (each.finding.confidence for each in told), key=lambda level: level.rank, default=Confidence.LOW
    )
    return findings.finding(
        use, card.id, day, answer=Answer.NOT_FOUND, says=says, reasons=tuple(reasons), confidence=sure
    )


def _with_as_such(use: Use, card: Instrument, day: date, first: Finding) -> Finding:
    """Return a finding with what speaks for the use: that recognising faces is no violation as such."""
    return findings.finding(
        use, first.object, day, answer=first.answer, says=first.statement, confidence=first.confidence,
        reasons=(*first.reasons, *_as_such(use, card, day, against=True)),
    )  # fmt: skip


def _as_such(use: Use, card: Instrument, day: date, *, against: bool = False) -> tuple[Reason, ...]:
    if card.as_such is None or use.holds(FactName.FACE_RECOGNITION) is not Holds.YES:
        return ()
    said = Reason(
        card.as_such.text, Confidence.HIGH, card.cite(card.as_such_sources, "answer to question 3"), against
    )
    return (said, *(() if against else fact_reasons(use, FactName.FACE_RECOGNITION, day)))


def _of(  # noqa: PLR0913, PLR0917 - the parts of one weighing
    use: Use, card: Instrument, day: date, outcome: Outcome, who: Bound, made: tuple[Finding, ...],
    silent: Sequence[Text] = (),
) -> InstrumentWeighing:  # fmt: skip
    phase = card.on(day)
    label = Label.POLICY if outcome is Outcome.SIGNAL else Label(card.label)
    asked = {finding.object.partition(":")[2] for finding in made}
    unseen = [each.text for each in card.unseen]
    unseen += [
        rule.unseen.text for rule in card.rules.values() if rule.unseen is not None and rule.id in asked
    ]
    if day > card.last_value_still_valid_on:
        unseen.append(text("changes after {day}: nobody has looked", day=card.last_value_still_valid_on))
    return InstrumentWeighing(
        instrument=card.id,
        title=card.title.text,
        label=label,
        binds=card.binds.text,
        is_bound=who.holds,
        applies=phase.applies,
        applies_says=phase.text,
        outcome=outcome,
        findings=made,
        unseen=(*unseen, *silent),
        country_rules=who.country_rules,
    )
