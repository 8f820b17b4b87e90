"""Backups: whole while others write, taken again cheaply, restored into either database."""

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from store_tools import NOON, company, put, snapshot_of

from overzicht.composition import FILE as SUBJECTS
from overzicht.errors import InputFileError
from overzicht.sources.inventories.profiles import FOLDER, Profile, load_profiles, save_profile
from overzicht.store import decisions, schema, snapshots
from overzicht.store.database import Store
from overzicht.store.moving.backup import (
    PROFILES,
    BackupError,
    OtherFolderError,
    backup_store,
    restore_store,
)
from overzicht.store.moving.checking import check_store
from overzicht.store.moving.empty_store import StoreNotEmptyError

WRITERS = 3


def add_list(store: Store, number: int) -> None:
    """Add a small list with its raw file, as one step of work."""
    raw = f"list {number}".encode()
    kept = snapshots.keep_bytes(store.folder, raw).name
    snapshot = snapshot_of("un-sc", date(2021, 1, 1), part=f"{number}", sha256=kept, size_bytes=len(raw))
    put(store, snapshot, [company(f"un-sc-{number}-{each}", f"Acme {number} {each}") for each in range(20)])


@pytest.fixture(params=["sqlite", "postgresql"])
def target(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Store]:
    """Yield an empty store to restore into, of either kind."""
    address = "" if request.param == "sqlite" else request.getfixturevalue("new_postgres_url")()
    opened = Store.open(tmp_path / "target", address)
    yield opened
    opened.close()


@contextmanager
def writers_at_work(store: Store) -> Iterator[list[int]]:
    """Have several threads add judgements and lists until the block ends; yields what was acknowledged."""
    acknowledged: list[int] = []
    done = threading.Event()

    def work(who: int) -> None:
        number = who
        while not done.is_set():
            add_list(store, number)
            with store.writing(f"writer {who}", NOON) as tx:
                decisions.add_judgement(tx, f"maker-{number}", decisions.Verdict.CONFIRM, "seen")
            acknowledged.append(number)
            number += WRITERS

    threads = [threading.Thread(target=work, args=(who,)) for who in range(WRITERS)]
    for thread in threads:
        thread.start()
    try:
        while len(acknowledged) < WRITERS:
            done.wait(0.01)
        yield acknowledged
    finally:
        done.set()
        for thread in threads:
            thread.join()


def judged(store: Store) -> set[int]:
    with store.reading() as connection:
        return {
            int(name.removeprefix("maker-"))
            for name in connection.execute(select(schema.judgement.c.finding_id)).scalars()
        }


def test_a_backup_taken_while_others_write_is_whole(store: Store, target: Store, tmp_path: Path) -> None:
    with writers_at_work(store) as acknowledged:
        before = set(acknowledged)
        backup_store(store, tmp_path / "backup", NOON)
        reached = len(acknowledged)
        while len(acknowledged) < reached + WRITERS:  # and they go on
            threading.Event().wait(0.01)
    moved = restore_store(target, tmp_path / "backup")
    checked = check_store(target)
    assert checked.faults == ()
    assert checked.log_head == moved.log_head
    assert before <= judged(target), "what was acknowledged before the backup is in it"
    assert judged(target) < judged(store), "what came later is not"


def test_a_second_backup_copies_only_new_raw_files_and_keeps_one_database(
    store: Store, target: Store, tmp_path: Path
) -> None:
    add_list(store, 1)
    first = backup_store(store, tmp_path / "backup", NOON)
    add_list(store, 2)
    second = backup_store(store, tmp_path / "backup", NOON)
    assert (first.files, first.new_files, second.files, second.new_files) == (1, 1, 2, 1)
    assert len(list((tmp_path / "backup").glob("database-*"))) == 1
    restore_store(target, tmp_path / "backup")
    assert check_store(target).records == 40


def test_a_first_backup_that_was_killed_is_made_again_in_its_folder(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "backup"
    (folder / "snapshots").mkdir(parents=True)
    for name in ("database.part", "database.part-journal", "backup.json.part"):
        (folder / name).write_text("half")
    backup_store(store, folder, NOON)
    assert not list(folder.glob("*.part"))


def test_a_backup_goes_into_no_folder_with_other_things(store: Store, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/letter.txt").write_text("dear")
    with pytest.raises(OtherFolderError):
        backup_store(store, tmp_path / "mine", NOON)
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_a_full_disk_ends_a_backup_with_a_message(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("overzicht.store.moving.backup._copy_database", full)
    with pytest.raises(InputFileError, match="cannot be written: database or disk is full"):
        backup_store(store, tmp_path / "backup", NOON)


def test_a_store_in_use_is_not_restored_over(store: Store, target: Store, tmp_path: Path) -> None:
    backup_store(store, tmp_path / "backup", NOON)
    with target.writing("bram", NOON) as tx:
        decisions.open_task(tx, "device-9", "mine")
    with pytest.raises(StoreNotEmptyError):
        restore_store(target, tmp_path / "backup")


@pytest.mark.parametrize("what", ["database", "raw file", "note", "no note", "log"])
def test_a_damaged_backup_is_refused(store: Store, tmp_path: Path, what: str) -> None:
    add_list(store, 1)
    folder = tmp_path / "backup"
    backup_store(store, folder, NOON)
    (database,) = folder.glob("database-*")
    if what == "database":
        database.write_bytes(database.read_bytes()[:-100])
    elif what == "raw file":
        next((folder / "snapshots").glob("*/*")).write_bytes(b"other")
    elif what == "note":
        (folder / "backup.json").write_text("{}")
    elif what == "no note":
        (folder / "backup.json").unlink()
    else:
        note = json.loads((folder / "backup.json").read_text())
        (folder / "backup.json").write_text(json.dumps({**note, "sha256": "0" * 64}))
    empty = Store.open(tmp_path / "target")
    with pytest.raises(BackupError):
        restore_store(empty, folder)
    with empty.reading() as connection:
        assert connection.execute(select(schema.snapshot)).all() == []
    empty.close()


def test_a_backup_has_the_profiles_of_inventories(store: Store, target: Store, tmp_path: Path) -> None:
    assert FOLDER == PROFILES
    for name in ("stadhuis", "haven"):
        save_profile(store.home, Profile(name, ("Van wie",), (("Van wie", "brand"),)))
    backup_store(store, tmp_path / "backup", NOON)
    (store.home / FOLDER / "haven.json").unlink()
    backup_store(store, tmp_path / "backup", NOON)
    save_profile(target.home, Profile("depot", ("Merk",), ()))
    restore_store(target, tmp_path / "backup")
    assert [profile.name for profile in load_profiles(target.home)] == ["depot", "stadhuis"]


def test_a_backup_has_the_choice_of_subjects(store: Store, target: Store, tmp_path: Path) -> None:
    (store.home / SUBJECTS).write_text("census\n")
    backup_store(store, tmp_path / "backup", NOON)
    restore_store(target, tmp_path / "backup")
    assert (target.home / SUBJECTS).read_text() == "census\n"
    (store.home / SUBJECTS).unlink()
    backup_store(store, tmp_path / "backup", NOON)
    assert not (tmp_path / "backup" / SUBJECTS).exists(), "the backup kept a choice that was taken back"
