"""A store in a temporary folder, and invented records to put in it."""

import tarfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Connection, true

from overzicht.dates import LegalDate, Period
from overzicht.entities import Listing, Record, Statement
from overzicht.evidence import Snapshot
from overzicht.store import list_records as records
from overzicht.store import snapshots
from overzicht.store.database import Store
from overzicht.store.decisions import tasks_where
from overzicht.store.tables.tasks import Task

OLD_STORE = Path(__file__).parent / "fixtures/store-cf06620"
NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


def company(record_id: str, *names: str, since: date | None = None, list_id: str = "un-sc") -> Record:
    start = LegalDate(since) if since else None
    statements = tuple(Statement("name" if i == 0 else "alias", name) for i, name in enumerate(names))
    listing = Listing(id=f"L-{record_id}", list_id=list_id, measure="Asset freeze", period=Period(start))
    return Record(record_id, "Company", statements, f"entry {record_id}", (listing,))


def snapshot_of(source: str, published: date, digest: str = "a", **fields: object) -> Snapshot:
    given = {"part": "", "filename": f"{digest}.xml", "size_bytes": 1, "sha256": digest * 64, **fields}
    return Snapshot(source=source, published=published, **given)  # type: ignore[arg-type]


def put(store: Store, snapshot: Snapshot, held: Sequence[Record], *, is_starter: bool = False) -> int:
    with store.writing("tester", NOON) as tx:
        key = snapshots.add_snapshot(tx, snapshot, is_starter=is_starter)
        count, _ = records.add_records(tx, key, held)
        snapshots.update_snapshot(tx, key, record_count=count)
    return key


def unpack_old_home(target: Path) -> Path:
    """Return the home of the store of commit cf06620, which has rows in every table, as it was written."""
    with tarfile.open(OLD_STORE / "home.tar.xz") as archive:
        archive.extractall(target, filter="data")
    return target


def open_tasks(connection: Connection) -> list[Task]:
    return [task for task in tasks_where(connection, true()) if not task.closed_at]
