"""One British list took the place of the other: each tells for its own days."""

import json
from pathlib import Path

import pytest
from functional_tools import run_command

pytestmark = pytest.mark.shared


@pytest.mark.parametrize(
    ("as_of", "name", "answer"),
    [
        ("2020-05-01", "Ansar al Charia Benghazi", "found"),
        ("2020-05-01", "Proof Works Nobody", "not found"),
        ("2026-02-01", "Ansar al Charia Benghazi", "found"),  # nothing loaded shows that it was removed
        ("2026-02-01", "Proof Works Nobody", "not checked"),
    ],
)
def test_the_older_list_tells_until_the_newer_one_stands_alone(
    shared_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, as_of: str, name: str, answer: str
) -> None:
    monkeypatch.setenv("OVERZICHT_HOME", str(tmp_path))
    loaded = run_command("lists", "add", shared_data / "lists/uk-ofsi/20200427-ConList.csv")
    assert loaded.exit_code == 0, loaded.output
    asked = run_command("screen", "one", name, "--list", "uk", "--as-of", as_of, "--json")
    assert [each["answer"] for each in json.loads(asked.stdout)["answers"]] == [answer]
