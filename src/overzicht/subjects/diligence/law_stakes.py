"""Owners of a party in a use, according to maker cards and loaded registers."""

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
    """The ownership graph around a maker with the name of a party; `asset` is the maker's id in it."""

    asset: str
    graph: OwnershipGraph

    def above(self, day: date) -> Iterator[tuple[str, str]]:
        """Yield (id, name) of all direct and indirect owners of the maker on a date, nearest first."""
        for party in self.graph.ancestors_on(self.asset, day)[1:]:
            yield party, self.graph.name(party)


def known_owners(store: "Store", names: Iterable[str], as_of: date) -> dict[str, KnownOwners]:
    """Return the owners of the makers with these names, by name in normal form.

    A name without a maker card is left out; only the description states its owners.
    """
    from overzicht.devices.knowledge import load_maker_cards  # noqa: PLC0415 - cards are read only for names
    from overzicht.parties.makers import party_called  # noqa: PLC0415
    from overzicht.parties.ownership import parties_of  # noqa: PLC0415
    from overzicht.subjects.overview.ownership import gather_stakes  # noqa: PLC0415
    from overzicht.subjects.screening.lookup import party_lookup  # noqa: PLC0415

    cards = load_maker_cards()
    called = {exact_key(name): party_called(name) for name in names}
    known = {key: party.id for key, party in called.items() if party is not None and party.id in cards}
    if not known:
        return {}
    with party_lookup(store) as lookup:
        return {
            key: KnownOwners(
                maker_id, gather_stakes(parties_of([maker_id], cards), cards, lookup, as_of).graph
            )
            for key, maker_id in known.items()
        }
