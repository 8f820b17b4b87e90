"""Nothing leaks: marks in every free field of returns are in no output, and no cell gives a body away."""

import json
from datetime import date
from pathlib import Path

import pytest
from census_tools import NONE, ROUND, Census, cameras
from functional_tools import run_command

DAY = date(2026, 3, 9)
MARK = "CANARY"
FREE = {"remark": f"{MARK} Dorpsstraat 1, 00:11:22:33:44:55, J. Jansen", "role": f"{MARK} head of security"}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the home of a round with marks in every free field, with answers in confidence among them."""
    census = Census(tmp_path)
    for number in range(1, 25):
        answers = [cameras(number, covers=f"{MARK} room 3", model="DS-2CD")] if number % 2 else [NONE]
        level = "coverage" if number in (1, 2, 7) else "counts"
        census.answer(DAY, f"nl:t{number:02}", answers, level=level, **FREE)
    census.store.close()
    monkeypatch.setenv("OVERZICHT_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.mark.parametrize(
    "arguments",
    [
        ("census", "show", ROUND), ("census", "show", ROUND, "--json"), ("census", "show", ROUND, "--bodies"),
        ("census", "publish", ROUND, "--json"), ("census", "show", ROUND, "--maker", "Hikvision", "--json"),
    ],
)  # fmt: skip
def test_no_mark_is_in_an_output(arguments: tuple[str, ...], home: Path) -> None:
    result = run_command(*arguments, "--as-of", DAY.isoformat())
    assert result.exit_code == 0, result.stderr
    assert MARK not in result.output + result.stderr
    log = run_command("log", "show", "--last", "500")
    assert MARK not in log.output


def test_subtraction_shows_no_body_in_confidence(home: Path) -> None:
    result = run_command("census", "publish", ROUND, "--json", "--as-of", DAY.isoformat())
    data = json.loads(result.stdout)
    shown = [body for body in data["bodies"] if body["depth"] is not None]
    told = sum(body["devices"] or 0 for body in shown)
    makers = sum(row["number"] for row in data["makers"])
    assert makers - told == 0  # two towns with cameras in confidence are left out, not only unnamed
    have = sum(row["have"] for row in data["kinds"])
    assert have - sum(bool(body["devices"]) for body in shown) == 0
