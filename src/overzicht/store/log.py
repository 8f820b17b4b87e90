"""The append-only log: each entry's hash covers the entry and the hash before it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, exc, select

from overzicht.errors import StoreError
from overzicht.store import schema
from overzicht.store.engines import dump_json
from overzicht.store.proof.rows import RowHashes, stream
from overzicht.store.proof.state import Seal
from overzicht.store.rows import count_of, values_of

FIRST_HASH = "0" * 64
SUBJECT_LENGTH = 300  # what the column holds; PostgreSQL refuses longer text, SQLite would take it
CONTENT = ("seq", "at", "actor", "action", "subject", "detail")
PROOF = ("state_before", "state", "changes")  # empty in an entry after which the rows are as they were
MIGRATION = "migrate store"


class BrokenLogError(StoreError):
    """The chain of hashes is not consistent: an entry was changed, removed or inserted."""

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


@dataclass(frozen=True, slots=True)
class LogEnd:
    """The newest entry of the log: number (0: an empty log), time, and hash, which covers the whole log."""

    seq: int = 0
    hash: str = FIRST_HASH
    at: str = ""


def log_end(connection: Connection) -> LogEnd:
    """Return the end of the log."""
    table = schema.log
    query = select(table.c.seq, table.c.hash, table.c.at).order_by(table.c.seq.desc()).limit(1)
    row = connection.execute(query).first()
    return LogEnd(row.seq, row.hash, row.at) if row else LogEnd()


def first_hash(connection: Connection) -> str:
    """Return the hash of the first entry, which is different in each store; empty for a store without log."""
    row = connection.execute(select(schema.log.c.hash).order_by(schema.log.c.seq).limit(1)).first()
    return "" if row is None else str(row.hash)


def append_entries(
    connection: Connection, entries: Sequence[Mapping[str, Any]], seal: Seal | None = None
) -> LogEnd:
    """Append entries of `at`, `actor`, `action`, `subject` and `detail`, and return the new end of the log.

    The last one states the rows at the end. The caller's transaction holds the write lock, so entries
    are in commit order.
    """
    end = log_end(connection)
    for number, fields in enumerate(entries, 1):
        entry = {"seq": end.seq + 1, **fields, "subject": fields["subject"][:SUBJECT_LENGTH]}
        if seal is not None and number == len(entries):
            entry |= {"state_before": seal.before, "state": seal.after, "changes": seal.changes}
        digest = entry_hash(end.hash, entry)
        connection.execute(schema.log.insert().values(**entry, previous_hash=end.hash, hash=digest))
        end = LogEnd(entry["seq"], digest, entry["at"])
    return end


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


@dataclass(frozen=True, slots=True)
class LogCheck:
    """An intact log: its number of entries, the state of the rows that it states, and the first such entry.

    `sealed_from` is 0 if no entry states the rows, 1 if all rows were proven from the start.
    """

    entries: int
    state: str = ""
    sealed_from: int = 0


def verify_log(connection: Connection) -> LogCheck:
    """Return what an intact log states; BrokenLogError at the first inconsistent entry.

    The rows before an entry must be those after the entry before it: a difference shows that rows were
    changed outside the log, also when later entries cover them.
    """
    end, state, sealed_from = LogEnd(), "", 0
    hashes = RowHashes(schema.log)
    try:
        for values in stream(connection, hashes.query(connection).order_by(schema.log.c.seq)):
            row = dict(zip(hashes.names, values, strict=True))
            seq = end.seq + 1
            if row["seq"] != seq:
                raise BrokenLogError(seq, "it is missing")
            if row["previous_hash"] != end.hash:
                raise BrokenLogError(seq, "it does not follow the entry before it")
            # the fields that the hash of a stored entry covers, None if its JSON is not as it was
            # written. Entries of older versions have no state.
            is_sealed = any(row[name] is not None for name in PROOF)
            own_fields = {name: row[name] for name in CONTENT + (PROOF if is_sealed else ())}
            for name in own_fields.keys() & {"detail", "changes"}:
                try:
                    own_fields[name] = json.loads(row[name])
                except (ValueError, TypeError, RecursionError):
                    fields = None
                    break
                if dump_json(own_fields[name]) != row[name]:
                    fields = None
                    break
            else:
                fields = own_fields
            if fields is None or row["hash"] != entry_hash(end.hash, fields):
                raise BrokenLogError(seq, "its content was changed")
            end = LogEnd(seq, row["hash"])
            if row["state"] is None:
                continue
            if state and fields["state_before"] != state:
                raise BrokenLogError(fields["seq"], "before it, rows were changed outside the log")
            if fields["action"] == MIGRATION and fields["detail"].get("rows_match") is False:
                raise BrokenLogError(
                    fields["seq"], "before this migration, rows were changed outside the log"
                )
            sealed_from = sealed_from or (seq if row["state_before"] is None else 1)
            state = row["state"]
    except exc.DBAPIError as error:
        raise BrokenLogError(end.seq + 1, f"it cannot be read ({error.orig})") from error
    return LogCheck(end.seq, state, sealed_from)
