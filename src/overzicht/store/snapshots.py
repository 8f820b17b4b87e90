"""Snapshots: the loaded versions of each source, and their raw files."""

import hashlib
import io
import os
import re
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from pathlib import Path
from typing import IO, Any, BinaryIO

from sqlalchemy import Connection, Row, select

from overzicht.entities.history import Version
from overzicht.errors import StoreError
from overzicht.evidence import Snapshot
from overzicht.store import schema
from overzicht.store.database import Transaction
from overzicht.store.private import make_private_folder, open_private
from overzicht.store.rows import value_of

TABLE = schema.snapshot
EVIDENCE = tuple(column.name for column in fields(Snapshot) if column.name in TABLE.c)
FILENAME_LENGTH = 300  # what the column holds
COPY_BYTES = 2**20
# In the remark of a row older than the column `newest`: its newest entry was taken for its date.
_BY_NEWEST_ENTRY = "the publication date is not stated; its newest entry is of"
SHA256 = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class StoredSnapshot:
    """A loaded snapshot: its key in the store, its evidence, and notes from reading it.

    `mapping` is that of an own list. `doubt` is why the version does not prove that a party is absent.
    `newest` is the day of the newest entry of a file without a date.
    """

    key: int
    snapshot: Snapshot
    is_starter: bool
    record_count: int
    ignored: dict[str, int]
    problems: tuple[str, ...]
    validators: dict[str, str]
    added_at: str
    confirmed: date | None = None
    mapping: str = ""
    doubt: str = ""
    newest: date | None = None

    @property
    def version(self) -> Version:
        """The snapshot as evidence on a date: published, else of its newest entry, else loaded."""
        loaded = self.snapshot.retrieved or date.fromisoformat(self.added_at[:10])
        day = self.snapshot.published or self.newest or loaded
        is_dated = self.snapshot.published is not None
        # whether a file is dated only by the month in its name (`202204-consolidated.csv`)
        first = (
            day.replace(day=1)
            if is_dated
            and re.match(rf"{day:%Y%m}(?!\d)", self.snapshot.filename) is not None
            and (day + timedelta(days=1)).day == 1
            else None
        )
        return Version(self.snapshot, day, self.is_starter, is_dated, self.confirmed, first, self.doubt)


def add_snapshot(
    tx: Transaction,
    snapshot: Snapshot,
    *,
    is_starter: bool = False,
    validators: Mapping[str, str] | None = None,
    mapping: str = "",
) -> int:
    """Store a snapshot and return its key; its records follow, and `update_snapshot` completes it."""
    evidence = {name: getattr(snapshot, name) for name in EVIDENCE}
    evidence |= {"filename": snapshot.filename[:FILENAME_LENGTH], "remarks": list(snapshot.remarks)}
    noted = {"record_count": 0, "ignored": {}, "problems": [], "validators": dict(validators or {})}
    noted |= {"mapping": mapping, "doubt": "", "newest": None}
    return tx.insert(TABLE, **evidence, **noted, is_starter=is_starter, added_at=tx.at_text)


def update_snapshot(tx: Transaction, key: int, **columns: Any) -> None:
    """Set the columns that are known only after the last record was read."""
    tx.update(TABLE, TABLE.c.id == key, **columns)


def remove_snapshot(tx: Transaction, key: int) -> None:
    """Delete a snapshot and its records (starter facts that a newer release replaces)."""
    tx.delete(TABLE, TABLE.c.id == key)


def list_snapshots(connection: Connection, source: str | None = None) -> list[StoredSnapshot]:
    """Return the loaded snapshots by source, part and day; all sources when none is named."""
    query = select(TABLE)
    if source is not None:
        query = query.where(TABLE.c.source == source)
    stored = [_from_row(row) for row in connection.execute(query)]
    return sorted(stored, key=lambda s: (s.snapshot.source, s.snapshot.part, s.version.day, s.key))


def state_of_snapshots(connection: Connection) -> str:
    """Return a hash that changes if a snapshot is added, removed, extended or confirmed."""
    columns = (
        TABLE.c.id, TABLE.c.sha256, TABLE.c.record_count, TABLE.c.complete, TABLE.c.confirmed, TABLE.c.doubt,
    )  # fmt: skip
    rows = connection.execute(select(*columns).order_by(TABLE.c.id)).all()
    return hashlib.sha256(repr([tuple(row) for row in rows]).encode()).hexdigest()


def find_snapshot(connection: Connection, source: str, part: str, sha256: str) -> StoredSnapshot | None:
    """Return the loaded snapshot of exactly these bytes, or None."""
    row = connection.execute(
        select(TABLE).where(TABLE.c.source == source, TABLE.c.part == part, TABLE.c.sha256 == sha256)
    ).first()
    return None if row is None else _from_row(row)


def keep_file(folder: Path, path: Path, sha256: str) -> Path:
    """Copy raw bytes into the snapshot folder under their hash; an incomplete copy never shows.

    The caller holds the write lock, so leftovers of an earlier killed copy are removed.
    """
    with path.open("rb") as source:
        return _keep(folder, source, sha256, path.stat().st_size)


def keep_bytes(folder: Path, content: bytes) -> Path:
    """Store bytes in memory as `keep_file` does."""
    return _keep(folder, io.BytesIO(content), hashlib.sha256(content).hexdigest(), len(content))


class DamagedSnapshotError(StoreError):
    """A raw file does not match the hash in its name."""

    def __init__(self, sha256: str, actual: str) -> None:
        super().__init__(
            f"the content of raw file {sha256[:12]} was changed (hash {actual[:12]})",
            fix="restore the file from a backup, then run `overzicht register verify`",
        )


def keep_stream(folder: Path, pieces: Iterable[bytes], sha256: str, size: int) -> Path:
    """Store pieces of `size` bytes together, with an expected hash; DamagedSnapshotError for others.

    Others are not stored. Several callers may store the same bytes at the same time.
    """
    target = raw_file(folder, sha256)
    make_private_folder(target.parent)
    partial = target.with_name(f"{sha256}.{os.getpid()}-{threading.get_ident()}.part")
    digest = hashlib.sha256()
    try:
        with open_private(partial) as copy:
            left = size
            for piece in pieces:
                left -= len(piece)
                if left < 0:
                    break
                digest.update(piece)
                copy.write(piece)
            copy.flush()
            os.fsync(copy.fileno())
        if left or digest.hexdigest() != sha256:
            raise DamagedSnapshotError(sha256, digest.hexdigest())
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    sync_folder(target.parent)
    sync_folder(folder)
    return target


def raw_file(folder: Path, sha256: str) -> Path:
    """Return the path of raw bytes in the snapshot folder; they may not be stored."""
    return folder / sha256[:2] / sha256


def kept_files(folder: Path) -> list[str]:
    """Return the hashes of all raw files, in order."""
    return sorted(path.name for path in folder.glob("??/*") if SHA256.fullmatch(path.name))


def file_sha256(path: Path) -> str:
    """Return the hash of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _keep(folder: Path, source: BinaryIO, sha256: str, size: int) -> Path:
    target = raw_file(folder, sha256)
    if target.exists():
        return target
    for left_behind in target.parent.glob(f"{sha256}.*.part"):
        left_behind.unlink()
    return keep_stream(folder, iter(lambda: source.read(COPY_BYTES), b""), sha256, size)


@contextmanager
def written_whole(target: Path) -> Iterator[IO[bytes]]:
    """Yield a file, private to its owner, that replaces the target when the block ends without an error."""
    partial = target.with_name(f"{target.name}.part")
    try:
        with open_private(partial) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        partial.replace(target)
        sync_folder(target.absolute().parent)
    finally:
        partial.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Write the names in a folder to the disk, so that no row outlives the file that it names."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _from_row(row: Row[Any]) -> StoredSnapshot:
    stored = value_of(StoredSnapshot, row, key=row.id, snapshot=value_of(Snapshot, row))
    if any(remark.startswith(_BY_NEWEST_ENTRY) for remark in stored.snapshot.remarks):
        undated = replace(stored.snapshot, published=None)
        return replace(stored, snapshot=undated, newest=stored.snapshot.published)
    return stored
