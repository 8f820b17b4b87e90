"""`overzicht control` as a user runs it."""

import json
from pathlib import Path

import pytest
from functional_tools import run_command

from overzicht.errors import EXIT_INCOMPLETE, EXIT_INPUT, EXIT_NOT_FOUND, EXIT_OK, EXIT_USAGE

ROWS = [
    ("7A900", "provision", "Kettles, as follows:"),
    ("7A900.a", "provision", "Brass kettles exceeding 5 W;"),
    ("7A900.a", "note", "Note: 7A900.a. does not control toys."),
    ("7A900.b", "provision", "Tin kettles of 7A901."),
    ("7A901", "provision", "Infrared cameras."),
]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OVERZICHT_HOME", str(tmp_path / "home"))
    _write(tmp_path / "annex-2021.jsonl", ROWS)
    changed = [(p, kind, text.replace("5 W", "9 W")) for p, kind, text in ROWS]
    _write(tmp_path / "annex-2025-11-15.jsonl", changed)
    return tmp_path


def _write(path: Path, rows: list[tuple[str, str, str]]) -> None:
    data = [{"entry": p[:5], "path": p, "kind": kind, "text": text} for p, kind, text in rows]
    path.write_text("".join(f"{json.dumps(each)}\n" for each in data), encoding="utf-8")


def _installed(home: Path) -> None:
    for name in ("2021", "2025-11-15"):
        result = run_command("control", "update", home / f"annex-{name}.jsonl", "--force", "--by", "An")
        assert result.exit_code == EXIT_OK, result.output


def test_installing_tells_what_changed(home: Path) -> None:
    first = run_command("control", "update", home / "annex-2021.jsonl", "--force")
    assert "2 entries, 4 provisions" in first.stdout
    second = run_command("control", "update", home / "annex-2025-11-15.jsonl", "--force")
    assert "> 5 W → > 9 W  (controls less)" in second.stdout
    assert "nothing that is kept here cites a provision that changed" in second.stdout
    again = json.loads(
        run_command("control", "update", home / "annex-2021.jsonl", "--force", "--json").stdout
    )
    assert again["known"] is True
    assert "2025-11-15" in run_command("control", "versions").stdout


def test_showing_gives_context_notes_and_references(home: Path) -> None:
    _installed(home)
    result = run_command("control", "show", "7a900.b.")
    assert result.exit_code == EXIT_OK
    assert "7A901 Infrared cameras." in " ".join(result.stdout.split())
    data = json.loads(run_command("control", "show", "7A900.a", "--json", "--version", "2021").stdout)
    assert data["version"].startswith("2021+")
    (threshold,) = data["provision"]["thresholds"]
    assert threshold["comparison"] == ">"
    assert threshold["quantity"] == {"value": "5", "unit": "W", "is_doubtful": False}
    assert [note["kind"] for note in data["notes"]] == ["release"]
    assert data["citation"]["place"] == "7A900.a"


def test_a_day_whose_text_is_not_loaded_is_said(home: Path) -> None:
    _installed(home)
    result = run_command("control", "show", "7A900", "--as-of", "2023-06-01")
    assert result.exit_code == EXIT_INCOMPLETE
    assert "not checked for this date" in result.stdout
    data = json.loads(run_command("control", "show", "7A900", "--as-of", "2021-10-01", "--json").stdout)
    assert data["caution"] is None


def test_searching_ranks_and_says_what_a_hit_is(home: Path) -> None:
    _installed(home)
    data = json.loads(run_command("control", "search", "thermal", "camera", "--json").stdout)
    assert data["hits"][0]["path"] == "7A901"
    assert "not a classification" in run_command("control", "search", "kettle").stdout
    assert "nothing found" in run_command("control", "search", "xylophone").stdout


def test_comparing_may_be_kept_to_one_entry(home: Path) -> None:
    _installed(home)
    data = json.loads(run_command("control", "diff", "2021", "2025-11-15", "--json").stdout)
    (change,) = data["changes"]
    assert (change["kind"], change["path"]) == ("numbers", "7A900.a")
    assert change["reaches"][0] == "controls less"
    inside = run_command("control", "diff", "2021", "2025-11-15", "--within", "7A901", "--json")
    assert json.loads(inside.stdout)["changes"] == []
    assert "[-5-] {+9+}" in run_command("control", "diff", "2021", "2025-11-15").stdout


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("show", "7A999"), EXIT_NOT_FOUND, "there is no provision"),
        (("show", "hello"), EXIT_INPUT, "not the code of a provision"),
        (("show", "7A900", "--version", "1999"), EXIT_NOT_FOUND, "known: 2021"),
        (("diff", "2021", "1999"), EXIT_NOT_FOUND, "known: 2021"),
        (("diff", "2021", "2021", "--within", "x"), EXIT_INPUT, "not the code"),
        (("update", "absent.jsonl"), EXIT_INPUT, "no such file"),
        (("search", "kettle", "--limit", "0"), EXIT_USAGE, "0"),
    ],
)
def test_mistakes_are_clear_errors(home: Path, arguments: tuple[str, ...], code: int, message: str) -> None:
    _installed(home)
    result = run_command("control", *arguments)
    assert result.exit_code == code
    assert message in result.stderr


def test_without_a_list_the_way_to_install_one_is_told(home: Path) -> None:
    result = run_command("control", "show", "6A003")
    assert result.exit_code == EXIT_NOT_FOUND
    assert "overzicht control update FILE" in result.stderr
