"""Which makers at hand, or owners of them, are listed on a day: asked once, kept, so that pages are fast."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from overzicht import __version__
from overzicht.devices.card import MakerCard
from overzicht.devices.knowledge import load_knowledge
from overzicht.evidence import Answer, Finding
from overzicht.evidence.actor import Actor
from overzicht.parties.known import all_owners, parties_of
from overzicht.reports.model import OwnershipEdge
from overzicht.store.database import Store, Transaction
from overzicht.store.register.traces import standing_makers
from overzicht.store.runs import StoredRun, add_run
from overzicht.store.tables import register as tables
from overzicht.workflows.ask import PartyLookup, party_lookup
from overzicht.workflows.listings import LoadedLists
from overzicht.workflows.overview.findings import findings_of
from overzicht.workflows.overview.listings import Screened, screen_parties
from overzicht.workflows.overview.ownership import Stakes, gather_stakes, ownership_edges

COMMAND = "register"
TABLE = tables.register_maker_day


@dataclass(frozen=True, slots=True)
class Asked:
    """What the lists say of makers and their owners on a day, and who owns them."""

    makers: tuple[str, ...]
    screened: Screened
    stakes: Stakes
    ownership: tuple[OwnershipEdge, ...]


def ask(lookup: PartyLookup, makers: tuple[str, ...], as_of: date) -> Asked:
    """Ask every list about makers and all their owners, with the engine of the overview."""
    cards = load_knowledge().makers
    parties = parties_of(makers, cards, as_of)
    screened = screen_parties(parties, lookup, as_of)
    stakes = gather_stakes(parties, cards, lookup, as_of)
    return Asked(makers, screened, stakes, tuple(ownership_edges(stakes, screened, as_of)))


def listings_are_fresh(store: Store, as_of: date) -> bool:
    """Return whether every maker at hand was asked about for a day, of the lists now loaded."""
    with store.reading() as connection:
        return not _missing(connection, as_of, _basis(connection, as_of))


def refresh_listings(store: Store, as_of: date, actor: Actor) -> str:
    """Ask the lists about the makers at hand for a day, unless that was done; returns the run that says why.

    Without any maker in the register nothing is asked, and the id is empty.
    """
    with store.reading() as connection:
        basis = _basis(connection, as_of)
        makers = tuple(m for m in standing_makers(connection) if m in load_knowledge().makers)
        if not _missing(connection, as_of, basis):
            return _run_id(basis) if makers else ""
        with party_lookup(store, connection) as lookup:
            asked = ask(lookup, makers, as_of)
    findings = findings_of(
        devices=(), listings=asked.screened.listings, checks=asked.screened.checks,
        ownership=asked.ownership, as_of=as_of,
    )  # fmt: skip
    with store.writing(actor.name, actor.at) as tx:
        _keep_run(tx, asked, findings, as_of, basis)
        _keep_days(tx, asked, as_of, basis)
    return _run_id(basis)


def _missing(connection: Connection, as_of: date, basis: str) -> list[str]:
    query = select(TABLE.c.maker_id).where(TABLE.c.as_of == as_of.isoformat(), TABLE.c.basis == basis)
    known = set(connection.execute(query).scalars())
    return [m for m in standing_makers(connection) if m not in known and m in load_knowledge().makers]


def _basis(connection: Connection, as_of: date) -> str:
    """Return a hash of what the answers rest on: day, lists, makers, and the product with its cards."""
    stored = sorted(
        (each.snapshot.sha256, each.version.day.isoformat(), str(each.confirmed))
        for each in LoadedLists(connection).stored
    )
    parts = [as_of.isoformat(), __version__, stored, standing_makers(connection)]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _run_id(basis: str) -> str:
    return f"register-{basis[:10]}"


def _keep_run(tx: Transaction, asked: Asked, findings: tuple[Finding, ...], as_of: date, basis: str) -> None:
    cards = load_knowledge().makers
    names = [(check.party_id, check.party_id) for check in asked.screened.checks]
    names += [(check.party_id, check.party_name) for check in asked.screened.checks]
    listed = sum(asked.screened.is_listed(maker) for maker in asked.makers)
    run = StoredRun(
        id=_run_id(basis), command=COMMAND, as_of=as_of, inputs=(), version=__version__,
        summary={"makers": len(asked.makers), "listed makers": listed}, actor=tx.actor, at=tx.at_text,
    )  # fmt: skip
    names += [(m, known.name) for m in asked.makers for known in cards[m].names]
    add_run(tx, run, findings, names)


def _keep_days(tx: Transaction, asked: Asked, as_of: date, basis: str) -> None:
    cards = load_knowledge().makers
    tx.connection.execute(TABLE.delete().where(TABLE.c.as_of == as_of.isoformat()))
    told = {c.party_id for c in asked.screened.checks if c.answer in {Answer.FOUND, Answer.NOT_FOUND}}
    rows = [
        {
            "as_of": as_of.isoformat(), "maker_id": maker, "basis": basis, "run_id": _run_id(basis),
            "is_listed": asked.screened.is_listed(maker), "is_checked": maker in told,
            "owner_is_listed": owner_is_listed(maker, cards, asked.screened, as_of),
        }
        for maker in asked.makers
    ]  # fmt: skip
    if rows:
        tx.connection.execute(TABLE.insert(), rows)


def owner_is_listed(maker: str, cards: Mapping[str, MakerCard], screened: Screened, as_of: date) -> bool:
    """Return whether any owner of a maker, by its card, is listed on the day."""
    return any(screened.is_listed(owner.id) for owner in all_owners(cards[maker], cards, as_of))
