"""What an entry on a list does in law, and whom that binds: one answer for every report, page and draft.

*What the law says.* A freeze of the European Union binds everybody in the Union (for human rights, Regulation
(EU) 2020/1998); a Dutch national listing binds everybody in the Netherlands. The Security Council binds
states, which carry its lists into their own law (in the Union by regulation). American lists bind those under
American law, American buyers, or the trade in American goods.
*What we check.* The rules of the list's card: the first that is for the part, measure or programme of the
entry and right on the day.
*What we cannot see.* Contracts, grants or goods by which a foreign rule may reach a body all the same.
"""

from dataclasses import dataclass
from datetime import date

from overzicht.evidence import Citation, Confidence, Text
from overzicht.law.binding import binds_authority, binds_public_body
from overzicht.sources.lists.card import EffectRule, ListCard
from overzicht.sources.lists.registry import load_card

_CONFIDENCES = {"read": Confidence.HIGH, "secondary": Confidence.MEDIUM, "memory": Confidence.LOW}


@dataclass(frozen=True, slots=True)
class Effect:
    """What a listing does on a day: its class, whom it binds, in words, by which act, how sure.

    `applies` is the first day on which the measure binds anybody (which may come later than the day asked
    about); None: from the day of the listing. `act` cites the act with its address. `repeats` is the list
    of which the entry is a copy, or empty.
    """

    kind: str
    binds: tuple[str, ...]
    text: Text
    applies: date | None
    act: Citation
    confidence: Confidence
    repeats: str

    @property
    def binds_dutch_public_body(self) -> bool:
        """Whether it binds a public body in the Netherlands by itself."""
        return binds_public_body(self.binds)

    def binds_authority_of(self, state: str) -> bool:
        """Return whether it binds the authorities of a member state, given as a country code."""
        return binds_authority(self.binds, state)

    def applies_from(self, listed: date | None) -> date | None:
        """Return the first day on which it binds for a party listed since `listed`; None where unknown."""
        if listed is None or self.applies is None:
            return listed
        return max(listed, self.applies)


def effect_of(list_id: str, part: str, measure: str, programme: str, day: date) -> Effect:
    """Return what an entry on a list does on a day.

    `part` is that of the snapshot, `measure` and `programme` (several joined by semicolons) those of the
    listing; empty texts ask about the list as a whole. UnknownNameError for a list that is not known.
    """
    card = load_card(list_id)
    names = {part, measure, *(name.strip() for name in programme.split(";"))} - {""}
    return _effect(card, next(rule for rule in card.effects if rule.is_for(names, day)))


def _effect(card: ListCard, rule: EffectRule) -> Effect:
    return Effect(
        kind=rule.kind,
        binds=rule.binds,
        text=rule.text,
        applies=rule.applies,
        act=card.sources[rule.source].cite(f"list: {card.id}", rule.kind),
        confidence=_CONFIDENCES[rule.certainty],
        repeats=rule.repeats,
    )
