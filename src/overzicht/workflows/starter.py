"""The starter facts in the store: put in once, and replaced when a newer release brings others."""

import hashlib
from datetime import datetime
from importlib.resources import files

from overzicht.evidence import Snapshot
from overzicht.sources.starter import load_starter_files, starter_records
from overzicht.store import records, snapshots
from overzicht.store.database import Store, Transaction

STARTER_PART = "starter"
STARTER_PACKAGE = "overzicht.sources.starter"


def ensure_starter(store: Store, *, actor: str, at: datetime) -> None:
    """Make the store hold exactly the starter facts of this release; does nothing when it does."""
    wanted = {(list_id, _sha256(list_id)) for list_id in starter_records()}
    with store.reading() as connection:
        held = [stored for stored in snapshots.list_snapshots(connection) if stored.is_starter]
    known = {(stored.snapshot.source, stored.snapshot.sha256) for stored in held}
    if known == wanted:
        return
    with store.writing(actor, at) as tx:
        for stored in held:
            if (stored.snapshot.source, stored.snapshot.sha256) not in wanted:
                snapshots.remove_snapshot(tx, stored.key)
        for list_id, sha256 in sorted(wanted - known):
            _add(tx, list_id, sha256)


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
        published=load_starter_files()[list_id].checked,
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
