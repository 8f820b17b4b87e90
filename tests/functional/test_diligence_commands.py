"""Due diligence from the command line: what a program gets, and the exit codes."""

import json
from pathlib import Path
from typing import Any

import pytest
from functional_tools import run_command

from overzicht.errors import EXIT_INCOMPLETE

FILE = "gemeente-voorbeelddorp"
LEVELS = ("--scale", "2", "--scope", "3", "--irremediability", "1", "--likelihood", "2",
          "--involvement", "linked", "--leverage", "some", "--reason", "many people",
          "--likelihood-reason", "seldom")  # fmt: skip


def run(*arguments: str | Path, code: int = 0) -> str:
    result = run_command(*arguments)
    assert result.exit_code == code, result.output
    return result.stderr if code > EXIT_INCOMPLETE else result.output


def told(*arguments: str | Path, code: int = 0) -> Any:
    return json.loads(run(*arguments, "--json", code=code))


@pytest.fixture
def begun(own_home: Path, project_root: Path) -> str:
    """Return the id of a working file that was begun on 3 March 2026."""
    del own_home
    path = project_root / "examples/registers/voorbeelddorp.csv"
    run("register", "organisations", "add", "Gemeente Voorbeelddorp", "--as-of", "2026-01-01")
    run("register", "import", path, "--organisation", FILE, "--as-of", "2026-02-01", "--accept")
    run("diligence", "new", FILE, "--as-of", "2026-03-03", "--by", "jan")
    return FILE


def test_no_files_says_how_to_begin_one(own_home: Path) -> None:
    del own_home
    assert "diligence new" in run("diligence", "list")
    assert told("diligence", "list") == []


def test_a_file_is_listed_from_its_day_on(begun: str) -> None:
    (line,) = told("diligence", "list", "--as-of", "2026-03-03")
    assert (line["id"], line["judged"], line["waiting"] > 0) == (begun, 0, True)
    assert told("diligence", "list", "--as-of", "2026-03-02") == []
    assert "began on 2026-03-03" in run("diligence", "show", begun, "--as-of", "2026-03-02", code=10)


def test_show_ends_with_one_while_something_waits(begun: str) -> None:
    shown = told("diligence", "show", begun, "--as-of", "2026-03-04", code=1)
    waiting = shown["waiting"]
    for risk in waiting:
        run("diligence", "judge", begun, risk, *LEVELS, "--as-of", "2026-03-05", "--by", "jan")
    after = told("diligence", "show", begun, "--as-of", "2026-03-05", code=0)
    assert {risk["severity"] for risk in after["risks"] if risk["id"] in waiting} == {3}
    assert {risk["judgement"]["actor"] for risk in after["risks"] if risk["id"] in waiting} == {"jan"}
    assert told("diligence", "show", begun, "--as-of", "2026-03-04", code=1) == shown


def test_one_risk_is_shown_whole_with_its_sources(begun: str) -> None:
    text = run("diligence", "show", begun, "--risk", "own-use:hikvision", "--as-of", "2026-03-03", code=1)
    assert "voorbeelddorp.csv" in text
    assert "not checked:" in text
    one = told("diligence", "show", begun, "--risk", "own-use:hikvision", "--as-of", "2026-03-03", code=1)
    assert (one["id"], one["severity"]) == ("own-use:hikvision", None)
    assert "there is no risk" in run("diligence", "show", begun, "--risk", "x", code=11)


def test_actions_records_and_withdrawals(begun: str) -> None:
    at = ("--as-of", "2026-03-05")
    run("diligence", "plan", begun, "own-use:hikvision", "replace it", "--kind", "cease", "--owner", "ann",
        "--due", "2026-04-01", *at)  # fmt: skip
    run("diligence", "track", begun, "2", "in progress", "--note", "ordered", *at)
    run("diligence", "record", begun, "policy", "a rule for buying", "--source", "decision 3", *at)
    assert "entry 5, a withdrawal" in run("diligence", "withdraw", begun, "4", "--reason", "not yet", *at)
    shown = told("diligence", "show", begun, "--as-of", "2026-04-02", code=1)
    (action,) = shown["actions"]
    assert (action["status"], shown["late"]) == ("in progress", [action["number"]])
    assert [each["withdrawn"]["reason"] for each in shown["entries"] if each["kind"] == "policy"] == [
        "not yet"
    ]
    assert "is before 2026-03-05" in run(
        "diligence", "plan", begun, "own-use:hikvision", "late", "--kind", "cease", "--owner", "ann", "--due",
        "2026-03-04", *at, code=10,
    )  # fmt: skip
    assert "is withdrawn" in run("diligence", "withdraw", begun, "4", "--reason", "again", *at, code=10)
    run("register", "verify")


@pytest.mark.parametrize(
    ("changes", "code"),
    [(("--scale", "5"), 2), (("--reason", " "), 10), (("--leverage", "huge"), 2)],
)
def test_a_judgement_without_level_or_reason_is_refused(
    begun: str, changes: tuple[str, str], code: int
) -> None:
    run("diligence", "judge", begun, "own-use:hikvision", *LEVELS, *changes, code=code)
    shown = told("diligence", "show", begun, "--as-of", "2026-12-31", code=1)
    assert all(risk["judgement"] is None for risk in shown["risks"])


def test_the_report_is_written_or_printed(begun: str, tmp_path: Path) -> None:
    for name in ("r.html", "r.json"):
        run(
            "diligence",
            "report",
            begun,
            "--as-of",
            "2026-03-04",
            "--lang",
            "nl",
            "--out",
            tmp_path / name,
            code=1,
        )
    assert json.loads((tmp_path / "r.json").read_text())["year"] == 2026
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    printed = run("diligence", "report", begun, "--as-of", "2026-03-04", "--lang", "nl", code=1)
    assert printed == f"{page.rstrip()}\n"
    assert "<script" not in page
    run("diligence", "report", begun, "--out", tmp_path / "r.docx", code=2)
    assert "begins after" in run(
        "diligence", "report", begun, "--year", "2030", "--as-of", "2026-03-04", code=10
    )
