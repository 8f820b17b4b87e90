"""Compare the register on two dates, or after two imports; command, interface and page show the result."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, select

from overzicht.dates import read_iso_date
from overzicht.devices.knowledge import load_knowledge
from overzicht.evidence import Answer, FindingKind, Text, text
from overzicht.evidence.actor import Actor
from overzicht.parties.ownership import all_owners
from overzicht.register.terms import LifecycleState, Status
from overzicht.reports.comparison.difference import (
    CountChange,
    DecisionChange,
    DeviceChange,
    ListingChange,
    MakerChange,
    PlanChange,
    RegisterComparison,
)
from overzicht.store.database import Store
from overzicht.store.decisions import judgements_starting
from overzicht.store.register import counts as register_counts
from overzicht.store.register import devices as stored_devices
from overzicht.store.register import imports, plans
from overzicht.store.register.device_states import OF_MAKERS
from overzicht.store.register.devices import COUNTED, DeviceFilter, DeviceLine
from overzicht.store.register.organisations import RegisterError, get_organisation, ids_below, ids_within
from overzicht.store.runs import findings_of
from overzicht.store.tables import register as tables
from overzicht.subjects.register.listings import refresh_listings
from overzicht.subjects.register.replacement_plans import with_progress

THERE = (*COUNTED, LifecycleState.PLANNED)
ENDED = (LifecycleState.NOT_SEEN, LifecycleState.OUT_OF_USE, LifecycleState.REMOVED)
NUMBER_DIGITS = 7  # a longer number is a date without hyphens
AWAY = (*ENDED, LifecycleState.REPLACED)
LISTING_KINDS = (FindingKind.LISTING, FindingKind.OWNER_LISTING)
Lines = Mapping[str, DeviceLine]


def point_of(connection: Connection, named: str) -> tuple[date, str]:
    """Return the date of a date or of the number of an accepted import, and the organisation of that import.

    The organisation is empty for a date. Raises RegisterError for an import that was not accepted.
    """
    if not named.isdecimal() or len(named) > NUMBER_DIGITS:
        return read_iso_date(named), ""
    stored = imports.get_import(connection, int(named))
    if stored.status is not Status.ACCEPTED:
        raise RegisterError(f"import {named} is {stored.status}", fix="name an accepted import")
    return stored.day, stored.organisation_id


def compare_points(
    store: Store, first: str, second: str, filters: DeviceFilter, actor: Actor
) -> RegisterComparison:
    """Return the comparison of two dates or imports, each named as `point_of` reads it.

    Raises RegisterError if the imports are of two organisations.
    """
    with store.reading() as connection:
        points = [point_of(connection, named) for named in (first, second)]
    named = {organisation for _, organisation in points if organisation} | {filters.organisation} - {""}
    if len(named) > 1:
        raise RegisterError(
            f"these imports are of different organisations: {', '.join(sorted(named))}",
            fix="compare two imports of one organisation, or two dates",
        )
    return compare_days(
        store, (points[0][0], points[1][0]), replace(filters, organisation=next(iter(named), "")), actor
    )


def compare_days(
    store: Store, days: tuple[date, date], filters: DeviceFilter, actor: Actor
) -> RegisterComparison:
    """Return what changed between two dates for the devices of the filter's organisation.

    Its manufacturers are screened for both dates. Raises RegisterError if the dates are not in order.
    """
    before, after = days
    if before >= after:
        raise RegisterError(f"{before} is not before {after}", fix="give the earlier date first")
    runs = tuple(refresh_listings(store, day, actor) for day in days)
    with store.reading() as connection:
        filters = replace(filters, life=())
        old, new = (
            {line.id: line for line in stored_devices.all_devices(connection, replace(filters, as_of=day))}
            for day in days
        )
        makers = {line.maker_id for lines in (old, new) for line in lines.values()}
        counted = [register_counts.counts(connection, replace(filters, as_of=day)) for day in days]
        organisation = filters.organisation and get_organisation(connection, filters.organisation, after).name
        # the manufacturers of devices present that became listed, most devices first
        newly_listed: list[MakerChange] = []
        table = tables.register_maker_day
        query = select(table.c.maker_id).where(table.c.as_of == before.isoformat(), table.c.is_listed)
        known = set(connection.execute(query).scalars())
        present = [line for line in new.values() if line.life in COUNTED and line.listed]
        totals: dict[str, int] = {}
        names = {line.maker_id: line.maker for line in present}
        for there in present:
            if there.maker_id not in known:
                totals[there.maker_id] = totals.get(there.maker_id, 0) + there.quantity
        for maker, devices in sorted(totals.items(), key=lambda pair: (-pair[1], pair[0])):
            newly_listed.append(MakerChange(maker, names[maker], devices))
        # the decisions in the period on the makers of these devices, oldest first
        decisions: list[DecisionChange] = []
        first, last = (day.isoformat() for day in days)
        decided = [
            (judgement.at, line, judgement)
            for finding, judgements in judgements_starting(connection, OF_MAKERS).items()
            if (line := new.get(finding.removeprefix(OF_MAKERS).rpartition("-")[0])) is not None
            for judgement in judgements
            if first < judgement.at[:10] <= last
        ]
        for at, device, judgement in sorted(decided, key=lambda entry: (entry[0], entry[2].id)):
            decisions.append(
                DecisionChange(
                    device.id, _name(device), judgement.verdict.words, judgement.reason, judgement.actor, at
                )
            )
        old_counts, new_counts = counted
        named = (
            ("total", text("devices in use or not seen")),
            ("listed", text("made by a listed manufacturer")),
            ("relabelled", text("sold under another brand")),
            ("unknown", text("manufacturer unknown or not determined")),
        )
        counts = [
            CountChange(key, label, getattr(old_counts, key), getattr(new_counts, key))
            for key, label in named
        ]
        for life in LifecycleState:
            was, now = (counts_of_day.by_life.get(life.value, 0) for counts_of_day in counted)
            counts.append(CountChange(life.value, life.words, was, now))
        added, gone, replaced, seen_again = _devices(old, new)
        comparison = RegisterComparison(
            before=before,
            after=after,
            organisation=organisation,
            conclusions=(),
            counts=tuple(counts),
            added=tuple(added),
            gone=tuple(gone),
            replaced=tuple(replaced),
            seen_again=tuple(seen_again),
            newly_listed=tuple(newly_listed),
            listings=tuple(_listings(connection, runs, days, makers)),
            decisions=tuple(decisions),
            plans=tuple(_plans(connection, days, filters)),
        )
    return replace(comparison, conclusions=tuple(_conclusions(comparison)))


def _devices(old: Lines, new: Lines) -> tuple[list[DeviceChange], ...]:
    """Return the devices that were added, that are gone, that were replaced, and that were seen again."""
    changes: tuple[list[DeviceChange], ...] = ([], [], [], [])
    added, gone, replaced, seen_again = changes
    for line in new.values():
        before, successor = old.get(line.id), new.get(line.replaced_by)
        change = DeviceChange(
            line.id,
            _name(line),
            line.organisation,
            line.site,
            line.place,
            line.maker_id,
            line.maker,
            line.quantity,
            line.life,
            _name(successor) if successor else "",
        )
        if before is None and line.life in THERE:
            added.append(change)
        if line.life is LifecycleState.REPLACED and (before is None or before.life is not line.life):
            replaced.append(change)
        if before is None:
            continue
        if before.life in THERE and line.life in ENDED and line.life is not before.life:
            gone.append(change)
        if before.life in AWAY and line.life is LifecycleState.IN_USE:
            seen_again.append(change)
    return changes


def _name(line: DeviceLine) -> str:
    return line.label or line.model or line.brand or line.address or line.id


def _listings(
    connection: Connection, runs: Sequence[str], days: tuple[date, date], makers: set[str]
) -> Iterator[ListingChange]:
    """Yield the listings of manufacturers of the devices, and of their owners, that began or ended."""
    cards = load_knowledge().makers
    known = makers & cards.keys()
    owners = (owner.id for maker in known for day in days for owner in all_owners(cards[maker], cards, day))
    parties = known | set(owners)
    # the listings in force in each run, by party, list and measure
    old, new = (
        {
            (finding.subject, str(values["title"]), str(values["measure"])): finding
            for finding in (findings_of(connection, run, sorted(parties)) if run else ())
            if finding.kind in LISTING_KINDS and finding.answer is Answer.FOUND
            for values in [dict(finding.statement.values)]
        }
        for run in runs
    )
    changes = [(finding, True) for key, finding in new.items() if key not in old]
    changes += [(finding, False) for key, finding in old.items() if key not in new]
    for finding, has_begun in changes:
        values = dict(finding.statement.values)
        since, title = values.get("day"), values["title"]
        yield ListingChange(
            party_id=finding.subject,
            list_title=title if isinstance(title, Text) else text("{title}", title=title),
            is_owner=finding.kind is FindingKind.OWNER_LISTING,
            has_begun=has_begun,
            is_new_fact=not has_begun or not isinstance(since, date) or since > days[0],
            statement=finding.statement,
        )


def _plans(connection: Connection, days: tuple[date, date], filters: DeviceFilter) -> Iterator[PlanChange]:
    """Yield the plans that were open in the period, with the devices done by each date."""
    before, after = days
    ids = ids_within(connection, filters.organisation, after)
    allowed = None if filters.allowed is None else ids_below(connection, filters.allowed, after)
    for stored in plans.list_plans(connection, ids, after, only_open=False):
        is_over = stored.closed_on is not None and stored.closed_on <= before
        if is_over or (allowed is not None and stored.organisation_id not in allowed):
            continue
        view = with_progress(connection, stored, after)
        _, done = plans.progress_of(connection, stored.id, before)
        yield PlanChange(
            id=stored.id,
            title=stored.title,
            owner=stored.owner,
            due=stored.due,
            total=view.progress.total,
            done_before=sum(count for _, count in done),
            done_after=view.progress.done,
            is_new=stored.opened_on > before,
            is_closed=stored.closed_on is not None,
            statement=view.progress.statement,
        )


def _conclusions(changes: RegisterComparison) -> Iterator[Text]:
    """Yield the headline sentences, the most important first."""
    sums = {
        name: sum(row.quantity for row in rows)
        for name, rows in (("added", changes.added), ("gone", changes.gone), ("replaced", changes.replaced))
    }
    yield text(
        "Between {before} and {after}: {added} devices are new, {gone} are no longer in use and {replaced} "
        "were replaced.",
        before=changes.before,
        after=changes.after,
        **sums,
    )
    listed = next(count for count in changes.counts if count.key == "listed")
    yield text(
        "Devices made by a listed manufacturer: {now}. On {before} there were {then}.",
        now=listed.after,
        before=changes.before,
        then=listed.before,
    )
    if changes.newly_listed:
        yield text(
            "Newly listed: {makers}, with {devices} devices.",
            makers=", ".join(row.maker for row in changes.newly_listed),
            devices=sum(row.devices for row in changes.newly_listed),
        )
    for plan in changes.plans:
        yield text(
            "Plan {title}: {done} of {total} devices done, {since} of these since {before}.",
            title=plan.title,
            done=plan.done_after,
            total=plan.total,
            since=plan.done_after - plan.done_before,
            before=changes.before,
        )
