"""Known parties: makers and their owners, with every name and number on their cards."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from overzicht.devices.card import Identifier, MakerCard, Owner
from overzicht.devices.knowledge import load_maker_cards
from overzicht.entities import PartyQuery
from overzicht.names.normal import PERSON_SCHEMATA, exact_key, name_key
from overzicht.parties.names import NamedParty, load_names

PROPERTIES = {"isin": "isinCode", "permid": "permId"}  # FollowTheMoney's names for kinds on our cards


@dataclass(frozen=True, slots=True)
class KnownParty:
    """A maker, an owner of makers, or a party whose names in other scripts are facts of ours.

    `maker_ids` are the makers it matters for, itself included; empty for a party that is neither.
    """

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


@lru_cache(maxsize=1)
def known_parties() -> Mapping[str, KnownParty]:
    """Return every party of the maker cards, and of the names in other scripts that were read, by id."""
    cards = load_maker_cards()
    parties = {party.id: party for party in parties_of(cards, cards)}
    for named in load_names():
        if named.certain_names:
            parties[named.id] = _with_names(parties.get(named.id), named)
    return parties


def _with_names(party: KnownParty | None, named: NamedParty) -> KnownParty:
    names = (*named.latin, *named.certain_names)
    if party is None:
        query = PartyQuery(named.id, names, schema="Organization", party_id=named.id)
        return KnownParty(named.id, named.latin[0], query, ())
    query = replace(party.query, names=tuple(dict.fromkeys((*party.query.names, *names))))
    return replace(party, query=query)


def parties_of(maker_ids: Iterable[str], cards: Mapping[str, MakerCard]) -> list[KnownParty]:
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


def _party(party_id: str, entry: _Gathered, cards: Mapping[str, MakerCard]) -> KnownParty:
    names = tuple(entry.names)
    query = PartyQuery(
        id=party_id,
        names=names,
        schema=entry.schema,
        identifiers=tuple(entry.identifiers),
        not_the_same_as=tuple(entry.excluded),
        party_id=party_id,
    )
    name = cards[party_id].trade_name if party_id in cards else names[0]
    return KnownParty(party_id, name, query, tuple(entry.makers))


@lru_cache(maxsize=1)
def _ids_by_name() -> Mapping[str, str]:
    """Return the id of the one known party that bears each name; a name that two bear leads to neither."""
    bearers: dict[str, set[str]] = {}
    for party in known_parties().values():
        for name in party.query.names:
            for key in {exact_key(name), name_key(name)}:
                bearers.setdefault(key, set()).add(party.id)
    return {key: min(ids) for key, ids in bearers.items() if len(ids) == 1}


@lru_cache(maxsize=1)
def _meanings() -> Mapping[str, tuple[str, ...]]:
    """Return for each name that leads to no one party for certain the Latin names that it may stand for."""
    meant: dict[str, dict[str, None]] = {}
    for party in load_names():
        for name in party.names:
            for key in {exact_key(name.name), name_key(name.name)} - _ids_by_name().keys():
                meant.setdefault(key, {}).update(dict.fromkeys(party.latin))
    return {key: tuple(names) for key, names in meant.items()}


@lru_cache(maxsize=1)
def recorded_differences() -> Mapping[str, tuple[str, ...]]:
    """Return for each exact name the names that a card records, with a source, to be of somebody else."""
    others: dict[str, dict[str, None]] = {}
    for card in load_maker_cards().values():
        own = [name.name for name in card.names]
        apart = [other.name for other in card.not_the_same_as]
        for name in own:
            others.setdefault(exact_key(name), {}).update(dict.fromkeys(apart))
        for key in set(map(exact_key, apart)) - set(map(exact_key, own)):
            others.setdefault(key, {}).update(dict.fromkeys(own))
    return {key: tuple(names) for key, names in others.items() if names}


def identified(query: PartyQuery) -> PartyQuery:
    """Return a query with all that is known of the party that it names, and of who it is not.

    A query that names no known party, or a person, keeps its own names and numbers; a name in another script
    that we only remember adds tentative names.
    """
    apart = dict.fromkeys(query.not_the_same_as)
    for name in query.names:
        apart.update(dict.fromkeys(recorded_differences().get(exact_key(name), ())))
    query = replace(query, not_the_same_as=tuple(apart))
    party = known_parties().get(query.party_id) or _named(query)
    if party is None:
        return replace(query, tentative_names=_tentative(query))
    known = party.query
    return replace(
        query,
        names=tuple(dict.fromkeys((*query.names, *known.names))),
        identifiers=tuple(dict.fromkeys((*query.identifiers, *known.identifiers))),
        not_the_same_as=tuple(dict.fromkeys((*apart, *known.not_the_same_as))),
        party_id=party.id,
    )


def _tentative(query: PartyQuery) -> tuple[str, ...]:
    if query.schema in PERSON_SCHEMATA:
        return query.tentative_names
    keys = [key for name in query.names for key in (exact_key(name), name_key(name))]
    meant = (name for key in keys for name in _meanings().get(key, ()))
    return tuple(dict.fromkeys((*query.tentative_names, *meant)))


def _named(query: PartyQuery) -> KnownParty | None:
    if query.schema in PERSON_SCHEMATA:
        return None
    apart = set(map(exact_key, query.not_the_same_as))
    for name in query.names:
        for key in (exact_key(name), name_key(name)):
            party = known_parties().get(_ids_by_name().get(key, ""))
            is_apart = party is not None and any(exact_key(own) in apart for own in party.query.names)
            if party is not None and not is_apart:
                return party
    return None
