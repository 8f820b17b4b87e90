"""A home of its own for each test of the command line."""

from pathlib import Path

import pytest


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty home that the command uses."""
    monkeypatch.setenv("OVERZICHT_HOME", str(tmp_path / "home"))
    return tmp_path / "home"
