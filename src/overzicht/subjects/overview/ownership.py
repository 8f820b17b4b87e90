"""Ownership of the makers: stakes from cards and loaded registers, and the rule of each legal regime."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from overzicht.dates import Holds
from overzicht.devices.card import MakerCard
from overzicht.devices.knowledge import load_knowledge
from overzicht.entities.owned import owned
from overzicht.entities.ownership import OwnershipGraph, OwnershipStatement
from overzicht.entities.ownership_records import statements_of
from overzicht.evidence import Citation, Confidence, Text, text
from overzicht.law import ownership_regimes
from overzicht.names.normal import name_key
from overzicht.parties.ownership import all_owners, brand_stakes, card_stakes, stake_text
from overzicht.parties.party import KnownParty
from overzicht.reports.overview_report import OwnershipEdge, RegimeRow
from overzicht.sources.lists.registry import load_card
from overzicht.store import list_records as records
from overzicht.subjects.overview.listings import Screened
from overzicht.subjects.screening.lookup import PartyLookup

MAX_ROUNDS = 4  # steps up from a maker in the registers

# regime: lists (and measures on them, by their first words) whose owners count for it
APPLIES_TO: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "eu": {"eu-fsf": ("",), "eu-official-journal": ("Asset freeze",)},
    "uk": {"uk": ("",)},
    "ofac": {"us-ofac": ("Specially Designated", "SDN", "Blocking")},
    "bis": {"us-bis-entity-list": ("",)},
}

CitedPair = tuple[str, str, tuple[str, ...]]  # owner, asset, and the place where it is stated


@dataclass(frozen=True, slots=True)
class OwnershipData:
    """All statements of ownership around the makers, and every party's name by id."""

    statements: tuple[OwnershipStatement, ...]
    relations: Mapping[tuple[str, str], str]
    notes: Mapping[CitedPair, str]  # a card's note about its own statement
    names: Mapping[str, str]
    schemata: Mapping[str, str]  # of FollowTheMoney, by party

    def name(self, party_id: str) -> str:
        """Return the name of a party, or its id if the name is unknown."""
        return self.names.get(party_id, party_id)

    def that_hold(self, day: date, answer: Holds) -> Iterator[OwnershipStatement]:
        """Yield the statements with this answer for a date; a party does not own itself.

        Statements of a later day that give no start are left out.
        """
        for statement in self.statements:
            is_told = statement.owner != statement.asset and not statement.is_later_than(day)
            if is_told and statement.holds_on(day) is answer:
                yield statement

    def pair(self, statement: OwnershipStatement) -> tuple[str, str]:
        """Return the names of the owner and the asset: a register and a card have other ids of one party."""
        return name_key(self.name(statement.owner)), name_key(self.name(statement.asset))

    def certain_pairs(self, day: date) -> set[tuple[str, str]]:
        """Return the pairs with a statement that certainly holds on a date."""
        return {self.pair(statement) for statement in self.that_hold(day, Holds.YES)}

    @property
    def graph(self) -> OwnershipGraph:
        """The statements as a graph."""
        return OwnershipGraph(self.statements, (), dict(self.names))


def gather_stakes(
    parties: Sequence[KnownParty],
    cards: Mapping[str, MakerCard],
    lookup: PartyLookup,
    as_of: date,
    aliases: Mapping[str, str] | None = None,
) -> OwnershipData:
    """Return the ownership of the parties according to cards and loaded registers, for all dates.

    `aliases` are the records that are the parties, record id to party id (None: by name and number).
    """
    names = {party.id: party.name for party in parties}
    schemata = {party.id: party.query.schema for party in parties}
    statements: list[OwnershipStatement] = []
    relations: dict[tuple[str, str], str] = {}
    notes: dict[CitedPair, str] = {}
    makers = sorted({maker_id for party in parties for maker_id in party.maker_ids})
    for party in parties:
        brand = load_knowledge().brands.whole(party.name)
        for statement in brand_stakes(party.id, brand) if brand is not None else ():
            statements.append(statement)
            names.setdefault(statement.owner, cards[statement.owner].trade_name)
            schemata.setdefault(statement.owner, cards[statement.owner].schema_)
            makers.append(statement.owner)
    for maker_id in dict.fromkeys(makers):
        for owner, statement in card_stakes(cards[maker_id], cards):
            statements.append(statement)
            relations[(owner.id, statement.asset)] = owner.relation
            notes[_cited_pair(statement)] = owner.note
            names.setdefault(owner.id, cards[owner.id].trade_name if owner.id in cards else owner.name)
            schemata.setdefault(owner.id, owner.schema_)
    if aliases is None:
        results = lookup.match([party.query for party in parties], as_of=as_of)
        pairs = zip(parties, results, strict=True)
        aliases = {match.record_id: party.id for party, matches in pairs for match in matches}
    # stakes stated in loaded sources, upwards from the parties; adds names and kinds of owners
    connection = lookup.connection
    by_key = {stored.key: stored for stored in lookup.loaded_lists.stored}
    searched: set[str] = set()
    assets = set(aliases)
    for _ in range(MAX_ROUNDS):
        fresh = sorted(assets - searched)
        searched.update(fresh)
        assets = set()
        for key, record_id in records.stakes_around(connection, fresh):
            stored = by_key[key]
            record = records.get_records(connection, key, [record_id])[record_id]
            if not set(record.values("asset")) & searched:
                continue
            card = load_card(stored.snapshot.source)
            citation = Citation.of(stored.snapshot, record.place, title=card.title)
            ends = [*record.values("owner"), *record.values("asset")]
            for party_id, end in records.get_records(connection, key, ends).items():
                names.setdefault(aliases.get(party_id, party_id), end.caption)
                schemata.setdefault(aliases.get(party_id, party_id), end.schema)
            assets.update(record.values("owner"))
            for statement in statements_of(record, citation, stored.version.day):
                # the confidence of a stake by its file: a register, an official list, or a copy of a list
                is_official = stored.snapshot.official
                if not card.is_listing:
                    confidence = Confidence.HIGH
                else:
                    confidence = Confidence.MEDIUM if is_official else Confidence.LOW
                statements.append(
                    replace(
                        statement,
                        owner=aliases.get(statement.owner, statement.owner),
                        asset=aliases.get(statement.asset, statement.asset),
                        confidence=confidence,
                    )
                )
    unique = {_cited_pair(statement): statement for statement in statements}
    return OwnershipData(tuple(unique.values()), relations, notes, names, schemata)


def _cited_pair(statement: OwnershipStatement) -> CitedPair:
    return statement.owner, statement.asset, statement.citation.key if statement.citation else ()


def ownership_edges(stakes: OwnershipData, screened: Screened, as_of: date) -> tuple[OwnershipEdge, ...]:
    """Return the stakes that certainly exist on the date, by asset and owner; one row per source."""
    rows: list[OwnershipEdge] = []
    for statement in stakes.that_hold(as_of, Holds.YES):
        pair = (statement.owner, statement.asset)
        is_known = not statement.share.is_unknown
        period, citation = statement.period, statement.citation
        rows.append(
            OwnershipEdge(
                owner_id=statement.owner,
                owner_name=stakes.name(statement.owner),
                asset_id=statement.asset,
                asset_name=stakes.name(statement.asset),
                min_percent=float(statement.share.low) if is_known else None,
                max_percent=float(statement.share.high) if is_known else None,
                relation=stakes.relations.get(pair, statement.kind),
                since=period.start.as_given if period.start else "",
                until=period.end.as_given if period.end else "",
                note=stakes.notes.get(_cited_pair(statement), ""),
                owner_is_listed=screened.claim(statement.owner).holds,
                confidence=statement.confidence,
                owner_schema=stakes.schemata.get(statement.owner, "LegalEntity"),
                asset_schema=stakes.schemata.get(statement.asset, "LegalEntity"),
                citation=citation or Citation(source="", title=""),
            )
        )
    return tuple(sorted(rows, key=lambda row: (row.asset_id, row.owner_id, row.citation.key)))


def uncertain_stakes(stakes: OwnershipData, as_of: date) -> tuple[Text, ...]:
    """Return a sentence for each stake that is uncertain on the date: announced, or with unknown dates."""
    certain = stakes.certain_pairs(as_of)
    return tuple(
        text("{says}.", says=stake_text(statement, as_of, stakes.name))
        for statement in stakes.that_hold(as_of, Holds.UNKNOWN)
        if stakes.pair(statement) not in certain
    )


def regime_rows(
    maker_ids: Iterable[str],
    cards: Mapping[str, MakerCard],
    stakes: OwnershipData,
    screened: Screened,
    as_of: date,
) -> Iterator[RegimeRow]:
    """Yield each regime's answer for the makers with an owner on a list that counts for the regime."""
    graph = stakes.graph
    for maker_id in sorted(maker_ids):
        owners = {owner.id for owner in all_owners(cards[maker_id], cards, as_of)}
        owners |= set(graph.ancestors_on(maker_id, as_of)) - {maker_id}
        for regime_id, regime in ownership_regimes().items():
            lists = APPLIES_TO.get(regime_id, {})
            listed = {
                row.party_id
                for row in screened.listings
                if row.is_current and row.measure.startswith(lists.get(row.list_id, ("\0",)))
            }
            listed &= owners
            if not listed:
                continue
            result = owned(graph, maker_id, listed, regime, as_of)
            yield RegimeRow(
                maker_id=maker_id,
                regime=regime.code,
                outcome=result.outcome.value,
                statement=result.statement,
                citation=regime.cite(regime.on(as_of))[0],
                reasons=result.reasons,
            )
