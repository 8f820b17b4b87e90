"""The units of systemd in `deploy/`: systemd's own tools read them, and call them safe."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
TOOL = shutil.which("systemd-analyze")
SERVICES = sorted(DEPLOY.glob("*.service"))
MOST_EXPOSURE = 2.0

pytestmark = pytest.mark.skipif(TOOL is None, reason="no systemd-analyze: apt-get install systemd")


def analyze(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [str(TOOL), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_a_unit_is_read_without_a_complaint(unit: Path, tmp_path: Path) -> None:
    """The command of the unit is replaced, because it is not installed where the tests run."""
    text = unit.read_text(encoding="utf-8").replace("/opt/overzicht/bin/overzicht", "/bin/true")
    copy = tmp_path / unit.name
    copy.write_text(text, encoding="utf-8")
    result = analyze("verify", copy)
    own = [line for line in result.stderr.splitlines() if unit.name in line]
    assert own == []


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_a_unit_is_hardly_exposed(unit: Path) -> None:
    result = analyze("security", "--offline=true", unit)
    exposure = re.search(r"Overall exposure level for \S+ (\d+\.\d)", result.stdout)
    assert exposure is not None, result.stderr
    assert float(exposure[1]) <= MOST_EXPOSURE


def test_the_service_has_limits_and_can_write_its_own_folder_only() -> None:
    text = (DEPLOY / "overzicht.service").read_text(encoding="utf-8")
    for setting in ("MemoryMax=", "SystemCallFilter=", "ProtectSystem=strict", "StateDirectory=overzicht"):
        assert f"\n{setting}" in text
