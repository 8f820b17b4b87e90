"""Devices and their states: read for comparison, ended and begun, never changed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from sqlalchemy import ColumnElement, Connection, Select, String, func, or_, select

from overzicht.devices import Sighting
from overzicht.devices.combining import together
from overzicht.evidence.json_marks import HIDDEN
from overzicht.grouping import by_key
from overzicht.register.sighting import fields_of, sighting_from_json, sighting_to_json, supplier_of
from overzicht.register.terms import KnownDevice, LifecycleState, SameDayRow, Status
from overzicht.store.database import Transaction
from overzicht.store.register.organisations import RegisterError, holds_on
from overzicht.store.rows import BATCH, batches, count_of, value_of
from overzicht.store.tables import register as tables

NEVER = date.min.isoformat()  # the end of a state that was taken back: it is current on no date
OF_MAKERS = "maker-"  # of the ids of findings about the maker of a device
CHUNK = 500  # SQLite takes at most 32,766 parameters; PostgreSQL plans short lists better
STATE, EVIDENCE = tables.register_device_state, tables.register_evidence
LONGEST: dict[str, int] = {
    column.name: column.type.length
    for column in STATE.c
    if isinstance(column.type, String) and column.type.length
}
CARRIED = tuple(
    column.name
    for column in STATE.c
    if column.name not in {"id", "valid_from", "valid_to", "actor", "at", "reason", "import_id", "row_number"}
)


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a current state on a date: the columns that differ, and the row or reason for it.

    `by` are the actor and time of a change that is made again; None: those of the transaction.
    """

    device_id: str
    values: Mapping[str, Any]
    import_id: int | None = None
    row_number: int | None = None
    reason: str = ""
    by: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class DeviceState:
    """One state in the history of a device, with the columns for readers."""

    since: date
    until: date | None
    life: LifecycleState
    not_seen_since: date | None
    replaced_by: str
    fields: Mapping[str, str]
    trace_key: Annotated[str, HIDDEN]
    import_id: int | None
    reason: str
    actor: str
    at: str


def known_devices(
    connection: Connection, organisation_id: str, day: date
) -> Iterator[tuple[KnownDevice, str]]:
    """Yield every device of an organisation with the key of its traces, by id.

    Evidence from before the date is separate from that of accepted inventories of the date.
    """
    query = (
        with_evidence(STATE.c.device_id)
        .where(
            STATE.c.organisation_id == organisation_id,
            STATE.c.valid_from < day.isoformat(),
            STATE.c.valid_to >= day.isoformat(),
        )
        .order_by(STATE.c.id)
    )
    before = {row.device_id: row.said for row in connection.execute(query)}
    today = by_key((row.device, row) for row in rows_of_date(connection, organisation_id, day))
    query = (
        with_evidence(STATE.c.device_id, STATE.c.life, STATE.c.trace_key, STATE.c.valid_from)
        .where(STATE.c.organisation_id == organisation_id, STATE.c.valid_to.is_(None))
        .order_by(STATE.c.device_id)
        .execution_options(yield_per=BATCH)
    )
    for row in connection.execute(query):
        evidence = row.said if row.valid_from < day.isoformat() else before.get(row.device_id, {})
        device = KnownDevice(
            row.device_id,
            LifecycleState(row.life),
            evidence_from_json(evidence),
            tuple(today.get(row.device_id, ())),
        )
        yield device, row.trace_key


def with_evidence(*columns: Any) -> Select[Any]:
    """Return the selection of columns of states with their evidence."""
    return select(*columns, EVIDENCE.c.said).join(EVIDENCE, EVIDENCE.c.state_id == STATE.c.id)


def rows_of_date(
    connection: Connection, organisation_id: str, day: date, *, without: int = 0
) -> Iterator[SameDayRow]:
    """Yield the rows with a device of the accepted inventories of a date, except for the import `without`."""
    table, row = tables.register_import, tables.register_import_row
    query: Select[Any] = (
        select(row.c.device_id, row.c.import_id, row.c.number, row.c.choice, row.c.sighting, table.c.kind)
        .join(table, table.c.id == row.c.import_id)
        .where(
            table.c.organisation_id == organisation_id,
            table.c.day == day.isoformat(),
            table.c.id != without,
            table.c.status == Status.ACCEPTED.value,
            row.c.device_id.is_not(None),
        )
        .order_by(row.c.import_id, row.c.number)
        .execution_options(yield_per=BATCH)
    )
    for imported in connection.execute(query):
        if imported.sighting is None:
            continue  # the result for a device without a row
        sighting, is_chosen = sighting_from_json(imported.sighting), bool(imported.choice)
        place = (imported.import_id, imported.number)
        yield SameDayRow(imported.device_id, imported.kind, sighting, *place, is_chosen=is_chosen)


def evidence_of(
    connection: Connection, ids: Iterable[str], as_of: date | None = None
) -> dict[str, Mapping[str, Sighting]]:
    """Return the latest sighting by kind of source of these devices; on a date, or currently."""
    evidence: dict[str, Mapping[str, Sighting]] = {}
    holds = STATE.c.valid_to.is_(None) if as_of is None else holds_on(STATE, as_of)
    for batch in batches(sorted(ids), CHUNK):
        query = with_evidence(STATE.c.device_id).where(STATE.c.device_id.in_(batch), holds)
        evidence |= {row.device_id: evidence_from_json(row.said) for row in connection.execute(query)}
    return evidence


def evidence_from_json(stored: Mapping[str, Any]) -> dict[str, Sighting]:
    """Return the sightings of a state by kind of source, as they are stored."""
    return {kind: sighting_from_json(sighting) for kind, sighting in stored.items()}


def newest_state(connection: Connection, organisation_id: str) -> tuple[int, str]:
    """Return a number that grows with every change of an organisation's devices, and the last start date.

    A state that was taken back has no period, and its start does not count.
    """
    own, imported = STATE.c.organisation_id == organisation_id, tables.register_import
    newest = connection.execute(select(func.max(STATE.c.id)).where(own)).scalar()
    last_day = connection.execute(select(func.max(STATE.c.valid_from)).where(own, lasts())).scalar()
    taken_back = _taken_back(connection, imported.c.organisation_id == organisation_id)
    return (newest or 0) + taken_back, last_day or ""


def lasts() -> ColumnElement[bool]:
    """Return the condition that a state was current on a date: it was not corrected on its first day."""
    return or_(STATE.c.valid_to.is_(None), STATE.c.valid_to > STATE.c.valid_from)


def _taken_back(connection: Connection, *conditions: ColumnElement[bool]) -> int:
    """Return a number that grows with each import undone or superseded; this may add no state.

    The undo of an import that superseded another one makes this other one accepted again.
    """
    weights = {Status.UNDONE: 2, Status.SUPERSEDED: 1}
    table = tables.register_import
    return sum(
        weight * count_of(connection, table, table.c.status == status.value, *conditions)
        for status, weight in weights.items()
    )


def register_version(connection: Connection) -> tuple[int, int, int]:
    """Return a value that changes with every change of devices or organisations."""
    organisation = tables.register_organisation_state
    newest = [connection.execute(select(func.max(table.c.id))).scalar() for table in (STATE, organisation)]
    return newest[0] or 0, newest[1] or 0, _taken_back(connection)


def add_devices(
    tx: Transaction, organisation_id: str, day: date, devices: Iterable[Change], site_ids: Mapping[str, str]
) -> None:
    """Store the first state of devices, and each device that is new.

    The `values` of a device have its `evidence` and `trace_key`.
    """
    for batch in batches(devices, CHUNK):
        ids = [device.device_id for device in batch]
        query = select(tables.register_device.c.id).where(tables.register_device.c.id.in_(ids))
        known = set(tx.connection.execute(query).scalars())  # those that begin again
        own = {"organisation_id": organisation_id, "actor": tx.actor, "at": tx.at_text}
        rows = [{"id": device.device_id, "import_id": device.import_id, **own} for device in batch]
        tx.insert_all(tables.register_device, [row for row in rows if row["id"] not in known])
        base = {
            "organisation_id": organisation_id,
            "life": LifecycleState.IN_USE.value,
            "not_seen_since": None,
            "replaced_by": None,
        }
        states = [
            _state_row(tx, day, device, {**base, "device_id": device.device_id}, site_ids) for device in batch
        ]
        _insert(tx.connection, states, {device.device_id: _evidence_json(device) for device in batch})


def change_devices(
    tx: Transaction, day: date, changes: Iterable[Change], site_ids: Mapping[str, str]
) -> None:
    """End the current state of each device on the date, and begin the next one.

    RegisterError if a state began after the date: history cannot be rewritten.
    """
    for batch in batches(changes, CHUNK):
        connection = tx.connection
        ids = [change.device_id for change in batch]
        query = with_evidence(STATE).where(STATE.c.device_id.in_(list(ids)), STATE.c.valid_to.is_(None))
        standing = {row["device_id"]: dict(row) for row in connection.execute(query).mappings()}
        late = [row for row in standing.values() if row["valid_from"] > day.isoformat()]
        if late:
            raise RegisterError(
                f"{late[0]['device_id']} was changed on {late[0]['valid_from']}, after {day}",
                fix="give a day on or after it",
            )
        tx.update(STATE, STATE.c.id.in_([row["id"] for row in standing.values()]), valid_to=day)
        rows, evidence = [], {}
        for change in batch:
            old = standing[change.device_id]
            rows.append(_state_row(tx, day, change, {name: old[name] for name in CARRIED}, site_ids))
            evidence[change.device_id] = _evidence_json(change) or old["said"]
        _insert(tx.connection, rows, evidence)


def _insert(
    connection: Connection, rows: Sequence[Mapping[str, Any]], evidence: Mapping[str, Mapping[str, Any]]
) -> None:
    """Write states with the evidence of each; the database numbers the states."""
    connection.execute(STATE.insert(), list(rows))
    for batch in batches([row["device_id"] for row in rows], CHUNK):
        query = select(STATE.c.id, STATE.c.device_id).where(
            STATE.c.device_id.in_(batch), STATE.c.valid_to.is_(None)
        )
        states = connection.execute(query).all()
        connection.execute(
            EVIDENCE.insert(), [{"state_id": n, "said": evidence[device]} for n, device in states]
        )


def _evidence_json(change: Change) -> dict[str, Any]:
    evidence: Mapping[str, Sighting] = change.values.get("evidence", {})
    return {kind: sighting_to_json(sighting) for kind, sighting in evidence.items()}


def _state_row(
    tx: Transaction, day: date, change: Change, base: Mapping[str, Any], site_ids: Mapping[str, str]
) -> dict[str, Any]:
    """Return a new state: the columns of `base`, changed as stated, and who changed them for which row."""
    cause = {"import_id": change.import_id, "row_number": change.row_number, "reason": change.reason}
    actor, at = change.by or (tx.actor, tx.at_text)
    written = {"valid_from": day.isoformat(), "valid_to": None, "actor": actor, "at": at}
    # the columns of a state; if `evidence` is given, all that it states
    values = change.values
    if "evidence" not in values:
        columns = dict(values)
    else:
        evidence: Mapping[str, Sighting] = values["evidence"]
        sighting = together(evidence)
        fields = fields_of(sighting)
        columns = {
            name: fields[name][: LONGEST[name]]
            for name in ("label", "place", "address", "model", "mac", "serial", "supplier")
        }
        columns |= {
            "brand_said": fields["brand"][: LONGEST["brand_said"]],
            "kind_said": sighting.kind[: LONGEST["kind_said"]],
            "status_said": sighting.status[: LONGEST["status_said"]],
            "site_id": site_ids.get(sighting.site),
            "quantity": sighting.quantity,
            "bought": sighting.bought.isoformat() if sighting.bought else None,
            "supplier": supplier_of(sighting)[: LONGEST["supplier"]],
            "latitude": sighting.latitude,
            "longitude": sighting.longitude,
        }
        columns |= {name: value for name, value in values.items() if name != "evidence"}
    return {**base, **columns, **cause, **written}


def states_of(connection: Connection, device_id: str, as_of: date) -> list[DeviceState]:
    """Return the history of a device up to a date, oldest first, with same-date corrections.

    The state of the date has no end, whatever follows it.
    """
    sites = tables.register_site
    query = (
        select(STATE, sites.c.name.label("site_name"))
        .outerjoin(sites, sites.c.id == STATE.c.site_id)
        .where(STATE.c.device_id == device_id, STATE.c.valid_from <= as_of.isoformat())
        .order_by(STATE.c.id)
    )
    states: list[DeviceState] = []
    for row in connection.execute(query):
        is_over = row.valid_to is not None and row.valid_to <= as_of.isoformat()
        names = ("label", "place", "address", "model", "mac", "serial", "supplier", "bought")
        fields = {name: str(getattr(row, name) or "") for name in names}
        fields |= {"site": row.site_name or "", "brand": row.brand_said, "quantity": str(row.quantity)}
        until = date.fromisoformat(max(row.valid_to, row.valid_from)) if is_over else None
        states.append(
            value_of(DeviceState, row, since=date.fromisoformat(row.valid_from), until=until, fields=fields)
        )
    return states


def finding_id(device_id: str, trace_key: str) -> str:
    """Return the id of the finding about a device's maker, which depends on the device and its traces."""
    return f"{OF_MAKERS}{device_id}-{trace_key[:8]}"


def has_device_finding(connection: Connection, name: str) -> bool:
    """Return whether `name` is the id of a finding about a device, in any of its states."""
    device, _, key = name.removeprefix(OF_MAKERS).rpartition("-")
    if not name.startswith(OF_MAKERS) or not device or not key:
        return False
    query = select(STATE.c.id).where(STATE.c.device_id == device, STATE.c.trace_key.startswith(key))
    return connection.execute(query.limit(1)).first() is not None
