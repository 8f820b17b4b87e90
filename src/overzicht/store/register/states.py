"""Devices and their states: read for comparing, ended and begun, never changed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from sqlalchemy import Connection, Row, String, func, select

from overzicht.devices import Sighting
from overzicht.devices.combining import together
from overzicht.evidence.shown import HIDDEN
from overzicht.register.model import Known, Life, SaidToday, Status
from overzicht.register.sighting import (
    fields_of,
    sighting_from_json,
    sighting_to_json,
    supplier_of,
)
from overzicht.store.database import Transaction
from overzicht.store.reading import BATCH, batches, value_of
from overzicht.store.register.organisations import RegisterError, holds_on
from overzicht.store.tables import register as tables

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
    """What a standing state becomes on a day: the columns that differ, and the row or reason that says so."""

    device_id: str
    values: Mapping[str, Any]
    import_id: int | None = None
    row_number: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DeviceState:
    """One state in the history of a device, with the columns that a person reads."""

    since: date
    until: date | None
    life: Life
    not_seen_since: date | None
    replaced_by: str
    fields: Mapping[str, str]
    trace_key: Annotated[str, HIDDEN]
    import_id: int | None
    reason: str
    actor: str
    at: str


def known_devices(connection: Connection, organisation_id: str, day: date) -> Iterator[tuple[Known, str]]:
    """Yield every device of an organisation as it stands, with the key of its traces; by id.

    What was known of it before the day is kept apart from what accepted inventories of the day said.
    """
    before = _evidence_before(connection, organisation_id, day)
    today = _said_on(connection, organisation_id, day)
    query = (
        select(STATE.c.device_id, STATE.c.life, STATE.c.trace_key, STATE.c.valid_from, EVIDENCE.c.said)
        .join(EVIDENCE, EVIDENCE.c.state_id == STATE.c.id)
        .where(STATE.c.organisation_id == organisation_id, STATE.c.valid_to.is_(None))
        .order_by(STATE.c.device_id)
        .execution_options(yield_per=BATCH)
    )
    for row in connection.execute(query):
        said = row.said if row.valid_from < day.isoformat() else before.get(row.device_id, {})
        device = Known(row.device_id, Life(row.life), _evidence(said), tuple(today.get(row.device_id, ())))
        yield device, row.trace_key


def _evidence_before(connection: Connection, organisation_id: str, day: date) -> dict[str, Mapping[str, Any]]:
    """Return what was known before a day of the devices that changed on it, by device."""
    query = (
        select(STATE.c.device_id, EVIDENCE.c.said)
        .join(EVIDENCE, EVIDENCE.c.state_id == STATE.c.id)
        .where(
            STATE.c.organisation_id == organisation_id,
            STATE.c.valid_from < day.isoformat(),
            STATE.c.valid_to >= day.isoformat(),
        )
        .order_by(STATE.c.id)
    )
    return {row.device_id: row.said for row in connection.execute(query)}


def _said_on(connection: Connection, organisation_id: str, day: date) -> dict[str, list[SaidToday]]:
    """Return the rows of the inventories of a day that were accepted, by device."""
    table, row = tables.register_import, tables.register_import_row
    query = (
        select(row.c.device_id, row.c.import_id, row.c.number, row.c.choice, row.c.sighting, table.c.kind)
        .join(table, table.c.id == row.c.import_id)
        .where(
            table.c.organisation_id == organisation_id,
            table.c.day == day.isoformat(),
            table.c.status == Status.ACCEPTED.value,
            row.c.device_id.is_not(None),
        )
        .order_by(row.c.import_id, row.c.number)
        .execution_options(yield_per=BATCH)
    )
    found: dict[str, list[SaidToday]] = {}
    for each in connection.execute(query):
        if each.sighting is None:
            continue  # what became of a device that no row shows
        sighting = sighting_from_json(each.sighting)
        said = SaidToday(
            each.device_id, each.kind, sighting, each.import_id, each.number, is_chosen=bool(each.choice)
        )
        found.setdefault(each.device_id, []).append(said)
    return found


def evidence_of(
    connection: Connection, ids: Iterable[str], as_of: date | None = None
) -> dict[str, Mapping[str, Sighting]]:
    """Return what each kind of source last said of these devices, by device; on a day, or as it stands."""
    found: dict[str, Mapping[str, Sighting]] = {}
    holds = STATE.c.valid_to.is_(None) if as_of is None else holds_on(STATE, as_of)
    for batch in batches(sorted(ids), CHUNK):
        query = (
            select(STATE.c.device_id, EVIDENCE.c.said)
            .join(EVIDENCE, EVIDENCE.c.state_id == STATE.c.id)
            .where(STATE.c.device_id.in_(batch), holds)
        )
        found |= {row.device_id: _evidence(row.said) for row in connection.execute(query)}
    return found


def _evidence(said: Mapping[str, Any]) -> dict[str, Sighting]:
    return {kind: sighting_from_json(each) for kind, each in said.items()}


def newest_state(connection: Connection, organisation_id: str) -> tuple[int, str]:
    """Return the newest state of an organisation's devices by number, and the last day on which one began."""
    row = connection.execute(
        select(func.max(STATE.c.id), func.max(STATE.c.valid_from)).where(
            STATE.c.organisation_id == organisation_id
        )
    ).one()
    return row[0] or 0, row[1] or ""


def register_version(connection: Connection) -> tuple[int, int]:
    """Return what differs after every change of devices or organisations: the newest state of each."""
    organisation = tables.register_organisation_state
    newest = [connection.execute(select(func.max(each.c.id))).scalar() for each in (STATE, organisation)]
    return newest[0] or 0, newest[1] or 0


def add_devices(
    tx: Transaction, organisation_id: str, day: date, devices: Iterable[Change], site_ids: Mapping[str, str]
) -> int:
    """Keep new devices with their first state; `values` hold `evidence` and `trace_key`. Returns how many."""
    count = 0
    for batch in batches(devices, BATCH):
        own = {"organisation_id": organisation_id, "actor": tx.actor, "at": tx.at_text}
        rows = [{"id": one.device_id, "import_id": one.import_id, **own} for one in batch]
        tx.insert_all(tables.register_device, rows)
        states = [_new_state(tx, organisation_id, day, one, site_ids) for one in batch]
        _insert(tx.connection, states, {one.device_id: _said_by(one) for one in batch})
        count += len(batch)
    return count


def change_devices(tx: Transaction, day: date, changes: Iterable[Change], site_ids: Mapping[str, str]) -> int:
    """End the standing state of each device on the day, begin the next one, and return how many.

    RegisterError where a device's state began after the day: its history cannot be written backwards.
    """
    count = 0
    for batch in batches(changes, CHUNK):
        standing = _standing(tx.connection, [one.device_id for one in batch])
        late = [row for row in standing.values() if row["valid_from"] > day.isoformat()]
        if late:
            raise RegisterError(
                f"{late[0]['device_id']} was changed on {late[0]['valid_from']}, after {day}",
                fix="give a day on or after it",
            )
        tx.update(STATE, STATE.c.id.in_([row["id"] for row in standing.values()]), valid_to=day)
        rows = [_next_state(tx, day, one, standing[one.device_id], site_ids) for one in batch]
        said = {one.device_id: _said_by(one) or standing[one.device_id]["said"] for one in batch}
        _insert(tx.connection, rows, said)
        count += len(rows)
    return count


def _standing(connection: Connection, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    query = (
        select(STATE, EVIDENCE.c.said)
        .join(EVIDENCE, EVIDENCE.c.state_id == STATE.c.id)
        .where(STATE.c.device_id.in_(list(ids)), STATE.c.valid_to.is_(None))
    )
    return {row["device_id"]: dict(row) for row in connection.execute(query).mappings()}


def _insert(
    connection: Connection, rows: Sequence[Mapping[str, Any]], said: Mapping[str, Mapping[str, Any]]
) -> None:
    """Write states with the evidence of each; the database numbers the states."""
    connection.execute(STATE.insert(), list(rows))
    for batch in batches([row["device_id"] for row in rows], CHUNK):
        query = select(STATE.c.id, STATE.c.device_id).where(
            STATE.c.device_id.in_(batch), STATE.c.valid_to.is_(None)
        )
        found = connection.execute(query).all()
        connection.execute(EVIDENCE.insert(), [{"state_id": n, "said": said[device]} for n, device in found])


def _said_by(one: Change) -> dict[str, Any]:
    evidence: Mapping[str, Sighting] = one.values.get("evidence", {})
    return {kind: sighting_to_json(each) for kind, each in evidence.items()}


def _new_state(
    tx: Transaction, organisation_id: str, day: date, one: Change, site_ids: Mapping[str, str]
) -> dict[str, Any]:
    base = {"device_id": one.device_id, "organisation_id": organisation_id, "life": Life.IN_USE.value}
    never = dict.fromkeys(("not_seen_since", "replaced_by"))
    return {**base, **never, **_said(one.values, site_ids), **_written(tx, day, one)}


def _next_state(
    tx: Transaction, day: date, one: Change, old: Mapping[str, Any], site_ids: Mapping[str, str]
) -> dict[str, Any]:
    carried = {name: old[name] for name in CARRIED}
    return {**carried, **_said(one.values, site_ids), **_written(tx, day, one)}


def _written(tx: Transaction, day: date, one: Change) -> dict[str, Any]:
    said_by = {"import_id": one.import_id, "row_number": one.row_number, "reason": one.reason}
    return {"valid_from": day.isoformat(), "valid_to": None, **said_by, "actor": tx.actor, "at": tx.at_text}


def _said(values: Mapping[str, Any], site_ids: Mapping[str, str]) -> dict[str, Any]:
    """Return the columns of a state; where `evidence` is given, all that it says."""
    if "evidence" not in values:
        return dict(values)
    evidence: Mapping[str, Sighting] = values["evidence"]
    sighting = together(evidence)
    fields = fields_of(sighting)
    said: dict[str, Any] = {
        name: fields[name][: LONGEST[name]]
        for name in ("label", "place", "address", "model", "mac", "serial", "supplier")
    }
    said |= {
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
    return {**said, **{name: value for name, value in values.items() if name != "evidence"}}


def states_of(connection: Connection, device_id: str, as_of: date) -> list[DeviceState]:
    """Return the history of a device up to a day, oldest first, with what was corrected on its own day.

    The state of the day has no end, whatever came after it.
    """
    sites = tables.register_site
    query = (
        select(STATE, sites.c.name.label("site_name"))
        .outerjoin(sites, sites.c.id == STATE.c.site_id)
        .where(STATE.c.device_id == device_id, STATE.c.valid_from <= as_of.isoformat())
        .order_by(STATE.c.id)
    )
    return [_state(row, as_of) for row in connection.execute(query)]


def _state(row: Row[Any], as_of: date) -> DeviceState:
    is_over = row.valid_to is not None and row.valid_to <= as_of.isoformat()
    names = ("label", "place", "address", "model", "mac", "serial", "supplier", "bought")
    fields = {name: str(getattr(row, name) or "") for name in names}
    fields |= {"site": row.site_name or "", "brand": row.brand_said, "quantity": str(row.quantity)}
    until = date.fromisoformat(row.valid_to) if is_over else None
    return value_of(DeviceState, row, since=date.fromisoformat(row.valid_from), until=until, fields=fields)
