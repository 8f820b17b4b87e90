"""The starter facts in the store: added once, and replaced if a newer release has others."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from importlib.resources import files

from sqlalchemy import Connection, or_, select

from overzicht.evidence import Snapshot
from overzicht.evidence.ownlists import OWN_LISTS
from overzicht.store import schema
from overzicht.store.database import Store

SUFFIX = ".yml"


def ensure_starter(store: Store, *, actor: str, at: datetime) -> None:
    """Make the starter facts in the store those of this release; does nothing if they are."""
    # the files of the facts, by list, without loading the package that reads them
    fact_files = [
        file for file in (files("overzicht.sources") / "starter").iterdir() if file.name.endswith(SUFFIX)
    ]
    packaged = {
        (file.name.removesuffix(SUFFIX), hashlib.sha256(file.read_bytes()).hexdigest()) for file in fact_files
    }
    with store.reading() as connection:
        loaded, has_own_lists = _loaded(connection)
    OWN_LISTS.use(partial(_own_cards, store), is_empty=not has_own_lists)
    if loaded.keys() == packaged:
        return
    from overzicht.store import snapshots  # noqa: PLC0415 - a store that has the facts does not need it

    with store.writing(actor, at) as tx:
        loaded, _ = _loaded(tx.connection)  # read again: another process may have added them in the meantime
        for version in loaded.keys() - packaged:
            for key in loaded[version]:
                snapshots.remove_snapshot(tx, key)
        for list_id, sha256 in sorted(packaged - loaded.keys()):
            # The reader of the facts is slow to load; a store that has the facts does not need it.
            from overzicht.sources.starter import packaged_starter, records_of  # noqa: PLC0415
            from overzicht.store import list_records as records  # noqa: PLC0415

            facts = packaged_starter()[list_id]
            source = files("overzicht.sources") / "starter" / f"{list_id}{SUFFIX}"
            total = 0
            for part in sorted({entry.part for entry in facts.entries}):
                snapshot = Snapshot(
                    sha256=sha256,
                    source=list_id,
                    part=part,
                    filename=source.name,
                    size_bytes=len(source.read_bytes()),
                    published=facts.checked,
                    layout="starter",
                    official=False,
                    complete=False,
                )
                key = snapshots.add_snapshot(tx, snapshot, is_starter=True)
                citations = dict(records_of(facts, part))
                count, _ = records.add_records(tx, key, citations, {r.id: c for r, c in citations.items()})
                snapshots.update_snapshot(tx, key, record_count=count)
                total += count
            tx.log("add starter facts", list_id, sha256=sha256, records=total)


def _own_cards(store: Store) -> Mapping[str, object]:
    # Cards are slow to load; a command that asks for no list needs none.
    from overzicht.workflows.ownlists import own_cards  # noqa: PLC0415

    return own_cards(store)


def _loaded(connection: Connection) -> tuple[dict[tuple[str, str], list[int]], bool]:
    """Return the keys of the snapshots of starter facts by list and hash, and whether there are own lists."""
    columns = schema.snapshot.c
    chosen = select(columns.id, columns.source, columns.sha256, columns.is_starter, columns.mapping)
    rows = connection.execute(chosen.where(or_(columns.is_starter, columns.mapping != ""))).all()
    keys: dict[tuple[str, str], list[int]] = {}
    for row in rows:
        if row.is_starter:
            keys.setdefault((row.source, row.sha256), []).append(row.id)
    return keys, any(row.mapping for row in rows)
