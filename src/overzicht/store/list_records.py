"""Records: written in batches, looked up by id, identifier, normal form of a name, or stake."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, Text, cast, exists, or_, select

from overzicht.entities import Record
from overzicht.entities.schemata import properties_of_type
from overzicht.evidence import Citation
from overzicht.grouping import by_key
from overzicht.names.normal import PERSON_SCHEMATA, name_key
from overzicht.store import schema
from overzicht.store.codec import record_from_json, record_to_json
from overzicht.store.database import Transaction
from overzicht.store.rows import batches

BATCH = 2_000
LOOKUP_BATCH = 500  # SQLite takes at most 32,766 parameters; PostgreSQL plans short lists better
STAKE_SCHEMA = "Ownership"
WALLET_SCHEMA = "CryptoWallet"  # found by its address, without a name
SHORTEST_WORD = 4  # shorter words are in too many records to be useful
KEY_LENGTH, VALUE_LENGTH = 500, 200  # what the columns hold; look-ups cut in the same way


def add_records(
    tx: Transaction,
    snapshot_key: int,
    records: Iterable[Record],
    citations: Mapping[str, Citation] | None = None,
) -> tuple[int, list[Record]]:
    """Write the records of a snapshot in batches.

    `citations` name, by record id, the document of a fact if it is not the snapshot itself. Returns how many
    were written, and those left out because an earlier record has the same id.
    """
    own = citations or {}
    count = 0
    duplicates: list[Record] = []
    for batch in batches(records, BATCH):
        connection = tx.connection
        table = schema.record
        seen: set[str] = set()
        for chunk in _chunks([record.id for record in batch]):
            query = select(table.c.record_id).where(
                table.c.snapshot_id == snapshot_key, table.c.record_id.in_(chunk)
            )
            seen.update(connection.execute(query).scalars())
        fresh: list[Record] = []
        for record in batch:
            (duplicates if record.id in seen else fresh).append(record)
            seen.add(record.id)
        matches: list[dict[str, Any]] = []
        for record in fresh:
            citation = own.get(record.id)
            payload = record_to_json(record)
            matches.append(
                {
                    "snapshot_id": snapshot_key,
                    "record_id": record.id,
                    "schema": record.schema,
                    "caption": record.caption,
                    "content_hash": content_hash(payload),
                    "payload": payload,
                    "citation": None if citation is None else citation.to_json(),
                }
            )
        tx.insert_all(schema.record, matches)
        for table, rows in index_rows(snapshot_key, fresh):
            tx.insert_all(table, rows)
        count += len(fresh)
    return count, duplicates


def index_rows(snapshot_key: int, batch: Sequence[Record]) -> list[tuple[Table, list[dict[str, Any]]]]:
    """Return by table the lookup rows of these records."""
    rows: list[dict[str, Any]] = []
    for record in batch:
        is_person = record.schema in PERSON_SCHEMATA
        names = (*record.names, *record.weak_names)
        keys = {name_key(name, is_person=is_person)[:KEY_LENGTH] for name in names} - {""}
        rows.extend(
            {"snapshot_id": snapshot_key, "record_id": record.id, "name_key": key} for key in sorted(keys)
        )
    stake_rows = [
        {"snapshot_id": snapshot_key, "record_id": record.id, "owner_id": owner, "asset_id": asset}
        for record in batch
        if record.schema == STAKE_SCHEMA
        for owner in dict.fromkeys(record.values("owner"))
        for asset in dict.fromkeys(record.values("asset"))
    ]
    identifier_rows: list[dict[str, Any]] = []
    for party in batch:
        pairs = {
            (s.prop, s.value[:VALUE_LENGTH])
            for s in party.statements
            if s.prop in properties_of_type(party.schema, "identifier")
        }
        identifier_rows.extend(
            {"snapshot_id": snapshot_key, "record_id": party.id, "prop": prop, "value": value}
            for prop, value in sorted(pairs)
        )
    return [
        (schema.party_name, rows),
        (schema.party_identifier, identifier_rows),
        (schema.stake, stake_rows),
    ]


def content_hash(payload: dict[str, Any]) -> str:
    """Return the hash of the content of a record; its place in the file is ignored."""
    content = {name: value for name, value in payload.items() if name != "place"}
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def records_of_snapshot(connection: Connection, snapshot_key: int) -> Iterator[Record]:
    """Yield the records of a snapshot by id, without holding them all."""
    query = (
        select(schema.record.c.payload)
        .where(schema.record.c.snapshot_id == snapshot_key)
        .order_by(schema.record.c.record_id)
        .execution_options(yield_per=BATCH)
    )
    with connection.execute(query) as result:  # closed also where the reader stops half-way
        for (payload,) in result:
            yield record_from_json(payload)


@dataclass(frozen=True, slots=True)
class ChangedIds:
    """The ids of the records that differ between two snapshots, each in order."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]


def changed_ids(connection: Connection, before: int, after: int) -> ChangedIds:
    """Return the ids of the records that were added, removed and changed between two snapshots.

    The database compares them, so that two versions of a long list are never both in memory.
    """
    table, other = schema.record, schema.record.alias()
    same = (other.c.snapshot_id == after) & (other.c.record_id == table.c.record_id)
    differs = table.c.content_hash != other.c.content_hash
    query = select(table.c.record_id).where(table.c.snapshot_id == before, same, differs)
    changed = tuple(sorted(connection.execute(query).scalars()))
    return ChangedIds(_absent(connection, after, before), _absent(connection, before, after), changed)


def _absent(connection: Connection, snapshot_key: int, other_key: int) -> tuple[str, ...]:
    """Return the ids of the records that another snapshot does not have, in order."""
    table, other = schema.record, schema.record.alias()
    same = (other.c.snapshot_id == other_key) & (other.c.record_id == table.c.record_id)
    query = select(table.c.record_id).where(table.c.snapshot_id == snapshot_key, ~exists().where(same))
    return tuple(sorted(connection.execute(query).scalars()))


def named_hashes(connection: Connection, snapshot_key: int) -> dict[str, str]:
    """Return the content hash of each record of a snapshot that has a name, or is a wallet, by record id."""
    table, name = schema.record, schema.party_name
    same = (name.c.snapshot_id == snapshot_key) & (name.c.record_id == table.c.record_id)
    query = select(table.c.record_id, table.c.content_hash).where(
        table.c.snapshot_id == snapshot_key, or_(exists().where(same), table.c.schema == WALLET_SCHEMA)
    )
    return {row.record_id: row.content_hash for row in connection.execute(query)}


def get_records(connection: Connection, snapshot_key: int, record_ids: Sequence[str]) -> dict[str, Record]:
    """Return those records of a snapshot that exist, by id."""
    table = schema.record
    query = select(table.c.payload).where(table.c.snapshot_id == snapshot_key)
    read = (
        record_from_json(payload)
        for chunk in _chunks(record_ids)
        for (payload,) in connection.execute(query.where(table.c.record_id.in_(chunk)))
    )
    return {record.id: record for record in read}


def versions_of_record(connection: Connection, record_id: str) -> list[tuple[int, Record, Citation | None]]:
    """Return (snapshot key, record, own citation) for every loaded snapshot that has the record."""
    return versions_of_records(connection, [record_id])[record_id]


def versions_of_records(
    connection: Connection, record_ids: Sequence[str]
) -> dict[str, list[tuple[int, Record, Citation | None]]]:
    """Return the result of `versions_of_record` by id for many records; empty for an unknown one."""
    table = schema.record
    versions: dict[str, list[tuple[int, Record, Citation | None]]] = {
        record_id: [] for record_id in record_ids
    }
    for chunk in _chunks(record_ids):
        query = (
            select(table.c.record_id, table.c.snapshot_id, table.c.payload, table.c.citation)
            .where(table.c.record_id.in_(chunk))
            .order_by(table.c.record_id, table.c.snapshot_id)
        )
        for row in connection.execute(query):
            citation = Citation.from_json(row.citation) if row.citation else None
            versions[row.record_id].append((row.snapshot_id, record_from_json(row.payload), citation))
    return versions


def records_of_snapshots(
    connection: Connection, snapshot_keys: Sequence[int], is_wanted: Callable[[str], bool] = bool
) -> dict[str, list[tuple[int, Record]]]:
    """Return (snapshot key, record) by record id for the wanted ids in these snapshots.

    A record that is equal in several snapshots is read once; its place is that in the first of them.
    """
    table = schema.record
    query = select(table.c.snapshot_id, table.c.record_id, table.c.content_hash).order_by(table.c.snapshot_id)
    holders: dict[tuple[str, str], list[int]] = {}
    for keys in batches(snapshot_keys, LOOKUP_BATCH):
        for row in connection.execute(query.where(table.c.snapshot_id.in_(keys))):
            if is_wanted(row.record_id):
                holders.setdefault((row.record_id, row.content_hash), []).append(row.snapshot_id)
    first = by_key((stored[0], record_id) for (record_id, _), stored in holders.items())
    read = {key: get_records(connection, key, ids) for key, ids in first.items()}
    versions: dict[str, list[tuple[int, Record]]] = {}
    for (record_id, _), stored in holders.items():
        versions.setdefault(record_id, []).extend((key, read[stored[0]][record_id]) for key in stored)
    return versions


def lists_of(connection: Connection, record_ids: Sequence[str]) -> list[tuple[str, str]]:
    """Return (source, record id) of those records that are in a loaded snapshot, in order."""
    table, snapshot = schema.record, schema.snapshot
    pairs: set[tuple[str, str]] = set()
    for chunk in _chunks(record_ids):
        query = (
            select(snapshot.c.source, table.c.record_id)
            .join(snapshot, snapshot.c.id == table.c.snapshot_id)
            .where(table.c.record_id.in_(chunk))
        )
        pairs.update((row.source, row.record_id) for row in connection.execute(query))
    return sorted(pairs)


def relations_of(
    connection: Connection, source: str, schemata: Sequence[str]
) -> Iterator[tuple[str, Record]]:
    """Yield (source, record) of these schemata in every snapshot of a source, without holding them all."""
    table, snapshot = schema.record, schema.snapshot
    query = (
        select(table.c.payload)
        .join(snapshot, snapshot.c.id == table.c.snapshot_id)
        .where(snapshot.c.source == source, table.c.schema.in_(list(schemata)))
        .order_by(table.c.record_id, table.c.snapshot_id)
        .execution_options(yield_per=BATCH)
    )
    with connection.execute(query) as result:
        for (payload,) in result:
            yield source, record_from_json(payload)


def stakes_around(connection: Connection, party_ids: Sequence[str]) -> list[tuple[int, str]]:
    """Return (snapshot key, record id) of stakes with one of the parties as owner or asset."""
    stakes: set[tuple[int, str]] = set()
    table = schema.stake
    for chunk in _chunks(party_ids):
        for column in (table.c.asset_id, table.c.owner_id):
            query = select(table.c.snapshot_id, table.c.record_id).where(column.in_(chunk))
            stakes.update((key, record_id) for key, record_id in connection.execute(query))
    return sorted(stakes)


def identifiers_of(
    connection: Connection, props: Sequence[str], snapshots_by_source: Mapping[str, Sequence[int]]
) -> Iterator[tuple[str, str, str, str]]:
    """Yield (source, record id, property, value) for these properties in these snapshots, in order."""
    table = schema.party_identifier
    for source, keys in sorted(snapshots_by_source.items()):
        query = (
            select(table.c.record_id, table.c.prop, table.c.value)
            .where(table.c.snapshot_id.in_(list(keys)), table.c.prop.in_(list(props)))
            .order_by(table.c.record_id, table.c.prop, table.c.value)
        )
        for row in connection.execute(query):
            yield source, row.record_id, row.prop, row.value


def records_with_words(
    connection: Connection, snapshot_keys: Sequence[int], words: Sequence[str]
) -> list[tuple[str, str]]:
    """Return (list id, record id) of the records in these snapshots with one of the words, in order.

    Case is ignored. A word of letters beyond ASCII is not found, because records are stored as escaped JSON.
    """
    terms = {word.lower(): None for word in words if len(word) >= SHORTEST_WORD}
    if not terms or not snapshot_keys:
        return []
    table, snapshots = schema.record, schema.snapshot
    content = cast(table.c.payload, Text)
    # LIKE of SQLite ignores the case of ASCII; lower() of 30 MB for each word takes longer than the rest
    has = content.contains if connection.dialect.name == "sqlite" else content.icontains
    query = (
        select(snapshots.c.source, table.c.record_id)
        .join(snapshots, snapshots.c.id == table.c.snapshot_id)
        .where(table.c.snapshot_id.in_(list(snapshot_keys)))
        .where(or_(*(has(word, autoescape=True) for word in terms)))
        .distinct()
        .order_by(snapshots.c.source, table.c.record_id)
    )
    return [(row.source, row.record_id) for row in connection.execute(query)]


def _chunks(values: Sequence[str]) -> Iterator[list[str]]:
    yield from batches(dict.fromkeys(values), LOOKUP_BATCH)
