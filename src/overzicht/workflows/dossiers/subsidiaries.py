"""Companies of a party in a country: what loaded registers and maker cards state of who owns them."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from overzicht.dates import Holds, Period, read_legal_date
from overzicht.devices.card import MakerCard, Owner
from overzicht.devices.knowledge import load_knowledge
from overzicht.entities import Record
from overzicht.entities.ownership_records import statements_of
from overzicht.evidence import (
    Answer,
    Citation,
    Confidence,
    Finding,
    FindingKind,
    Reason,
    Text,
    finding_id,
    text,
)
from overzicht.evidence.text import Value
from overzicht.parties.known import known_parties
from overzicht.sources.lists.registry import load_card
from overzicht.store import records
from overzicht.workflows.ask import PartyLookup
from overzicht.workflows.dossiers.sentences import country_text
from overzicht.workflows.overview.listings import HIGH_SCORE

MAX_ROUNDS = 4  # steps down from a party in the registers
COUNTRY_PROPERTIES = ("jurisdiction", "country", "mainCountry")


def owned_findings(
    lookup: PartyLookup, party_id: str, name: str, codes: Collection[str], as_of: date
) -> Iterator[Finding]:
    """Yield the companies that registers state to be held by a party, itself or through others, there.

    A stake of which only a later day is known gives NOT_CHECKED; one that ended before gives nothing.
    """
    connection = lookup.connection
    by_key = {stored.key: stored for stored in lookup.loaded_lists.stored}
    waiting, asked = _records_of(lookup, party_id, as_of), set[str]()
    for _ in range(MAX_ROUNDS):
        fresh = sorted(waiting - asked)
        asked.update(fresh)
        waiting = set()
        for key, record_id in records.stakes_around(connection, fresh):
            stake = records.get_records(connection, key, [record_id])[record_id]
            if not set(stake.values("owner")) & set(fresh):
                continue
            assets = records.get_records(connection, key, stake.values("asset"))
            waiting.update(assets)
            stored = by_key[key]
            title = load_card(stored.snapshot.source).title
            cited = Citation.of(stored.snapshot, stake.place, title=title)
            held = {
                statement.holds_on(as_of) for statement in statements_of(stake, cited, stored.version.day)
            }
            yield from _held(held, assets, (party_id, name), codes, cited, as_of)


def _held(
    held: set[Holds],
    assets: Mapping[str, Record],
    party: tuple[str, str],
    codes: Collection[str],
    cited: Citation,
    as_of: date,
) -> Iterator[Finding]:
    if not held - {Holds.NO}:
        return
    for asset_id, asset in sorted(assets.items()):
        for code in sorted(_countries(asset) & set(codes)):
            sure = Holds.YES in held
            says = _says(party[1], asset.caption, code, is_sure=sure)
            yield _finding(party[0], f"subsidiary:{asset_id}", says, cited, as_of, is_sure=sure)


def _records_of(lookup: PartyLookup, party_id: str, as_of: date) -> set[str]:
    """Return the ids of the records that surely are a maker; none for a party without a card."""
    if party_id not in known_parties():
        return set()
    found = lookup.match([known_parties()[party_id].query], as_of=as_of)
    return {match.record_id for matches in found for match in matches if match.score >= HIGH_SCORE}


def _countries(record: Record) -> set[str]:
    return {value.upper()[:2] for prop in COUNTRY_PROPERTIES for value in record.values(prop)}


def card_findings(party_id: str, name: str, codes: Collection[str], as_of: date) -> Iterator[Finding]:
    """Yield the makers in a place whose cards name a party as their owner, of any degree; each once."""
    cards = load_knowledge().makers
    for card in cards.values():
        if card.id == party_id or card.country.upper() not in codes:
            continue
        held = [
            (_held_on(owner, as_of), owner, said_by)
            for owner, said_by in _owners(card, cards)
            if owner.id == party_id
        ]
        open_or_sure = [each for each in held if each[0] is not Holds.NO]
        if not open_or_sure:
            continue
        holds, owner, said_by = max(open_or_sure, key=lambda each: each[0] is Holds.YES)
        cited = said_by.sources[owner.source].cite(f"maker-card:{said_by.id}", f"owner {owner.name}")
        says = _says(name, card.trade_name, card.country.upper(), is_sure=holds is Holds.YES)
        yield _finding(party_id, f"subsidiary:{card.id}", says, cited, as_of, is_sure=holds is Holds.YES)


def _held_on(owner: Owner, as_of: date) -> Holds:
    period = Period(*(read_legal_date(day) if day else None for day in (owner.since, owner.until)))
    return period.holds_on(as_of)


def _owners(card: MakerCard, cards: Mapping[str, MakerCard]) -> Iterator[tuple[Owner, MakerCard]]:
    """Yield the owners of a maker and of its owners, with the card that says so; circles end."""
    waiting, seen = [(owner, card) for owner in card.owners], {card.id}
    while waiting:
        owner, said_by = waiting.pop(0)
        yield owner, said_by
        if owner.id not in seen:
            seen.add(owner.id)
            waiting.extend((above, said_by) for above in owner.owners)
            if owner.id in cards:
                waiting.extend((above, cards[owner.id]) for above in cards[owner.id].owners)


def _says(party: str, name: str, code: str, *, is_sure: bool) -> Text:
    values: dict[str, Value] = {"party": party, "name": name, "country": country_text(code)}
    if is_sure:
        return text("{name} is a subsidiary of {party} ({country}).", **values)
    return text(
        "{name} is a subsidiary of {party} ({country}). Whether already on that day cannot be told.", **values
    )


def _finding(party_id: str, what: str, says: Text, cited: Citation, as_of: date, *, is_sure: bool) -> Finding:
    return Finding(
        id=finding_id(FindingKind.ACTIVITY, party_id, what, *cited.key),
        kind=FindingKind.ACTIVITY,
        subject=party_id,
        object=what,
        answer=Answer.FOUND if is_sure else Answer.NOT_CHECKED,
        confidence=Confidence.MEDIUM,
        as_of=as_of,
        statement=says,
        reasons=(Reason(text("so says {source}", source=cited.title), citations=(cited,)),),
    )
