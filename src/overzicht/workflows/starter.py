"""The starter facts in the store: added once, and replaced if a newer release has others."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from importlib.resources import files
from importlib.resources.abc import Traversable

from overzicht.evidence import Snapshot
from overzicht.grouping import by_key
from overzicht.store import snapshots
from overzicht.store.database import Store, Transaction
from overzicht.workflows.ownlists import know_own_lists

SUFFIX = ".yml"


def ensure_starter(store: Store, *, actor: str, at: datetime) -> None:
    """Make the starter facts in the store those of this release; does nothing if they are."""
    packaged = {(file.name.removesuffix(SUFFIX), _sha256(file)) for file in _files()}
    with store.reading() as connection:
        stored = snapshots.list_snapshots(connection)
    know_own_lists(stored, store)
    if _loaded(stored).keys() == packaged:
        return
    with store.writing(actor, at) as tx:
        loaded = _loaded(
            snapshots.list_snapshots(tx.connection)
        )  # read again: another process may have added them in the meantime
        for version in loaded.keys() - packaged:
            for key in loaded[version]:
                snapshots.remove_snapshot(tx, key)
        for list_id, sha256 in sorted(packaged - loaded.keys()):
            _add(tx, list_id, sha256)


def _files() -> list[Traversable]:
    """Return the files of the facts, by list, without loading the package that reads them."""
    return [file for file in (files("overzicht.sources") / "starter").iterdir() if file.name.endswith(SUFFIX)]


def _sha256(file: Traversable) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _loaded(stored: Iterable[snapshots.StoredSnapshot]) -> dict[tuple[str, str], list[int]]:
    """Return the keys of the loaded snapshots of starter facts, one per part, by list and hash."""
    return by_key(
        ((snapshot.snapshot.source, snapshot.snapshot.sha256), snapshot.key)
        for snapshot in stored
        if snapshot.is_starter
    )


def _add(tx: Transaction, list_id: str, sha256: str) -> None:
    # The reader of the facts is slow to load; a store that has the facts does not need it.
    from overzicht.sources.starter import packaged_starter, records_of  # noqa: PLC0415
    from overzicht.store import records  # noqa: PLC0415

    file = packaged_starter()[list_id]
    source = files("overzicht.sources") / "starter" / f"{list_id}{SUFFIX}"
    total = 0
    for part in sorted({entry.part for entry in file.entries}):
        snapshot = Snapshot(
            sha256=sha256,
            source=list_id,
            part=part,
            filename=source.name,
            size_bytes=len(source.read_bytes()),
            published=file.checked,
            layout="starter",
            official=False,
            complete=False,
        )
        key = snapshots.add_snapshot(tx, snapshot, is_starter=True)
        citations = dict(records_of(file, part))
        count, _ = records.add_records(tx, key, citations, {r.id: c for r, c in citations.items()})
        snapshots.update_snapshot(tx, key, record_count=count)
        total += count
    tx.log("add starter facts", list_id, sha256=sha256, records=total)
