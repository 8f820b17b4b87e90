"""Known parties: makers, their owners, and parties with known names in other scripts."""

from dataclasses import dataclass

from overzicht.entities import PartyQuery


@dataclass(frozen=True, slots=True)
class KnownParty:
    """A maker, an owner of makers, or a party with known names in other scripts.

    `maker_ids` are the makers that it owns or is; empty for other parties.
    """

    id: str
    name: str
    query: PartyQuery
    maker_ids: tuple[str, ...]
