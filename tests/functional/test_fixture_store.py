"""A store of an earlier version opens with this one, and so does what that version exported."""

import hashlib
import json
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from functional_tools import log_entries, run_command

from overzicht.errors import EXIT_INCOMPLETE, EXIT_OK
from overzicht.store.database import Store
from overzicht.store.migrating import newest_revision, revision_of
from overzicht.store.moving.rows import read_rows, row_to_line, tables_of
from overzicht.store.schema import metadata

FIXTURE = Path(__file__).resolve().parents[1] / "fixtures/store-cf06620"
CONTENTS = json.loads((FIXTURE / "contents.json").read_text(encoding="utf-8"))
RENAMED: dict[str, str | None] = {}  # a table of then to its name now; None: a migration drops it
TOWN = "gemeente-voorbeelddorp"


def run(*arguments: str | Path) -> str:
    result = run_command(*arguments)
    assert result.exit_code in {EXIT_OK, EXIT_INCOMPLETE}, result.stderr
    return result.stdout


def told(*arguments: str | Path) -> Any:
    return json.loads(run(*arguments, "--json"))


SEALED = {"log"}  # the migration writes an entry, which proves the rows from then on
RENEWED = {"actor", "log", "party_identifier", "party_name", "record", "snapshot", "stake", "table_digest"}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a home with the old store in it, which commands use."""
    with tarfile.open(FIXTURE / "home.tar.xz") as archive:
        archive.extractall(tmp_path / "home", filter="data")
    monkeypatch.setenv("OVERZICHT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("OVERZICHT_DATABASE_URL", "")
    return tmp_path / "home"


def rows_by_table(home: Path, address: str = "") -> dict[str, list[bytes]]:
    """Return the rows of every table, as lines in the order of their keys; the store is migrated first."""
    store = Store.open(home, address)
    try:
        with store.reading() as connection:
            assert revision_of(connection) == newest_revision()
            return {
                table.name: [row_to_line(row) for row in read_rows(connection, table)]
                for table in tables_of(connection)
            }
    finally:
        store.close()


def test_the_fixture_is_whole_and_has_rows_in_every_table() -> None:
    for name, digest in CONTENTS["sha256"].items():
        assert hashlib.sha256((FIXTURE / name).read_bytes()).hexdigest() == digest
    assert min(CONTENTS["rows"].values()) > 0
    assert {RENAMED.get(name, name) for name in CONTENTS["rows"]} - {None} <= metadata.tables.keys()


def test_it_migrates_and_every_table_keeps_its_rows(home: Path) -> None:
    before = Store.unmigrated(home)
    with before.reading() as connection:
        assert revision_of(connection) == CONTENTS["schema_revision"]
    before.close()
    held = {name: len(rows) for name, rows in rows_by_table(home).items()}
    for name, count in CONTENTS["rows"].items():
        now = RENAMED.get(name, name)
        assert now is None or held[now] - (now in SEALED) == count, name
    assert run("register", "verify").endswith("everything holds\n")
    assert log_entries() >= CONTENTS["rows"]["log"]


@pytest.mark.usefixtures("home")
def test_commands_answer_from_it() -> None:
    (device,) = told("register", "show", "VD-02", "--as-of", "2026-02-15")
    assert device["device"]["supplier"] == "Beveiliging Voorbeeld BV"
    assert told("register", "devices", "--life", "replaced", "--as-of", "2026-03-02")["total"] == 1
    lists = {each["list"]: each for each in told("lists", "status", "--as-of", "2026-03-01")}
    assert [each["records"] for each in lists["un-sc"]["snapshots"] if not each["starter"]] == [28, 33]
    assert [each["id"] for each in told("licence", "list", "--as-of", "2026-03-21")] == ["DE-0001"]
    assert "Town hall" in run("dossier", "show", "invented")
    assert "ask which cameras are replaced" in run("tasks", "list")
    assert "NL-D-2026-01" in run("denial", "list", "--as-of", "2026-04-02")
    assert "6A003.b.4.b" in run("control", "show", "6A003.b.4.b", "--as-of", "2026-03-01")
    assert "USE-1" in run("control", "use", "list")
    assert "Camera's in havens" in run("questions", "search", "camera", "--as-of", "2031-06-01")
    assert [each["id"] for each in told("diligence", "list", "--as-of", "2026-03-06")] == [TOWN]
    assert "Replacement" in run("register", "plan", "list", "--as-of", "2026-04-03")
    assert "anna" in run("users", "list")
    judged = [each["judgements"] for each in told("parties", "same", "--as-of", "2026-11-01")["suggested"]]
    assert [made["reason"] for each in judged for made in each] == ["the names alone"]


@pytest.mark.usefixtures("home")
def test_an_invented_name_is_found_on_a_list_of_it() -> None:
    assert answer_of_the_un("Ulvenstade Shipping Company", "2026-03-01") in {"found", "listed"}
    assert answer_of_the_un("Ulvenstade Shipping Company", "2012-12-30") in {"not found", "not listed"}
    assert answer_of_the_un("Zwartewater Bloembollen", "2026-03-01") == "not checked"  # it was cut short


def answer_of_the_un(name: str, day: str) -> str:
    found = told("screen", "one", name, "--as-of", day)
    return {each["list"]: str(each["answer"]) for each in found["answers"]}["un-sc"]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_what_it_exported_loads_with_equal_rows(
    home: Path, kind: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    make: Callable[[], str] = request.getfixturevalue("new_postgres_url") if kind == "postgresql" else str
    address = make()
    monkeypatch.setenv("OVERZICHT_HOME", str(tmp_path / "other"))
    monkeypatch.setenv("OVERZICHT_DATABASE_URL", address)
    assert f"{sum(CONTENTS['rows'].values()):,} rows" in run("register", "load", FIXTURE / "export.zip")
    assert run("register", "verify").endswith("everything holds\n")
    loaded, own = rows_by_table(tmp_path / "other", address), rows_by_table(home)
    changed = {table for table in own if loaded[table] != own[table]}
    assert changed <= RENEWED  # starter facts of this release take the place of those of the fixture
