"""Fixtures that every kind of test shares."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("OVERZICHT_SHARED", ROOT.parent / "shared")) / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of reference data beside the checkout; skips where it is absent."""
    if not SHARED.is_dir():
        pytest.skip(f"the reference data is not here: {SHARED}")
    return SHARED


@pytest.fixture(scope="session")
def project_root() -> Path:
    """Return the root of the checkout."""
    return ROOT
