"""The starter facts in the store: put in once, and replaced when a newer release brings others."""

import hashlib
from datetime import datetime
from importlib.resources import files

from sqlalchemy import Connection

from overzicht.evidence import Snapshot
from overzicht.sources.starter import packaged_starter, starter_lists, starter_records
from overzicht.store import records, snapshots
from overzicht.store.database import Store, Transaction

STARTER_PART = "starter"
STARTER_PACKAGE = "overzicht.sources.starter"


def ensure_starter(store: Store, *, actor: str, at: datetime) -> None:
    """Make the store hold exactly the starter facts of this release; does nothing when it does."""
    wanted = {(list_id, _sha256(list_id)) for list_id in starter_lists()}
    with store.reading() as connection:
        if _held(connection).keys() == wanted:
            return
    with store.writing(actor, at) as tx:
        held = _held(tx.connection)  # once more: another process may have put them in while we waited
        for each, key in held.items():
            if each not in wanted:
                snapshots.remove_snapshot(tx, key)
        for list_id, sha256 in sorted(wanted - held.keys()):
            _add(tx, list_id, sha256)


def _held(connection: Connection) -> dict[tuple[str, str], int]:
    """Return the key of each loaded snapshot of starter facts by list and hash."""
    loaded = [stored for stored in snapshots.list_snapshots(connection) if stored.is_starter]
    return {(stored.snapshot.source, stored.snapshot.sha256): stored.key for stored in loaded}


def _add(tx: Transaction, list_id: str, sha256: str) -> None:
    entries = starter_records()[list_id]
    key = snapshots.add_snapshot(
        tx, _snapshot(list_id, sha256), is_starter=True, ignored={}, problems=(), validators={}
    )
    citations = {record.id: citation for record, citation in entries}
    count, _ = records.add_records(tx, key, [record for record, _ in entries], citations)
    snapshots.update_snapshot(tx, key, record_count=count)
    tx.log("add starter facts", list_id, sha256=sha256, records=count)


def _snapshot(list_id: str, sha256: str) -> Snapshot:
    return Snapshot(
        sha256=sha256,
        source=list_id,
        part=STARTER_PART,
        filename=_filename(list_id),
        size_bytes=len(_content(list_id)),
        published=packaged_starter()[list_id].checked,
        layout="starter",
        official=False,
        complete=False,
    )


def _filename(list_id: str) -> str:
    return f"{list_id}.yml"


def _content(list_id: str) -> bytes:
    return files(STARTER_PACKAGE).joinpath(_filename(list_id)).read_bytes()


def _sha256(list_id: str) -> str:
    return hashlib.sha256(_content(list_id)).hexdigest()
