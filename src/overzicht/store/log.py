"""The append-only log: each entry's hash covers the entry and the hash before it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from overzicht.errors import StoreError
from overzicht.store import schema
from overzicht.store.reading import count_of, values_of

FIRST_HASH = "0" * 64
SUBJECT_LENGTH = 300  # what the column holds; PostgreSQL refuses longer text, SQLite would take it
BATCH = 1_000


class BrokenLogError(StoreError):
    """The chain of hashes is not consistent: an entry was changed, removed or inserted."""

    slug = "broken-log"

    def __init__(self, seq: int, reason: str) -> None:
        super().__init__(
            f"the log is broken at entry {seq}: {reason}",
            fix="restore the store from a backup. Earlier entries can be trusted",
        )
        self.seq = seq
        self.reason = reason


def entry_hash(previous_hash: str, entry: Mapping[str, Any]) -> str:
    """Return the SHA-256 over the previous hash and the canonical JSON of an entry (without its hashes)."""
    canonical = json.dumps(entry, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(f"{previous_hash}\n{canonical}".encode()).hexdigest()


def newest_hash(connection: Connection) -> str:
    """Return the hash of the newest entry, which covers the whole log; zeros for an empty log."""
    query = select(schema.log.c.hash).order_by(schema.log.c.seq.desc()).limit(1)
    return connection.execute(query).scalar() or FIRST_HASH


def append_entry(connection: Connection, fields: Mapping[str, Any]) -> None:
    """Append an entry of `at`, `actor`, `action`, `subject` and `detail`.

    The caller's transaction holds the write lock, so entries are in commit order.
    """
    last = connection.execute(
        select(schema.log.c.seq, schema.log.c.hash).order_by(schema.log.c.seq.desc()).limit(1)
    ).first()
    seq, previous = (last.seq + 1, last.hash) if last else (1, FIRST_HASH)
    entry = {"seq": seq, **fields, "subject": fields["subject"][:SUBJECT_LENGTH]}
    connection.execute(
        schema.log.insert().values(**entry, previous_hash=previous, hash=entry_hash(previous, entry))
    )


@dataclass(frozen=True, slots=True)
class LogEntry:
    """An entry of the log; `at` is an ISO text in UTC."""

    seq: int
    at: str
    actor: str
    action: str
    subject: str
    detail: dict[str, Any]
    hash: str


def read_entries(connection: Connection, *, offset: int = 0, limit: int = 50) -> list[LogEntry]:
    """Return entries of the log, newest first."""
    table = schema.log
    query = select(table).order_by(table.c.seq.desc()).offset(offset).limit(limit)
    return values_of(LogEntry, connection, query)


def count_entries(connection: Connection) -> int:
    """Return the number of entries of the log."""
    return count_of(connection, schema.log)


def verify_log(connection: Connection) -> int:
    """Return the number of entries of the chain; BrokenLogError at the first inconsistent one."""
    previous, expected = FIRST_HASH, 1
    query = select(schema.log).order_by(schema.log.c.seq).execution_options(yield_per=BATCH)
    with connection.execute(query) as result:
        for row in result.mappings():
            if row["seq"] != expected:
                raise BrokenLogError(expected, "it is missing")
            entry = {name: row[name] for name in ("seq", "at", "actor", "action", "subject", "detail")}
            if row["previous_hash"] != previous:
                raise BrokenLogError(expected, "it does not follow the entry before it")
            if row["hash"] != entry_hash(previous, entry):
                raise BrokenLogError(expected, "its content was changed")
            previous, expected = row["hash"], expected + 1
    return expected - 1
