"""Findings of law: a use examined under one instrument on a day, and what each sentence says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from overzicht.diligence.uses import Use
from overzicht.diligence.weighing import Outcome
from overzicht.evidence import Answer, Confidence, Finding, FindingKind, Reason, Text, finding_id, text
from overzicht.law.instruments import Instrument, UseRule

REACHED = {
    Outcome.PROHIBITED: text("{law}, {place}, prohibits it: {words}"),
    Outcome.LIKELY_VIOLATION: text("{law}, {place}, is likely violated: {words}"),
    Outcome.CONTRARY: text("it is at odds with {law}, {place}: {words}"),
    Outcome.DUTIES: text("{law}, {place}, ties duties to it: {words}"),
    Outcome.SIGNAL: text(
        "outside {law}, but flagged: used in the Union it would be prohibited by {place}: {words}"
    ),
    Outcome.EXPECTED: text("{law}, {place}, expects: {words}"),
}
MAY_BE_SIGNAL = text("outside {law}, but flagged: used in the Union it may be prohibited by {place}: {words}")
NOT_REACHED = text("{law}, {place}, does not reach it as described: {words}")
NOT_SETTLED = text("it cannot be told whether {law}, {place}, reaches it: {words}")
NOT_DESCRIBED = text("{law}, {place}: not described: {words}")
RULE = text("{law}, {place}: {words}")


@dataclass(frozen=True, slots=True)
class Examination:
    """A use under one instrument on a day."""

    use: Use
    card: Instrument
    day: date

    def says(self, sentence: Text, rule: UseRule) -> Text:
        """Return a sentence about a rule of the instrument: its place and its words filled in."""
        card = self.card
        return sentence.filled(law=card.called, place=card.place_of(rule.article), words=rule.text)

    def finding(
        self,
        answer: Answer,
        says: Text,
        reasons: Sequence[Reason],
        confidence: Confidence = Confidence.NONE,
        rule: UseRule | None = None,
    ) -> Finding:
        """Return a finding on the use by the instrument, or by one rule of it."""
        where = f"{self.card.id}:{rule.id}" if rule else self.card.id
        return Finding(
            id=finding_id(FindingKind.LEGAL_EFFECT, self.use.id, where, self.day.isoformat()),
            kind=FindingKind.LEGAL_EFFECT,
            subject=self.use.id,
            object=where,
            answer=answer,
            statement=says,
            as_of=self.day,
            confidence=confidence,
            reasons=tuple(reasons),
        )


def confidence_of(reasons: Sequence[Reason]) -> Confidence:
    """Return how sure a finding is: as sure as the weakest reason that it rests on."""
    own = [reason.strength for reason in reasons if not reason.against]
    weakest = min(own, key=lambda strength: strength.rank, default=Confidence.NONE)
    is_denied = any(reason.against for reason in reasons)
    return Confidence.LOW if is_denied and weakest.rank > Confidence.LOW.rank else weakest
