"""Every test of the store runs on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from overzicht.store.database import Store


@pytest.fixture
def store(tmp_path: Path, database_url: str) -> Iterator[Store]:
    """Yield an empty store, on SQLite and on PostgreSQL."""
    opened = Store.open(tmp_path, database_url)
    yield opened
    opened.close()
