"""Screening of the register's makers and their owners for a date, stored so that pages are fast."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from overzicht import __version__
from overzicht.devices.card import MakerCard
from overzicht.devices.knowledge import load_knowledge
from overzicht.entities import PartyQuery
from overzicht.evidence.actor import Actor
from overzicht.evidence.claim import Claim
from overzicht.parties.ownership import parties_of
from overzicht.parties.party import KnownParty
from overzicht.reports.overview_report import OwnershipEdge
from overzicht.store.database import Store
from overzicht.store.register.identifications import standing_makers, state_without_maker, without_maker
from overzicht.store.runs import StoredRun, add_run
from overzicht.store.tables import register as tables
from overzicht.subjects.lists.listings import LoadedLists
from overzicht.subjects.overview.brands import brand_cards, brand_id, brands_shown, named_by_lists
from overzicht.subjects.overview.findings import findings_of
from overzicht.subjects.overview.listings import Screened, screen_parties
from overzicht.subjects.overview.ownership import OwnershipData, gather_stakes, ownership_edges
from overzicht.subjects.screening.lookup import PartyLookup, party_lookup

COMMAND = "register"
RULES = 3  # of the stored answers; 3: brands that lists name. Another number has all made again
TABLE, BRANDS = tables.register_maker_day, tables.register_brand_day


@dataclass(frozen=True, slots=True)
class MakerScreening:
    """The listings and the ownership of makers and their owners as of a date; brands without a card too."""

    makers: tuple[str, ...]
    cards: Mapping[str, MakerCard]
    screened: Screened
    stakes: OwnershipData
    ownership: tuple[OwnershipEdge, ...]

    def claims(self, maker: str, as_of: date) -> tuple[Claim, Claim]:
        """Return what the lists say about a maker, and about its owners."""
        owners = self.screened.of_owners(self.cards[maker], self.cards, as_of)
        return self.screened.claim(maker), owners


def screen_makers(
    lookup: PartyLookup, makers: tuple[str, ...], as_of: date, brands: Mapping[str, MakerCard] | None = None
) -> MakerScreening:
    """Screen makers, all their owners, and brands against every list, with the engine of the overview."""
    brands = brands or {}
    cards = {**load_knowledge().makers, **brands}
    screened_makers = (*makers, *brands)
    parties = parties_of(screened_makers, cards, as_of)
    screened = screen_parties(parties, lookup, as_of)
    stakes = gather_stakes(parties, cards, lookup, as_of)
    edges = tuple(ownership_edges(stakes, screened, as_of))
    return MakerScreening(screened_makers, cards, screened, stakes, edges)


def screen_party(lookup: PartyLookup, party_id: str, names: Sequence[str], as_of: date) -> MakerScreening:
    """Screen one party: a maker with its owners, another party by its names and the owners in registers."""
    cards = load_knowledge().makers
    if party_id in cards:
        return screen_makers(lookup, (party_id,), as_of)
    query = PartyQuery(party_id, tuple(names) or (party_id,))
    party = KnownParty(party_id, query.names[0], query, (party_id,))
    screened = screen_parties([party], lookup, as_of)
    stakes = gather_stakes([replace(party, maker_ids=())], cards, lookup, as_of)
    edges = tuple(ownership_edges(stakes, screened, as_of))
    return MakerScreening((party_id,), cards, screened, stakes, edges)


def refresh_listings(store: Store, as_of: date, actor: Actor) -> str:
    """Screen the register's makers and its brands without one for a date, unless that was done.

    Returns the id of the run; it is empty if the register has neither.
    """
    with store.reading() as connection:
        # a hash of the basis of the answers: date, lists, makers, brands, and the product with its cards
        stored = sorted(
            (version.snapshot.sha256, str(version.snapshot.published), str(version.confirmed))
            for version in LoadedLists(connection).stored
        )
        makers = tuple(maker for maker in standing_makers(connection) if maker in load_knowledge().makers)
        parts = [as_of.isoformat(), __version__, RULES, stored, makers, state_without_maker(connection)]
        basis = hashlib.sha256(json.dumps(parts).encode()).hexdigest()
        query = select(TABLE.c.run_id).where(TABLE.c.as_of == as_of.isoformat(), TABLE.c.basis == basis)
        if known := connection.execute(query).scalars().first():
            return str(known)
        brands_of = {key: brands_shown(sighting) for key, sighting in without_maker(connection)}
        brands = brand_cards((brand for shown in brands_of.values() for brand in shown), as_of)
        if not makers and not brands:
            return ""
        with party_lookup(store, connection) as lookup:
            screening = screen_makers(lookup, makers, as_of, brands)
    screened, run_id = screening.screened, f"register-{basis[:10]}"
    named = named_by_lists(brands, screened)
    findings = findings_of(screened, screening.ownership, as_of=as_of)
    with store.writing(actor.name, actor.at) as tx:
        names = [
            (check.party_id, name) for check in screened.checks for name in (check.party_id, check.party_name)
        ]
        names += [(maker, name.name) for maker in screening.makers for name in screening.cards[maker].names]
        claims = {maker: screening.claims(maker, as_of) for maker in screening.makers}
        run = StoredRun(
            id=run_id,
            command=COMMAND,
            as_of=as_of,
            inputs=(),
            version=__version__,
            summary={
                "makers": len(makers) + len(named),
                "listed makers": sum(own.holds is True for own, _ in claims.values()),
            },
            actor=tx.actor,
            at=tx.at_text,
        )
        add_run(tx, run, ((finding, ()) for finding in findings), names)
        for table in (TABLE, BRANDS):
            tx.delete(table, table.c.as_of == as_of.isoformat())
        tx.insert_all(
            TABLE,
            [
                {
                    "as_of": as_of.isoformat(),
                    "maker_id": maker,
                    "basis": basis,
                    "run_id": run_id,
                    "is_listed": own.holds is True,
                    "is_checked": own.holds is not None and owner.holds is not None,
                    "owner_is_listed": owner.holds is True,
                }
                for maker, (own, owner) in claims.items()
            ],
        )
        tx.insert_all(
            BRANDS,
            [
                {
                    "as_of": as_of.isoformat(),
                    "trace_key": key,
                    "party_id": card.id,
                    "name": card.trade_name[:200],
                }
                for key, shown in brands_of.items()
                for card in [named[party] for party in map(brand_id, shown) if party in named][:1]
            ],
        )
    return run_id
