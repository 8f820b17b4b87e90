"""Dossiers in the store: heads, and versions of entries; append-only, and also in the log."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from overzicht.errors import OverzichtError
from overzicht.evidence import text
from overzicht.evidence.worded_enum import words_of
from overzicht.store.database import Transaction
from overzicht.store.rows import named_row, value_of
from overzicht.store.tables import dossiers as tables
from overzicht.subjects.dossiers.model import (
    MODELS,
    DossierHead,
    Entry,
    EntryKind,
    claims_of,
    day_of,
    kind_of,
    sources_of,
)
from overzicht.subjects.dossiers.versions import Version

HEAD, ENTRY = tables.dossier, tables.dossier_entry
LOG_ACTIONS = {
    f"dossier {act} {kind}": text(sentence.template, what=word)
    for kind, word in words_of(EntryKind).items()
    for act, sentence in (
        ("add", text("dossier: {what} added")),
        ("correct", text("dossier: {what} corrected")),
        ("withdraw", text("dossier: {what} withdrawn")),
    )
}


class DossierError(OverzichtError):
    """A dossier refuses an operation; nothing was changed."""


@dataclass(frozen=True, slots=True)
class StoredDossier:
    """The head of a dossier, with its author and time."""

    head: DossierHead
    is_example: bool
    actor: str
    at: str


def add_dossier(tx: Transaction, head: DossierHead, *, is_example: bool = False) -> None:
    """Create a dossier; DossierError if one of that id exists."""
    if find_dossier(tx.connection, head.id) is not None:
        raise DossierError(f"dossier {head.id} already exists", fix="add to it, or choose another id")
    payload = head.model_dump(mode="json")
    tx.insert(HEAD, id=head.id, about=head.about, is_example=is_example, payload=payload)
    tx.log("new dossier", head.id, about=head.about, is_example=is_example, content=payload)


def find_dossier(connection: Connection, dossier_id: str) -> StoredDossier | None:
    """Return a dossier's head, or None."""
    row = connection.execute(select(HEAD).where(HEAD.c.id == dossier_id)).first()
    return None if row is None else _stored(row)


def get_dossier(connection: Connection, dossier_id: str) -> StoredDossier:
    """Return a dossier's head; UnknownNameError lists the known dossiers."""
    return _stored(named_row(connection, HEAD.c.id, dossier_id, "dossier"))


def all_dossiers(connection: Connection) -> list[StoredDossier]:
    """Return all heads by id."""
    return [_stored(row) for row in connection.execute(select(HEAD).order_by(HEAD.c.id))]


def _stored(row: Row[Any]) -> StoredDossier:
    return value_of(StoredDossier, row, head=DossierHead.model_validate(row.payload))


def add_entry(tx: Transaction, dossier_id: str, entry: Entry) -> None:
    """Append a new entry; DossierError for an id in use, or an unknown source or claim."""
    if newest_version(tx.connection, dossier_id, entry.id) is not None:
        raise DossierError(
            f"dossier {dossier_id}: entry {entry.id} already exists",
            fix="choose another id, or correct that entry",
        )
    check_references(tx.connection, dossier_id, entry)
    add_version(tx, dossier_id, entry)


def check_references(connection: Connection, dossier_id: str, entry: Entry, old: Entry | None = None) -> None:
    """Raise DossierError if an entry names an unknown or withdrawn source or claim.

    A source or claim that the corrected entry (`old`) names may be withdrawn.
    """
    known = {*sources_of(old), *claims_of(old)} if old is not None else set()
    for kind, names in ((EntryKind.SOURCE, sources_of(entry)), (EntryKind.CLAIM, claims_of(entry))):
        for name in names:
            if name in known:
                continue
            newest = newest_version(connection, dossier_id, name)
            if newest is None or newest.kind is not kind:
                raise DossierError(
                    f"{kind_of(entry)} {entry.id}: there is no {kind} {name!r} in dossier {dossier_id}",
                    fix=f"add the {kind} first",
                )
            if newest.is_withdrawn:
                raise DossierError(f"{kind_of(entry)} {entry.id}: {kind} {name!r} was withdrawn")


def add_version(
    tx: Transaction, dossier_id: str, entry: Entry, *, reason: str = "", is_withdrawn: bool = False
) -> None:
    """Append a version of an entry; the first has number 1."""
    newest = newest_version(tx.connection, dossier_id, entry.id)
    number = newest.number + 1 if newest is not None else 1
    kind, payload = kind_of(entry), entry.model_dump(mode="json")
    place = {"dossier_id": dossier_id, "entry": entry.id, "kind": kind, "day": day_of(entry)}
    content = {"hash": content_hash(entry), "payload": payload, "is_withdrawn": is_withdrawn}
    tx.insert(ENTRY, **place, **content, version=number, reason=reason)
    action = "withdraw" if is_withdrawn else "correct" if number > 1 else "add"
    detail = {"version": number, "reason": reason, "content": payload}
    tx.log(f"dossier {action} {kind.value}", f"{dossier_id}/{entry.id}", **detail)


def content_hash(entry: Entry) -> str:
    """Return the hash of the content of an entry."""
    canonical = json.dumps(entry.model_dump(mode="json"), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


def versions_of(
    connection: Connection, dossier_id: str | None = None, entry_id: str | None = None
) -> list[Version]:
    """Return every version of one entry, of one dossier or of all, in the order they were recorded."""
    query = select(ENTRY).order_by(ENTRY.c.id)
    if dossier_id is not None:
        query = query.where(ENTRY.c.dossier_id == dossier_id)
    if entry_id is not None:
        query = query.where(ENTRY.c.entry == entry_id)
    return [_version(row) for row in connection.execute(query)]


def newest_version(connection: Connection, dossier_id: str, entry_id: str) -> Version | None:
    """Return the newest version of an entry, or None if there is no such entry."""
    query = (
        select(ENTRY)
        .where(ENTRY.c.dossier_id == dossier_id, ENTRY.c.entry == entry_id)
        .order_by(ENTRY.c.version.desc())
        .limit(1)
    )
    row = connection.execute(query).first()
    return None if row is None else _version(row)


def entry_ids(connection: Connection, dossier_id: str) -> list[str]:
    """Return the ids of a dossier's entries, in order."""
    query = select(ENTRY.c.entry).where(ENTRY.c.dossier_id == dossier_id).distinct().order_by(ENTRY.c.entry)
    return list(connection.execute(query).scalars())


def _version(row: Row[Any]) -> Version:
    entry = MODELS[EntryKind(row.kind)].model_validate(row.payload)
    return value_of(Version, row, entry_id=row.entry, number=row.version, entry=entry)
