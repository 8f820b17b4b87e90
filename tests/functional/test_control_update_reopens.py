"""A new version of the list re-opens the licences and uses that cite what it changes, and nothing else."""

import json
from pathlib import Path

import pytest
from functional_tools import run_command
from licensing_tools import changed, raw, write

from overzicht.errors import EXIT_INPUT, EXIT_NOT_FOUND, EXIT_OK

OLD = [
    ("6A003", "provision", "Cameras, as follows:"),
    ("6A003.b", "provision", "Imaging cameras, as follows:"),
    ("6A003.b.4", "provision", "Imaging cameras having any of the following arrays:"),
    ("6A003.b.4.b", "provision", "Arrays of which the pitch is less than 25 µm;"),
    ("6A003.b.4", "note", "Note 3: 6A003.b.4.b. does not control cameras of 9 Hz or less made for doors."),
    ("6A003.b.5", "provision", "Imaging cameras of another kind."),
]
NEW = [(path, kind, text.replace("9 Hz", "8 Hz")) for path, kind, text in OLD]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OVERZICHT_HOME", str(tmp_path / "home"))
    for name, rows in (("2021", OLD), ("2025-11-15", NEW)):
        data = [{"entry": p[:5], "path": p, "kind": kind, "text": text} for p, kind, text in rows]
        path = tmp_path / f"annex-{name}.jsonl"
        path.write_text("".join(f"{json.dumps(each)}\n" for each in data), encoding="utf-8")
    _run("control", "update", tmp_path / "annex-2021.jsonl", "--force")
    return tmp_path


def _run(*arguments: str | Path) -> str:
    result = run_command(*arguments)
    assert result.exit_code == EXIT_OK, result.stderr or result.output
    return result.stdout


def _file_licence(folder: Path, case_id: str, code: str) -> None:
    item = changed(raw("camera")["items"][0], code=code)
    run_command(
        "licence", "new", write(folder, f"{case_id}.yaml", changed(raw("camera"), id=case_id, items=[item]))
    )
    assert run_command("licence", "show", case_id).exit_code == EXIT_OK


def test_licences_and_uses_that_cite_a_change_are_reopened(folder: Path) -> None:
    _file_licence(folder, "NL-TOUCHED", "6A003.b.4.b")
    _file_licence(folder, "NL-BESIDE", "6A003.b.5")
    for path in ("6A003.b.4.b", "6A003.b.5", "6A003.b.4"):
        _run("control", "use", "add", "EU001", path, "--destination", "ch", "--since", "2021-10-01")
    _run("control", "use", "end", "USE-3", "--on", "2024-01-01")

    data = json.loads(_run("control", "update", folder / "annex-2025-11-15.jsonl", "--force", "--json"))
    assert [(each["kind"], each["record_id"]) for each in data["reopened"]] == [
        ("licence", "NL-TOUCHED"),
        ("use of EU001", "USE-1"),
    ]
    assert [change["kind"] for change in data["changes"]["changes"]] == ["note changed"]
    assert "Look at" not in _run("control", "update", folder / "annex-2025-11-15.jsonl", "--force")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("EU009", "6A003", "--destination", "CH"), EXIT_NOT_FOUND, "EU001, EU002"),
        (("EU001", "6A999", "--destination", "CH"), EXIT_NOT_FOUND, "there is no provision"),
        (("EU001", "camera", "--destination", "CH"), EXIT_INPUT, "not the code of a provision"),
        (("EU001", "6A003", "--destination", "CN"), EXIT_INPUT, "does not cover CN"),
        (("EU005", "6A003", "--destination", "RU"), EXIT_INPUT, "does not cover RU"),
        (
            ("EU005", "6A003", "--destination", "RU", "--since", "2022-05-05"),
            EXIT_INPUT,
            "RU: it was removed on 2022-05-05",
        ),
    ],
)
def test_a_use_that_cannot_be_is_refused(
    folder: Path, arguments: tuple[str, ...], code: int, message: str
) -> None:
    result = run_command("control", "use", "add", *arguments)
    assert result.exit_code == code
    assert message in result.stderr
    assert json.loads(_run("control", "use", "list", "--json")) == []


def test_a_use_of_a_past_day_has_the_destinations_of_that_day(folder: Path) -> None:
    _run("control", "use", "add", "eu005", "6A003", "--destination", "RU", "--since", "2022-05-04")
    (kept,) = json.loads(_run("control", "use", "list", "--json"))
    assert (kept["id"], kept["authorisation"], kept["ended"]) == ("USE-1", "EU005", None)
    assert run_command("control", "use", "end", "USE-9").exit_code == EXIT_NOT_FOUND
    assert run_command("control", "use", "end", "nothing").exit_code == EXIT_NOT_FOUND
