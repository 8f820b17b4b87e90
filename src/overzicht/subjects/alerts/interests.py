"""The parties that an organisation uses, each with where it uses them."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from sqlalchemy import ColumnElement, Connection, func, select

from overzicht.devices.knowledge import load_knowledge
from overzicht.entities import PartyQuery
from overzicht.evidence import Text, text
from overzicht.parties.ownership import parties_of
from overzicht.store.alerts import UseKind
from overzicht.store.database import Store
from overzicht.store.register import organisations, plans
from overzicht.store.register.devices import SURE, THERE
from overzicht.store.register.identifications import UNKNOWN_MAKER, without_maker
from overzicht.store.register.organisations import holds_on
from overzicht.store.register.subjects import ORGANISATION, PLAN
from overzicht.store.rows import StoredRecordError
from overzicht.store.tables import register as tables
from overzicht.subjects.alerts.party_uses import ADDED, Use, Uses
from overzicht.subjects.overview.brands import brand_id, brands_shown
from overzicht.subjects.screening.party_files import SUBJECT as SCREENING
from overzicht.subjects.screening.party_files import parties_of_run, saved_screenings

STATE, TRACE, MEMBER = tables.register_device_state, tables.register_trace, tables.register_plan_device
NAME = func.max(TRACE.c.maker_name)  # one for each manufacturer, whatever its traces say


@dataclass(frozen=True, slots=True)
class WatchedParty:
    """A party with the query for the lists and everything that it is used for."""

    query: PartyQuery
    uses: tuple[Use, ...]

    @property
    def name(self) -> str:
        """The first name of the party."""
        return self.query.names[0]


def watched_parties(
    store: Store, connection: Connection, day: date, problems: list[StoredRecordError] | None = None
) -> list[WatchedParty]:
    """Return the parties in use on a date, without duplicates; empty if nothing is stored yet.

    Records that cannot be read are added to `problems`, or raised without them.
    """
    names = {line.id: line.name for line in organisations.list_organisations(connection, day)}
    parties: dict[PartyQuery, dict[Use, None]] = {}
    for query, use in chain(
        _of_devices(connection, day, names),
        _of_brands(connection, day, names),
        _of_suppliers(connection, day, names),
        *(add(connection, day, problems) for add in ADDED.added()),
        _of_files(store),
    ):
        parties.setdefault(replace(query, id=""), {})[use] = None
    return [
        WatchedParty(replace(query, id=str(number)), tuple(uses))
        for number, (query, uses) in enumerate(parties.items())
    ]


def _of_devices(connection: Connection, day: date, names: Mapping[str, str]) -> Uses:
    """Yield the manufacturers of devices and of plans, and their owners."""
    cards = load_knowledge().makers
    uses: dict[str, list[tuple[UseKind, str, str, int]]] = {}
    makers: dict[str, str] = {}
    for maker, name, organisation, count in _devices(connection, day):
        makers[maker] = name
        subject = ORGANISATION + organisation
        uses.setdefault(maker, []).append(
            (UseKind.MAKER, subject, names.get(organisation, organisation), count)
        )
    for maker, name, plan, title, count in _planned(connection, day):
        makers[maker] = name
        uses.setdefault(maker, []).append((UseKind.PLAN, f"{PLAN}{plan}", title, count))
    for party in parties_of(makers.keys() & cards.keys(), cards, day):
        for maker in party.maker_ids:
            for kind, subject, place, count in uses[maker]:
                owned = kind if party.id == maker or kind is UseKind.PLAN else UseKind.OWNER
                about = _about_devices(owned, place, count, makers[maker])
                yield party.query, Use(owned, f"{subject} {maker}", subject, about)
    for maker in sorted(makers.keys() - cards.keys()):
        for kind, subject, place, count in uses[maker]:
            about = _about_devices(kind, place, count, makers[maker])
            query = PartyQuery("", (makers[maker] or maker,), party_id=maker)
            yield query, Use(kind, f"{subject} {maker}", subject, about)


def _of_brands(connection: Connection, day: date, names: Mapping[str, str]) -> Uses:
    """Yield the brands of devices whose maker no trace shows: a list may come to name one."""
    columns = (TRACE.c.key, STATE.c.organisation_id)
    query = (
        select(*columns, func.sum(STATE.c.quantity))
        .select_from(STATE.join(TRACE, TRACE.c.key == STATE.c.trace_key))
        .where(*_in_use(day), UNKNOWN_MAKER)
        .group_by(*columns)
        .order_by(*columns)
    )
    groups = connection.execute(query).all()
    brands = {key: brands_shown(sighting) for key, sighting in without_maker(connection)} if groups else {}
    devices: Counter[tuple[str, str]] = Counter()
    for key, organisation, count in groups:
        devices.update({(brand, organisation): int(count) for brand in brands[key]})
    for (brand, organisation), count in sorted(devices.items()):
        place, subject = names.get(organisation, organisation), ORGANISATION + organisation
        about = text(
            "{place}, devices with the brand {brand}: {count}", place=place, brand=brand, count=count
        )
        yield (
            PartyQuery("", (brand,), schema="Organization"),
            Use(UseKind.MAKER, f"{subject} {brand_id(brand)}", subject, about),
        )


def _about_devices(kind: UseKind, place: str, count: int, maker: str) -> Text:
    values: Mapping[str, str | int] = {"count": count, "maker": maker, "place": place}
    if kind is UseKind.PLAN:
        return text("plan {place}, devices made by {maker}: {count}", **values)
    if kind is UseKind.OWNER:
        return text("{place}, devices made by {maker}, which this party owns or controls: {count}", **values)
    return text("{place}, devices made by {maker}: {count}", **values)


def _in_use(day: date) -> tuple[ColumnElement[bool], ...]:
    return holds_on(STATE, day), STATE.c.life.in_([life.value for life in THERE])


def _devices(connection: Connection, day: date) -> Iterator[tuple[str, str, str, int]]:
    """Yield maker, its name, organisation and number of devices, of manufacturers known well enough."""
    columns = (TRACE.c.maker_id, STATE.c.organisation_id)
    query = (
        select(TRACE.c.maker_id, NAME, STATE.c.organisation_id, func.sum(STATE.c.quantity))
        .select_from(STATE.join(TRACE, TRACE.c.key == STATE.c.trace_key))
        .where(*_in_use(day), TRACE.c.maker_id != "", TRACE.c.confidence.in_(SURE))
        .group_by(*columns)
        .order_by(*columns)
    )
    yield from ((row[0], row[1], row[2], int(row[3])) for row in connection.execute(query))


def _planned(connection: Connection, day: date) -> Iterator[tuple[str, str, int, str, int]]:
    """Yield maker, its name, number and title of an open plan, and the number of its devices in use."""
    titles = {plan.id: plan.title for plan in plans.list_plans(connection, None, day, only_open=True)}
    columns = (TRACE.c.maker_id, MEMBER.c.plan_id)
    source = MEMBER.join(STATE, STATE.c.device_id == MEMBER.c.device_id)
    query = (
        select(TRACE.c.maker_id, NAME, MEMBER.c.plan_id, func.sum(STATE.c.quantity))
        .select_from(source.join(TRACE, TRACE.c.key == STATE.c.trace_key))
        .where(*_in_use(day), MEMBER.c.plan_id.in_(titles), TRACE.c.maker_id != "")
        .group_by(*columns)
        .order_by(*columns)
    )
    for maker, name, plan, count in connection.execute(query) if titles else ():
        yield maker, name, plan, titles[plan], int(count)


def _of_suppliers(connection: Connection, day: date, names: Mapping[str, str]) -> Uses:
    columns = (STATE.c.supplier, STATE.c.organisation_id)
    query = select(*columns, func.sum(STATE.c.quantity)).where(*_in_use(day), STATE.c.supplier != "")
    for supplier, organisation, count in connection.execute(query.group_by(*columns).order_by(*columns)):
        place = names.get(organisation, organisation)
        about = text(
            "{place}, devices supplied by {supplier}: {count}",
            place=place,
            count=int(count),
            supplier=supplier,
        )
        subject = ORGANISATION + organisation
        yield PartyQuery("", (supplier,)), Use(UseKind.SUPPLIER, f"{subject} {supplier}", subject, about)


def _of_files(store: Store) -> Uses:
    for run in saved_screenings(store):
        ((filename, sha256),) = run.inputs
        for query in parties_of_run(store, run).queries:
            about = text("file {file}, {row}", file=filename, row=query.id)
            yield query, Use(UseKind.CUSTOMER, f"{sha256} {query.id}", f"{SCREENING}{run.id}", about)
