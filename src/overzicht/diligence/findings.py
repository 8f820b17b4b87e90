"""Findings of law: how each is made, and what its sentence says."""

import hashlib
from datetime import date

from overzicht.diligence.uses import Use
from overzicht.diligence.weighing import Outcome
from overzicht.evidence import Answer, Confidence, Finding, FindingKind, Reason, Text, text
from overzicht.law.instruments import Instrument, UseRule


def finding(  # noqa: PLR0913 - the parts of a finding
    use: Use, where: str, day: date, *, answer: Answer, says: Text, reasons: tuple[Reason, ...],
    confidence: Confidence = Confidence.NONE,
) -> Finding:  # fmt: skip
    """Return a finding on a use; `where` is the instrument, or `INSTRUMENT:RULE`."""
    key = f"{use.id}|{where}|{day}"
    return Finding(
        id=f"legal-effect-{hashlib.sha256(key.encode()).hexdigest()[:12]}",
        kind=FindingKind.LEGAL_EFFECT,
        subject=use.id,
        object=where,
        answer=answer,
        statement=says,
        as_of=day,
        confidence=confidence,
        reasons=reasons,
    )


def confidence_of(reasons: tuple[Reason, ...]) -> Confidence:
    """Return how sure a finding is: as sure as the weakest reason that it rests on."""
    own = [reason.strength for reason in reasons if not reason.against]
    weakest = min(own, key=lambda strength: strength.rank, default=Confidence.NONE)
    is_denied = any(reason.against for reason in reasons)
    return Confidence.LOW if is_denied and weakest.rank > Confidence.LOW.rank else weakest


def reached(card: Instrument, rule: UseRule, outcome: Outcome) -> Text:
    """Return the sentence for a rule that reaches a use."""
    values = {"law": card.called, "place": card.place_of(rule.article), "words": rule.text}
    match outcome:
        case Outcome.PROHIBITED:
            return text("{law}, {place}, prohibits it: {words}", **values)
        case Outcome.LIKELY_VIOLATION:
            return text("{law}, {place}, is likely violated: {words}", **values)
        case Outcome.CONTRARY:
            return text("it is at odds with {law}, {place}: {words}", **values)
        case Outcome.DUTIES:
            return text("{law}, {place}, ties duties to it: {words}", **values)
        case Outcome.SIGNAL:
            return text(
                "outside {law}, but flagged: used in the Union it would be prohibited by {place}: {words}",
                **values,
            )
        case _:
            return text("{law}, {place}, expects: {words}", **values)


def may_be_signal(card: Instrument, rule: UseRule) -> Text:
    """Return the sentence for a prohibition that would perhaps reach it at home, by how it is read."""
    return text(
        "outside {law}, but flagged: used in the Union it may be prohibited by {place}: {words}",
        law=card.called, place=card.place_of(rule.article), words=rule.text,
    )  # fmt: skip


def not_reached(card: Instrument, rule: UseRule) -> Text:
    """Return the sentence for a rule that does not reach a use as described."""
    return text(
        "{law}, {place}, does not reach it as described: {words}",
        law=card.called, place=card.place_of(rule.article), words=rule.text,
    )  # fmt: skip


def not_told(card: Instrument, rule: UseRule) -> Text:
    """Return the sentence for a rule of which it cannot be told whether it reaches a use."""
    return text(
        "it cannot be told whether {law}, {place}, reaches it: {words}",
        law=card.called, place=card.place_of(rule.article), words=rule.text,
    )  # fmt: skip


def not_described(card: Instrument, rule: UseRule) -> Text:
    """Return the sentence for a rule on whose subject the description is silent."""
    return text(
        "{law}, {place}: not described: {words}",
        law=card.called, place=card.place_of(rule.article), words=rule.text,
    )  # fmt: skip
