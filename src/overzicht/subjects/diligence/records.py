"""Working files of due diligence in the store: append-only; the log has the hash of each content."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, func, select

from overzicht.store.database import Transaction
from overzicht.store.proof.working_files import BEGUN, WORD, content_hash
from overzicht.store.rows import is_there, named_row, value_of
from overzicht.store.tables import diligence as tables
from overzicht.subjects.diligence.file_entries import DiligenceError, EntryKind, RecordedEntry
from overzicht.subjects.diligence.working_file import FileHead

HEAD, ENTRY = tables.diligence_file, tables.diligence_entry


def add_file(tx: Transaction, new: FileHead) -> None:
    """Create a file; DiligenceError if one of that id exists."""
    if is_there(tx.connection, HEAD.c.id, new.id):
        raise DiligenceError(
            f"working file {new.id} already exists",
            fix=f"continue it, or choose another name. `overzicht diligence show {new.id}` shows it",
        )
    organisation = new.organisation or None
    tx.insert(HEAD, id=new.id, organisation_id=organisation, name=new.name, run_id=new.run, day=new.day)
    tx.log(BEGUN, new.id, name=new.name, organisation=new.organisation, run=new.run)


def get_file(connection: Connection, file_id: str) -> FileHead:
    """Return a file's head; UnknownNameError lists the known files."""
    return _head(named_row(connection, HEAD.c.id, file_id, "working file"))


def all_files(connection: Connection) -> list[FileHead]:
    """Return the heads of all files by id."""
    return [_head(row) for row in connection.execute(select(HEAD).order_by(HEAD.c.id))]


def _head(row: Row[Any]) -> FileHead:
    return value_of(FileHead, row, organisation=row.organisation_id or "", run=row.run_id)


@dataclass(frozen=True, slots=True)
class NewEntry:
    """A new entry: kind, effective date, content, and the risk or entry it is about."""

    kind: EntryKind
    day: date
    payload: dict[str, Any]
    risk: str = ""
    about: int | None = None


def add_entry(tx: Transaction, file_id: str, new: NewEntry) -> int:
    """Append an entry to a file and to the log, and return its number in the file; the first is 1."""
    query = select(func.max(ENTRY.c.number)).where(ENTRY.c.file_id == file_id)
    number = int(tx.connection.execute(query).scalar() or 0) + 1
    digest = content_hash(new.payload)
    columns = {"day": new.day.isoformat(), "risk": new.risk, "about": new.about, "hash": digest}
    tx.insert(ENTRY, file_id=file_id, number=number, kind=new.kind, payload=new.payload, **columns)
    # a map can be large and is derived from findings; input of people is in the log in full
    content = {} if new.kind is EntryKind.MAP else {"content": new.payload}
    tx.log(f"{WORD} {new.kind.value}", f"{file_id}/{number}", **columns, **content)
    return number


def entries_of(connection: Connection, file_ids: Sequence[str]) -> dict[str, list[RecordedEntry]]:
    """Return all entries of some files, by file, in the order of writing."""
    entries: dict[str, list[RecordedEntry]] = {file_id: [] for file_id in file_ids}
    query = select(ENTRY).where(ENTRY.c.file_id.in_(list(file_ids))).order_by(ENTRY.c.file_id, ENTRY.c.number)
    for row in connection.execute(query):
        entries[row.file_id].append(value_of(RecordedEntry, row))
    return entries
