"""Tasks and withdrawn judgements from the command line."""

import json
from pathlib import Path

import pytest
from functional_tools import run_command

EXAMPLE = Path(__file__).parents[2] / "examples" / "gemeente-voorbeeldstad" / "netwerkscan.xml"

pytestmark = pytest.mark.usefixtures("own_home")


def test_a_task_is_opened_listed_and_closed() -> None:
    opened = run_command(
        "tasks", "open", "device-1", "look at the board", "--owner", "bram", "--due", "2027-01-15"
    )
    assert opened.output.strip() == "task 1 opened"
    (task,) = json.loads(run_command("tasks", "list", "--json").stdout)
    assert (task["subject"], task["owner"], task["due"], task["closed_at"]) == (
        "device-1", "bram", "2027-01-15", "",
    )  # fmt: skip
    assert run_command("tasks", "close", "1", "--outcome", "an Axis board").exit_code == 0
    assert run_command("tasks", "list").output.strip() == "no open tasks"
    assert "an Axis board" in run_command("tasks", "list", "--all").output
    assert run_command("tasks", "close", "1", "--outcome", "again").exit_code == 11
    assert run_command("log", "verify").exit_code == 0


def test_a_judgement_is_withdrawn_and_still_shown(tmp_path: Path) -> None:
    run_command("overview", EXAMPLE, "--as-of", "2026-11-25", "--out", tmp_path / "o.json")
    finding = next(f for f in json.loads((tmp_path / "o.json").read_text())["findings"] if "id" in f)
    run_command("judge", finding["id"], "reject", "--reason", "wrong device", "--by", "anna")
    assert run_command("withdraw", "1", "--by", "anna").exit_code == 0
    assert "wrong device (withdrawn)" in run_command("explain", finding["subject"]).output
    assert run_command("withdraw", "1", "--by", "anna").exit_code == 11
