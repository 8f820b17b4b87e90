"""The legal effect of an entry on a list, and whom it binds: one answer for reports, pages and drafts.

*What the law says.* A freeze of the European Union binds everybody in the Union (for human rights, Regulation
(EU) 2020/1998); a Dutch national listing binds everybody in the Netherlands. The Security Council binds
states, which implement its lists in their own law (in the Union by regulation). American lists bind those
under American law, American buyers, or the trade in American goods.
*What we check.* The rules of the list's card: the first that covers the part, measure or programme of the
entry on the date.
*What we cannot see.* Contracts, grants or goods through which a foreign rule may still apply.
"""

from dataclasses import dataclass
from datetime import date

from overzicht.evidence import Citation, Confidence, Text
from overzicht.law.binding import binds_authority, binds_public_body
from overzicht.sources.lists.registry import load_card

_CONFIDENCES = {"read": Confidence.HIGH, "secondary": Confidence.MEDIUM, "memory": Confidence.LOW}


@dataclass(frozen=True, slots=True)
class Effect:
    """Effect of a listing on a date: its class, whom it binds, a sentence, the act and the confidence.

    `applies` is the first day on which the measure binds, which may be later than the requested date; None
    means from the listing date. `act` cites the act with its address. `repeats` is the list that the entry
    copies.
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
        """Return the first day on which it binds a party listed since `listed`, or None if unknown."""
        return listed if listed is None or self.applies is None else max(listed, self.applies)


def effect_of(list_id: str, part: str, measure: str, programme: str, day: date) -> Effect:
    """Return the effect of an entry on a list on a date.

    `part` is the part of the snapshot, `measure` and `programme` (several joined by semicolons) those of the
    listing; empty texts mean the list as a whole. Raises UnknownNameError for an unknown list.
    """
    card = load_card(list_id)
    names = {part, measure, *(name.strip() for name in programme.split(";"))} - {""}
    applied = next(rule for rule in card.effects if rule.is_for(names, day))
    return Effect(
        kind=applied.kind,
        binds=applied.binds,
        text=applied.text,
        applies=applied.applies,
        act=card.sources[applied.source].cite(f"list: {card.id}", applied.kind),
        confidence=_CONFIDENCES[applied.certainty],
        repeats=applied.repeats,
    )
