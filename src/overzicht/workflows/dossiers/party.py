"""What lists, cards and the register say of the party of a dossier: owners, listings on days, devices."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import Connection

from overzicht.devices.knowledge import load_knowledge
from overzicht.dossiers.model import DossierHead
from overzicht.entities import PartyQuery
from overzicht.evidence import Answer
from overzicht.parties.known import KnownParty
from overzicht.reports.dossiers.model import DeviceCount, ListingDay
from overzicht.reports.model import OwnershipEdge
from overzicht.store.register.counts import counts
from overzicht.store.register.devices import COUNTED, DeviceFilter
from overzicht.store.register.organisations import list_organisations
from overzicht.workflows.ask import PartyLookup
from overzicht.workflows.overview.listings import Screened, screen_parties
from overzicht.workflows.overview.ownership import gather_stakes, ownership_edges
from overzicht.workflows.register.listings import Asked, ask

ONE_DAY = timedelta(days=1)


def _asked(lookup: PartyLookup, head: DossierHead, as_of: date) -> Asked:
    """Ask the lists about a maker and its owners; about another party by the names of its dossier."""
    cards = load_knowledge().makers
    if head.about in cards:
        return ask(lookup, (head.about,), as_of)
    names = head.names or (head.about,)
    query = PartyQuery(head.about, names)
    party = KnownParty(head.about, names[0], query, (head.about,))
    screened = screen_parties([party], lookup, as_of)
    unowned = KnownParty(head.about, names[0], query, ())  # no card says who owns it, registers may
    stakes = gather_stakes([unowned], cards, lookup, as_of)
    return Asked((head.about,), screened, stakes, ownership_edges(stakes, screened, as_of))


def listing_days_of(lookup: PartyLookup, head: DossierHead, as_of: date) -> tuple[date, ...]:
    """Return the day before the first known listing of the party itself, that day, and the day asked for."""
    rows = [row for row in _asked(lookup, head, as_of).screened.listings if row.party_id == head.about]
    first = min((row.since.day for row in rows if row.since is not None), default=None)
    found = {as_of} if first is None else {first - ONE_DAY, first, as_of}
    return tuple(sorted(found))


def owners_and_listings(
    lookup: PartyLookup, head: DossierHead, as_of: date, days: Sequence[date]
) -> tuple[tuple[OwnershipEdge, ...], tuple[ListingDay, ...]]:
    """Return who owns the party on the day, and for each of `days` its listings and those of its owners."""
    by_day = {day: _asked(lookup, head, day) for day in {as_of, *days}}
    listings = tuple(_listing_day(day, head, by_day[day].screened) for day in days)
    return by_day[as_of].ownership, listings


def _listing_day(day: date, head: DossierHead, screened: Screened) -> ListingDay:
    about = [check for check in screened.checks if check.party_id == head.about]
    return ListingDay(
        day=day,
        listings=tuple(row for row in screened.listings if row.is_current),
        possible=tuple(check.list_id for check in about if check.answer is Answer.POSSIBLE),
        not_listed=tuple(check.list_id for check in about if check.answer is Answer.NOT_FOUND),
        not_checked=tuple(check.list_id for check in about if check.answer is Answer.NOT_CHECKED),
    )


def device_count(
    connection: Connection, party_id: str, as_of: date, allowed: tuple[str, ...] | None
) -> DeviceCount | None:
    """Return the devices of a party in the register on a day; None where the register is empty that day.

    `allowed` limits the register to these organisations and all below each; None is no limit.
    """
    if not counts(connection, DeviceFilter(as_of, allowed=allowed)).total:
        return None
    found = counts(connection, DeviceFilter(as_of, maker=party_id, life=COUNTED, allowed=allowed))
    names = {line.id: line.name for line in list_organisations(connection, as_of)}
    return DeviceCount(
        total=found.total,
        relabelled=found.relabelled,
        by_organisation={names.get(key, key): count for key, count in found.by_organisation.items()},
        by_kind=found.by_kind,
    )
