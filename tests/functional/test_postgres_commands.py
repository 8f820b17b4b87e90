"""The main commands on PostgreSQL give what they give on SQLite, and nothing is written beside it."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from functional_tools import run_command
from invented_lists import un_list
from licensing_tools import FIXTURES

from overzicht.errors import EXIT_INCOMPLETE, EXIT_OK, EXIT_STORE

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
Use = Callable[[str, str], None]


@pytest.fixture
def use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Use:
    """Return a function that makes commands use a home and a database."""

    def choose(home: str, address: str) -> None:
        monkeypatch.setenv("OVERZICHT_HOME", str(tmp_path / home))
        monkeypatch.setenv("OVERZICHT_DATABASE_URL", address)

    return choose


def run(*arguments: str | Path, codes: tuple[int, ...] = (EXIT_OK,)) -> str:
    result = run_command(*arguments)
    assert result.exit_code in codes, result.stderr
    return result.stdout


def work(tmp_path: Path, name: str) -> dict[str, object]:
    """Do a little of everything and return what the commands say, without what differs by the clock."""
    (tmp_path / "un.xml").write_bytes(un_list())
    said: dict[str, object] = {}
    said["add"] = run("lists", "add", tmp_path / "un.xml")
    said["again"] = run("lists", "add", tmp_path / "un.xml")
    report = tmp_path / f"{name}.json"
    inventory = EXAMPLES / "gemeente-voorbeeldstad/apparatuur.xlsx"
    run("overview", inventory, "--as-of", "2026-11-25", "--out", report, codes=(EXIT_OK, EXIT_INCOMPLETE))
    said["overview"] = json.loads(report.read_text(encoding="utf-8"))
    said["status"] = json.loads(run("lists", "status", "--json", "--as-of", "2026-03-01"))
    said["explain"] = run("explain", "Dahua")
    said["task"] = run("tasks", "open", "hikvision", "ask which cameras are replaced", "--by", "anna")
    said["tasks"] = without_times(run("tasks", "list"))
    said.update(licensing())
    said["log"] = without_times(run("log", "show", "--last", "50"))
    said["verify"] = run("register", "verify").splitlines()[-1]
    return said


def licensing() -> dict[str, object]:
    """File, weigh and decide a case, and register, match and review a denial."""
    day = ("--as-of", "2026-03-20", "--by", "anna")
    any_code = (EXIT_OK, EXIT_INCOMPLETE)
    said: dict[str, object] = {}
    for step in (("new", FIXTURES / "camera.yaml"), ("submit", "DE-0001"), ("assess", "DE-0001")):
        said[f"licence {step[0]}"] = run("licence", *step, *day, codes=any_code)
    run("licence", "decide", "DE-0001", "denied", "--reason", "clear risk", *day, "--by", "bert")
    said["case"] = without_times(run("licence", "show", "DE-0001", "--json", "--as-of", "2026-03-20"))
    said["denial add"] = run("denial", "add", FIXTURES / "denial.yaml")
    said["match"] = run("denial", "match", "DE-0001", *day, codes=any_code)
    run("denial", "review", "NL-D-2026-01", "renew", "--as-of", "2026-04-01")
    said["denials"] = run("denial", "list", "--as-of", "2026-04-01", codes=any_code)
    return said


def without_times(text: str) -> str:
    return re.sub(r"\d{4}-\d\d-\d\dT[\d:.]+(\+00:00|Z)?", "", text)


def test_commands_say_the_same_on_both_databases(use: Use, postgres_url: str, tmp_path: Path) -> None:
    use("first", "")
    expected = work(tmp_path, "first")
    use("second", postgres_url)
    assert work(tmp_path, "second") == expected
    assert not (tmp_path / "second/overzicht.sqlite").exists()
    assert expected["verify"] == "everything holds"


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_many_commands_can_be_the_first(tmp_path: Path, kind: str, request: pytest.FixtureRequest) -> None:
    address = "" if kind == "sqlite" else request.getfixturevalue("new_postgres_url")()
    environment = {
        **os.environ, "OVERZICHT_HOME": str(tmp_path / "home"), "OVERZICHT_DATABASE_URL": address,
    }  # fmt: skip
    command = [sys.executable, "-m", "overzicht", "tasks", "open", "hikvision", "ask", "--by", "anna"]
    started = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(4)
    ]
    said = {process.communicate()[0].strip() for process in started}
    assert said == {f"task {number} opened" for number in (1, 2, 3, 4)}


def test_a_register_moves_to_postgresql_and_back(
    use: Use, new_postgres_url: Callable[[], str], tmp_path: Path
) -> None:
    use("first", "")
    run("tasks", "open", "hikvision", "ask", "--by", "anna")
    run("register", "export", tmp_path / "one.zip")
    use("second", new_postgres_url())
    run("register", "load", tmp_path / "one.zip")
    run("register", "export", tmp_path / "two.zip")
    use("third", "")
    run("register", "import", tmp_path / "two.zip")
    run("register", "backup", tmp_path / "backup")
    use("fourth", new_postgres_url())
    run("register", "restore", tmp_path / "backup")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    assert "hikvision: ask" in run("tasks", "list")
    assert run("register", "verify").endswith("everything holds\n")


def test_verify_ends_with_its_own_code_where_something_is_broken(use: Use, tmp_path: Path) -> None:
    use("first", "")
    (tmp_path / "un.xml").write_bytes(un_list())
    run("lists", "add", tmp_path / "un.xml")
    head = json.loads(run("register", "verify", "--json"))["log_head"]
    assert json.loads(run("register", "verify", "--json", "--anchor", head))["holds"]
    (raw,) = [path for path in (tmp_path / "first/snapshots").glob("*/*") if len(path.name) == 64]
    raw.write_bytes(b"other")
    said = run("register", "verify", codes=(EXIT_STORE,))
    assert f"BROKEN files, snapshots/{raw.parent.name}/{raw.name}" in said
    assert "no entry has this hash" in run("register", "verify", "--anchor", "0" * 64, codes=(EXIT_STORE,))
