"""The official files: read by the oracle, and loaded into the product, once for the audit."""

from pathlib import Path

import pytest
from once import made_once
from oracle.loading import load_lists
from oracle.raw import read_lists
from oracle.statements import Oracle


@pytest.fixture(scope="session")
def oracle_of_files(shared_data: Path) -> Oracle:
    """Return the oracle over the raw files."""
    return Oracle(read_lists(shared_data / "lists"))


@pytest.fixture(scope="session")
def loaded_home(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with the files loaded that the oracle calls loaded; read it, and write to a copy only."""
    return (
        made_once(tmp_path_factory, "lists-loaded", lambda folder: load_lists(folder / "home", shared_data))
        / "home"
    )
