"""Whether the description of a use meets the condition of a rule: yes, no or unknown, with sources.

**What the law says.** A rule names facts that must hold, and facts that exclude a use from it.

**What we check.** Whether the description states them. A fact that is not described is unknown, never no.
Only a presumed fact counts until the description denies it. Claims made after the date are left out.

**What we cannot see.** Whether a description is true. Each reason names the party that claims, denies or
confirms it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from overzicht.dates import Holds, all_hold, any_holds
from overzicht.evidence import Citation, Confidence, Reason, Text, in_both, plain_text, text
from overzicht.evidence.phrases import joined
from overzicht.law.instruments import Condition, Duty
from overzicht.subjects.diligence.facts import ABOUT_GROUP, FactName, Ground
from overzicht.subjects.diligence.uses import Claim, DescribedFact, Use


@dataclass(frozen=True, slots=True)
class ConditionCheck:
    """Whether a condition, or one fact of it, holds for a use; `missing` are facts that would decide it.

    `is_described` is False if the description states none of the facts that the rule needs. `is_open`: the
    text of the law itself can be read either way. `may_hold`: all required facts are described, and only such
    a reading or an exception is in doubt.
    """

    holds: Holds
    reasons: tuple[Reason, ...]
    missing: tuple[FactName, ...] = ()
    is_described: bool = False
    is_open: bool = False
    may_hold: bool = False


def check(condition: Condition, use: Use, day: date) -> ConditionCheck:
    """Return whether a condition holds for a use as described, known on `day`."""
    required = [_required(use, name, condition, day) for name in condition.all]
    if condition.any:
        # whether one of several facts holds; the facts that decide give the reasons
        parts = [_required(use, name, condition, day) for name in condition.any]
        own_holds = any_holds([part.holds for part in parts])
        any_deciding = [part for part in parts if part.holds is own_holds]
        required.append(
            ConditionCheck(
                own_holds,
                tuple(reason for part in any_deciding for reason in part.reasons),
                missing=tuple(name for part in any_deciding for name in part.missing),
                is_described=any(part.is_described for part in parts),
                is_open=any(part.is_open for part in any_deciding),
            )
        )
    exceptions: list[ConditionCheck] = []
    for name in condition.unless:
        opposite = {Holds.YES: Holds.NO, Holds.NO: Holds.YES, Holds.UNKNOWN: Holds.UNKNOWN}[use.holds(name)]
        missing = (FactName(name),) if opposite is Holds.UNKNOWN else ()
        exceptions.append(ConditionCheck(opposite, tuple(fact_reasons(use, name, day)), missing))
    # whether a fact is described not to hold; it holds if the description does not mention it
    presumed_check: list[ConditionCheck] = []
    for each_name in condition.presumed:
        presumed_holds = use.holds(each_name)
        if presumed_holds is not Holds.UNKNOWN:
            presumed_check.append(ConditionCheck(presumed_holds, tuple(fact_reasons(use, each_name, day))))
            continue
        statement = text(
            "presumed, because the description does not deny it: {fact}", fact=FactName(each_name).words
        )
        presumed_check.append(
            ConditionCheck(Holds.YES, (Reason(statement, Confidence.LOW, _own(use, each_name)),))
        )
    parts = [
        *required,
        *exceptions,
        *presumed_check,
    ]
    answers = {part.holds for part in parts}
    holds = all_hold(answers)
    deciding = [part for part in parts if part.holds is holds] if holds is not Holds.YES else parts
    reasons = [reason for part in deciding for reason in part.reasons]
    reasons += [reason for part in parts if part not in deciding for reason in part.reasons]
    return ConditionCheck(
        holds,
        tuple(reasons),
        missing=tuple(name for part in deciding for name in part.missing) if holds is Holds.UNKNOWN else (),
        is_described=not required or any(part.is_described for part in required),
        is_open=any(part.is_open for part in required),
        may_hold=holds is not Holds.NO and all(p.holds is Holds.YES or p.is_open for p in required),
    )


@dataclass(frozen=True, slots=True)
class DutyCheck:
    """Whether a duty is met as described: no if a fact of it is described not to hold.

    `is_owed`: something that the actor must show is not described. `missing` are the facts to show or judge.
    """

    holds: Holds
    reasons: tuple[Reason, ...]
    missing: tuple[FactName, ...] = ()
    is_owed: bool = False


def check_duty(duty: Duty, use: Use, day: date) -> DutyCheck:
    """Return whether a duty is met for a use as described, known on `day`."""
    shown = [use.holds(name) for name in duty.all]
    if duty.any:
        shown.append(any_holds([use.holds(name) for name in duty.any]))
    is_replaced = any(use.holds(name) is Holds.YES for name in duty.instead)
    weighed = () if is_replaced else duty.weighed
    holds = all_hold([*shown, *(use.holds(name) for name in weighed)])
    facts = (*duty.all, *duty.any, *weighed)
    reasons = tuple(reason for name in facts for reason in fact_reasons(use, name, day))
    open_names = [name for name in (*duty.all, *weighed) if use.holds(name) is Holds.UNKNOWN]
    if duty.any and Holds.YES not in {use.holds(name) for name in duty.any}:
        open_names += [name for name in duty.any if use.holds(name) is Holds.UNKNOWN]
    missing = tuple(FactName(name) for name in open_names) if holds is Holds.UNKNOWN else ()
    return DutyCheck(holds, reasons, missing, is_owed=holds is Holds.UNKNOWN and Holds.UNKNOWN in shown)


def _required(use: Use, name: str, condition: Condition, day: date) -> ConditionCheck:
    """Return whether a required fact holds; unknown for grounds that the text leaves open."""
    grounds = condition.grounds if name in ABOUT_GROUP else ()
    holds = use.holds(name, grounds)
    is_described = holds is Holds.YES or any(fact.value != "no" for fact in use.stated(name))
    reasons = tuple(fact_reasons(use, name, day))
    if holds is Holds.NO and condition.open_grounds and use.holds(name, condition.open_grounds) is Holds.YES:
        return ConditionCheck(Holds.UNKNOWN, reasons, (), is_described=True, is_open=True)
    if holds is Holds.NO and grounds and use.holds(name) is Holds.YES:
        statement = text("the rule is about other grounds: {grounds}", grounds=listed_grounds(grounds))
        against = Reason(statement, Confidence.HIGH, _own(use, name), against=True)
        return ConditionCheck(holds, (*reasons, against), is_described=True)
    missing = (FactName(name),) if holds is Holds.UNKNOWN else ()
    return ConditionCheck(holds, reasons, missing, is_described=is_described)


def fact_reasons(use: Use, name: str, day: date) -> Iterator[Reason]:
    """Yield what is described under a name, who denies it and who confirmed it, as known on `day`."""
    facts = use.basis(name)
    if not facts:
        yield Reason(
            text("not described: {fact}", fact=FactName(name).words), Confidence.NONE, _own(use, name)
        )
    for fact in facts:
        known = claims_known(fact, day)
        agreeing = [claim for claim in known if claim.answer == fact.value]
        cited = tuple(claim.source.cite(use.id, fact.fact.value) for claim in agreeing) or _own(
            use, fact.fact
        )
        described = _description(fact)
        if fact.note:
            described = text("{says} ({note})", says=described, note=plain_text(fact.note))
        yield Reason(described, strength_of(fact, day), cited)
        for claim in known:
            if claim.answer != fact.value:
                cited = (claim.source.cite(use.id, fact.fact.value, official=False),)
                speaker = text("{name} ({side})", name=claim.by, side=claim.side.words)
                if fact.value == "unknown" and claim.answer == "yes":
                    denial = text("{who} says: {fact}", who=speaker, fact=fact_text(fact))
                elif fact.value == "no":
                    denial = text("{who} says otherwise: {fact}", who=speaker, fact=fact_text(fact))
                else:
                    denial = text("{who} denies it: {fact}", who=speaker, fact=fact_text(fact))
                yield Reason(denial, Confidence.MEDIUM, cited, against=True)
        if fact.confirmed is not None and fact.confirmed.on <= day:
            statement = text(
                "{who} confirmed on {day} from its own information: {fact}",
                who=fact.confirmed.by,
                day=fact.confirmed.on,
                fact=fact_text(fact),
            )
            yield Reason(statement, Confidence.HIGH, (fact.confirmed.source.cite(use.id, fact.fact.value),))
    if facts and facts[0].fact != name and use.holds(name) is Holds.YES:
        statement = text("this means that {fact}", fact=FactName(name).words)
        yield Reason(statement, strength_of(facts[0], day), _own(use, name))


def _description(fact: DescribedFact) -> Text:
    match fact.value:
        case "yes":
            return text("described: {fact}", fact=fact_text(fact))
        case "no":
            return text("described as not the case: {fact}", fact=fact_text(fact))
        case "unknown":
            return text("described as unknown: {fact}", fact=fact_text(fact))


def fact_text(fact: DescribedFact) -> Text:
    """Return a fact as a clause, with the ground and the group if there is one."""
    words = fact.fact.words
    if fact.ground is None:
        return words
    ground = fact.ground.words
    if fact.group:
        group = in_both(en=fact.group, nl=fact.group_nl or fact.group)
        return text("{fact} by {ground} ({group})", fact=words, ground=ground, group=group)
    return text("{fact} by {ground}", fact=words, ground=ground)


def claims_known(fact: DescribedFact, day: date) -> tuple[Claim, ...]:
    """Return the claims made by `day`; a claim without a date counts as earlier."""
    return tuple(claim for claim in fact.claims if claim.on is None or claim.on <= day)


def strength_of(fact: DescribedFact, day: date) -> Confidence:
    """Return the confidence in a described fact."""
    if fact.confirmed is not None and fact.confirmed.on <= day:
        return Confidence.HIGH
    answers = {claim.answer for claim in claims_known(fact, day)}
    return Confidence.MEDIUM if answers == {fact.value} else Confidence.LOW


def _own(use: Use, name: str) -> tuple[Citation, ...]:
    return (Citation(source=f"use: {use.id}", title=use.title, place=f"facts: {name}", official=False),)


def listed_facts(names: Iterable[str]) -> Text:
    """Return several facts as one phrase; ValueError for none."""
    return joined(FactName(name).words for name in names)


def listed_grounds(names: Iterable[str]) -> Text:
    """Return several grounds as one phrase; ValueError for none."""
    return joined(Ground(name).words for name in names)
