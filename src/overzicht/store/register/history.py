"""The past of devices: their states about a date, what follows it, and states that are rewritten."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, and_, func, or_, select

from overzicht.grouping import by_key
from overzicht.register.sighting import sighting_from_json
from overzicht.register.terms import REPLACED, REPLACES, LifecycleState, Outcome, SameDayRow, Status
from overzicht.register.timeline import Cause, Period, Step, own_marks
from overzicht.store.database import Transaction
from overzicht.store.register import imports
from overzicht.store.register.device_states import (
    CHUNK,
    NEVER,
    STATE,
    Change,
    add_devices,
    change_devices,
    evidence_from_json,
    lasts,
    with_evidence,
)
from overzicht.store.register.imports import ROW, StoredImport
from overzicht.store.register.organisations import holds_on
from overzicht.store.rows import BATCH, batches, value_of
from overzicht.store.tables import register as tables
from overzicht.store.tables.tasks import TASKS

LATEST = date.max.isoformat()
LAST = ("9", 0, 0)  # the order of the last step of a date
BY_IMPORT, BY_PERSON = 0, 1  # at the same time, an import comes first


@dataclass(frozen=True, slots=True)
class _StoredPeriod:
    """A state with its number and its end (None: it has none), and whether it was taken back."""

    id: int
    period: Period
    end: str | None
    is_taken_back: bool


def states_before(connection: Connection, organisation_id: str, day: date) -> dict[str, Period]:
    """Return the state of each device of an organisation at the end of the day before a date."""
    iso = day.isoformat()
    is_current = and_(STATE.c.valid_from < iso, or_(STATE.c.valid_to.is_(None), STATE.c.valid_to >= iso))
    return _states(connection, STATE.c.organisation_id == organisation_id, is_current)


def states_on(connection: Connection, organisation_id: str, day: date) -> dict[str, Period]:
    """Return the state of each device of an organisation at the end of a date."""
    return _states(connection, STATE.c.organisation_id == organisation_id, holds_on(STATE, day))


def first_states_after(connection: Connection, organisation_id: str, day: date) -> dict[str, Period]:
    """Return the first state of each device of an organisation that begins after a date."""
    after = STATE.c.valid_from > day.isoformat()
    return _states(connection, STATE.c.organisation_id == organisation_id, after, lasts())


def _states(connection: Connection, *conditions: Any) -> dict[str, Period]:
    """Return the first state of each device that meets the conditions."""
    query = with_evidence(STATE).where(*conditions).order_by(STATE.c.id.desc())
    rows = connection.execute(query.execution_options(yield_per=BATCH))
    return {row.device_id: _period(row) for row in rows}


def _period(row: Row[Any]) -> Period:
    cause = Cause(row.import_id, row.row_number, row.reason, row.actor, row.at)
    evidence = evidence_from_json(row.said)
    return value_of(Period, row, begin=date.fromisoformat(row.valid_from), evidence=evidence, cause=cause)


# What follows


@dataclass(frozen=True, slots=True)
class Span:
    """The dates of an organisation, both included; the import `without` is left out."""

    organisation_id: str
    day: date
    without: int = 0
    until: date = date.max


def steps_of(
    connection: Connection, span: Span, devices: Collection[str], today: Sequence[SameDayRow]
) -> dict[str, list[Step]]:
    """Return what the accepted inventories and people state of devices in a span.

    `today` are the rows of the inventories of its first date.
    """
    steps: dict[str, list[Step]] = {device: [] for device in devices}
    for stored in imports.list_imports(connection, [span.organisation_id], Status.ACCEPTED):
        if not span.day <= stored.day <= span.until or stored.id == span.without:
            continue
        order = order_of(connection, stored)
        if stored.day == span.day:
            rows = [row for row in today if row.import_id == stored.id and row.device in steps]
        else:
            rows = list(_rows_of(connection, stored, devices))
        outcomes = _Outcomes.of(connection, stored)
        for device, step in _steps_of_import(stored, order, rows, outcomes, devices):
            steps[device].append(step)
    for device, step in _records(connection, span, devices):
        steps[device].append(step)
    return steps


def order_of(connection: Connection, stored: StoredImport) -> tuple[str, int, int]:
    """Return the order of an accepted import within a date: that of the first one which it supersedes."""
    while stored.supersedes:
        stored = imports.get_import(connection, stored.supersedes)
    return stored.decided_at, BY_IMPORT, stored.id


def _rows_of(connection: Connection, stored: StoredImport, devices: Collection[str]) -> Iterator[SameDayRow]:
    columns = (ROW.c.number, ROW.c.device_id, ROW.c.sighting)
    for batch in batches(sorted(devices), CHUNK):
        query = select(*columns).where(ROW.c.import_id == stored.id, ROW.c.device_id.in_(batch))
        for row in connection.execute(query.order_by(ROW.c.number)):
            if row.sighting is not None:
                sighting = sighting_from_json(row.sighting)
                yield SameDayRow(row.device_id, stored.kind, sighting, stored.id, row.number)


@dataclass(frozen=True, slots=True)
class _Outcomes:
    """Results of an import other than its sightings.

    `replaced` gives the successor of a device, and its row; `candidates` may be shown by an unclear row, and
    so may devices with its marks; `missed` gives the row of a device that it does not show.
    """

    replaced: Mapping[str, tuple[str, int]]
    candidates: frozenset[str]
    unclear: frozenset[str]
    missed: Mapping[str, int]

    @classmethod
    def of(cls, connection: Connection, stored: StoredImport) -> "_Outcomes":
        """Return those of an accepted import."""
        replaced: dict[str, tuple[str, int]] = {}
        candidates: set[str] = set()
        unclear: set[str] = set()
        missed: dict[str, int] = {}
        kinds = [Outcome.UNCLEAR.value, Outcome.GONE.value, Outcome.WITHDRAWN.value]
        is_result = or_(ROW.c.outcome.in_(kinds), ROW.c.choice.startswith(REPLACES, autoescape=True))
        query = select(ROW).where(ROW.c.import_id == stored.id, is_result).order_by(ROW.c.number)
        for row in connection.execute(query):
            if row.outcome == Outcome.UNCLEAR.value:
                candidates.update(row.candidates)
                unclear |= own_marks(sighting_from_json(row.sighting))
            elif row.outcome in kinds:
                missed[row.device_id] = row.number
            for change in row.changes:
                if change["field"] == REPLACED and row.device_id:
                    replaced.setdefault(change["new"], (row.device_id, row.number))
        return cls(replaced, frozenset(candidates), frozenset(unclear), missed)


def _steps_of_import(
    stored: StoredImport,
    order: tuple[str, int, int],
    rows: Sequence[SameDayRow],
    outcomes: _Outcomes,
    devices: Collection[str],
) -> Iterator[tuple[str, Step]]:
    def cause(row: int | None) -> Cause:
        return Cause(stored.id, row, "", stored.decided_by, stored.decided_at)

    by_device = by_key((row.device, row) for row in rows)
    for device, shown in by_device.items():
        sightings = tuple(row.sighting for row in shown)
        yield device, Step(stored.day, order, cause(shown[0].row), stored.kind, sightings=sightings)
    for device, (successor, row) in outcomes.replaced.items():
        if device in devices:
            ended = LifecycleState.REPLACED
            yield device, Step(stored.day, order, cause(row), life=ended, replaced_by=successor)
    if stored.is_whole:
        spared = outcomes.candidates | outcomes.replaced.keys() | by_device.keys()
        for device in devices:
            if device not in spared:
                row_number = outcomes.missed.get(device)
                why = cause(row_number)
                yield device, Step(stored.day, order, why, stored.kind, stored.site, outcomes.unclear)


def _records(connection: Connection, span: Span, devices: Collection[str]) -> Iterator[tuple[str, Step]]:
    """Yield what people recorded in a span, and the end of the devices that an import took out.

    A device of a row that was taken out may have had other states then, so that it did not end. A state with
    that row that was written later follows from another import, and records no end.
    """
    table, same = tables.register_import, STATE.alias()
    is_same = (same.c.device_id == STATE.c.device_id, same.c.import_id == STATE.c.import_id)
    oldest = select(func.min(same.c.id)).where(*is_same, same.c.row_number == STATE.c.row_number)
    is_accepted = and_(table.c.status == Status.ACCEPTED.value, table.c.id != span.without)
    is_taken_out = and_(ROW.c.outcome == Outcome.WITHDRAWN.value, is_accepted)
    for batch in batches(sorted(devices), CHUNK):
        query = (
            with_evidence(STATE, table.c.options, oldest.scalar_subquery().label("oldest"))
            .outerjoin(table, table.c.id == STATE.c.import_id)
            .outerjoin(ROW, and_(ROW.c.import_id == STATE.c.import_id, ROW.c.number == STATE.c.row_number))
            .where(
                STATE.c.device_id.in_(batch),
                STATE.c.valid_from.between(span.day.isoformat(), span.until.isoformat()),
                or_(STATE.c.valid_to.is_(None), STATE.c.valid_to != NEVER),
                or_(STATE.c.import_id.is_(None), is_taken_out),
            )
            .order_by(STATE.c.id)
        )
        for row in connection.execute(query):
            period = _period(row)
            is_by_person = row.import_id is None
            if not is_by_person and row.oldest > row.options.get("newest", row.oldest):
                continue
            order = (row.at, BY_PERSON if is_by_person else BY_IMPORT, row.id)
            yield (
                row.device_id,
                Step(
                    period.begin,
                    order,
                    period.cause,
                    life=period.life,
                    replaced_by=period.replaced_by,
                    evidence={} if is_by_person else period.evidence,
                ),
            )


def named_devices(connection: Connection, devices: Collection[str]) -> frozenset[str]:
    """Return the devices that a plan, a task or a record of a person names, so that they cannot vanish."""
    member, task = tables.register_plan_device.c.device_id, TASKS.table.c.subject
    by_person = (STATE.c.import_id.is_(None), or_(STATE.c.valid_to.is_(None), STATE.c.valid_to != NEVER))
    named: set[str] = set()
    for batch in batches(sorted(devices), CHUNK):
        for column in (member, task):
            named.update(connection.execute(select(column).where(column.in_(batch))).scalars())
        for column in (STATE.c.device_id, STATE.c.replaced_by):
            named.update(connection.execute(select(column).where(column.in_(batch), *by_person)).scalars())
    return frozenset(named)


# Rewriting


def rewrite_states(
    tx: Transaction,
    organisation_id: str,
    day: date,
    histories: Mapping[str, Sequence[Period]],
    site_ids: Mapping[str, str],
) -> None:
    """Let devices have these states from a date on; the states before it remain, and equal ones too.

    Another state is taken back: it is current on no date. One that was taken back before and that is required
    again is current again.
    """
    waiting: dict[str, Sequence[Period]] = {}
    for batch in batches(sorted(histories), CHUNK):
        connection = tx.connection
        table = tables.register_import
        query = with_evidence(STATE, table.c.status).outerjoin(table, table.c.id == STATE.c.import_id)
        query = query.where(STATE.c.device_id.in_(batch)).order_by(STATE.c.id)
        stored_rows: list[tuple[str, _StoredPeriod]] = []
        for row in connection.execute(query):
            is_undone = (
                row.status == Status.UNDONE.value and row.valid_to == row.valid_from
            )  # earlier release
            is_taken_back = row.valid_to == NEVER or is_undone
            stored_rows.append(
                (row.device_id, _StoredPeriod(row.id, _period(row), row.valid_to, is_taken_back))
            )
        stored = by_key(stored_rows)
        ends: dict[int, str | None] = {}
        for device in batch:
            changed, rest = _ends(day, stored.get(device, ()), histories[device])
            ends |= changed
            if rest:
                waiting[device] = rest
        for end, numbers in by_key((end, number) for number, end in ends.items()).items():
            tx.update(STATE, STATE.c.id.in_(numbers), valid_to=end)
    turn = 0
    while following := {device: rest[turn] for device, rest in waiting.items() if turn < len(rest)}:
        for begin, named in by_key((period.begin, device) for device, period in following.items()).items():
            changes: list[Change] = []
            for device in named:
                period = following[device]
                missing, cause = period.not_seen_since, period.cause
                values = {
                    "evidence": period.evidence,
                    "trace_key": period.trace_key,
                    "life": period.life.value,
                    "not_seen_since": missing.isoformat() if missing else None,
                    "replaced_by": period.replaced_by or None,
                }
                by = (cause.actor, cause.at)
                changes.append(Change(device, values, cause.import_id, cause.row, cause.reason, by))
            connection = tx.connection
            standing: set[str] = set()
            for batch in batches(named, CHUNK):
                query = select(STATE.c.device_id).where(
                    STATE.c.device_id.in_(batch), STATE.c.valid_to.is_(None)
                )
                standing.update(connection.execute(query).scalars())
            new = [change for change in changes if change.device_id not in standing]
            add_devices(tx, organisation_id, begin, new, site_ids)
            change_devices(
                tx, begin, (change for change in changes if change.device_id in standing), site_ids
            )
        turn += 1


def _ends(
    day: date, stored: Sequence[_StoredPeriod], required: Sequence[Period]
) -> tuple[dict[int, str | None], Sequence[Period]]:
    """Return the new ends of stored states of a device, by number, and the required states still to write."""
    there = [state for state in stored if not state.is_taken_back]
    before = [state for state in there if state.period.begin < day <= date.fromisoformat(state.end or LATEST)]
    since = [state for state in there if state.period.begin >= day]
    same = 0
    while same < min(len(since), len(required)) and _is_same(since[same].period, required[same]):
        same += 1
    remaining, rest = [*before, *since[:same]], required[same:]
    if not rest and len(since) == same:
        return {}, ()
    last = remaining[-1].id if remaining else 0
    # the states that were taken back and are required, in order; none unless all are there
    taken_back = [state for state in stored if state.is_taken_back and state.id > last]
    matches: list[_StoredPeriod] = []
    for candidate in taken_back:
        if len(matches) < len(rest) and _is_same(candidate.period, rest[len(matches)]):
            matches.append(candidate)
    again = matches if len(matches) == len(rest) else []
    ends: dict[int, str | None] = {state.id: NEVER for state in since[same:]}
    chain = [*remaining[-1:], *again]
    for state, following in zip(chain, [*chain[1:], None], strict=True) if chain else ():
        ends[state.id] = following.period.begin.isoformat() if following else None
    return ends, () if again else rest


def _is_same(stored: Period, required: Period) -> bool:
    return (
        stored.begin == required.begin
        and stored.cause.import_id == required.cause.import_id
        and stored.cause.reason == required.cause.reason
        and (stored.life, stored.not_seen_since) == (required.life, required.not_seen_since)
        and (stored.replaced_by, stored.evidence) == (required.replaced_by, required.evidence)
    )


def newest_number(connection: Connection) -> int:
    """Return the number of the newest state of all devices; 0 for none."""
    return connection.execute(select(func.max(STATE.c.id))).scalar() or 0
