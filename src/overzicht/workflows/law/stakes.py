"""Who owns a party that a use names, as far as maker cards and loaded registers state it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from overzicht.entities.ownership import OwnershipGraph
from overzicht.names.normal import exact_key

if TYPE_CHECKING:
    from overzicht.store.database import Store


@dataclass(frozen=True, slots=True)
class KnownOwners:
    """The ownership graph around a maker that is called as a party is; `asset` is the maker's id in it."""

    asset: str
    graph: OwnershipGraph

    def above(self, day: date) -> Iterator[tuple[str, str]]:
        """Yield (id, name) of everybody who stands above the maker on a day, nearest first."""
        for party in self.graph.ancestors_on(self.asset, day)[1:]:
            yield party, self.graph.name(party)


def known_owners(store: "Store", names: Iterable[str], as_of: date) -> dict[str, KnownOwners]:
    """Return by name, in its normal form, what is known of who owns the maker of exactly that name.

    A name that no maker card has is left out; its owners are what the description states.
    """
    from overzicht.devices.knowledge import load_maker_cards  # noqa: PLC0415 - cards are read where names come in
    from overzicht.parties.known import parties_of  # noqa: PLC0415
    from overzicht.workflows.ask import party_lookup  # noqa: PLC0415
    from overzicht.workflows.overview.ownership import gather_stakes  # noqa: PLC0415

    cards = load_maker_cards()
    makers = {exact_key(name.name): card.id for card in cards.values() for name in card.names}
    wanted = {key: makers[key] for key in map(exact_key, names) if key in makers}
    if not wanted:
        return {}
    found = {}
    with party_lookup(store) as lookup:
        for key, maker_id in wanted.items():
            parties = parties_of([maker_id], cards)
            stakes = gather_stakes(parties, cards, lookup, as_of)
            found[key] = KnownOwners(maker_id, stakes.graph)
    return found
