"""Screening of the register's makers and their owners for a date, stored so that pages are fast."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from overzicht import __version__
from overzicht.devices.knowledge import load_knowledge
from overzicht.entities import PartyQuery
from overzicht.evidence.actor import Actor
from overzicht.parties.ownership import parties_of
from overzicht.parties.party import KnownParty
from overzicht.reports.overview_report import OwnershipEdge
from overzicht.store.database import Store
from overzicht.store.register.identifications import standing_makers
from overzicht.store.runs import StoredRun, add_run
from overzicht.store.tables import register as tables
from overzicht.subjects.lists.listings import LoadedLists
from overzicht.subjects.overview.findings import findings_of
from overzicht.subjects.overview.listings import Screened, screen_parties
from overzicht.subjects.overview.ownership import OwnershipData, gather_stakes, ownership_edges
from overzicht.subjects.screening.lookup import PartyLookup, party_lookup

COMMAND = "register"
RULES = 2  # of the stored answers; 2: not listed needs every list. Another number has all made again
TABLE = tables.register_maker_day


@dataclass(frozen=True, slots=True)
class MakerScreening:
    """The listings and the ownership of makers and their owners as of a date."""

    makers: tuple[str, ...]
    screened: Screened
    stakes: OwnershipData
    ownership: tuple[OwnershipEdge, ...]


def screen_makers(lookup: PartyLookup, makers: tuple[str, ...], as_of: date) -> MakerScreening:
    """Screen makers and all their owners against every list, with the engine of the overview."""
    cards = load_knowledge().makers
    parties = parties_of(makers, cards, as_of)
    screened = screen_parties(parties, lookup, as_of)
    stakes = gather_stakes(parties, cards, lookup, as_of)
    return MakerScreening(makers, screened, stakes, tuple(ownership_edges(stakes, screened, as_of)))


def screen_party(lookup: PartyLookup, party_id: str, names: Sequence[str], as_of: date) -> MakerScreening:
    """Screen one party: a maker with its owners, another party by its names and the owners in registers."""
    cards = load_knowledge().makers
    if party_id in cards:
        return screen_makers(lookup, (party_id,), as_of)
    query = PartyQuery(party_id, tuple(names) or (party_id,))
    party = KnownParty(party_id, query.names[0], query, (party_id,))
    screened = screen_parties([party], lookup, as_of)
    stakes = gather_stakes([replace(party, maker_ids=())], cards, lookup, as_of)
    return MakerScreening((party_id,), screened, stakes, tuple(ownership_edges(stakes, screened, as_of)))


def refresh_listings(store: Store, as_of: date, actor: Actor) -> str:
    """Screen the register's makers for a date, unless that was done; returns the id of the run.

    The id is empty if the register has no maker.
    """
    with store.reading() as connection:
        # a hash of the basis of the answers: date, lists, makers, and the product with its cards
        stored = sorted(
            (version.snapshot.sha256, version.version.day.isoformat(), str(version.confirmed))
            for version in LoadedLists(connection).stored
        )
        parts = [as_of.isoformat(), __version__, RULES, stored, standing_makers(connection)]
        basis = hashlib.sha256(json.dumps(parts).encode()).hexdigest()
        makers = tuple(m for m in standing_makers(connection) if m in load_knowledge().makers)
        query = select(TABLE.c.maker_id).where(TABLE.c.as_of == as_of.isoformat(), TABLE.c.basis == basis)
        known = set(connection.execute(query).scalars())
        missing = [m for m in standing_makers(connection) if m not in known and m in load_knowledge().makers]
        if not missing:
            return _run_id(basis) if makers else ""
        with party_lookup(store, connection) as lookup:
            screening = screen_makers(lookup, makers, as_of)
    findings = findings_of(screening.screened, screening.ownership, as_of=as_of)
    with store.writing(actor.name, actor.at) as tx:
        cards = load_knowledge().makers
        screened = screening.screened
        names = [
            (check.party_id, name) for check in screened.checks for name in (check.party_id, check.party_name)
        ]
        names += [(maker, named.name) for maker in screening.makers for named in cards[maker].names]
        run = StoredRun(
            id=_run_id(basis),
            command=COMMAND,
            as_of=as_of,
            inputs=(),
            version=__version__,
            summary={
                "makers": len(screening.makers),
                "listed makers": sum(screened.claim(maker).holds is True for maker in screening.makers),
            },
            actor=tx.actor,
            at=tx.at_text,
        )
        add_run(tx, run, ((finding, ()) for finding in findings), names)
        claims = {
            maker: (
                screened.claim(maker).holds,
                screened.of_owners(cards[maker], cards, as_of).holds,
            )
            for maker in screening.makers
        }
        tx.delete(TABLE, TABLE.c.as_of == as_of.isoformat())
        tx.insert_all(
            TABLE,
            [
                {
                    "as_of": as_of.isoformat(),
                    "maker_id": maker,
                    "basis": basis,
                    "run_id": _run_id(basis),
                    "is_listed": own is True,
                    "is_checked": own is not None and owner is not None,
                    "owner_is_listed": owner is True,
                }
                for maker, (own, owner) in claims.items()
            ],
        )
    return _run_id(basis)


def _run_id(basis: str) -> str:
    return f"register-{basis[:10]}"
