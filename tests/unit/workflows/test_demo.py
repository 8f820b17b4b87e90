"""The store of the demonstration: the register of the product itself, and what subjects add to it."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import func, select
from store_tools import NOON

from overzicht.evidence import text
from overzicht.evidence.actor import Actor
from overzicht.store import schema
from overzicht.store.database import Store
from overzicht.subjects.register import demonstration as demo

TABLES = ("dossier", "licence_case", "question_paper", "census_round")


def test_subjects_add_after_the_inventories_and_nothing_else_is_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store.open(tmp_path / "home", at=NOON)
    steps: list[str] = []
    given: list[tuple[Path, Actor]] = []
    part = demo.DemoPart(text("a step"), lambda _store, folder, by: given.append((folder, by)))
    monkeypatch.setattr(demo, "ADDED", SimpleNamespace(added=lambda: (part,)))
    actor = Actor(date(2026, 3, 2), "demo", NOON)
    demo.fill_demo(store, actor, lambda step: steps.append(str(step)))
    assert steps == [
        "facts of lists",
        "the inventory of 2025-10-01",
        "the inventory of 2026-01-01",
        "a step",
    ]
    assert given == [(demo.examples_folder(), actor)]
    with store.reading() as connection:
        rows = [
            connection.scalar(select(func.count()).select_from(schema.metadata.tables[t])) for t in TABLES
        ]
    assert rows == [0, 0, 0, 0]
    store.close()
