"""The party of a dossier in lists, cards and the register: owners, listings on given dates, and devices."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import Connection

from overzicht.devices.knowledge import load_knowledge
from overzicht.entities import PartyQuery
from overzicht.evidence import Answer, text
from overzicht.reports.overview_report import OwnershipEdge
from overzicht.sources.lists.registry import load_card
from overzicht.store.alerts import UseKind
from overzicht.store.register.counts import counts
from overzicht.store.register.devices import COUNTED, DeviceFilter
from overzicht.store.register.organisations import list_organisations
from overzicht.store.register.subjects import DOSSIER
from overzicht.store.rows import StoredRecordError
from overzicht.subjects.alerts.party_uses import Use, Uses
from overzicht.subjects.dossiers import records
from overzicht.subjects.dossiers.model import DossierHead
from overzicht.subjects.dossiers.views import DeviceCount, ListingDay
from overzicht.subjects.register.listings import MakerScreening, screen_party
from overzicht.subjects.screening.lookup import PartyLookup

ONE_DAY = timedelta(days=1)


def _screen(lookup: PartyLookup, head: DossierHead, as_of: date) -> MakerScreening:
    return screen_party(lookup, head.about, head.names, as_of)


def listing_days_of(lookup: PartyLookup, head: DossierHead, as_of: date) -> tuple[date, ...]:
    """Return the day before the first listing of the party itself, the day of that listing, and `as_of`."""
    rows = [row for row in _screen(lookup, head, as_of).screened.listings if row.party_id == head.about]
    first = min((row.since.day for row in rows if row.since is not None), default=None)
    return tuple(sorted({as_of} if first is None else {first - ONE_DAY, first, as_of}))


def owners_and_listings(
    lookup: PartyLookup, head: DossierHead, as_of: date, days: Sequence[date]
) -> tuple[tuple[OwnershipEdge, ...], tuple[ListingDay, ...]]:
    """Return the owners of the party on a date, and for each of `days` its listings and its owners' ones."""
    by_day = {day: _screen(lookup, head, day) for day in {as_of, *days}}

    def listing_day(day: date) -> ListingDay:
        screened = by_day[day].screened
        possible, not_listed, not_checked = (
            tuple(c.list_id for c in screened.checks if c.party_id == head.about and c.answer is answer)
            for answer in (Answer.POSSIBLE, Answer.NOT_FOUND, Answer.NOT_CHECKED)
        )
        current = tuple(row for row in screened.listings if row.is_current)
        named = {*possible, *not_listed, *not_checked}
        titles = {list_id: load_card(list_id).heading for list_id in sorted(named)}
        return ListingDay(day, current, possible, not_listed, not_checked, titles)

    return by_day[as_of].ownership, tuple(listing_day(day) for day in days)


def device_count(
    connection: Connection, party_id: str, as_of: date, allowed: tuple[str, ...] | None
) -> DeviceCount | None:
    """Return the devices of a party in the register as of a date; None if the register is empty then.

    `allowed` limits the register to these organisations and everything below each; None does not restrict.
    """
    if not counts(connection, DeviceFilter(as_of, allowed=allowed)).total:
        return None
    own = counts(connection, DeviceFilter(as_of, maker=party_id, life=COUNTED, allowed=allowed))
    names = {line.id: line.name for line in list_organisations(connection, as_of)}
    by_organisation = {names.get(key, key): count for key, count in own.by_organisation.items()}
    return DeviceCount(own.total, own.relabelled, by_organisation, own.by_kind)


def watched_parties(connection: Connection, day: date, problems: list[StoredRecordError] | None) -> Uses:
    """Yield the party of each dossier that is not an example, whenever it was begun."""
    del day, problems
    cards = load_knowledge().makers
    for stored in records.all_dossiers(connection):
        if stored.is_example:
            continue
        head = stored.head
        party = head.about if head.about in cards else ""
        own = tuple(name.name for name in cards[party].names) if party else ()
        query = PartyQuery("", tuple(dict.fromkeys((*own, *head.names))) or (head.about,), party_id=party)
        about = text("dossier {title}", title=head.title.text)
        yield query, Use(UseKind.DOSSIER, head.id, f"{DOSSIER}{head.id}", about)
