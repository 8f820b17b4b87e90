"""The index of all loaded parties: built from the store when lists changed, else opened as it is."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection

from overzicht.entities import Record
from overzicht.screening.engine import ScreeningEngine
from overzicht.screening.index.build import IndexedParty, build_index
from overzicht.screening.index.layout import drop_old
from overzicht.store import records
from overzicht.store.database import Store
from overzicht.store.snapshots import StoredSnapshot, list_snapshots

MADE_OF = "made-of.json"


def index_root(store: Store) -> Path:
    """Return where the index of a store stands."""
    return store.folder.parent / "index"


def open_engine(store: Store) -> ScreeningEngine:
    """Return an engine over every record of every loaded snapshot, the newest wording of each.

    The index is made anew when the snapshots differ from those it was made of. Readers of the version before
    keep it until they end; the new one is swapped in as a whole.
    """
    root = index_root(store)
    with store.reading() as connection:
        stored = list_snapshots(connection)
        wanted = _fingerprint(stored)
        if _made_of(root) != wanted:
            root.mkdir(parents=True, exist_ok=True)
            build_index(_parties(connection, stored), root)
            _note(root, wanted)
            drop_old(root)
    return ScreeningEngine.open(root)


def _fingerprint(stored: list[StoredSnapshot]) -> str:
    parts = sorted((s.snapshot.source, s.snapshot.part, s.snapshot.sha256, s.record_count) for s in stored)
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _made_of(root: Path) -> str:
    noted = root / MADE_OF
    return str(json.loads(noted.read_text(encoding="utf-8"))["snapshots"]) if noted.exists() else ""


def _note(root: Path, fingerprint: str) -> None:
    partial = root / f"{MADE_OF}.part"
    partial.write_text(json.dumps({"snapshots": fingerprint}), encoding="utf-8")
    partial.replace(root / MADE_OF)


def _parties(connection: Connection, stored: list[StoredSnapshot]) -> Iterator[IndexedParty]:
    """Yield each record once, by its newest version; the full lists before the starter facts."""
    seen: set[tuple[str, str]] = set()
    for each in sorted(stored, key=lambda s: (s.is_starter, -s.version.day.toordinal(), s.key)):
        source = each.snapshot.source
        for record in records.records_of_snapshot(connection, each.key):
            if (source, record.id) in seen or not (record.names or record.weak_names):
                continue
            seen.add((source, record.id))
            yield _indexed(source, record)


def _indexed(source: str, record: Record) -> IndexedParty:
    identifiers = records.identifier_properties(record.schema)
    return IndexedParty(
        id=record.id,
        schema=record.schema,
        names=record.names,
        list_id=source,
        weak_names=record.weak_names,
        identifiers=tuple((s.prop, s.value) for s in record.statements if s.prop in identifiers),
        birth_dates=record.values("birthDate"),
    )
