"""Changes of a dossier: create, add, correct and withdraw, each in one transaction; old versions remain."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection

from overzicht.errors import UnknownNameError
from overzicht.evidence.actor import Actor
from overzicht.evidence.faults import in_words
from overzicht.store.database import Store, Transaction
from overzicht.store.snapshots import keep_bytes
from overzicht.subjects.dossiers import records as kept
from overzicht.subjects.dossiers.model import (
    MODELS,
    DossierHead,
    Entry,
    EntryKind,
    claims_of,
    kind_of,
    sources_of,
)
from overzicht.subjects.dossiers.records import DossierError
from overzicht.subjects.dossiers.versions import Version
from overzicht.workflows.typed_files import read_limited

MAX_SOURCE_BYTES = 50 * 1024 * 1024


def new_dossier(store: Store, head: DossierHead, actor: Actor) -> None:
    """Create a dossier; DossierError if its id exists."""
    with store.writing(actor.name, actor.at) as tx:
        kept.add_dossier(tx, head)


def add_entry(store: Store, dossier_id: str, entry: Entry, actor: Actor) -> str:
    """Add an entry and return its id; DossierError for an id in use, or an unknown source or claim."""
    with store.writing(actor.name, actor.at) as tx:
        kept.get_dossier(tx.connection, dossier_id)
        add_checked(tx, dossier_id, entry)
    return entry.id


def add_checked(tx: Transaction, dossier_id: str, entry: Entry) -> None:
    """Append a new entry within a transaction, as `add_entry`."""
    if kept.newest_version(tx.connection, dossier_id, entry.id) is not None:
        raise DossierError(
            f"dossier {dossier_id}: entry {entry.id} already exists",
            fix="choose another id, or correct that entry",
        )
    check_references(tx.connection, dossier_id, entry)
    kept.add_version(tx, dossier_id, entry)


def check_references(connection: Connection, dossier_id: str, entry: Entry, old: Entry | None = None) -> None:
    """Raise DossierError if an entry names an unknown or withdrawn source or claim.

    A source or claim that the corrected entry (`old`) names may be withdrawn.
    """
    known = {*sources_of(old), *claims_of(old)} if old is not None else set()
    for kind, names in ((EntryKind.SOURCE, sources_of(entry)), (EntryKind.CLAIM, claims_of(entry))):
        for name in names:
            if name in known:
                continue
            newest = kept.newest_version(connection, dossier_id, name)
            if newest is None or newest.kind is not kind:
                raise DossierError(
                    f"{kind_of(entry)} {entry.id}: there is no {kind} {name!r} in dossier {dossier_id}",
                    fix=f"add the {kind} first",
                )
            if newest.is_withdrawn:
                raise DossierError(f"{kind_of(entry)} {entry.id}: {kind} {name!r} was withdrawn")


def keep_source_file(store: Store, path: Path, actor: Actor) -> str:
    """Store a document among the raw files and return its hash; InputFileError if it cannot be read."""
    return keep_source_bytes(store, path.name, read_limited(path, MAX_SOURCE_BYTES), actor)


def keep_source_bytes(store: Store, name: str, content: bytes, actor: Actor) -> str:
    """Store the bytes of a document called `name` and return their hash; DossierError for no bytes."""
    if not content:
        raise DossierError(f"{name} is empty", fix="give the document itself")
    digest = hashlib.sha256(content).hexdigest()
    with store.writing(actor.name, actor.at) as tx:
        keep_bytes(store.folder, content)
        tx.log("keep document", name, sha256=digest)
    return digest


def correct(
    store: Store, dossier_id: str, entry_id: str, changes: Mapping[str, Any], actor: Actor, reason: str
) -> None:
    """Store a new version of an entry with some fields changed; the old version remains visible.

    DossierError for a withdrawn entry, a change without effect, or fields that are not valid.
    """
    _require_reason(reason)
    with store.writing(actor.name, actor.at) as tx:
        old = _valid(tx.connection, dossier_id, entry_id)
        if changes.get("id", old.entry_id) != old.entry_id:
            raise DossierError(f"{old.dossier_id}/{old.entry_id}: the id of an entry cannot change")
        data = {**old.entry.model_dump(mode="json"), **changes}
        try:
            entry = MODELS[old.kind].model_validate(data)
        except ValidationError as error:
            raise DossierError(
                f"{old.dossier_id}/{old.entry_id}: {in_words(error.errors())}", fix="correct these fields"
            ) from error
        if entry == old.entry:
            raise DossierError(f"{dossier_id}/{entry_id}: nothing would change", fix="give a field to change")
        check_references(tx.connection, dossier_id, entry, old.entry)
        kept.add_version(tx, dossier_id, entry, reason=reason)


def withdraw(store: Store, dossier_id: str, entry_id: str, actor: Actor, reason: str) -> None:
    """Withdraw an entry: it no longer counts, and remains visible with name, date and reason."""
    _require_reason(reason)
    with store.writing(actor.name, actor.at) as tx:
        old = _valid(tx.connection, dossier_id, entry_id)
        kept.add_version(tx, dossier_id, old.entry, reason=reason, is_withdrawn=True)


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise DossierError("a correction or withdrawal needs a reason", fix="give a reason")


def _valid(connection: Connection, dossier_id: str, entry_id: str) -> Version:
    kept.get_dossier(connection, dossier_id)
    newest = kept.newest_version(connection, dossier_id, entry_id)
    if newest is None:
        known = tuple(kept.entry_ids(connection, dossier_id)[:40])
        raise UnknownNameError(f"entry of dossier {dossier_id}", entry_id, known)
    if newest.is_withdrawn:
        raise DossierError(
            f"{dossier_id}/{entry_id} was withdrawn by {newest.actor} on {newest.at[:10]}",
            fix="add a new entry instead",
        )
    return newest
