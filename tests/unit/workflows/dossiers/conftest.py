from collections.abc import Iterator
from pathlib import Path

import pytest
from store_tools import NOON

from overzicht.store.database import Store
from overzicht.workflows.starter import ensure_starter


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "home")
    yield opened
    opened.close()


@pytest.fixture
def full_store(store: Store) -> Store:
    """Return a store with the starter facts, as every command opens it."""
    ensure_starter(store, actor="overzicht", at=NOON)
    return store
