"""Proving a store: whole when it is, and the first broken row named when it is not."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date

import pytest
from sqlalchemy import Connection, delete, insert, update
from store_tools import NOON, company, put, snapshot_of

from overzicht.entities import Record, Statement
from overzicht.store import decisions, schema, snapshots
from overzicht.store.database import Store, database_file
from overzicht.store.moving.checking import check_store, write_index

RAW = b"the raw list"


@pytest.fixture
def full(store: Store) -> Store:
    """Return a store with a list of 1,200 companies and a stake, its raw file, and a judgement."""
    kept = snapshots.keep_bytes(store.folder, RAW).name
    stake = Record(
        "un-sc-stake", "Ownership", (Statement("owner", "un-sc-1"), Statement("asset", "un-sc-2")), "entry"
    )
    held = [company(f"un-sc-{number:04}", f"Acme {number}") for number in range(1_200)]
    put(store, snapshot_of("un-sc", date(2021, 1, 1), sha256=kept, size_bytes=len(RAW)), [*held, stake])
    with store.writing("anna", NOON) as tx:
        decisions.add_judgement(tx, "maker-1", decisions.Verdict.CONFIRM, "saw the board")
        decisions.add_judgement(tx, "maker-2", decisions.Verdict.REJECT, "label is wrong")
    return store


def test_a_whole_store_has_no_fault(full: Store) -> None:
    checked = check_store(full)
    assert checked.faults == ()
    assert (checked.log_entries, checked.files, checked.records) == (3, 1, 1_201)


SNAPSHOT, RECORD, NAME = schema.snapshot, schema.record, schema.party_name
DAMAGE: dict[str, tuple[Callable[[Connection], object], str]] = {
    "log": (
        lambda c: c.execute(update(schema.log).where(schema.log.c.seq == 2).values(subject="other")),
        "log, entry 2: its content was changed",
    ),
    "a judgement taken out of the log": (
        lambda c: c.execute(delete(schema.log).where(schema.log.c.seq == 1)), "log, entry 1: it is missing",
    ),
    "a record that is gone": (
        lambda c: c.execute(delete(RECORD).where(RECORD.c.record_id == "un-sc-0700")),
        "records, snapshot 1 (un-sc, ",
    ),
    "a record that says something else": (
        lambda c: c.execute(
            update(RECORD).where(RECORD.c.record_id == "un-sc-0700").values(payload={"id": "un-sc-0700"})
        ),
        "record un-sc-0700: its content was changed",
    ),
    "a name that look-ups miss": (
        lambda c: c.execute(delete(NAME).where(NAME.c.record_id == "un-sc-0700")),
        "index, party_name of snapshot 1, record un-sc-0700: ('acme 700',) is missing",
    ),
    "a name that no record has": (
        lambda c: c.execute(insert(NAME).values(snapshot_id=1, record_id="ghost", name_key="ghost")),
        "index, party_name of snapshot 1: 1201 rows, not 1200",
    ),
    "a stake turned round": (
        lambda c: c.execute(update(schema.stake).values(owner_id="un-sc-3")),
        "index, stake of snapshot 1, record un-sc-stake",
    ),
    "a raw file that no row names": (
        lambda c: c.execute(update(SNAPSHOT).values(sha256="b" * 64)), "files, snapshot 1: its raw file bbbb",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("damage", "said"), DAMAGE.values(), ids=DAMAGE)
def test_the_first_broken_row_is_named(
    full: Store, damage: Callable[[Connection], object], said: str
) -> None:
    with full.engine.connect() as connection, connection.begin():
        damage(connection)
    assert any(said in str(fault) for fault in check_store(full).faults), check_store(full).faults


def test_a_changed_raw_file_is_named(full: Store) -> None:
    path = snapshots.keep_bytes(full.folder, RAW)
    path.write_bytes(RAW[:-1] + b"X")
    (fault,) = check_store(full).faults
    assert (
        str(fault)
        == f"files, snapshots/{path.parent.name}/{path.name}: its content does not match the hash in its name"
    )


def test_a_part_of_a_snapshot_that_is_gone_is_named(full: Store) -> None:
    parts = [snapshots.keep_bytes(full.folder, word) for word in (b"first part", b"second part")]
    listing = "\n".join(f"{path.name}  {number}.csv" for number, path in enumerate(parts)).encode()
    whole = snapshots.keep_bytes(full.folder, listing).name
    put(full, snapshot_of("us-ofac-sdn", date(2021, 1, 1), sha256=whole, size_bytes=21), [])
    assert check_store(full).faults == ()
    parts[1].unlink()
    (fault,) = check_store(full).faults
    assert str(fault) == f"files, snapshot 2: its raw file {parts[1].name} is missing"


def test_a_log_that_was_cut_short_is_seen_without_and_with_an_anchor(full: Store) -> None:
    head = check_store(full).log_head
    assert check_store(full, anchor=head[:16]).faults == ()
    with full.engine.connect() as connection, connection.begin():
        connection.execute(delete(schema.log).where(schema.log.c.seq == 3))
    seen = [str(fault) for fault in check_store(full).faults]
    assert seen[0].startswith("log, entry 2: the rows are not those after it")
    assert seen[1].startswith("receipt, of this store: entry 3 of 2026-11-25T12:00:00+00:00 was signed")
    assert f"log, anchor {head[:12]}: no entry has this hash" in map(
        str, check_store(full, anchor=head).faults
    )


def test_what_look_ups_use_can_be_written_anew(full: Store) -> None:
    with full.engine.connect() as connection, connection.begin():
        connection.execute(update(NAME).where(NAME.c.record_id == "un-sc-0001").values(name_key="older form"))
    assert check_store(full).faults
    with full.writing("anna", NOON) as tx:
        assert write_index(tx) == 1_201
    assert check_store(full).faults == ()


def test_a_row_that_refers_to_nothing_is_named_on_sqlite(full: Store) -> None:
    if full.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL refuses to write such a row")
    with closing(sqlite3.connect(database_file(full.home))) as database:  # does not enforce references
        database.execute("DELETE FROM judgement WHERE id = 2")
        database.execute("DELETE FROM log")
        database.execute("UPDATE judgement SET actor = 'ghost'")
        database.commit()
    assert "database, table judgement, row 1: it refers to a row of actor that does not exist" in [
        str(fault) for fault in check_store(full).faults
    ]
