"""Whether a complete record of an exception or derogation lifts a prohibition.

**What the law says.** Only the article of an act that provides for it, and the decision or proof that it
asks for.

**What we check.** Act and article against the cards, dates, lines and parties, and two different officers,
neither of them the applicant. One missing part means that the record does not exist.

**What we cannot see.** The document itself; its hash ties it to the record.
"""

from collections.abc import Collection, Iterable
from datetime import date

from overzicht.evidence import Text, text
from overzicht.subjects.licensing.gates.acts import Card, act_numbers
from overzicht.subjects.licensing.gates.model import GateCase, StoredDerogation, applicant_names


def lifting_record(
    case: GateCase, cards: Iterable[Card], parties: Collection[str], lines: Collection[int], day: date
) -> StoredDerogation | None:
    """Return the complete record that lifts one of these cards for parties and lines, or None."""
    candidates = [card for card in cards if card.in_force_on(day)]
    for stored in case.derogations:
        record = stored.record
        covered = {name.strip().casefold() for name in record.parties}
        if (
            not faults(case, stored, day)
            and any(card.act == record.act and card.is_lifted_by(record.article) for card in candidates)
            and {name.strip().casefold() for name in parties} <= covered
            and set(lines) <= set(record.lines)
        ):
            return stored
    return None


def faults(case: GateCase, stored: StoredDerogation, day: date) -> tuple[Text, ...]:
    """Return why a record lifts nothing on `day`, whatever it is for; empty if it is complete."""
    record = stored.record
    checker, decider = (name.strip().casefold() for name in (stored.checked_by, stored.accepted_by))
    applicants = applicant_names(case.application)
    tests = (
        (not decider, text("no second officer accepted it")),
        (bool(decider) and checker == decider, text("one officer checked and accepted it; two are required")),
        (bool({checker, decider} & applicants), text("the applicant is not an officer")),
        (
            not record.valid_from <= day <= record.valid_to,
            text("it is valid from {start} to {end}", start=record.valid_from, end=record.valid_to),
        ),
        (
            record.act not in act_numbers(),
            text("no card provides for an exception under act {act}", act=record.act),
        ),
    )
    return tuple(sentence for is_fault, sentence in tests if is_fault)
