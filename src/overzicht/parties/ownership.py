"""Makers and their owners of any degree, with all names and numbers of their cards."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from overzicht.dates import DateBasis, Holds, LegalDate, Period, read_legal_date
from overzicht.devices.brands import Brand
from overzicht.devices.card import Identifier, MakerCard, Owner
from overzicht.entities import PartyQuery
from overzicht.entities.owned import share_text
from overzicht.entities.ownership import UNKNOWN_SHARE, OwnershipStatement, Share
from overzicht.evidence import Confidence, Text, text
from overzicht.evidence.text import Value
from overzicht.parties.party import KnownParty

SUBSIDIARY = frozenset({"subsidiary", "former_subsidiary"})  # relations of a brand to its maker
PROPERTIES = {"isin": "isinCode", "permid": "permId"}  # kinds of number on cards: FollowTheMoney properties


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
    parties = []
    for party_id, of in sorted(makers.items()):
        if party_id in cards:
            card = cards[party_id]
            query = PartyQuery(
                id=card.id,
                names=tuple(dict.fromkeys(name.name for name in card.names)),
                schema=card.schema_,
                identifiers=tuple(dict.fromkeys(map(_numbered, card.identifiers))),
                not_the_same_as=tuple(dict.fromkeys(other.name for other in card.not_the_same_as)),
                party_id=card.id,
            )
            parties.append(KnownParty(card.id, card.trade_name, query, tuple(of)))
            continue
        # an owner without a card, by the statements of the cards of what it owns
        stated = owners[party_id]
        names = dict.fromkeys(
            n for owner in stated for n in (owner.name, *(name.name for name in owner.names))
        )
        numbers = dict.fromkeys(_numbered(number) for owner in stated for number in owner.identifiers)
        last = stated[-1]
        query = PartyQuery(last.id, tuple(names), last.schema_, tuple(numbers), party_id=last.id)
        parties.append(KnownParty(last.id, query.names[0], query, tuple(of)))
    return parties


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
        source = stated_by.sources[owner.source]
        share = UNKNOWN_SHARE
        if owner.min_percent is not None and owner.max_percent is not None:
            share = Share(Decimal(str(owner.min_percent)), Decimal(str(owner.max_percent)))
        statement = OwnershipStatement(
            owner=owner.id,
            asset=asset_id,
            share=share,
            period=Period(_day(owner.since), _day(owner.until)),
            stated_on=source.stated_on,
            kind=owner.relation,
            citation=source.cite(f"maker-card:{stated_by.id}", f"owner {owner.name}"),
            is_announced=owner.is_announced,
            confidence=source.confidence,
        )
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


def brand_stakes(asset_id: str, brand: Brand) -> Iterator[OwnershipStatement]:
    """Yield the stakes of makers in the company of a brand, which sources name as a subsidiary."""
    for statement in brand.statements:
        fact = statement.fact
        if fact.relation in SUBSIDIARY and fact.maker:
            stated = _day(fact.stated.partition("/")[0])
            yield OwnershipStatement(
                owner=fact.maker,
                asset=asset_id,
                period=Period(_day(fact.since), _day(fact.until)),
                stated_on=stated.day if stated else None,
                kind="subsidiary",
                citation=statement.citation,
                confidence=Confidence(fact.confidence),
            )


def stake_text(statement: OwnershipStatement, day: date, name_of: Callable[[str], str]) -> Text:
    """Return a stake as of a date in words, without a full stop: owns, may own, owned, or owns only later.

    Every page, report and answer has these words, so that none is surer than another. `name_of` gives the
    name of a party by its id.
    """
    start, end = statement.period.start, statement.period.end
    owner, asset = name_of(statement.owner), name_of(statement.asset)
    values: dict[str, Value] = {"owner": owner, "share": share_text(statement.share), "asset": asset}
    match statement.holds_on(day):
        case Holds.YES:
            return owns_text(owner, statement.share, asset)
        case Holds.UNKNOWN:
            reason = text("the dates in {source} do not show this for the date")
            if statement.is_announced:
                reason = text("{source} announces it, and no source confirms it")
            reason = reason.filled(source=statement.citation.title if statement.citation else "")
            return text("{owner} may own {share} of {asset}: {reason}", reason=reason, **values)
        case Holds.NO if end is not None and day >= end.day:
            sentence = text("{owner} owned {share} of {asset} until {until}")
            if end.earliest is not None:
                sentence = text("{owner} owned {share} of {asset} until {until}; the exact day is not known")
            return sentence.filled(until=as_stated(end), **values)
        case Holds.NO:
            since = as_stated(start) if start is not None else ""
            return text("{owner} owns {share} of {asset} only from {since} on", since=since, **values)


def owns_text(owner: str, share: Share, asset: str) -> Text:
    """Return that a party owns a share of another, without a full stop."""
    return text("{owner} owns {share} of {asset}", owner=owner, share=share_text(share), asset=asset)


def as_stated(day: LegalDate) -> Value:
    """Return a date, or the month or year where the source states no more."""
    return day.day if day.earliest is None else day.as_given


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
