"""The index beside the store: changed lists change it, unchanged ones leave it, and damage is mended."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from store_tools import NOON, company, put, snapshot_of

from overzicht.entities import Record, Statement
from overzicht.screening.engine import ScreeningEngine
from overzicht.screening.index import layout
from overzicht.screening.index.build import IndexedParty
from overzicht.store.database import Store
from overzicht.store.snapshots import list_snapshots, remove_snapshot
from overzicht.workflows import index

FIRST = [company(f"un-{k}", f"Tarrowmere Works {k}") for k in range(6)]
NEXT = [*FIRST[1:], company("un-0", "Ulvenstade Shipping"), company("un-9", "Vexholm Optics")]
STAKE = Record("un-s", "Ownership", (Statement("owner", "un-1"), Statement("asset", "un-2")), "stake", ())


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "home")
    put(opened, snapshot_of("un-sc", date(2026, 1, 1), "a"), [*FIRST, STAKE])
    yield opened
    opened.close()


def found(engine: ScreeningEngine, name: str) -> list[str]:
    return engine.best([name], ["Company"])[0][0][:1]


def refuse(*_: object) -> None:
    raise AssertionError("nothing was to be made anew")


def test_a_new_version_of_a_list_is_taken_in_as_what_changed(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.open_engine(store)
    put(store, snapshot_of("un-sc", date(2026, 2, 1), "b"), [*NEXT, STAKE])
    read: list[str] = []
    monkeypatch.setattr(index, "build_index", refuse)
    make = index.indexed

    def note(source: str, record: Record, mark: index.Wording) -> IndexedParty:
        read.append(record.id)
        return make(source, record, mark)

    monkeypatch.setattr(index, "indexed", note)
    engine = index.open_engine(store)
    assert read == ["un-0", "un-9"]
    assert [found(engine, name) for name in ("Ulvenstade Shipping", "Vexholm Optics")] == [["un-0"], ["un-9"]]
    assert found(engine, "Tarrowmere Works 5") == ["un-5"]
    grown = layout.current(index.index_root(store)).name
    monkeypatch.undo()
    (index.index_root(store) / index.MADE_OF).unlink()  # as where other code made it: all is built anew
    index.open_engine(store)
    assert layout.current(index.index_root(store)).name == grown


def test_what_is_in_no_snapshot_any_more_goes(store: Store) -> None:
    put(
        store,
        snapshot_of("un-sc", date(2025, 1, 1), "c"),
        [company("un-7", "Wyndarra Mining")],
        is_starter=True,
    )
    assert found(index.open_engine(store), "Wyndarra Mining") == ["un-7"]
    with store.writing("tester", NOON) as tx:
        (starter,) = [each.key for each in list_snapshots(tx.connection) if each.is_starter]
        remove_snapshot(tx, starter)
    assert found(index.open_engine(store), "Wyndarra Mining") == []


def test_nothing_is_made_where_nothing_changed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    index.open_engine(store)
    for name in ("build_index", "update_index"):
        monkeypatch.setattr(index, name, refuse)
    assert found(index.open_engine(store), "Tarrowmere Works 3") == ["un-3"]


def test_other_code_makes_it_anew(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    index.open_engine(store)
    monkeypatch.setattr(index, "engine_code", lambda: "another version of the code")
    monkeypatch.setattr(index, "update_index", refuse)
    assert found(index.open_engine(store), "Tarrowmere Works 3") == ["un-3"]


@pytest.mark.parametrize("lost", ["words.text.npy", layout.MANIFEST])
def test_a_damaged_version_is_made_again(store: Store, lost: str) -> None:
    index.open_engine(store)
    (layout.current(index.index_root(store)) / lost).unlink()
    assert found(index.open_engine(store), "Tarrowmere Works 3") == ["un-3"]


def test_a_note_that_is_no_note_makes_it_anew(store: Store) -> None:
    index.open_engine(store)
    (index.index_root(store) / index.MADE_OF).write_text("[]")
    assert found(index.open_engine(store), "Tarrowmere Works 3") == ["un-3"]
