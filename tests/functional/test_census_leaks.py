"""Nothing leaks: marks in every field of returns are in no output, and no number depends on a confidence."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from census_tools import NONE, ROUND, Census, cameras
from functional_tools import run_command

DAY = date(2026, 3, 9)
MARK = "CANARY"
SECRET = f"{MARK} Dorpsstraat 1, 00:11:22:33:44:55, J. Jansen"
FREE = {"remark": SECRET, "role": f"{MARK} head of security"}
COMMANDS = (
    ("census", "show", ROUND), ("census", "show", ROUND, "--json"),
    ("census", "show", ROUND, "--bodies", "--json"), ("census", "publish", ROUND, "--json"),
    ("census", "show", ROUND, "--maker", "Hikvision", "--json"),
    ("census", "show", ROUND, "--curve", DAY.isoformat(), "--json"),
)  # fmt: skip


def register_of(body: str) -> dict[str, Any]:
    """Return a published register with a mark in each field of a device."""
    device = {"label": SECRET, "place": SECRET, "site": SECRET, "mac": SECRET, "ip": SECRET, "note": SECRET}
    return {
        "form": "overzicht-register", "version": 1, "organisation": {"id": body, "name": SECRET},
        "includes": [body], "as_of": "2026-03-02", "level": "full", "counts": {"total": 3},
        "makers": [{"maker": "hikvision", "name": SECRET, "devices": 3}], "kinds": {"camera": 3},
        "models": [
            {"maker": "hikvision", "brand": SECRET, "model": SECRET, "kind": "camera", "devices": 2},
            {"maker": SECRET, "brand": SECRET, "model": SECRET, "kind": SECRET, "devices": 1},
        ],
        "devices": [device], "statements": [{"said": "2026-01-01", "address": SECRET, "status": SECRET}],
        "unknown": [],
    }  # fmt: skip


def give_answers(census: Census) -> None:
    """Let towns answer with a mark in each free field, at each depth and level."""
    for number in range(1, 25):
        body = f"nl:t{number:02}"
        marked = cameras(number, covers=SECRET, model=SECRET, owner=SECRET)
        given: dict[str, Any] = {"answers": [marked, cameras(1, SECRET, kind=SECRET)]}
        if number % 4 == 0:
            given = {"answers": [{"depth": "refused"}], "ground": SECRET}
        elif number % 4 == 1:
            given = {"answers": [], "register": register_of(body)}
        elif number % 4 == 2:
            given = {"answers": [NONE | {"covers": SECRET}]}
        level = ("coverage", "counts", "models", "full")[number // 4 % 4]
        census.answer(DAY, body, given.pop("answers"), level=level, **given, **FREE)
    census.receive(DAY, census.signed("nl:b1", [NONE], answers_for=[MARK], code=MARK, round=MARK))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the home of a round with marks in every free field."""
    census = Census(tmp_path)
    give_answers(census)
    census.store.close()
    monkeypatch.setenv("OVERZICHT_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def outputs() -> list[str]:
    shown = []
    for arguments in COMMANDS:
        result = run_command(*arguments, "--as-of", DAY.isoformat())
        assert result.exit_code == 0, result.stderr
        shown.append(result.output + result.stderr)
    return shown


def test_no_mark_is_in_an_output(home: Path) -> None:
    signed = home / "sum.json"
    total = run_command("census", "sum", ROUND, signed, "--json", "--as-of", DAY.isoformat())
    assert total.exit_code == 0, total.stderr
    log = run_command("log", "show", "--last", "500")
    for shown in (*outputs(), signed.read_text(), log.output):
        assert MARK not in shown


def test_no_output_depends_on_an_answer_in_confidence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two countries that differ only in confidential answers look the same, so no subtraction tells them."""
    shown = []
    for place, secret in enumerate(([cameras(7)], [NONE])):
        folder = tmp_path / str(place)
        census = Census(folder)
        for number in range(1, 9):
            census.answer(DAY, f"nl:t{number:02}", [cameras(number)] if number % 2 else [NONE])
        for number in range(9, 15):
            census.answer(DAY, f"nl:t{number:02}", secret, level="coverage")
        census.store.close()
        monkeypatch.setenv("OVERZICHT_HOME", str(folder / "home"))
        shown.append(outputs())
    assert shown[0] == shown[1]
    data = json.loads(shown[0][1])
    assert data["coverage"]["confidential"] == 6
    assert data["outcome"]["tally"]["answered"] == 8
