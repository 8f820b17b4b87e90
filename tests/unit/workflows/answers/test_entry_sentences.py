"""The sentence on an entry states its first day, or the latest day on which it may have begun."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from store_tools import company, put, snapshot_of

from overzicht.entities import PartyQuery
from overzicht.store.database import Store
from overzicht.subjects.answers.resolving.target import entry_text
from overzicht.subjects.screening.lookup import ask_lists

LOADED, DAY, STATED = date(2021, 3, 10), date(2021, 4, 13), date(2020, 7, 9)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path)
    yield opened
    opened.close()


def _sentence(store: Store, since: date | None) -> str:
    put(store, snapshot_of("un-sc", LOADED), [company("un-1", "Bluefern Optics", since=since)])
    (answer,) = ask_lists(store, [PartyQuery("q", ("Bluefern Optics",), "Company")], as_of=DAY)
    (entry,) = answer.listings
    return str(entry_text("Bluefern Optics", entry, DAY))


def test_a_stated_start_is_the_start(store: Store) -> None:
    assert f"), since {STATED}." in _sentence(store, STATED)


def test_the_day_of_a_version_is_only_the_latest_start(store: Store) -> None:
    said = _sentence(store, None)
    assert f"), since {LOADED} at the latest. The list states no start." in said
    assert f"since {LOADED}." not in said
