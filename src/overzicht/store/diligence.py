"""Working files of due diligence in the store: all is appended; the log holds the hash of each content."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, func, select

from overzicht.diligence.recorded import DiligenceError, EntryKind, RecordedEntry, content_hash
from overzicht.diligence.working_file import FileHead
from overzicht.store import schema
from overzicht.store.database import Transaction
from overzicht.store.reading import is_there, named_row, value_of
from overzicht.store.tables import diligence as tables

HEAD, ENTRY = tables.diligence_file, tables.diligence_entry
WORD = "diligence"  # with which the actions of the log begin


@dataclass(frozen=True, slots=True)
class NewFile:
    """The head of a file to keep: `organisation` is an id of the register or empty, `run` an overview's."""

    id: str
    name: str
    organisation: str = ""
    run: str = ""


def add_file(tx: Transaction, new: NewFile, day: date) -> None:
    """Begin a file; DiligenceError where one of that id is kept."""
    if is_there(tx.connection, HEAD.c.id, new.id):
        raise DiligenceError(
            f"there is a working file {new.id} already",
            fix=f"go on with it, or give another name; `overzicht diligence show {new.id}` shows it",
        )
    organisation = new.organisation or None
    tx.insert(HEAD, id=new.id, organisation_id=organisation, name=new.name, run_id=new.run, day=day)
    tx.log(f"{WORD} new", new.id, name=new.name, organisation=new.organisation, run=new.run)


def get_file(connection: Connection, file_id: str) -> FileHead:
    """Return a file's head; UnknownNameError lists those there are."""
    return _head(named_row(connection, HEAD.c.id, file_id, "working file"))


def all_files(connection: Connection) -> list[FileHead]:
    """Return the heads of all files by id."""
    return [_head(row) for row in connection.execute(select(HEAD).order_by(HEAD.c.id))]


def _head(row: Row[Any]) -> FileHead:
    return value_of(FileHead, row, organisation=row.organisation_id or "", run=row.run_id)


@dataclass(frozen=True, slots=True)
class NewEntry:
    """Something to write: kind, the day it counts for, content, and what it is about."""

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
    said = {"day": new.day.isoformat(), "risk": new.risk, "about": new.about, "hash": digest}
    tx.insert(ENTRY, file_id=file_id, number=number, kind=new.kind, payload=new.payload, **said)
    # a map can be large and is made of findings; what people say stands in the log in full
    told = {} if new.kind is EntryKind.MAP else {"content": new.payload}
    tx.log(f"{WORD} {new.kind.value}", f"{file_id}/{number}", **said, **told)
    return number


def entries_of(connection: Connection, file_ids: Sequence[str]) -> dict[str, list[RecordedEntry]]:
    """Return everything that was written into some files, by file, in the order of writing."""
    found: dict[str, list[RecordedEntry]] = {file_id: [] for file_id in file_ids}
    query = select(ENTRY).where(ENTRY.c.file_id.in_(list(file_ids))).order_by(ENTRY.c.file_id, ENTRY.c.number)
    for row in connection.execute(query):
        found[row.file_id].append(value_of(RecordedEntry, row))
    return found


def differences(connection: Connection) -> list[tuple[str, str]]:
    """Return (entry, what) for every entry that is not what was written, by its own hash and by the log."""
    logged: dict[str, dict[str, Any]] = {
        row.subject: row.detail
        for row in connection.execute(
            select(schema.log.c.subject, schema.log.c.detail).where(
                schema.log.c.action.in_([f"{WORD} {kind.value}" for kind in EntryKind])
            )
        )
    }
    found: list[tuple[str, str]] = []
    for row in connection.execute(select(ENTRY).order_by(ENTRY.c.file_id, ENTRY.c.number)):
        where = f"{row.file_id}/{row.number}"
        detail = logged.pop(where, None)
        if content_hash(row.payload) != row.hash:
            found.append((where, "its content was changed"))
        elif detail is None:
            found.append((where, "the log does not tell of it"))
        elif (row.hash, row.day, row.risk, row.about) != tuple(
            detail.get(name) for name in ("hash", "day", "risk", "about")
        ):
            found.append((where, "the log tells something else of it"))
    return found + [(where, "it is missing") for where in sorted(logged)]
