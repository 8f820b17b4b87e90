"""Checks of a store: the log's chain, the raw files, and the lookup tables against the records."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from pydantic import computed_field
from sqlalchemy import Connection, Table, exc, func, select, text

from overzicht.entities import Record
from overzicht.errors import InputFileError
from overzicht.store import schema
from overzicht.store.codec import record_from_json
from overzicht.store.database import Store, Transaction
from overzicht.store.list_records import content_hash, index_rows
from overzicht.store.log import BrokenLogError, LogCheck, log_end, verify_log
from overzicht.store.proof.state import EMPTY, differing_tables, stored_state
from overzicht.store.proof.working_files import differences
from overzicht.store.receipts import Receipt, receipt_fault
from overzicht.store.rows import batches, count_of
from overzicht.store.snapshots import file_sha256, kept_files

BATCH = 500
LARGEST_LISTING = 2**20  # of the files that make one snapshot together
FILES = "files"
READ_FROM_FILES = frozenset({"eu-dual-use"})  # without stored records: their count is that of the file


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault: the part of the store, the row or file, and what is wrong."""

    part: str
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.part}, {self.where}: {self.what}"


@dataclass(frozen=True, slots=True)
class StoreCheck:
    """Figures of a check, with the first fault of each part; no faults: everything is consistent.

    `sealed_from` is the first log entry that states the rows: rows written before it are proven from it on.
    `signed_entries` is the number of entries that the newest receipt in the home covers; 0 without one.
    """

    log_entries: int
    log_head: str
    files: int
    records: int
    sealed_from: int
    signed_entries: int
    faults: tuple[Fault, ...]

    @computed_field
    @property
    def holds(self) -> bool:
        """Whether no part has a fault."""
        return not self.faults


def check_store(store: Store, *, anchor: str = "", receipt: Receipt | None = None) -> StoreCheck:
    """Check everything in one consistent state; the first fault of each part is reported.

    `anchor` is (the start of) the hash of a log entry that was noted earlier, `receipt` a receipt that was
    stored elsewhere: a log that was cut short or rewritten is consistent in itself, but has no such entry.
    """
    with store.reading() as connection:
        faults: list[Fault] = []
        try:
            log = verify_log(connection)
        except BrokenLogError as error:
            log = LogCheck(error.seq - 1)
            faults.append(Fault("log", f"entry {error.seq}", error.reason))
        else:
            if (log.state or EMPTY) != stored_state(connection):
                what = "the rows are not those after it: the log was cut off, or rows were changed outside it"
                faults.append(Fault("log", f"entry {log.entries}", what))
            starting = select(schema.log.c.seq).where(schema.log.c.hash.startswith(anchor, autoescape=True))
            if anchor and connection.execute(starting.limit(1)).first() is None:
                faults.append(Fault("log", f"anchor {anchor[:12]}", "no entry has this hash"))
        signed = 0  # entries that the newest receipt covers
        try:
            newest = store.receipts.stored()
        except InputFileError as error:
            faults.append(Fault("receipt", error.file, error.reason))
        else:
            for name, stated in (("of this store", newest), ("that was given", receipt)):
                if stated is not None and (fault := receipt_fault(connection, stated)):
                    faults.append(Fault("receipt", name, fault))
            if newest is None and store.receipts.is_missing(log_end(connection)):
                what = (
                    "it is missing or empty, although the key was used. It was removed, or could not be "
                    "written"
                )
                faults.append(Fault("receipt", store.receipts.newest.name, what))
            signed = newest.content.entries if newest else 0
        for check in _CHECKS:
            try:
                faults += list(islice(check(connection), 1))
            except UNREADABLE as error:  # rows that nothing can read are a fault
                reason = f"a row cannot be read ({error})"
                faults.append(Fault("database", check.__name__.strip("_"), reason))
        faults += [Fault("rows", f"table {table}", what) for table, what in differing_tables(connection)]
        names = kept_files(store.folder)
        faults += islice(_file_faults(connection, store.folder, names), 1)
        records = count_of(connection, schema.record)
        head = log_end(connection).hash
    return StoreCheck(log.entries, head, len(names), records, log.sealed_from, signed, tuple(faults))


def _database_faults(connection: Connection) -> Iterator[Fault]:
    """Yield the faults that SQLite finds in its file; PostgreSQL enforces the same rules on writing."""
    if connection.dialect.name != "sqlite":
        return
    for (message,) in connection.execute(text("PRAGMA quick_check")):
        if message != "ok":
            yield Fault("database", "file", str(message))
    for table, row, parent, _ in connection.execute(text("PRAGMA foreign_key_check")):
        yield Fault(
            "database", f"table {table}, row {row}", f"it refers to a row of {parent} that does not exist"
        )


def _record_faults(connection: Connection) -> Iterator[Fault]:
    """Yield changed records, and snapshots with another number of records than stated."""
    counts = _counts(connection, schema.record)
    for row in connection.execute(select(schema.snapshot).order_by(schema.snapshot.c.id)).all():
        where = f"snapshot {row.id} ({row.source}, {row.sha256[:12]})"
        expected = 0 if row.source in READ_FROM_FILES else row.record_count
        if counts.get(row.id, 0) != expected:
            yield Fault("records", where, f"it has {counts.get(row.id, 0)} records, not {expected}")
        for record_id, hashed, payload in _payloads(connection, row.id):
            if content_hash(payload) != hashed:
                yield Fault("records", f"{where}, record {record_id}", "its content was changed")


def _index_faults(connection: Connection) -> Iterator[Fault]:
    expected_counts: dict[str, dict[int, int]] = {}
    for key in _snapshot_keys(connection):
        for batch in _batches(connection, key):
            for table, rows in index_rows(key, batch):
                counted = expected_counts.setdefault(table.name, {})
                counted[key] = counted.get(key, 0) + len(rows)
                record_ids = [record.id for record in batch]
                query = select(table).where(table.c.snapshot_id == key, table.c.record_id.in_(record_ids))
                stored = {tuple(row) for row in connection.execute(query)}
                expected = {tuple(row[column.name] for column in table.columns) for row in rows}
                for difference in sorted(stored ^ expected)[:1]:
                    what = (
                        "is there without a record that states it" if difference in stored else "is missing"
                    )
                    yield Fault(
                        "index",
                        f"{table.name} of snapshot {key}, record {difference[1]}",
                        f"{difference[2:]!r} {what}",
                    )
    for table in INDEX_TABLES:
        for key, count in sorted(_counts(connection, table).items()):
            right = expected_counts.get(table.name, {}).get(key, 0)
            if count != right:
                yield Fault("index", f"{table.name} of snapshot {key}", f"{count} rows, not {right}")


def _diligence_faults(connection: Connection) -> Iterator[Fault]:
    for where, what in differences(connection):
        yield Fault("due diligence", f"entry {where}", what)


INDEX_TABLES = (schema.party_name, schema.party_identifier, schema.stake)
Check = Callable[[Connection], Iterator[Fault]]
UNREADABLE = (exc.DBAPIError, ValueError, LookupError, TypeError, AttributeError)
_CHECKS: tuple[Check, ...] = (
    _database_faults, _record_faults, _index_faults, _diligence_faults,
)  # fmt: skip


def _counts(connection: Connection, table: Table) -> dict[int, int]:
    query = select(table.c.snapshot_id, func.count()).group_by(table.c.snapshot_id)
    return {int(key): int(count) for key, count in connection.execute(query)}


def _payloads(connection: Connection, key: int) -> Iterator[tuple[str, str, dict[str, Any]]]:
    table = schema.record
    query = (
        select(table.c.record_id, table.c.content_hash, table.c.payload)
        .where(table.c.snapshot_id == key)
        .order_by(table.c.record_id)
        .execution_options(yield_per=BATCH)
    )
    with connection.execute(query) as result:
        for row in result:
            yield row.record_id, row.content_hash, row.payload


def _snapshot_keys(connection: Connection) -> list[int]:
    return list(connection.execute(select(schema.snapshot.c.id).order_by(schema.snapshot.c.id)).scalars())


def _batches(connection: Connection, key: int) -> Iterator[list[Record]]:
    for batch in batches(_payloads(connection, key), BATCH):
        yield [record_from_json(payload) for _, _, payload in batch]


def write_index(tx: Transaction) -> int:
    """Rebuild the lookup tables from the records; return the number of records.

    Needed if a newer release forms the keys of names in another way.
    """
    count = 0
    for table in INDEX_TABLES:
        tx.delete(table)
    for key in _snapshot_keys(tx.connection):
        for batch in _batches(tx.connection, key):
            count += len(batch)
            for table, rows in index_rows(key, batch):
                tx.insert_all(table, rows)
    tx.log("write index", "records", records=count)
    return count


# Raw files


def _file_faults(connection: Connection, folder: Path, names: list[str]) -> Iterator[Fault]:
    stored = set(names)
    for name in names:
        if file_sha256(folder / name[:2] / name) != name:
            yield Fault(
                FILES, f"snapshots/{name[:2]}/{name}", "its content does not match the hash in its name"
            )
    for where, sha256, size in _named_files(connection):
        if sha256 not in stored:
            yield Fault(FILES, where, f"its raw file {sha256} is missing")
        elif size is not None:
            # the files of a snapshot whose own file is the list of them
            path = folder / sha256[:2] / sha256
            own = path.stat().st_size
            if own in {0, size} or own > LARGEST_LISTING:  # a snapshot's size is that of its parts together
                parts = set()
            else:
                lines = path.read_bytes().decode("utf-8", "replace").splitlines()
                hashes = [line.partition("  ")[0] for line in lines]
                is_listing = all(len(name) == 64 and set(name) <= set("0123456789abcdef") for name in hashes)
                parts = set(hashes) if is_listing else set()
            for part in sorted(parts - stored):
                yield Fault(FILES, where, f"its raw file {part} is missing")


def _named_files(connection: Connection) -> Iterator[tuple[str, str, int | None]]:
    """Yield (row, hash, size) of the raw files that rows name; starter facts ship with the product."""
    table = schema.snapshot
    query = select(table.c.id, table.c.sha256, table.c.size_bytes).where(table.c.is_starter.is_(False))
    for key, sha256, size in connection.execute(query.order_by(table.c.id)):
        yield f"snapshot {key}", sha256, size
    imports = schema.metadata.tables["register_import"]
    for key, sha256 in connection.execute(select(imports.c.id, imports.c.sha256).order_by(imports.c.id)):
        yield f"import {key}", sha256, None
    events = schema.licence_event
    attached = (
        select(events.c.id, events.c.payload).where(events.c.kind == "attachment").order_by(events.c.id)
    )
    for key, payload in connection.execute(attached):
        yield f"attachment in case event {key}", payload["sha256"], None
