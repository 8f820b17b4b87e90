"""Alerts of random list changes equal a full recomputation: every party screened in each version alone."""

import csv
import shutil
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_tools import NOON, company, put, snapshot_of

from overzicht.dates import LegalDate, Period
from overzicht.entities import PartyQuery, Record
from overzicht.evidence import Answer
from overzicht.evidence.actor import Actor
from overzicht.store.alerts import EntryChange
from overzicht.store.database import Store
from overzicht.subjects.alerts.checking import check_alerts
from overzicht.subjects.register.imports.importing import (
    ImportChoices,
    accept_import,
    preview_import,
)
from overzicht.subjects.register.organisations import NewOrganisation, add_organisation
from overzicht.subjects.screening.lookup import ask_lists
from overzicht.subjects.screening.party_files import screen_file

FIRST = date(2026, 9, 1)
ACTOR = Actor(date(2026, 11, 25), "tester", NOON)
CUSTOMERS = ("Zhongxing Optical Instruments", "Aurora Bakery Holding", "Karpov Turbine Works")
SUPPLIERS = ("Velden Security Systems", "Noordzee Camera Techniek")
MAKERS = ("hikvision", "dahua")
# Names are equal or different: whether a misspelt name is found depends on the other words of an index.
NAMES = (
    *CUSTOMERS, *SUPPLIERS, "Hangzhou Hikvision Digital Technology", "Zhejiang Dahua Technology",
    "Unrelated Fishing Fleet", "Completely Different Shipping",
)  # fmt: skip
STATES = st.tuples(st.sampled_from(NAMES), st.booleans(), st.booleans())  # name, has ended, other detail
VERSIONS = st.lists(
    st.dictionaries(st.integers(1, 6), STATES, max_size=6), min_size=2, max_size=4
)  # fmt: skip


@dataclass(frozen=True)
class Homes:
    """Folders of a store in use, and of an empty one, to be copied."""

    used: Path
    empty: Path


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Homes:
    folder = tmp_path_factory.mktemp("alerts")
    Store.open(folder / "empty", at=NOON).close()
    store = Store.open(folder / "used", at=NOON)
    add_organisation(store, NewOrganisation("Voorbeeldstad", id="vb"), ACTOR)
    inventory = folder / "inventory.csv"
    with inventory.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(("Cameranummer", "Merk", "Model", "Leverancier"))
        for number, brand in enumerate(("Hikvision", "Dahua", "Hikvision")):
            rows.writerow((f"C{number}", brand, "", SUPPLIERS[number % 2]))
    view = preview_import(store, inventory, ImportChoices("vb"), ACTOR)
    accept_import(store, view.import_.id, ACTOR)
    customers = folder / "customers.csv"
    customers.write_text("name\n" + "\n".join(CUSTOMERS) + "\n", encoding="utf-8")
    screen_file(store, customers, customers.name, ACTOR, lambda _done, _total: None)
    store.close()
    return Homes(folder / "used", folder / "empty")


def _record(number: int, state: tuple[str, bool, bool]) -> Record:
    name, has_ended, has_detail = state
    record = company(f"un-{number}", name, *([f"Alias{number} Of One Entry{number}"] if has_detail else []))
    (listing,) = record.listings
    end = LegalDate(FIRST) if has_ended else None
    return replace(record, listings=(replace(listing, period=Period(LegalDate(date(2020, 1, 1)), end)),))


def _load(store: Store, number: int, version: dict[int, tuple[str, bool, bool]]) -> date:
    day = FIRST + timedelta(days=number)
    records = [_record(key, state) for key, state in sorted(version.items())]
    put(store, snapshot_of("un-sc", day, "abcdef"[number]), records)
    return day


def _recomputed(home: Path, version: dict[int, tuple[str, bool, bool]]) -> dict[tuple[str, str], bool]:
    """Return for (party, record) whether it only may be the party, from a store with this version alone."""
    with TemporaryDirectory() as folder:
        copy = Path(shutil.copytree(home, Path(folder) / "home"))
        store = Store.open(copy, at=NOON)
        _load(store, 0, version)
        queries = [PartyQuery(name, (name,)) for name in (*CUSTOMERS, *SUPPLIERS)]
        queries += [PartyQuery(maker, (maker,), party_id=maker) for maker in MAKERS]
        answers = ask_lists(store, queries, as_of=ACTOR.day, lists=("un-sc",))
        store.close()
    return {
        (answer.query.id, listing.state.record.id): listing in answer.possible
        for answer in answers
        for listing in (*answer.possible, *answer.listings)
        if listing.answer in (Answer.FOUND, Answer.POSSIBLE)
    }


@settings(max_examples=6)
@given(versions=VERSIONS)
def test_alerts_equal_a_full_recomputation(
    homes: Homes, versions: list[dict[int, tuple[str, bool, bool]]]
) -> None:
    with TemporaryDirectory() as folder:
        store = Store.open(Path(shutil.copytree(homes.used, Path(folder) / "home")), at=NOON)
        _load(store, 0, versions[0])
        check_alerts(store, ACTOR)
        before = _recomputed(homes.empty, versions[0])
        for number, version in enumerate(versions[1:], start=1):
            _load(store, number, version)
            (checked,) = check_alerts(store, ACTOR)
            after = _recomputed(homes.empty, version)
            assert _made(checked.alerts) == _expected(before, after, versions[number - 1], version)
            assert check_alerts(store, ACTOR) == ()
            before = after
        store.close()


def _made(alerts: object) -> set[tuple[str, str, EntryChange, bool]]:
    names = {"Hikvision": "hikvision", "Dahua": "dahua"}
    return {
        (names.get(alert.party, alert.party), entry.record_id, entry.change, entry.is_possible)
        for alert in alerts  # type: ignore[attr-defined]
        if alert.use.value != "owner"
        for entry in alert.entries
    }


def _expected(
    before: dict[tuple[str, str], bool],
    after: dict[tuple[str, str], bool],
    old: dict[int, tuple[str, bool, bool]],
    new: dict[int, tuple[str, bool, bool]],
) -> set[tuple[str, str, EntryChange, bool]]:
    expected = {(*key, EntryChange.LISTED, after[key]) for key in after.keys() - before.keys()}
    expected |= {(*key, EntryChange.REMOVED, before[key]) for key in before.keys() - after.keys()}
    for party, record in before.keys() & after.keys():
        number = int(record.removeprefix("un-"))
        if old[number] != new[number]:
            expected.add((party, record, EntryChange.CHANGED, after[party, record]))
    return expected
