"""Devices of the register on a date: listed, filtered, paged and counted by the database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from typing import Annotated, Any

from sqlalchemy import ColumnElement, Connection, FromClause, Join, Row, Select, and_, case, func, or_, select

from overzicht.devices.device_kind import kinds_named
from overzicht.devices.vulnerabilities.affected_products import DeviceVulnerability
from overzicht.errors import UnknownNameError
from overzicht.evidence import Confidence
from overzicht.evidence.json_marks import HIDDEN, shown_as
from overzicht.identifiers import mac
from overzicht.register.terms import LifecycleState
from overzicht.store.register.organisations import SiteLine, holds_on, ids_below
from overzicht.store.rows import value_of
from overzicht.store.tables import register as tables

THERE = (LifecycleState.PLANNED, LifecycleState.IN_USE, LifecycleState.NOT_SEEN)
COUNTED = (
    LifecycleState.IN_USE,
    LifecycleState.NOT_SEEN,
)  # devices not reported as removed count; planned ones do not
RETIRED = (LifecycleState.OUT_OF_USE, LifecycleState.REPLACED, LifecycleState.REMOVED)
IN_REPORTS = (
    *COUNTED,
    LifecycleState.PLANNED,
    LifecycleState.OUT_OF_USE,
)  # a report shows the last two apart
SURE = (Confidence.HIGH.value, Confidence.MEDIUM.value)  # a lead with low confidence counts in no headline
UNKNOWN = "unknown"
LARGEST_PAGE = 1_000

STATE, TRACE, SITE = tables.register_device_state, tables.register_trace, tables.register_site
MAKER_DAY, ORGANISATION = tables.register_maker_day, tables.register_organisation_state
BRAND_DAY = tables.register_brand_day
# The maker that the traces show, else the brand if a list names it on the date: as in an overview.
MAKER_ID: ColumnElement[str] = func.coalesce(BRAND_DAY.c.party_id, TRACE.c.maker_id)
MAKER_NAME = func.coalesce(BRAND_DAY.c.name, TRACE.c.maker_name)
CONFIDENCE = case((BRAND_DAY.c.party_id.is_not(None), Confidence.MEDIUM.value), else_=TRACE.c.confidence)
LISTED = and_(CONFIDENCE.in_(SURE), func.coalesce(MAKER_DAY.c.is_listed, False).is_(True))  # its maker
CHECKED = func.coalesce(or_(MAKER_DAY.c.is_checked, MAKER_DAY.c.is_listed), False).is_(True)
NOT_LISTED = and_(CONFIDENCE.in_(SURE), CHECKED, ~LISTED)
NOT_CHECKED = and_(MAKER_ID != "", ~LISTED, ~NOT_LISTED)  # a lead is neither
SEARCHED = (  # the columns in which words are looked for
    STATE.c.label, STATE.c.place, STATE.c.address, STATE.c.brand_said, STATE.c.model, STATE.c.mac,
    STATE.c.serial, STATE.c.device_id, SITE.c.name, TRACE.c.maker_name,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DeviceFilter:
    """Filter for devices on a date; see `workflows.register`. An empty value does not restrict the result.

    `allowed` limits the answer to these organisations and those below them; None: no limit. `listed` False:
    every list covers the date and none names the maker. `is_unchecked`: the maker is known, and one list
    or more does not cover it.
    """

    as_of: date
    organisation: str = ""
    site: str = ""
    maker: str = ""  # a maker's id, or `unknown`
    kind: str = ""
    life: tuple[LifecycleState, ...] = THERE
    listed: bool | None = None
    is_unchecked: bool = False
    relabelled: bool | None = None
    text: str = ""
    plan: int | None = None
    model: str = ""
    allowed: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a list: page number from 1, size, and order (`-` first: descending)."""

    number: int = 1
    size: int = 50
    sort: str = "label"


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """A device in a list; `listed`, `owner_listed`: None unless a list says yes or each covers the date.

    They are None for a manufacturer that is only a lead.
    """

    id: str
    organisation_id: str
    organisation: Annotated[str, shown_as("organisation_name")]
    site_id: str
    site: Annotated[str, shown_as("site_name")]
    place: str
    label: str
    address: str
    brand: str
    model: str
    mac: str
    serial: str
    kind: str
    maker_id: str
    maker: Annotated[str, shown_as("maker_name")]
    undecided: tuple[str, ...]
    confidence: Confidence
    is_relabelled: bool
    listed: Annotated[bool | None, shown_as("maker_is_listed")]
    owner_listed: Annotated[bool | None, shown_as("owner_is_listed")]
    life: LifecycleState
    not_seen_since: date | None
    replaced_by: str
    quantity: int
    bought: date | None
    supplier: str
    since: date
    trace_key: Annotated[str, HIDDEN]
    vulnerabilities: tuple[DeviceVulnerability, ...] | None = None  # known exploited; None is not checked


@dataclass(frozen=True, slots=True)
class DevicePage:
    """A page of devices; `total` is the number of all rows, `quantity` that of their devices."""

    rows: tuple[DeviceLine, ...]
    total: int
    page: Page
    quantity: int = 0


@dataclass(frozen=True, slots=True)
class SiteCounts:
    """Devices of a site that count, quantities added, with the same meanings as in `Counts`."""

    total: int = 0
    listed: int = 0
    relabelled: int = 0
    unknown: int = 0
    not_checked: int = 0


@dataclass(frozen=True, slots=True)
class Counts:
    """Devices on a date, quantities added, of those in use or not seen; `by_life` counts every state.

    `other_equipment`, which is not surveillance equipment, and `later`, bought after the date, are separate.
    The keys of `by_maker` are maker ids (empty: unknown), of `by_site` and `by_organisation` ids (empty: no
    site). `total` is `in_use` and `not_seen` together. `not_checked` are those of
    leads, and of makers that no list names while one or more do not cover the date.
    """

    as_of: date
    total: int
    by_maker: Mapping[str, int] = field(default_factory=dict)
    maker_names: Mapping[str, str] = field(default_factory=dict)
    by_kind: Mapping[str, int] = field(default_factory=dict)
    by_life: Mapping[str, int] = field(default_factory=dict)
    by_site: Mapping[str, int] = field(default_factory=dict)
    by_organisation: Mapping[str, int] = field(default_factory=dict)
    relabelled: int = 0
    unknown: int = 0
    undecided: int = 0
    listed: int = 0
    listed_relabelled: int = 0
    owner_listed: int = 0
    not_checked: int = 0
    other_equipment: int = 0
    later: int = 0
    in_use: int = 0
    not_seen: int = 0
    listed_by_maker: Annotated[Mapping[str, int], HIDDEN] = field(default_factory=dict)
    sites: Annotated[Mapping[str, SiteCounts], HIDDEN] = field(default_factory=dict)

    @property
    def retired(self) -> int:
        """Devices that were out of use, replaced or removed by the date; they are not in `total`."""
        return sum(self.by_life.get(life.value, 0) for life in RETIRED)

    def by_risk(self, sites: Iterable[SiteLine]) -> list[tuple[SiteLine, SiteCounts]]:
        """Return sites with their counts: most devices of listed manufacturers first, then most devices."""
        counted = [(site, self.sites.get(site.id, SiteCounts())) for site in sites]
        return sorted(counted, key=lambda pair: (-pair[1].listed, -pair[1].total, pair[0].name))


def list_devices(connection: Connection, filters: DeviceFilter, page: Page) -> DevicePage:
    """Return a page of the matching devices; an unknown order raises UnknownNameError."""
    source, condition = source_of(filters), condition_of(connection, filters)
    size = max(1, min(page.size, LARGEST_PAGE))
    first = (max(1, page.number) - 1) * size
    if filters.text:  # one search for the page and for the sums
        amounts = select(STATE.c.device_id, STATE.c.quantity).select_from(source).where(condition)
        matches = connection.execute(amounts.order_by(*_order(page.sort))).all()
        ids = [match.device_id for match in matches[first : first + size]]
        lines = devices_of(connection, ids, filters.as_of)
        return DevicePage(tuple(lines), len(matches), page, sum(match.quantity for match in matches))
    query = _columns(source).where(condition).order_by(*_order(page.sort))
    rows = connection.execute(query.limit(size).offset(first))
    sums = select(func.count(), func.sum(STATE.c.quantity)).select_from(source).where(condition)
    total, quantity = connection.execute(sums).one()
    return DevicePage(tuple(_line(row) for row in rows), total, page, int(quantity or 0))


def all_devices(connection: Connection, filters: DeviceFilter) -> Sequence[DeviceLine]:
    """Return every matching device, by site, place and label."""
    query = _columns(source_of(filters)).where(condition_of(connection, filters))
    order = (SITE.c.name, STATE.c.place, STATE.c.label, STATE.c.device_id)
    return [_line(row) for row in connection.execute(query.order_by(*order))]


def device_ids(connection: Connection, filters: DeviceFilter) -> list[str]:
    """Return the ids of all matching devices, sorted."""
    query = select(STATE.c.device_id).select_from(source_of(filters)).where(condition_of(connection, filters))
    return list(connection.execute(query.order_by(STATE.c.device_id)).scalars())


def get_device(connection: Connection, device_id: str, as_of: date) -> DeviceLine:
    """Return a device on a date; UnknownNameError if it was not in the register then."""
    filters = DeviceFilter(as_of, life=())
    query = _columns(source_of(filters)).where(STATE.c.device_id == device_id, holds_on(STATE, as_of))
    row = connection.execute(query).first()
    if row is None:
        raise UnknownNameError(f"device in the register of {as_of}", device_id)
    return _line(row)


def devices_of(connection: Connection, ids: Sequence[str], as_of: date) -> list[DeviceLine]:
    """Return devices by id on a date, in the order of the ids; without those not in the register then."""
    query = _columns(source_of(DeviceFilter(as_of))).where(STATE.c.device_id.in_(ids), holds_on(STATE, as_of))
    lines = {row.id: _line(row) for row in connection.execute(query)}
    return [lines[name] for name in ids if name in lines]


def find_devices(connection: Connection, name: str, as_of: date) -> list[str]:
    """Return the ids of devices with this name: id, label, address, serial number."""
    text = name.strip()
    columns = (STATE.c.label, STATE.c.address, STATE.c.serial)
    called = or_(STATE.c.device_id == text, *(func.lower(column) == text.lower() for column in columns))
    address = mac.normalize(text)
    if address:
        called = or_(called, STATE.c.mac.contains(address, autoescape=True))
    query = select(STATE.c.device_id).where(holds_on(STATE, as_of), called).order_by(STATE.c.device_id)
    return list(connection.execute(query).scalars())


def source_of(filters: DeviceFilter) -> FromClause:
    """Return the joined tables of a filter: states, traces, sites, organisations, makers on the date."""
    as_of = filters.as_of
    source = (
        _seen_at_sites()
        .outerjoin(
            ORGANISATION,
            and_(ORGANISATION.c.organisation_id == STATE.c.organisation_id, holds_on(ORGANISATION, as_of)),
        )
        .outerjoin(
            BRAND_DAY, and_(BRAND_DAY.c.trace_key == TRACE.c.key, BRAND_DAY.c.as_of == as_of.isoformat())
        )
        .outerjoin(MAKER_DAY, and_(MAKER_DAY.c.maker_id == MAKER_ID, MAKER_DAY.c.as_of == as_of.isoformat()))
    )
    if filters.plan is None:
        return source
    planned = tables.register_plan_device
    is_in = and_(planned.c.plan_id == filters.plan, planned.c.added_on <= as_of.isoformat())
    return source.join(planned, and_(planned.c.device_id == STATE.c.device_id, is_in))


def _seen_at_sites() -> Join:
    return STATE.join(TRACE, TRACE.c.key == STATE.c.trace_key).outerjoin(SITE, SITE.c.id == STATE.c.site_id)


def condition_of(
    connection: Connection, filters: DeviceFilter, life: tuple[LifecycleState, ...] | None = None
) -> ColumnElement[bool]:
    """Return the condition of a filter on `source_of` it; `life` replaces the filter's own."""
    lives = filters.life if life is None else life
    conditions: list[ColumnElement[bool]] = [holds_on(STATE, filters.as_of)]
    if filters.allowed is not None:
        conditions.append(STATE.c.organisation_id.in_(ids_below(connection, filters.allowed, filters.as_of)))
    if filters.organisation:
        conditions.append(
            STATE.c.organisation_id.in_(ids_below(connection, [filters.organisation], filters.as_of))
        )
    if filters.site:
        conditions.append(STATE.c.site_id == filters.site)
    if lives:
        conditions.append(STATE.c.life.in_([state.value for state in lives]))
    if filters.maker:
        conditions.append(MAKER_ID.in_(["" if filters.maker == UNKNOWN else filters.maker]))
    if filters.kind:
        conditions.append(TRACE.c.kind == filters.kind)
    if filters.relabelled is not None:
        is_relabelled = and_(TRACE.c.confidence.in_(SURE), TRACE.c.is_relabelled.is_(True))
        conditions.append(is_relabelled if filters.relabelled else ~is_relabelled)
    if filters.listed is not None:
        conditions.append(LISTED if filters.listed else NOT_LISTED)
    if filters.is_unchecked:
        conditions.append(NOT_CHECKED)
    if filters.model:
        conditions.append(func.lower(STATE.c.model) == filters.model.lower())
    if words := filters.text.lower().split():
        # the database joins the columns once for each row, not once for each word: offset(0) keeps it so
        parts: list[ColumnElement[str]] = [func.coalesce(column, "") for column in SEARCHED]
        joined = func.lower(reduce(lambda left, right: left.concat(" ").concat(right), parts))
        rows = select(STATE.c.id, TRACE.c.kind, joined.label("joined")).where(holds_on(STATE, filters.as_of))
        texts = rows.select_from(_seen_at_sites()).offset(0).subquery()
        # a word has no space and so cannot fit over two columns
        with_words: list[ColumnElement[bool]] = []
        for word in words:
            kinds = [kind.value for kind in kinds_named(word)]
            is_said = texts.c.joined.contains(word, autoescape=True)
            with_words.append(or_(texts.c.kind.in_(kinds), is_said) if kinds else is_said)
        conditions.append(STATE.c.id.in_(select(texts.c.id).where(*with_words)))
    return and_(*conditions)


def _order(sort: str) -> tuple[ColumnElement[Any], ...]:
    columns: dict[str, ColumnElement[Any]] = {
        "label": STATE.c.label,
        "site": SITE.c.name,
        "maker": MAKER_NAME,
        "model": STATE.c.model,
        "life": STATE.c.life,
        "bought": STATE.c.bought,
        "kind": TRACE.c.kind,
    }
    name = sort.removeprefix("-")
    if name not in columns:
        raise UnknownNameError("order of devices", sort, tuple(columns))
    column = columns[name]
    return (column.desc() if sort.startswith("-") else column.asc(), STATE.c.label, STATE.c.device_id)


def _columns(source: FromClause) -> Select[Any]:
    """Select the columns of `_line`, under the names of `DeviceLine` if they are equal."""
    state = (
        "place",
        "label",
        "address",
        "brand_said",
        "model",
        "mac",
        "serial",
        "life",
        "not_seen_since",
        "replaced_by",
        "quantity",
        "bought",
        "supplier",
        "trace_key",
        "site_id",
    )
    trace = ("brand", "kind", "is_relabelled", "undecided")
    return select(
        STATE.c.device_id.label("id"),
        STATE.c.organisation_id,
        STATE.c.valid_from.label("since"),
        MAKER_ID.label("maker_id"),
        MAKER_NAME.label("maker"),
        CONFIDENCE.label("confidence"),
        SITE.c.name.label("site"),
        func.coalesce(ORGANISATION.c.name, STATE.c.organisation_id).label("organisation"),
        *(STATE.c[name] for name in state),
        *(TRACE.c[name] for name in trace),
        *(MAKER_DAY.c[name] for name in ("is_listed", "owner_is_listed", "is_checked")),
    ).select_from(source)


def _line(row: Row[Any]) -> DeviceLine:
    is_sure = row.confidence in SURE
    is_told = bool(row.is_checked) or bool(row.is_listed)
    listed = bool(row.is_listed) if is_told and is_sure else None
    is_owner_told = bool(row.is_checked) or bool(row.owner_is_listed)
    owner_listed = bool(row.owner_is_listed) if is_owner_told and is_sure else None
    seen = {"brand": row.brand or row.brand_said, "is_relabelled": row.is_relabelled and is_sure}
    return value_of(DeviceLine, row, **seen, listed=listed, owner_listed=owner_listed)
