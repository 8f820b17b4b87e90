"""Decides which maker the evidence supports, with which confidence, and what contradicts it.

Evidence of one family counts once per maker, at its strongest. The tally of a maker is the number of families
that support it strongly, fairly and weakly.

| tally of a maker                           | confidence |
| ------------------------------------------ | ---------- |
| one family high, or two families medium    | high       |
| one family medium                          | medium     |
| only weak families                         | low        |
| only hints, or open between several        | none       |

| against it                                                        | what follows                          |
| ----------------------------------------------------------------- | ------------------------------------- |
| another maker with the same tally                                 | undecided, both shown                 |
| another maker whose best family is as strong, but with fewer      | confidence one lower, conflict shown  |
| another maker with weaker evidence                                | conflict shown                        |
| a model number that two makers use, and other traces choose one   | the other is a hint                   |
| hints at another maker                                            | shown among the candidates            |
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from overzicht.devices.knowledge import Knowledge
from overzicht.devices.sighting import Candidate
from overzicht.devices.traces.interface import Evidence, Family
from overzicht.evidence import Confidence, Reason, Text, text
from overzicht.grouping import by_key

ONE_LESS = {
    Confidence.HIGH: Confidence.MEDIUM,
    Confidence.MEDIUM: Confidence.LOW,
    Confidence.LOW: Confidence.LOW,
    Confidence.NONE: Confidence.NONE,
}


Tally = tuple[int, ...]
"""How many families support a maker strongly, fairly and weakly; compared in this order."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome: a maker, or the makers between which the evidence does not choose, or neither."""

    maker_id: str
    confidence: Confidence
    undecided: tuple[str, ...]
    reasons: tuple[Reason, ...]
    conflicts: tuple[Text, ...]
    candidates: tuple[Candidate, ...]


def decide(evidence: Sequence[Evidence], knowledge: Knowledge) -> Verdict:
    """Return the verdict on evidence that is in a fixed order; empty evidence gives an unknown maker."""
    settled = list(evidence)
    # model rules of other makers are hints where two makers use the number and other traces choose
    numbered = {item.maker_id for item in evidence if item.family is Family.MODEL and _counts(item)}
    chosen = {
        maker
        for maker in numbered
        if any(
            item.maker_id == maker and item.family is not Family.MODEL and not item.is_hint
            for item in evidence
        )
    }
    if len(numbered) > 1 and len(chosen) == 1:
        settled = [
            replace(item, is_hint=True)
            if item.family is Family.MODEL and item.maker_id not in chosen
            else item
            for item in evidence
        ]
    strongest: dict[str, dict[Family, int]] = defaultdict(dict)
    for item in settled:
        if _counts(item) and (
            not item.needs_support
            or any(
                other.maker_id == item.maker_id
                and other.family is not item.family
                and not other.is_hint
                and not other.needs_support
                for other in settled
            )
        ):
            families = strongest[item.maker_id]
            families[item.family] = max(families.get(item.family, 0), item.strength.rank)
    standings = {
        maker: tuple(list(families.values()).count(rank) for rank in (3, 2, 1))
        for maker, families in strongest.items()
    }
    by_maker = by_key((item.maker_id, item.reason) for item in settled if item.maker_id)
    made = [
        Candidate(maker, _confidence(standings.get(maker, (0, 0, 1))), tuple(items))
        for maker, items in by_maker.items()
    ]
    keys = {maker: standings.get(maker, (0, 0, 0)) for maker in by_maker}
    candidates = tuple(sorted(made, key=lambda item: (tuple(-n for n in keys[item.maker_id]), item.maker_id)))
    ranked = sorted(standings, key=lambda maker: (tuple(-n for n in standings[maker]), maker))
    if not ranked:
        opened = tuple(sorted({item.maker_id for item in settled if item.is_open and item.maker_id}))
        reasons = tuple(item.reason for item in settled if item.is_open and item.maker_id)
        return Verdict("", Confidence.NONE, opened, reasons + _remarks(settled), (), candidates)
    best = standings[ranked[0]]
    equals = tuple(maker for maker in ranked if standings[maker] == best)
    if len(equals) > 1:
        reasons = tuple(item.reason for item in settled if item.maker_id in equals and not item.is_hint)
        conflicts = tuple(
            _conflict(item, knowledge) for item in settled if item.maker_id in equals and _counts(item)
        )
        return Verdict("", Confidence.NONE, equals, reasons + _remarks(settled), conflicts, candidates)
    maker, *others = ranked
    confidence = _confidence(standings[maker])
    if any(_best(standings[other]) == _best(standings[maker]) for other in others):
        confidence = ONE_LESS[confidence]
    against = [item for item in settled if item.maker_id in others and _counts(item)]
    reasons = tuple(item.reason for item in settled if item.maker_id == maker)
    opposing = tuple(replace(item.reason, against=True) for item in against)
    conflicts = tuple(_conflict(item, knowledge) for item in against)
    return Verdict(maker, confidence, (), reasons + _remarks(settled) + opposing, conflicts, candidates)


def _best(tally: Tally) -> int | None:
    return next((index for index, count in enumerate(tally) if count), None)


def _confidence(tally: Tally) -> Confidence:
    """Return the confidence that the table above gives."""
    high, medium, low = tally
    if high or medium >= 2:
        return Confidence.HIGH
    return Confidence.MEDIUM if medium else Confidence.LOW if low else Confidence.NONE


def _counts(item: Evidence) -> bool:
    return bool(item.maker_id) and not item.is_hint and not item.is_open and item.strength.rank > 0


def _remarks(evidence: Sequence[Evidence]) -> tuple[Reason, ...]:
    return tuple(item.reason for item in evidence if not item.maker_id)


def _conflict(item: Evidence, knowledge: Knowledge) -> Text:
    return text(
        "A trace points at {maker}: {reason}",
        maker=knowledge.maker_name(item.maker_id),
        reason=item.reason.text,
    )
