"""The starter facts in the store: put in once, and replaced when a newer release brings others."""

import hashlib
from collections import defaultdict
from datetime import date, datetime
from importlib.resources import files
from importlib.resources.abc import Traversable

from sqlalchemy import Connection

from overzicht.evidence import Snapshot
from overzicht.store import snapshots
from overzicht.store.database import Store, Transaction

SUFFIX = ".yml"


def ensure_starter(store: Store, *, actor: str, at: datetime) -> None:
    """Make the store hold exactly the starter facts of this release; does nothing when it does."""
    wanted = {(list_id, _sha256(list_id)) for list_id in _lists()}
    with store.reading() as connection:
        if _held(connection).keys() == wanted:
            return
    with store.writing(actor, at) as tx:
        held = _held(tx.connection)  # once more: another process may have put them in while we waited
        for key in (key for each, keys in held.items() if each not in wanted for key in keys):
            snapshots.remove_snapshot(tx, key)
        for list_id, sha256 in sorted(wanted - held.keys()):
            _add(tx, list_id, sha256)


def _folder() -> Traversable:
    """Return the folder of the facts, without loading the package beside them that reads them."""
    return files("overzicht.sources") / "starter"


def _lists() -> list[str]:
    """Return the ids of the lists of which starter facts ship: files are named after them, and not read."""
    names = (each.name for each in _folder().iterdir())
    return [name.removesuffix(SUFFIX) for name in names if name.endswith(SUFFIX)]


def _held(connection: Connection) -> dict[tuple[str, str], list[int]]:
    """Return the keys of the loaded snapshots of starter facts, one per part, by list and hash."""
    keys: dict[tuple[str, str], list[int]] = defaultdict(list)
    for stored in snapshots.list_snapshots(connection):
        if stored.is_starter:
            keys[(stored.snapshot.source, stored.snapshot.sha256)].append(stored.key)
    return keys


def _add(tx: Transaction, list_id: str, sha256: str) -> None:
    # What reads the facts takes a while to load, which a store that has them must not pay.
    from overzicht.sources.starter import packaged_starter, records_of  # noqa: PLC0415
    from overzicht.store import records  # noqa: PLC0415

    file = packaged_starter()[list_id]
    total = 0
    for part in sorted({entry.part for entry in file.entries}):
        snapshot = _snapshot(list_id, part, sha256, file.checked)
        key = snapshots.add_snapshot(tx, snapshot, is_starter=True)
        citations = dict(records_of(file, part))
        count, _ = records.add_records(tx, key, citations, {r.id: c for r, c in citations.items()})
        snapshots.update_snapshot(tx, key, record_count=count)
        total += count
    tx.log("add starter facts", list_id, sha256=sha256, records=total)


def _snapshot(list_id: str, part: str, sha256: str, checked: date) -> Snapshot:
    return Snapshot(
        sha256=sha256,
        source=list_id,
        part=part,
        filename=_filename(list_id),
        size_bytes=len(_content(list_id)),
        published=checked,
        layout="starter",
        official=False,
        complete=False,
    )


def _filename(list_id: str) -> str:
    return f"{list_id}{SUFFIX}"


def _content(list_id: str) -> bytes:
    return _folder().joinpath(_filename(list_id)).read_bytes()


def _sha256(list_id: str) -> str:
    return hashlib.sha256(_content(list_id)).hexdigest()
