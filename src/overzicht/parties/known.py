"""Known parties: makers and their owners, with all names and numbers of their cards."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from overzicht.dates import DateBasis, Holds, LegalDate, Period, read_legal_date
from overzicht.devices.card import Identifier, MakerCard, Owner
from overzicht.devices.knowledge import load_maker_cards
from overzicht.entities import PartyQuery
from overzicht.entities.ownership import UNKNOWN_SHARE, OwnershipStatement, Share
from overzicht.names.normal import PERSON_SCHEMATA, exact_key, name_key
from overzicht.parties.names import NamedParty, load_names

PROPERTIES = {"isin": "isinCode", "permid": "permId"}  # kinds of number on cards: FollowTheMoney properties


@dataclass(frozen=True, slots=True)
class KnownParty:
    """A maker, an owner of makers, or a party with known names in other scripts.

    `maker_ids` are the makers that it owns or is; empty for other parties.
    """

    id: str
    name: str
    query: PartyQuery
    maker_ids: tuple[str, ...]


@lru_cache(maxsize=1)
def known_parties() -> Mapping[str, KnownParty]:
    """Return every party of the maker cards, and every party with a certain name in another script, by id."""
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


def parties_of(
    maker_ids: Iterable[str], cards: Mapping[str, MakerCard], as_of: date | None = None
) -> list[KnownParty]:
    """Return the makers and their direct and indirect owners, by id; an owner with a card uses that card.

    With a date, only owners by stakes that certainly hold on it.
    """
    makers: dict[str, dict[str, None]] = {}  # by party, the makers that it is or owns
    owners: dict[str, list[Owner]] = {}
    for maker_id in sorted(maker_ids):
        makers.setdefault(maker_id, {})[maker_id] = None
        for owner in all_owners(cards[maker_id], cards, as_of):
            makers.setdefault(owner.id, {})[maker_id] = None
            owners.setdefault(owner.id, []).append(owner)
    return [
        _of_card(cards[party_id], of) if party_id in cards else _of_owners(owners[party_id], of)
        for party_id, of in sorted(makers.items())
    ]


def _of_card(card: MakerCard, makers: Iterable[str]) -> KnownParty:
    query = PartyQuery(
        id=card.id,
        names=tuple(dict.fromkeys(name.name for name in card.names)),
        schema=card.schema_,
        identifiers=tuple(dict.fromkeys(map(_numbered, card.identifiers))),
        not_the_same_as=tuple(dict.fromkeys(other.name for other in card.not_the_same_as)),
        party_id=card.id,
    )
    return KnownParty(card.id, card.trade_name, query, tuple(makers))


def _of_owners(owners: Sequence[Owner], makers: Iterable[str]) -> KnownParty:
    """Return an owner without a card, by the statements of the cards of what it owns."""
    names = dict.fromkeys(n for owner in owners for n in (owner.name, *(name.name for name in owner.names)))
    numbers = dict.fromkeys(_numbered(number) for owner in owners for number in owner.identifiers)
    last = owners[-1]
    query = PartyQuery(last.id, tuple(names), last.schema_, tuple(numbers), party_id=last.id)
    return KnownParty(last.id, query.names[0], query, tuple(makers))


def all_owners(card: MakerCard, cards: Mapping[str, MakerCard], as_of: date | None = None) -> Iterator[Owner]:
    """Yield the direct and indirect owners of a maker, without duplicates; for the date see `parties_of`."""
    owners = {owner.id: owner for owner, _ in reversed([*card_stakes(card, cards, as_of)])}
    yield from (owner for owner in reversed(owners.values()) if owner.id != card.id)


def card_stakes(
    card: MakerCard, cards: Mapping[str, MakerCard], as_of: date | None = None
) -> Iterator[tuple[Owner, OwnershipStatement]]:
    """Yield each stake that cards state in a maker and in its direct and indirect owners; cycles end.

    With a date, only stakes that certainly hold on it, and those above them.
    """
    waiting = [(card.id, card, owner) for owner in card.owners]
    seen = {card.id}
    while waiting:
        asset_id, stated_by, owner = waiting.pop(0)
        statement = _statement(asset_id, stated_by, owner)
        if as_of is not None and statement.holds_on(as_of) is not Holds.YES:
            continue
        yield owner, statement
        if owner.id in seen:
            continue
        seen.add(owner.id)
        waiting.extend((owner.id, stated_by, above) for above in owner.owners)
        if owner.id in cards:
            own = cards[owner.id]
            waiting.extend((owner.id, own, above) for above in own.owners)


def _statement(asset_id: str, card: MakerCard, owner: Owner) -> OwnershipStatement:
    source = card.sources[owner.source]
    share = UNKNOWN_SHARE
    if owner.min_percent is not None and owner.max_percent is not None:
        share = Share(Decimal(str(owner.min_percent)), Decimal(str(owner.max_percent)))
    return OwnershipStatement(
        owner=owner.id,
        asset=asset_id,
        share=share,
        period=Period(_day(owner.since), _day(owner.until)),
        stated_on=source.stated_on,
        kind=owner.relation,
        citation=source.cite(f"maker-card:{card.id}", f"owner {owner.name}"),
        is_announced=owner.is_announced,
        confidence=source.confidence,
    )


def _day(value: str) -> LegalDate | None:
    if not value:
        return None
    first, _, last = value.partition("/")
    if not last:
        return read_legal_date(value)
    earliest = read_legal_date(first)
    rule = f"the source does not give a day, only {value}"
    return LegalDate(
        read_legal_date(last).day, DateBasis.NOT_LATER_THAN, rule, earliest.earliest or earliest.day
    )


def _numbered(identifier: Identifier) -> tuple[str, str]:
    return PROPERTIES.get(identifier.kind, identifier.kind), identifier.value


@lru_cache(maxsize=1)
def _ids_by_name() -> Mapping[str, str]:
    """Return the id of the known party with each name; a name of two parties is left out."""
    owners: dict[str, set[str]] = {}
    for party in known_parties().values():
        for name in party.query.names:
            for key in {exact_key(name), name_key(name)}:
                owners.setdefault(key, set()).add(party.id)
    return {key: min(ids) for key, ids in owners.items() if len(ids) == 1}


@lru_cache(maxsize=1)
def _meanings() -> Mapping[str, tuple[str, ...]]:
    """Return for each name without a certain party the Latin names that it may mean."""
    meant: dict[str, dict[str, None]] = {}
    for party in load_names():
        for name in party.names:
            for key in {exact_key(name.name), name_key(name.name)} - _ids_by_name().keys():
                meant.setdefault(key, {}).update(dict.fromkeys(party.latin))
    return {key: tuple(names) for key, names in meant.items()}


@lru_cache(maxsize=1)
def recorded_differences() -> Mapping[str, tuple[str, ...]]:
    """Return for each exact name the names that a card states, with a source, to be of other parties."""
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
    """Return a query with all names and numbers of the party that it names, and the names of other parties.

    A query for a person or for an unknown party keeps its own names and numbers; a name in another script
    without a source adds tentative names.
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


def party_called(name: str) -> KnownParty | None:
    """Return the known party with this id or name; None if there is none."""
    return known_parties().get(name) or _named(PartyQuery("name", (name,), schema="Organization"))


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
