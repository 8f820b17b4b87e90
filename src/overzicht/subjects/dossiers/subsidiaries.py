"""Companies of a party in a country, by the ownership in loaded registers and on maker cards."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from overzicht.dates import Holds, Period, read_legal_date
from overzicht.devices.knowledge import load_knowledge
from overzicht.entities.ownership_records import statements_of
from overzicht.evidence import Answer, Citation, Confidence, Finding, FindingKind, Reason, finding_id, text
from overzicht.evidence.territories import territory_text
from overzicht.evidence.text import Value
from overzicht.parties.makers import known_parties
from overzicht.sources.lists.registry import load_card
from overzicht.store import list_records as records
from overzicht.subjects.screening.lookup import PartyLookup

MAX_ROUNDS = 4  # steps down from a party in the registers
COUNTRY_PROPERTIES = ("jurisdiction", "country", "mainCountry")


@dataclass(frozen=True, slots=True)
class Company:
    """A subsidiary; `is_sure` is False if it is only known to be one on a later date."""

    id: str
    name: str
    country: str
    is_sure: bool
    citation: Citation

    def finding(self, party_id: str, party: str, as_of: date) -> Finding:
        """Return the finding that the company belongs to a party on a date."""
        values: dict[str, Value] = {
            "party": party,
            "name": self.name,
            "country": territory_text(self.country),
        }
        sentence = text("{name} is a subsidiary of {party} ({country}).", **values)
        if not self.is_sure:
            sentence = text(
                "{name} is a subsidiary of {party} ({country}). The situation on this date is unknown.",
                **values,
            )
        what = f"subsidiary:{self.id}"
        return Finding(
            id=finding_id(FindingKind.ACTIVITY, party_id, what, *self.citation.key),
            kind=FindingKind.ACTIVITY,
            subject=party_id,
            object=what,
            answer=Answer.FOUND if self.is_sure else Answer.NOT_CHECKED,
            confidence=Confidence.MEDIUM,
            as_of=as_of,
            statement=sentence,
            reasons=(
                Reason(text("stated by {source}", source=self.citation.title), citations=(self.citation,)),
            ),
        )


def entries_of(lookup: PartyLookup, parties: Iterable[str], as_of: date) -> Mapping[str, Collection[str]]:
    """Return by party the ids of the entries that certainly are it; a party without a card is absent."""
    queries = {party: known_parties()[party].query for party in parties if party in known_parties()}
    matched = lookup.match(list(queries.values()), as_of=as_of)
    return {
        party: {match.record_id for match in matches} for party, matches in zip(queries, matched, strict=True)
    }


def owned_companies(
    lookup: PartyLookup, entries: Collection[str], codes: Collection[str], as_of: date
) -> Iterator[Company]:
    """Yield the companies in a place that these entries own according to registers, directly or not.

    A stake that is only known for a later date gives an unsure company; one that ended before is left out.
    """
    connection = lookup.connection
    by_key = {stored.key: stored for stored in lookup.loaded_lists.stored}
    owners, searched = set(entries), set[str]()
    for _ in range(MAX_ROUNDS):
        fresh = sorted(owners - searched)
        searched.update(fresh)
        owners = set()
        for key, record_id in records.stakes_around(connection, fresh):
            stake = records.get_records(connection, key, [record_id])[record_id]
            if not set(stake.values("owner")) & set(fresh):
                continue
            assets = records.get_records(connection, key, stake.values("asset"))
            owners.update(assets)
            stored = by_key[key]
            title = load_card(stored.snapshot.source).title
            cited = Citation.of(stored.snapshot, stake.place, title=title)
            statements = statements_of(stake, cited, stored.version.day)
            answers = {statement.holds_on(as_of) for statement in statements} - {Holds.NO}
            for asset_id, asset in sorted(assets.items()) if answers else ():
                countries = {value.upper()[:2] for prop in COUNTRY_PROPERTIES for value in asset.values(prop)}
                for code in sorted(countries & set(codes)):
                    yield Company(asset_id, asset.caption, code, Holds.YES in answers, cited)


def card_findings(party_id: str, name: str, codes: Collection[str], as_of: date) -> Iterator[Finding]:
    """Yield the makers in a place whose cards name a party as their owner, of any degree."""
    cards = load_knowledge().makers
    for card in cards.values():
        if card.id == party_id or card.country.upper() not in codes:
            continue
        stakes = []
        # the owners of a maker and of its owners, with the card that states it; circles end
        queue, seen = [(owner, card) for owner in card.owners], {card.id}
        for owner, source in queue:  # which grows
            if owner.id == party_id:
                period = Period(
                    *(read_legal_date(day) if day else None for day in (owner.since, owner.until))
                )
                if (holds := period.holds_on(as_of)) is not Holds.NO:
                    stakes.append((holds, owner, source))
            if owner.id not in seen:
                seen.add(owner.id)
                queue.extend((above, source) for above in owner.owners)
                if owner.id in cards:
                    queue.extend((above, cards[owner.id]) for above in cards[owner.id].owners)
        if stakes:
            holds, owner, source = max(stakes, key=lambda stake: stake[0] is Holds.YES)
            cited = source.sources[owner.source].cite(f"maker-card:{source.id}", f"owner {owner.name}")
            country = card.country.upper()
            company = Company(card.id, card.trade_name, country, holds is Holds.YES, cited)
            yield company.finding(party_id, name, as_of)
