"""Writing in a dossier: beginning, adding, correcting, withdrawing; one transaction each, nothing edited."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection

from overzicht.dossiers.model import (
    MODELS,
    DossierHead,
    Entry,
    EntryKind,
    claims_of,
    kind_of,
    sources_of,
)
from overzicht.dossiers.versions import Version
from overzicht.errors import UnknownNameError
from overzicht.evidence.actor import Actor
from overzicht.store import dossiers as kept
from overzicht.store.database import Store, Transaction
from overzicht.store.dossiers import DossierError
from overzicht.store.snapshots import keep_bytes
from overzicht.workflows.typed_files import problems_of, read_limited

MAX_SOURCE_BYTES = 50 * 1024 * 1024


def new_dossier(store: Store, head: DossierHead, actor: Actor) -> None:
    """Begin a dossier; DossierError where one of that id is kept."""
    with store.writing(actor.name, actor.at) as tx:
        kept.add_dossier(tx, head)


def add_entry(store: Store, dossier_id: str, entry: Entry, actor: Actor) -> str:
    """Add an entry and return its id; DossierError for an id in use, or a source or claim not there."""
    with store.writing(actor.name, actor.at) as tx:
        kept.get_dossier(tx.connection, dossier_id)
        add_checked(tx, dossier_id, entry)
    return entry.id


def add_checked(tx: Transaction, dossier_id: str, entry: Entry) -> None:
    """Append a new entry within a transaction, as `add_entry`."""
    if kept.newest_version(tx.connection, dossier_id, entry.id) is not None:
        raise DossierError(
            f"dossier {dossier_id} has an entry {entry.id} already",
            fix="choose another id, or correct that one",
        )
    check_references(tx.connection, dossier_id, entry)
    kept.add_version(tx, dossier_id, entry)


def check_references(connection: Connection, dossier_id: str, entry: Entry, old: Entry | None = None) -> None:
    """Raise DossierError where an entry names a source or claim that is not there, or was withdrawn.

    What the entry that it corrects (`old`) named already may have been withdrawn since.
    """
    known = {*sources_of(old), *claims_of(old)} if old is not None else set()
    for kind, names in ((EntryKind.SOURCE, sources_of(entry)), (EntryKind.CLAIM, claims_of(entry))):
        for name in names:
            if name in known:
                continue
            found = kept.newest_version(connection, dossier_id, name)
            if found is None or found.kind is not kind:
                raise DossierError(
                    f"{kind_of(entry)} {entry.id}: there is no {kind} {name!r} in dossier {dossier_id}",
                    fix=f"add the {kind} first",
                )
            if found.is_withdrawn:
                raise DossierError(f"{kind_of(entry)} {entry.id}: {kind} {name!r} was withdrawn")


def keep_source_file(store: Store, path: Path, actor: Actor) -> str:
    """Keep the bytes of a document among the raw files and return their hash; InputFileError if not."""
    return keep_source_bytes(store, path.name, read_limited(path, MAX_SOURCE_BYTES), actor)


def keep_source_bytes(store: Store, name: str, content: bytes, actor: Actor) -> str:
    """Keep the bytes of a document called `name` and return their hash; DossierError for an empty one."""
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
    """Keep a new version of an entry with some fields changed; the old one stays and shows.

    DossierError for an entry that was withdrawn, a change that changes nothing, or fields that do not fit.
    """
    _must_have_reason(reason)
    with store.writing(actor.name, actor.at) as tx:
        old = _standing(tx.connection, dossier_id, entry_id)
        entry = _changed(old, changes)
        if entry == old.entry:
            raise DossierError(f"{dossier_id}/{entry_id}: nothing would change", fix="name a field to change")
        check_references(tx.connection, dossier_id, entry, old.entry)
        kept.add_version(tx, dossier_id, entry, reason=reason)


def _changed(old: Version, changes: Mapping[str, Any]) -> Entry:
    if changes.get("id", old.entry_id) != old.entry_id:
        raise DossierError(f"{old.dossier_id}/{old.entry_id}: an entry keeps its id")
    data = {**old.entry.model_dump(mode="json"), **changes}
    try:
        return MODELS[old.kind].model_validate(data)
    except ValidationError as error:
        raise DossierError(
            f"{old.dossier_id}/{old.entry_id}: {problems_of(error)}", fix="correct these and try again"
        ) from error


def withdraw(store: Store, dossier_id: str, entry_id: str, actor: Actor, reason: str) -> None:
    """Withdraw an entry: it no longer counts, and shows as withdrawn, by whom, when and why."""
    _must_have_reason(reason)
    with store.writing(actor.name, actor.at) as tx:
        old = _standing(tx.connection, dossier_id, entry_id)
        kept.add_version(tx, dossier_id, old.entry, reason=reason, is_withdrawn=True)


def _must_have_reason(reason: str) -> None:
    if not reason.strip():
        raise DossierError("a correction or withdrawal needs a reason", fix="say why")


def _standing(connection: Connection, dossier_id: str, entry_id: str) -> Version:
    kept.get_dossier(connection, dossier_id)
    found = kept.newest_version(connection, dossier_id, entry_id)
    if found is None:
        known = tuple(kept.entry_ids(connection, dossier_id)[:40])
        raise UnknownNameError(f"entry of dossier {dossier_id}", entry_id, known)
    if found.is_withdrawn:
        raise DossierError(
            f"{dossier_id}/{entry_id} was withdrawn by {found.actor} on {found.at[:10]}",
            fix="add a new entry instead",
        )
    return found
