"""Imports of inventories: previewed with the result for every row, then accepted or rejected."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import computed_field
from sqlalchemy import Connection, Row, Select, and_, bindparam, select, true

from overzicht.devices import Sighting
from overzicht.errors import UnknownNameError
from overzicht.evidence import Citation, Text
from overzicht.evidence.json_marks import HIDDEN
from overzicht.register.sighting import SUPPLIER_HEADERS, fields_of, sighting_from_json, sighting_to_json
from overzicht.register.terms import Change, Outcome, Retirement, Status
from overzicht.store.database import Transaction
from overzicht.store.register.device_states import CHUNK
from overzicht.store.rows import BATCH, batches, count_of, same_or_all, value_of, values_of
from overzicht.store.tables import register as tables

IMPORT, ROW = tables.register_import, tables.register_import_row
SEEN = (
    Outcome.ADDED,
    Outcome.CHANGED,
    Outcome.UNCHANGED,
    Outcome.DUPLICATE,
)  # a row of these is a sighting of its device


@dataclass(frozen=True, slots=True)
class StoredImport:
    """An import: file, reading options, row counts by outcome, and the decision."""

    id: int
    organisation_id: str
    site: str
    day: date
    is_whole: bool
    filename: str
    sha256: str
    kind: str
    options: Annotated[Mapping[str, Any], HIDDEN]
    columns: Sequence[Mapping[str, str]]  # {sheet, column, field, sample}
    records: int
    counts: Mapping[str, int]
    base: Annotated[int, HIDDEN]
    status: Status
    actor: str
    at: str
    decided_by: str
    decided_at: str
    reason: str
    expected: int | None  # devices in use that it is compared with; None: imported before this was counted
    retired: int | None  # how many of them it would end
    undone_by: str
    undone_at: str

    @property
    def retirement(self) -> Retirement:
        """The devices that it would end."""
        return Retirement(self.retired or 0, self.expected or 0)

    @computed_field
    @property
    def supersedes(self) -> int | None:
        """The import of an earlier list of the same date that this one replaces; None for none."""
        return self.options.get("supersedes")

    @computed_field
    @property
    def left_out(self) -> list[dict[str, Any]]:
        """Rows that are not devices, such as subtotals: {place, reason}."""
        rows = self.options.get("left_out", ())
        return [{"place": row["place"], "reason": Text.from_json(row["reason"])} for row in rows]

    @computed_field
    @property
    def unread_columns(self) -> list[str]:
        """Columns that were not read as any field; a column with the supplier is read by its name."""
        return [
            column["column"]
            for column in self.columns
            if not column["field"] and column["column"].strip().casefold() not in SUPPLIER_HEADERS
        ]


@dataclass(frozen=True, slots=True)
class RowView:
    """A stored row of an import; see `register.model.Row`. `sighting` is None for a missing device."""

    number: int
    outcome: Outcome
    device_id: str
    place: str
    matched_by: str
    changes: tuple[Change, ...]
    candidates: tuple[str, ...]
    choice: str
    why: Text | None
    trace_key: Annotated[str, HIDDEN]
    sighting: Annotated[Sighting | None, HIDDEN]

    @computed_field
    @property
    def values(self) -> dict[str, str]:
        """The fields of the row; empty for a missing device."""
        if self.sighting is None:
            return {}
        return {name: value for name, value in fields_of(self.sighting).items() if value}


@dataclass(frozen=True, slots=True)
class DeviceSighting:
    """An inventory of a date in which a device was seen (it supports) or missed (it contradicts)."""

    import_id: int
    day: date
    outcome: Outcome
    supports: bool
    citation: Citation
    changes: tuple[Change, ...]
    by: str
    at: str
    matched_by: str = ""


def add_import(tx: Transaction, values: Mapping[str, Any]) -> int:
    """Store an import as a preview and return its number."""
    return tx.insert(IMPORT, **values, status=Status.PREVIEW, reason="", counts={})


def replace_rows(
    tx: Transaction, number: int, rows: Iterable[RowView], *, base: int, retirement: Retirement
) -> None:
    """Replace the rows of a preview, with their counts by outcome and the devices that they would end."""
    tx.delete(ROW, ROW.c.import_id == number)
    counts = dict.fromkeys((outcome.value for outcome in Outcome), 0)
    for batch in batches(rows, BATCH):
        stored = [
            {
                "import_id": number,
                "number": row.number,
                "outcome": row.outcome.value,
                "device_id": row.device_id or None,
                "place": row.place[:300],
                "matched_by": row.matched_by,
                "changes": [asdict(change) for change in row.changes],
                "candidates": list(row.candidates),
                "choice": row.choice or None,
                "why": row.why.to_json() if row.why else None,
                "trace_key": row.trace_key or None,
                "sighting": sighting_to_json(row.sighting) if row.sighting else None,
            }
            for row in batch
        ]
        tx.insert_all(ROW, stored)
        for row in batch:
            counts[row.outcome.value] += 1
    ended = {"expected": retirement.of, "retired": retirement.devices}
    tx.update(IMPORT, IMPORT.c.id == number, counts=counts, base=base, **ended)


def set_choice(tx: Transaction, number: int, row: int, choice: str) -> None:
    """Store a person's choice for a row; UnknownNameError if the import has no such row."""
    is_row = (ROW.c.import_id == number, ROW.c.number == row)
    tx.update_one(ROW, *is_row, choice=choice or None, missing=(f"row in import {number}", str(row)))
    tx.log("choose", f"import {number}", row=row, choice=choice)


def decide_import(tx: Transaction, number: int, status: Status, reason: str, **detail: Any) -> None:
    """Record that an import was accepted or rejected, and by whom."""
    decided = {"decided_by": tx.actor, "decided_at": tx.at_text}
    tx.update(IMPORT, IMPORT.c.id == number, status=status, reason=reason, **decided)
    tx.log(f"{status.value} import", str(number), reason=reason, **detail)


def keep_options(tx: Transaction, number: int, **options: Any) -> None:
    """Record with an import what it does or did to others, so that it can be undone."""
    before = get_import(tx.connection, number).options
    tx.update(IMPORT, IMPORT.c.id == number, options={**before, **options})


def supersede(tx: Transaction, number: int) -> None:
    """Record that another import replaces an accepted one."""
    tx.update(IMPORT, IMPORT.c.id == number, status=Status.SUPERSEDED)


def undo(tx: Transaction, stored: StoredImport, reason: str) -> None:
    """Record that an import was undone, and by whom; the one that it replaced is accepted again."""
    undone = {"undone_by": tx.actor, "undone_at": tx.at_text, "reason": reason}
    tx.update(IMPORT, IMPORT.c.id == stored.id, status=Status.UNDONE, **undone)
    if stored.supersedes:
        tx.update(IMPORT, IMPORT.c.id == stored.supersedes, status=Status.ACCEPTED)
    counted: Mapping[str, int] = {name: count for name, count in stored.counts.items() if count}
    detail = {"organisation": stored.organisation_id, "reason": reason, **counted}
    tx.log("undo import", str(stored.id), **detail)


def new_device_id(stored: StoredImport, row: int) -> str:
    """Return the id of the device that a row of an import adds."""
    digest = hashlib.sha256(f"{stored.organisation_id}|{stored.id}|{stored.sha256}|{row}".encode())
    return f"device-{digest.hexdigest()[:16]}"


def set_devices(tx: Transaction, number: int, devices: Mapping[int, str]) -> None:
    """Record the devices that new rows of an import became, by row."""
    is_row = and_(ROW.c.import_id == number, ROW.c.number == bindparam("row"))
    statement = ROW.update().where(is_row).values(device_id=bindparam("device"))
    for batch in batches(sorted(devices.items()), BATCH):
        tx.connection.execute(statement, [{"row": row, "device": device} for row, device in batch])


def get_import(connection: Connection, number: int) -> StoredImport:
    """Return an import; UnknownNameError lists the newest known ones."""
    row = connection.execute(select(IMPORT).where(IMPORT.c.id == number)).first()
    if row is None:
        known = connection.execute(select(IMPORT.c.id).order_by(IMPORT.c.id.desc()).limit(10)).scalars()
        raise UnknownNameError("import", str(number), tuple(str(import_id) for import_id in known))
    return value_of(StoredImport, row)


def list_imports(
    connection: Connection, organisation_ids: Sequence[str] | None = None, status: Status | None = None
) -> list[StoredImport]:
    """Return imports, newest first; of some organisations or all, of one status or all."""
    is_wanted = same_or_all(IMPORT.c.organisation_id, organisation_ids)
    query = select(IMPORT).where(is_wanted).order_by(IMPORT.c.id.desc())
    if status is not None:
        query = query.where(IMPORT.c.status == status.value)
    return values_of(StoredImport, connection, query)


def imports_of_file(connection: Connection, organisation_id: str, sha256: str) -> list[StoredImport]:
    """Return the imports of these bytes for an organisation, newest first, of any status."""
    query = (
        select(IMPORT)
        .where(IMPORT.c.organisation_id == organisation_id, IMPORT.c.sha256 == sha256)
        .order_by(IMPORT.c.id.desc())
    )
    return values_of(StoredImport, connection, query)


def rows_of(
    connection: Connection,
    number: int,
    outcome: Outcome | None = None,
    *,
    limit: int | None = None,
    offset: int = 0,
) -> Iterator[RowView]:
    """Yield the rows of an import in order; of one outcome or all."""
    query = select(ROW).where(ROW.c.import_id == number).order_by(ROW.c.number)
    if outcome is not None:
        query = query.where(ROW.c.outcome == outcome.value)
    if limit is not None:
        query = query.limit(limit).offset(offset)
    for row in connection.execute(query.execution_options(yield_per=BATCH)):
        sighting = sighting_from_json(row.sighting) if row.sighting else None
        yield value_of(RowView, row, changes=_changes(row.changes), sighting=sighting)


def count_rows(connection: Connection, number: int, outcome: Outcome | None = None) -> int:
    """Return how many rows an import has; of one outcome or in all."""
    of_outcome = true() if outcome is None else ROW.c.outcome == outcome.value
    return count_of(connection, ROW, ROW.c.import_id == number, of_outcome)


def sightings_of(connection: Connection, device_id: str) -> list[DeviceSighting]:
    """Return the sightings and misses of a device, oldest first, from accepted imports."""
    query = _seen().where(ROW.c.device_id == device_id)
    return [_seen_in(row) for row in connection.execute(query) if row.place or not _shows(row)]


def seen_in(connection: Connection, ids: Iterable[str], as_of: date) -> dict[str, list[DeviceSighting]]:
    """Return the sightings of devices by a date, oldest first, by device, from accepted imports."""
    sightings: dict[str, list[DeviceSighting]] = {}
    for batch in batches(sorted(ids), CHUNK):
        query = _seen().where(ROW.c.device_id.in_(batch), IMPORT.c.day <= as_of.isoformat())
        for row in connection.execute(query):
            if row.place and _shows(row):
                sightings.setdefault(row.device_id, []).append(_seen_in(row))
    return sightings


def _shows(row: Row[Any]) -> bool:
    """Return whether a row shows its device; one without a place only states its outcome."""
    return Outcome(row.outcome) in SEEN


def _seen() -> Select[Any]:
    imported = (IMPORT.c.day, IMPORT.c.filename, IMPORT.c.sha256, IMPORT.c.decided_by, IMPORT.c.decided_at)
    row = (ROW.c.import_id, ROW.c.device_id, ROW.c.outcome, ROW.c.place, ROW.c.changes, ROW.c.matched_by)
    return (
        select(*row, *imported)
        .join(IMPORT, IMPORT.c.id == ROW.c.import_id)
        .where(IMPORT.c.status == Status.ACCEPTED.value)
        .order_by(IMPORT.c.day, ROW.c.import_id, ROW.c.number)
    )


def _seen_in(row: Row[Any]) -> DeviceSighting:
    outcome = Outcome(row.outcome)
    cited = Citation("inventory", row.filename, row.place, snapshot=row.sha256)
    decided = {"by": row.decided_by, "at": row.decided_at}
    content = {"supports": outcome in SEEN, "citation": cited, "changes": _changes(row.changes)}
    return value_of(DeviceSighting, row, **content, **decided)


def _changes(rows: Sequence[Mapping[str, str]]) -> tuple[Change, ...]:
    return tuple(Change(**change) for change in rows)
