"""A whole store in one file: the same from either database, and refused when anything in it is not so."""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from store_tools import NOON, company, put, snapshot_of

from overzicht.errors import OverzichtError
from overzicht.store import decisions, schema, snapshots
from overzicht.store.database import Store
from overzicht.store.log import BrokenLogError, verify_log
from overzicht.store.migrating import upgrade, write_connection
from overzicht.store.moving.empty_store import OtherLogError, OtherRowsError, StoreNotEmptyError
from overzicht.store.moving.transfer import RegisterFileError, TargetExistsError, export_store, load_store
from overzicht.store.register.plans import list_plans
from overzicht.store.snapshots import DamagedSnapshotError

RAW = b"<list>\xc3\x84 raw</list>"
Edit = Callable[[dict[str, bytes]], None]


def fill(store: Store) -> None:
    kept = snapshots.keep_bytes(store.folder, RAW).name
    put(
        store,
        snapshot_of("un-sc", date(2021, 1, 1), sha256=kept, size_bytes=len(RAW)),
        [company(f"un-sc-{number}", f"Acmé 光学 {number}", since=date(2020, 1, 2)) for number in range(30)],
    )
    with store.writing("Ānna de Vries", NOON) as tx:
        number = decisions.add_judgement(tx, "maker-1", decisions.Verdict.UNSURE, "λ “quoted” \u2028 text")
        decisions.add_judgement(tx, "maker-2", decisions.Verdict.CONFIRM, "board seen")
        decisions.withdraw_judgement(tx, number)
        decisions.open_task(tx, "device-1", "look at it")


def content(store: Store) -> dict[str, list[Any]]:
    with store.reading() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in schema.metadata.sorted_tables
        }


@pytest.fixture
def other(tmp_path: Path, request: pytest.FixtureRequest, store: Store) -> Iterator[Store]:
    """Yield an empty store on the other kind of database."""
    address = request.getfixturevalue("postgres_url") if store.engine.dialect.name == "sqlite" else ""
    opened = Store.open(tmp_path / "other", address)
    yield opened
    opened.close()


@pytest.fixture
def back(tmp_path: Path, request: pytest.FixtureRequest, store: Store) -> Iterator[Store]:
    """Yield another empty store on the same kind of database."""
    is_sqlite = store.engine.dialect.name == "sqlite"
    address = "" if is_sqlite else request.getfixturevalue("new_postgres_url")()
    opened = Store.open(tmp_path / "back", address)
    yield opened
    opened.close()


def test_there_and_back_again_gives_the_same_content_and_the_same_bytes(
    store: Store, other: Store, back: Store, tmp_path: Path
) -> None:
    fill(store)
    files = [tmp_path / f"{number}.zip" for number in range(3)]
    export_store(store, files[0])
    load_store(other, files[0])
    export_store(other, files[1])
    moved = load_store(back, files[1])
    export_store(back, files[2])
    assert content(store) == content(other) == content(back)
    assert len({hashlib.sha256(path.read_bytes()).hexdigest() for path in files}) == 1
    assert (back.folder / hashlib.sha256(RAW).hexdigest()[:2] / hashlib.sha256(RAW).hexdigest()).exists()
    assert moved.files == 1
    assert moved.rows > 60


def test_work_goes_on_after_a_move(store: Store, other: Store, tmp_path: Path) -> None:
    fill(store)
    export_store(store, tmp_path / "all.zip")
    load_store(other, tmp_path / "all.zip")
    with other.writing("bram", NOON) as tx:
        assert decisions.add_judgement(tx, "maker-3", decisions.Verdict.REJECT, "label is wrong") == 3
    with other.reading() as connection:
        assert verify_log(connection).entries == 6


def test_an_export_of_an_older_schema_is_migrated(store: Store, tmp_path: Path) -> None:
    old = Store.unmigrated(tmp_path / "old")
    with write_connection(old.engine) as connection:
        upgrade(connection, "0003")
        connection.exec_driver_sql("INSERT INTO actor VALUES ('anna', '2025-01-01T00:00:00')")
    export_store(old, tmp_path / "old.zip")
    old.close()
    load_store(store, tmp_path / "old.zip")
    with store.reading() as connection:
        assert connection.execute(select(schema.actor.c.name)).scalars().all() == ["anna", "overzicht"]
        assert connection.execute(select(func.count()).select_from(schema.classification)).scalar() == 0


def test_an_entry_without_changes_stays_one_in_an_older_schema(store: Store, tmp_path: Path) -> None:
    old = Store.open(tmp_path / "old")
    for _ in range(2):  # the first adds the actor
        with old.writing("anna", NOON) as tx:
            tx.log("note", "no row changes")
    with write_connection(old.engine) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0023'")  # no column since
        unsealed = select(func.count()).where(schema.log.c.changes.is_(None)).select_from(schema.log)
        assert connection.execute(unsealed).scalar()
    export_store(old, tmp_path / "old.zip")
    old.close()
    load_store(store, tmp_path / "old.zip")
    with store.reading() as connection:
        assert verify_log(connection).entries >= 2


def test_a_plan_that_was_closed_before_plans_had_a_last_day_is_closed_from_the_day_it_was_written(
    store: Store, tmp_path: Path
) -> None:
    old = Store.unmigrated(tmp_path / "old")
    names = "id, organisation_id, title, owner, opened_on, selection, reason, actor, at, closed_by, closed_at"
    with write_connection(old.engine) as connection:
        upgrade(connection, "0011")
        connection.exec_driver_sql("INSERT INTO actor VALUES ('anna', '2025-01-01T00:00:00')")
        for row in (
            "1, NULL, 'shut', '', '2026-01-01', '{}', '', 'anna', '', 'anna', '2026-03-04T10:00:00+00:00'",
            "2, NULL, 'runs', '', '2026-01-01', '{}', '', 'anna', '', NULL, NULL",
        ):
            connection.exec_driver_sql(f"INSERT INTO register_plan ({names}, outcome) VALUES ({row}, '')")  # noqa: S608
    export_store(old, tmp_path / "old.zip")
    old.close()
    load_store(store, tmp_path / "old.zip")
    with store.reading() as connection:
        then, now = (
            [each.title for each in list_plans(connection, None, date(2026, 3, day), only_open=True)]
            for day in (3, 4)
        )
    assert (then, now) == (["shut", "runs"], ["runs"])


def test_a_store_in_use_is_not_filled(store: Store, other: Store, tmp_path: Path) -> None:
    fill(store)
    export_store(store, tmp_path / "all.zip")
    with other.writing("bram", NOON) as tx:
        decisions.open_task(tx, "device-9", "mine")
    before = content(other)
    with pytest.raises(StoreNotEmptyError, match="log entry 1: open task"):
        load_store(other, tmp_path / "all.zip")
    assert content(other) == before


def test_a_file_that_is_there_is_not_overwritten(store: Store, tmp_path: Path) -> None:
    (tmp_path / "all.zip").write_bytes(b"mine")
    with pytest.raises(TargetExistsError):
        export_store(store, tmp_path / "all.zip")
    assert (tmp_path / "all.zip").read_bytes() == b"mine"


def test_a_damaged_raw_file_is_not_exported(store: Store, tmp_path: Path) -> None:
    fill(store)
    snapshots.keep_bytes(store.folder, RAW).write_bytes(b"changed")
    with pytest.raises(DamagedSnapshotError, match="register verify"):
        export_store(store, tmp_path / "all.zip")
    assert not list(tmp_path.glob("all.zip*"))


# Damaged and hostile files


def rewritten(source: Path, edit: Edit) -> Path:
    """Return a copy with its entries edited and, as a forger would, the hashes of the tables set right."""
    with zipfile.ZipFile(source) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    edit(entries)
    manifest = json.loads(entries["manifest.json"])
    for name, stated in manifest["tables"].items():
        body = entries.get(f"tables/{name}.jsonl", b"")
        stated.setdefault("forged", True)
        if stated.pop("forged"):
            lines = body.count(b"\n")
            stated.update(rows=lines, size=len(body), sha256=hashlib.sha256(body).hexdigest())
    entries["manifest.json"] = json.dumps(manifest).encode()
    target = source.with_name("edited.zip")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in entries.items():
            archive.writestr(name, body)
    return target


def change_manifest(change: Callable[[dict[str, Any]], None]) -> Edit:
    def edit(entries: dict[str, bytes]) -> None:
        manifest = json.loads(entries["manifest.json"])
        change(manifest)
        entries["manifest.json"] = json.dumps(manifest).encode()

    return edit


def replace_in(name: str, old: bytes, new: bytes) -> Edit:
    def edit(entries: dict[str, bytes]) -> None:
        assert old in entries[name]
        entries[name] = entries[name].replace(old, new, 1)

    return edit


def without(name: str) -> Edit:
    def edit(entries: dict[str, bytes]) -> None:
        del entries[name]

    return edit


def drop_last_line(name: str) -> Edit:
    def edit(entries: dict[str, bytes]) -> None:
        entries[name] = b"".join(entries[name].splitlines(keepends=True)[:-1])

    return edit


RAW_NAME = hashlib.sha256(RAW).hexdigest()
FORGERIES: dict[str, tuple[Edit, type[OverzichtError], str]] = {
    "a path out of the folder": (
        lambda entries: entries.update({"snapshots/../../evil": b"x"}), RegisterFileError, "unexpected entry",
    ),
    "an absolute path": (lambda e: e.update({"/etc/evil": b"x"}), RegisterFileError, "unexpected entry"),
    "an entry beside the manifest": (
        lambda entries: entries.update({f"snapshots/{'0' * 64}": b"x"}), RegisterFileError, "manifest",
    ),
    "a table that is missing": (
        without("tables/task.jsonl"), RegisterFileError, "manifest",
    ),
    "another format": (change_manifest(lambda m: m.update(format="zip")), RegisterFileError, "its format"),
    "a newer format": (change_manifest(lambda m: m.update(version=2)), RegisterFileError, "its format"),
    "more than fits": (
        change_manifest(lambda m: m["files"].update({RAW_NAME: 2**60})), RegisterFileError, "GB",
    ),
    "another manifest": (change_manifest(lambda m: m.update(more=1)), RegisterFileError, "manifest"),
    "a newer schema": (change_manifest(lambda m: m.update(schema_revision="9999")), OverzichtError, "9999"),
    "a raw file of another size": (
        change_manifest(lambda m: m["files"].update({RAW_NAME: 5})), RegisterFileError, "raw file",
    ),
    "a changed raw file": (
        lambda entries: entries.update({f"snapshots/{RAW_NAME}": b"y" * len(RAW)}), RegisterFileError, "raw",
    ),
    "a changed entry of the log": (
        replace_in("tables/log.jsonl", b"maker-2", b"maker-9"), BrokenLogError, "entry 3",
    ),
    "a changed judgement": (
        replace_in("tables/judgement.jsonl", b"maker-2", b"maker-9"), OtherRowsError, "table judgement",
    ),
    "a log cut short": (drop_last_line("tables/log.jsonl"), OtherLogError, "newest entry"),
    "a number that is text": (
        replace_in("tables/task.jsonl", b'"id":1', b'"id":"1"'), RegisterFileError, "table task, row 1",
    ),
    "a text that is too long": (
        replace_in("tables/task.jsonl", b"device-1", b"d" * 301), RegisterFileError, "table task, row 1",
    ),
    "a row that is no JSON": (
        replace_in("tables/task.jsonl", b'{"', b'{'), RegisterFileError, "row 1: it is not valid JSON",
    ),
    "a column too many": (
        replace_in("tables/task.jsonl", b'{"', b'{"x":1,"'), RegisterFileError, "not those of the table",
    ),
    "a row without what it refers to": (
        drop_last_line("tables/actor.jsonl"), OverzichtError, "are not consistent",
    ),
}  # fmt: skip


@pytest.mark.sampled(4)
@pytest.mark.parametrize(("edit", "error", "message"), FORGERIES.values(), ids=FORGERIES)
def test_a_forged_file_is_refused_and_nothing_is_kept(
    store: Store, other: Store, tmp_path: Path, edit: Edit, error: type[OverzichtError], message: str
) -> None:
    fill(store)
    export_store(store, tmp_path / "all.zip")
    before = content(other)
    with pytest.raises(error, match=message):
        load_store(other, rewritten(tmp_path / "all.zip", edit))
    assert content(other) == before
    assert not (tmp_path / "evil").exists()


def test_a_table_that_is_not_as_its_manifest_says_is_refused(
    store: Store, other: Store, tmp_path: Path
) -> None:
    fill(store)
    export_store(store, tmp_path / "all.zip")

    def edit(entries: dict[str, bytes]) -> None:
        manifest = json.loads(entries["manifest.json"])
        manifest["tables"]["task"]["forged"] = False
        entries["manifest.json"] = json.dumps(manifest).encode()
        entries["tables/task.jsonl"] = entries["tables/task.jsonl"].replace(b"look", b"Look")

    with pytest.raises(RegisterFileError, match="not those that its manifest states"):
        load_store(other, rewritten(tmp_path / "all.zip", edit))


def test_a_file_that_is_cut_off_is_refused(store: Store, other: Store, tmp_path: Path) -> None:
    fill(store)
    export_store(store, tmp_path / "all.zip")
    whole = (tmp_path / "all.zip").read_bytes()
    for share in (0.0, 0.3, 0.9):
        (tmp_path / "cut.zip").write_bytes(whole[: int(len(whole) * share)])
        with pytest.raises(RegisterFileError, match=r"cut\.zip"):
            load_store(other, tmp_path / "cut.zip")
