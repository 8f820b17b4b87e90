"""Dossiers in the store: heads, and versions of entries; all is appended, and stands in the log."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, select

from overzicht.dossiers.model import MODELS, DossierHead, Entry, EntryKind, day_of, kind_of
from overzicht.dossiers.versions import Version
from overzicht.errors import EXIT_INPUT, OverzichtError, UnknownNameError
from overzicht.store import dossiers_tables as tables
from overzicht.store.database import Transaction

HEAD, ENTRY = tables.dossier, tables.dossier_entry


class DossierError(OverzichtError):
    """Something cannot be done with a dossier; nothing was changed."""

    exit_code = EXIT_INPUT
    slug = "dossier"


@dataclass(frozen=True, slots=True)
class StoredDossier:
    """The head of a dossier, and who began it when."""

    head: DossierHead
    is_example: bool
    actor: str
    at: str


def add_dossier(tx: Transaction, head: DossierHead, *, is_example: bool = False) -> None:
    """Begin a dossier; DossierError where one of that id is kept."""
    if find_dossier(tx.connection, head.id) is not None:
        raise DossierError(f"dossier {head.id} is kept already", fix="add to it, or choose another id")
    payload = head.model_dump(mode="json")
    tx.connection.execute(
        HEAD.insert().values(
            id=head.id,
            about=head.about,
            is_example=is_example,
            payload=payload,
            actor=tx.actor,
            at=tx.at_text,
        )
    )
    tx.log("new dossier", head.id, about=head.about, is_example=is_example, content=payload)


def find_dossier(connection: Connection, dossier_id: str) -> StoredDossier | None:
    """Return a dossier's head, or None."""
    row = connection.execute(select(HEAD).where(HEAD.c.id == dossier_id)).first()
    return None if row is None else _stored(row)


def get_dossier(connection: Connection, dossier_id: str) -> StoredDossier:
    """Return a dossier's head; UnknownNameError lists those there are."""
    found = find_dossier(connection, dossier_id)
    if found is None:
        known = connection.execute(select(HEAD.c.id).order_by(HEAD.c.id).limit(20)).scalars()
        raise UnknownNameError("dossier", dossier_id, tuple(known))
    return found


def all_dossiers(connection: Connection) -> list[StoredDossier]:
    """Return all heads by id."""
    return [_stored(row) for row in connection.execute(select(HEAD).order_by(HEAD.c.id))]


def _stored(row: Row[Any]) -> StoredDossier:
    return StoredDossier(DossierHead.model_validate(row.payload), row.is_example, row.actor, row.at)


def add_version(
    tx: Transaction, dossier_id: str, entry: Entry, *, reason: str = "", is_withdrawn: bool = False
) -> int:
    """Append a version of an entry and return its number; the first is 1."""
    number = (
        tx.connection.execute(
            select(func.max(ENTRY.c.version)).where(
                ENTRY.c.dossier_id == dossier_id, ENTRY.c.entry == entry.id
            )
        ).scalar()
        or 0
    ) + 1
    kind, day, payload = kind_of(entry), day_of(entry), entry.model_dump(mode="json")
    tx.connection.execute(
        ENTRY.insert().values(
            dossier_id=dossier_id, entry=entry.id, version=number, kind=kind.value,
            day=day.isoformat() if day else None, hash=content_hash(entry), payload=payload,
            is_withdrawn=is_withdrawn, reason=reason, actor=tx.actor, at=tx.at_text,
        )
    )  # fmt: skip
    action = "withdraw" if is_withdrawn else "correct" if number > 1 else "add"
    tx.log(
        f"dossier {action} {kind.value}", f"{dossier_id}/{entry.id}", version=number, reason=reason,
        content=payload,
    )  # fmt: skip
    return number


def content_hash(entry: Entry) -> str:
    """Return the hash of what an entry says."""
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
    """Return the newest version of an entry, or None where there is no such entry."""
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
    kind = EntryKind(row.kind)
    return Version(
        dossier_id=row.dossier_id,
        entry_id=row.entry,
        number=row.version,
        kind=kind,
        entry=MODELS[kind].model_validate(row.payload),
        is_withdrawn=row.is_withdrawn,
        reason=row.reason,
        actor=row.actor,
        at=row.at,
    )
