"""Installing versions: kept once, compared with the one before, and tasks for what is touched."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection
from store_tools import NOON, open_tasks

from overzicht.errors import UnknownNameError
from overzicht.evidence.actor import Actor
from overzicht.sources.interface import ListFileRefusedError
from overzicht.store.database import Store
from overzicht.subjects.control_list.citing import CitingRecord
from overzicht.subjects.control_list.path import parse_path
from overzicht.subjects.control_list.update import Choices, InstalledVersion, install_version
from overzicht.subjects.control_list.versions import held_versions, open_version

OLD = {"7A900": "Kettles:", "7A900.a": "Brass kettles exceeding 5 W;", "7A900.b": "Tin kettles."}
NEW = {**OLD, "7A900.a": "Brass kettles exceeding 9 W;"}
RECORDS = [
    CitingRecord("L-1", "licence", parse_path("7A900.a")),
    CitingRecord("L-1", "licence", parse_path("7A900.b")),
    CitingRecord("L-2", "licence", parse_path("7A900.b")),
    CitingRecord("L-3", "licence", parse_path("7A900.a"), is_open=False),
    CitingRecord("C-1", "classification", parse_path("7A900")),
]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "home")
    yield opened
    opened.close()


def _cited(connection: Connection) -> list[CitingRecord]:
    del connection
    return RECORDS


def _install(store: Store, folder: Path, version: str, texts: dict[str, str]) -> InstalledVersion:
    path = folder / f"annex-{version}.jsonl"
    rows = [{"entry": p[:5], "path": p, "kind": "provision", "text": text} for p, text in texts.items()]
    path.write_text("".join(f"{json.dumps(each)}\n" for each in rows), encoding="utf-8")
    return install_version(store, path, Actor(NOON.date(), "An", NOON), Choices(force=True), cited=(_cited,))


def _tasks(store: Store) -> list[str]:
    with store.reading() as connection:
        return [task.subject for task in open_tasks(connection)]


def test_the_first_version_reopens_nothing(store: Store, tmp_path: Path) -> None:
    result = _install(store, tmp_path, "2021", OLD)
    assert result.comparison is None
    assert _tasks(store) == []


def test_a_new_version_reopens_what_cites_a_change_and_nothing_else(store: Store, tmp_path: Path) -> None:
    _install(store, tmp_path, "2021", OLD)
    result = _install(store, tmp_path, "2025-11-15", NEW)
    assert [(each.kind, each.record_id, each.cited) for each in result.reopened] == [
        ("classification", "C-1", ("7A900",)),
        ("licence", "L-1", ("7A900.a",)),
    ]
    assert _tasks(store) == ["C-1", "L-1"]
    with store.reading() as connection:
        titles = [task.title for task in open_tasks(connection)]
    assert titles[1] == "Review licence L-1: the list of 2025-11-15 changes 7A900.a"


def test_installing_again_opens_no_task_again(store: Store, tmp_path: Path) -> None:
    _install(store, tmp_path, "2021", OLD)
    _install(store, tmp_path, "2025-11-15", NEW)
    again = _install(store, tmp_path, "2025-11-15", NEW)
    assert again.was_known
    assert len(_tasks(store)) == 2


def test_a_correction_under_the_same_date_is_a_version_of_its_own(store: Store, tmp_path: Path) -> None:
    _install(store, tmp_path, "2025-11-15", OLD)
    result = _install(store, tmp_path, "2025-11-15", NEW)
    assert result.before is not None
    assert result.before.name == result.installed.name
    assert result.before.snapshot.sha256 != result.installed.snapshot.sha256
    assert _tasks(store) == ["C-1", "L-1"]
    assert open_version(store, "2025-11-15").list.open("7A900.a").text.endswith("9 W;")
    assert open_version(store, result.before.snapshot.id).list.open("7A900.a").text.endswith("5 W;")


def test_an_older_version_is_kept_and_reopens_nothing(store: Store, tmp_path: Path) -> None:
    _install(store, tmp_path, "2025-11-15", NEW)
    result = _install(store, tmp_path, "2021", OLD)
    assert result.comparison is None
    assert _tasks(store) == []
    with store.reading() as connection:
        assert [version.name for version in held_versions(connection)] == ["2021", "2025-11-15"]


def test_a_refused_file_leaves_the_store_as_it_was(store: Store, tmp_path: Path) -> None:
    _install(store, tmp_path, "2021", OLD)
    bad = tmp_path / "annex-2025-11-15.jsonl"
    bad.write_text('{"path": "7A900", "kind": "provision"', encoding="utf-8")
    with pytest.raises(ListFileRefusedError):
        install_version(store, bad, Actor(NOON.date(), "An", NOON), Choices(force=True), cited=(_cited,))
    with store.reading() as connection:
        assert [version.name for version in held_versions(connection)] == ["2021"]
    assert _tasks(store) == []


def test_a_source_of_citations_that_fails_undoes_the_installation(store: Store, tmp_path: Path) -> None:
    _install(store, tmp_path, "2021", OLD)
    path = tmp_path / "annex-2025-11-15.jsonl"
    path.write_text(
        json.dumps({"entry": "7A900", "path": "7A900", "kind": "provision", "text": "x"}), encoding="utf-8"
    )

    def broken(connection: Connection) -> list[CitingRecord]:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        install_version(store, path, Actor(NOON.date(), "An", NOON), Choices(force=True), cited=(broken,))
    with store.reading() as connection:
        assert [version.name for version in held_versions(connection)] == ["2021"]


@pytest.mark.parametrize(
    ("as_of", "version", "is_checked"),
    [
        (date(2021, 9, 9), "2021", True),
        (date(2022, 1, 6), "2021", True),
        (date(2022, 1, 7), "2021", False),  # an act changed the list, and its text is not loaded
        (date(2025, 11, 14), "2021", False),
        (date(2025, 11, 15), "2025-11-15", True),
    ],
)
def test_the_list_of_a_day(store: Store, tmp_path: Path, as_of: date, version: str, is_checked: bool) -> None:
    _install(store, tmp_path, "2021", OLD)
    _install(store, tmp_path, "2025-11-15", NEW)
    opened = open_version(store, as_of=as_of)
    assert opened.installed.name == version
    assert (opened.caution is None) == is_checked


def test_without_a_fitting_version_the_error_names_what_there_is(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="overzicht control update FILE"):
        open_version(store)
    _install(store, tmp_path, "2021", OLD)
    with pytest.raises(UnknownNameError, match=r"2021 \(from 2021-09-09\)"):
        open_version(store, as_of=date(2021, 9, 8))
    with pytest.raises(UnknownNameError, match="2021"):
        open_version(store, "1999")


def test_definitions_may_come_beside_the_list(store: Store, tmp_path: Path) -> None:
    _install(store, tmp_path, "2021", {**OLD, "7A900.b": 'Tin "jugs".'})
    assert open_version(store).list.term("jug") is None
    text = tmp_path / "annex.txt"
    text.write_text(
        'DEFINITIONS OF TERMS USED IN THIS ANNEX\n"Jug" (7) means a pot with\na spout.\nCATEGORY 0 X\n',
        encoding="utf-8",
    )
    choices = Choices(definitions=text, force=True)
    again = install_version(store, tmp_path / "annex-2021.jsonl", Actor(NOON.date(), "An", NOON), choices)
    assert again.was_known
    term = open_version(store).list.term("jugs")
    assert term is not None
    assert term.text == '"Jug" (7) means a pot with a spout.'
