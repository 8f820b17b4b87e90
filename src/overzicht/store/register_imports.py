"""Imports of inventories: offered with every row and what it came to, then accepted or rejected, and kept."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, select

from overzicht.devices import Sighting
from overzicht.errors import UnknownNameError
from overzicht.evidence import Citation, Text
from overzicht.register.model import Change, Outcome, Status
from overzicht.register.sighting import sighting_from_json, sighting_to_json
from overzicht.store import register_tables as tables
from overzicht.store.database import Transaction
from overzicht.store.register_states import BATCH, CHUNK, batches

IMPORT, ROW = tables.register_import, tables.register_import_row
SEEN = (
    Outcome.ADDED,
    Outcome.CHANGED,
    Outcome.UNCHANGED,
    Outcome.DUPLICATE,
)  # a row of these is a sighting of its device


@dataclass(frozen=True, slots=True)
class StoredImport:
    """An import: the file, how it was read, what it came to by outcome, and who decided on it."""

    id: int
    organisation_id: str
    site: str
    day: date
    is_whole: bool
    filename: str
    sha256: str
    kind: str
    options: Mapping[str, Any]
    columns: Sequence[Mapping[str, str]]  # {sheet, column, field}
    records: int
    counts: Mapping[str, int]
    base: int
    status: Status
    actor: str
    at: str
    decided_by: str
    decided_at: str
    reason: str


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of an import as it is kept; see `register.model.Row`. `sighting` is None for what is gone."""

    number: int
    outcome: Outcome
    device_id: str
    place: str
    matched_by: str
    changes: tuple[Change, ...]
    candidates: tuple[str, ...]
    choice: str
    why: Text | None
    trace_key: str
    sighting: Sighting | None


@dataclass(frozen=True, slots=True)
class SeenIn:
    """Where a device was seen on a day (it supports that it is there) or missed (it contradicts)."""

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
    """Keep an import as a preview and return its number."""
    result = tx.connection.execute(
        IMPORT.insert().values(
            **values, status=Status.PREVIEW.value, actor=tx.actor, at=tx.at_text, reason="", counts={}
        )
    )
    key = result.inserted_primary_key
    assert key is not None  # noqa: S101 - an insert of one row always gives a key
    return int(key[0])


def replace_rows(tx: Transaction, number: int, rows: Iterable[RowView], *, base: int) -> Mapping[str, int]:
    """Write the rows of a preview, in place of those it had, and return how many there are by outcome."""
    tx.connection.execute(ROW.delete().where(ROW.c.import_id == number))
    counts = dict.fromkeys((outcome.value for outcome in Outcome), 0)
    for batch in batches(rows, BATCH):
        tx.connection.execute(ROW.insert(), [_row_values(number, row) for row in batch])
        for row in batch:
            counts[row.outcome.value] += 1
    tx.connection.execute(IMPORT.update().where(IMPORT.c.id == number).values(counts=counts, base=base))
    return counts


def _row_values(number: int, row: RowView) -> dict[str, Any]:
    return {
        "import_id": number,
        "number": row.number,
        "outcome": row.outcome.value,
        "device_id": row.device_id or None,
        "place": row.place[:300],
        "matched_by": row.matched_by,
        "changes": [{"field": each.field, "old": each.old, "new": each.new} for each in row.changes],
        "candidates": list(row.candidates),
        "choice": row.choice or None,
        "why": row.why.to_json() if row.why else None,
        "trace_key": row.trace_key or None,
        "sighting": sighting_to_json(row.sighting) if row.sighting else None,
    }


def set_choice(tx: Transaction, number: int, row: int, choice: str) -> None:
    """Keep what a person said of a row; UnknownNameError where the import has no such row."""
    result = tx.connection.execute(
        ROW.update().where(ROW.c.import_id == number, ROW.c.number == row).values(choice=choice or None)
    )
    if result.rowcount != 1:
        raise UnknownNameError(f"row in import {number}", str(row))
    tx.log("choose", f"import {number}", row=row, choice=choice)


def decide_import(tx: Transaction, number: int, status: Status, reason: str, **detail: Any) -> None:
    """Write down that an import was accepted or rejected, and by whom."""
    tx.connection.execute(
        IMPORT.update()
        .where(IMPORT.c.id == number)
        .values(status=status.value, decided_by=tx.actor, decided_at=tx.at_text, reason=reason)
    )
    tx.log(f"{status.value} import", str(number), reason=reason, **detail)


def set_devices(tx: Transaction, number: int, devices: Mapping[int, str]) -> None:
    """Write the devices that new rows of an import became, by row."""
    table = ROW
    for batch in batches(sorted(devices.items()), BATCH):
        statement = (
            table.update()
            .where(table.c.import_id == number, table.c.number == bindparam("row"))
            .values(device_id=bindparam("device"))
        )
        tx.connection.execute(statement, [{"row": row, "device": device} for row, device in batch])


def get_import(connection: Connection, number: int) -> StoredImport:
    """Return an import; UnknownNameError lists the newest there are."""
    row = connection.execute(select(IMPORT).where(IMPORT.c.id == number)).first()
    if row is None:
        known = connection.execute(select(IMPORT.c.id).order_by(IMPORT.c.id.desc()).limit(10)).scalars()
        raise UnknownNameError("import", str(number), tuple(str(each) for each in known))
    return _import(row)


def list_imports(
    connection: Connection, organisation_ids: Sequence[str] | None = None, status: Status | None = None
) -> list[StoredImport]:
    """Return imports, newest first; of some organisations or all, of one status or all."""
    query = select(IMPORT).order_by(IMPORT.c.id.desc())
    if organisation_ids is not None:
        query = query.where(IMPORT.c.organisation_id.in_(list(organisation_ids)))
    if status is not None:
        query = query.where(IMPORT.c.status == status.value)
    return [_import(row) for row in connection.execute(query)]


def imports_of_file(connection: Connection, organisation_id: str, sha256: str) -> list[StoredImport]:
    """Return the imports of these bytes for an organisation, newest first, whatever became of them."""
    query = (
        select(IMPORT)
        .where(IMPORT.c.organisation_id == organisation_id, IMPORT.c.sha256 == sha256)
        .order_by(IMPORT.c.id.desc())
    )
    return [_import(row) for row in connection.execute(query)]


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
        yield _row(row)


def count_rows(connection: Connection, number: int, outcome: Outcome | None = None) -> int:
    """Return how many rows an import has; of one outcome or in all."""
    query = select(func.count()).select_from(ROW).where(ROW.c.import_id == number)
    if outcome is not None:
        query = query.where(ROW.c.outcome == outcome.value)
    return int(connection.execute(query).scalar_one())


def sightings_of(connection: Connection, device_id: str) -> list[SeenIn]:
    """Return where a device was seen, or missed, oldest first; accepted imports only."""
    query = _seen().where(ROW.c.device_id == device_id)
    return [_seen_in(row) for row in connection.execute(query) if row.place or not _shows(row)]


def seen_in(connection: Connection, ids: Iterable[str], as_of: date) -> dict[str, list[SeenIn]]:
    """Return where devices were seen by a day, oldest first, by device; accepted imports only."""
    found: dict[str, list[SeenIn]] = {}
    for batch in batches(sorted(ids), CHUNK):
        query = _seen().where(ROW.c.device_id.in_(batch), IMPORT.c.day <= as_of.isoformat())
        for row in connection.execute(query):
            if row.place and _shows(row):
                found.setdefault(row.device_id, []).append(_seen_in(row))
    return found


def _shows(row: Row[Any]) -> bool:
    """Return whether a row shows its device; one without a place only says what became of it."""
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


def _seen_in(row: Row[Any]) -> SeenIn:
    outcome = Outcome(row.outcome)
    cited = Citation("inventory", row.filename, row.place, snapshot=row.sha256)
    return SeenIn(
        row.import_id, date.fromisoformat(row.day), outcome, outcome in SEEN, cited, _changes(row.changes),
        row.decided_by, row.decided_at, row.matched_by,
    )  # fmt: skip


def _import(row: Row[Any]) -> StoredImport:
    return StoredImport(
        id=row.id,
        organisation_id=row.organisation_id,
        site=row.site,
        day=date.fromisoformat(row.day),
        is_whole=row.is_whole,
        filename=row.filename,
        sha256=row.sha256,
        kind=row.kind,
        options=row.options,
        columns=row.columns,
        records=row.records,
        counts=row.counts,
        base=row.base,
        status=Status(row.status),
        actor=row.actor,
        at=row.at,
        decided_by=row.decided_by or "",
        decided_at=row.decided_at or "",
        reason=row.reason,
    )


def _row(row: Row[Any]) -> RowView:
    return RowView(
        number=row.number,
        outcome=Outcome(row.outcome),
        device_id=row.device_id or "",
        place=row.place,
        matched_by=row.matched_by,
        changes=_changes(row.changes),
        candidates=tuple(row.candidates),
        choice=row.choice or "",
        why=Text.from_json(row.why) if row.why else None,
        trace_key=row.trace_key or "",
        sighting=sighting_from_json(row.sighting) if row.sighting else None,
    )


def _changes(found: Sequence[Mapping[str, str]]) -> tuple[Change, ...]:
    return tuple(Change(each["field"], each["old"], each["new"]) for each in found)
