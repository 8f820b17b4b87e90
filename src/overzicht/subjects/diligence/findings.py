"""Findings of law: a use examined under one instrument on a date, and the sentences used."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from overzicht.evidence import Answer, Confidence, Finding, FindingKind, Reason, Text, finding_id, text
from overzicht.law.instruments import Instrument, UseRule
from overzicht.subjects.diligence.use_assessment import Outcome
from overzicht.subjects.diligence.uses import Use

REACHED = {
    Outcome.PROHIBITED: text("{law}, {place}, prohibits it: {words}"),
    Outcome.LIKELY_VIOLATION: text("{law}, {place}, is likely violated: {words}"),
    Outcome.CONTRARY: text("it is at odds with {law}, {place}: {words}"),
    Outcome.DUTY_OPEN: text("{law}, {place}, leaves a duty open: {words}"),
    Outcome.DUTY_MET: text("the duty of {law}, {place}, is met as described: {words}"),
    Outcome.DUTIES: text("{law}, {place}, imposes duties: {words}"),
    Outcome.SIGNAL: text(
        "outside {law}, but flagged: used in the Union it would be prohibited by {place}: {words}"
    ),
    Outcome.EXPECTED: text("{law}, {place}, expects: {words}"),
    Outcome.JUDGEMENT: text("{law}, {place}: a person must judge whether it is met: {words}"),
}
MAY_BE_SIGNAL = text("outside {law}, but flagged: used in the Union it may be prohibited by {place}: {words}")
NOT_REACHED = text("{law}, {place}, does not apply to it as described: {words}")
NOT_SETTLED = text("it is unknown whether {law}, {place}, applies to it: {words}")
NOT_SURE = text(
    "{law}, {place}, could not be determined, because nobody has read the text of the rule: {words}"
)
NOT_DESCRIBED = text("{law}, {place}: not described: {words}")
RULE = text("{law}, {place}: {words}")


@dataclass(frozen=True, slots=True)
class Examination:
    """A use under one instrument on a date."""

    use: Use
    card: Instrument
    day: date

    def sentence(self, template: Text, rule: UseRule) -> Text:
        """Return a sentence about a rule, with its place and words filled in."""
        card = self.card
        return template.filled(law=card.called, place=card.place_of(rule.article), words=rule.text)

    def finding(
        self,
        answer: Answer,
        statement: Text,
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
            statement=statement,
            as_of=self.day,
            confidence=confidence,
            reasons=tuple(reasons),
        )


def confidence_of(reasons: Sequence[Reason]) -> Confidence:
    """Return the confidence of a finding: its weakest reason, at most low if a reason opposes it."""
    own = [reason.strength for reason in reasons if not reason.against]
    weakest = min(own, key=lambda strength: strength.rank, default=Confidence.NONE)
    is_denied = any(reason.against for reason in reasons)
    return Confidence.LOW if is_denied and weakest.rank > Confidence.LOW.rank else weakest
