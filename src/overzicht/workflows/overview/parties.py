"""The parties to ask about: the makers that were found, and everybody who owns them by their cards."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from overzicht.devices.card import Identifier, MakerCard, Owner
from overzicht.entities import PartyQuery

PROPERTIES = {"isin": "isinCode", "permid": "permId"}  # FollowTheMoney's names for kinds on our cards


@dataclass(frozen=True, slots=True)
class Party:
    """A maker, or an owner of makers: `maker_ids` are the makers it matters for, itself included."""

    id: str
    name: str
    query: PartyQuery
    maker_ids: tuple[str, ...]


@dataclass(slots=True)
class _Gathered:
    names: dict[str, None] = field(default_factory=dict)
    identifiers: dict[tuple[str, str], None] = field(default_factory=dict)
    excluded: dict[str, None] = field(default_factory=dict)
    makers: dict[str, None] = field(default_factory=dict)
    schema: str = "LegalEntity"


def parties_of(maker_ids: Iterable[str], cards: Mapping[str, MakerCard]) -> list[Party]:
    """Return the makers and their owners of any degree, by id; an owner with a card of its own uses it."""
    gathered: dict[str, _Gathered] = {}
    for maker_id in sorted(maker_ids):
        card = cards[maker_id]
        _take_card(gathered, card, maker_id)
        for owner in all_owners(card, cards):
            entry = gathered.setdefault(owner.id, _Gathered())
            if owner.id in cards:
                _take_card(gathered, cards[owner.id], maker_id)
                continue
            entry.schema = owner.schema_
            entry.names.update(dict.fromkeys([owner.name, *(name.name for name in owner.names)]))
            entry.identifiers.update(dict.fromkeys(map(_numbered, owner.identifiers)))
            entry.makers[maker_id] = None
    return [_party(party_id, entry, cards) for party_id, entry in sorted(gathered.items())]


def all_owners(card: MakerCard, cards: Mapping[str, MakerCard]) -> Iterator[Owner]:
    """Yield the owners of a maker and of its owners, each id once; cycles end."""
    seen = {card.id}
    waiting = list(card.owners)
    while waiting:
        owner = waiting.pop(0)
        if owner.id in seen:
            continue
        seen.add(owner.id)
        yield owner
        waiting.extend(owner.owners)
        if owner.id in cards:
            waiting.extend(cards[owner.id].owners)


def _take_card(gathered: dict[str, _Gathered], card: MakerCard, maker_id: str) -> None:
    entry = gathered.setdefault(card.id, _Gathered())
    entry.schema = card.schema_
    entry.names.update(dict.fromkeys(name.name for name in card.names))
    entry.identifiers.update(dict.fromkeys(map(_numbered, card.identifiers)))
    entry.excluded.update(dict.fromkeys(other.name for other in card.not_the_same_as))
    entry.makers[maker_id] = None


def _numbered(identifier: Identifier) -> tuple[str, str]:
    return PROPERTIES.get(identifier.kind, identifier.kind), identifier.value


def _party(party_id: str, entry: _Gathered, cards: Mapping[str, MakerCard]) -> Party:
    names = tuple(entry.names)
    query = PartyQuery(
        id=party_id,
        names=names,
        schema=entry.schema,
        identifiers=tuple(entry.identifiers),
        not_the_same_as=tuple(entry.excluded),
    )
    name = cards[party_id].trade_name if party_id in cards else names[0]
    return Party(party_id, name, query, tuple(entry.makers))
