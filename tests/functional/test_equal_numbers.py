"""The same inventory has the same numbers in its overview, the register, and the overview of the register."""

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from store_tools import company, put, snapshot_of

from overzicht.errors import OverzichtError
from overzicht.evidence.actor import Actor
from overzicht.reports.overview_report import OverviewReport
from overzicht.store.database import Store
from overzicht.store.register.devices import DeviceFilter
from overzicht.subjects.overview.build import OverviewChoices, make_overview
from overzicht.subjects.register import devices, organisations
from overzicht.subjects.register.imports import importing
from overzicht.subjects.register.imports.importing import ImportChoices
from overzicht.subjects.register.listings import refresh_listings
from overzicht.subjects.register.organisations import NewOrganisation
from overzicht.subjects.register.overview import make_register_overview
from overzicht.workflows.starter import ensure_starter

DAY = date(2026, 2, 1)
ACTOR = Actor(DAY, "jan", datetime(2026, 2, 1, 12, tzinfo=UTC))
TOWN = "gemeente-voorbeeldstad"
BRANDS = (
    "Hikvision",
    "Axis",
    "Annke",
    "Sterrenkijk",
    "Sterrenkijk Optics",
    "Noordster",
    "Zepcam",
    "",
    "Milestone",
)
NUMBERS = {  # of the overview: of the register
    "devices": "total",
    "listed": "listed",
    "relabelled": "relabelled",
    "unknown": "unknown",
    "not_checked": "not_checked",
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "home", "")
    organisations.add_organisation(
        opened, NewOrganisation("Gemeente Voorbeeldstad"), Actor(date(2025, 1, 1), "jan", ACTOR.at)
    )
    ensure_starter(opened, actor="overzicht", at=ACTOR.at)
    put(opened, snapshot_of("us-csl", date(2026, 1, 20)), [company("n-1", "Sterrenkijk")])
    yield opened
    opened.close()


def numbers_of(report: OverviewReport) -> dict[str, int]:
    return {name: report.counts.get(name, 0) for name in NUMBERS}


def assert_equal_numbers(store: Store, path: Path) -> dict[str, int]:
    report = make_overview(store, [path], OverviewChoices(), as_of=DAY)
    view = importing.preview_import(store, path, ImportChoices(TOWN), ACTOR)
    importing.accept_import(store, view.import_.id, ACTOR, confirm_retired=True)
    refresh_listings(store, DAY, ACTOR)
    counted = devices.counts(store, DeviceFilter(DAY))
    register = {name: getattr(counted, own) for name, own in NUMBERS.items()}
    again = make_register_overview(store, DeviceFilter(DAY), ACTOR)
    assert register == numbers_of(again) == numbers_of(report)
    return register


def test_a_brand_without_a_card_that_a_list_names_counts_alike_everywhere(
    store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = [(f"C-{number}", brand, f"X{number}", 1 + number % 3) for number, brand in enumerate(BRANDS)]
        csv.writer(file).writerows([("Nummer", "Merk", "Model", "Aantal"), *rows])
    numbers = assert_equal_numbers(store, path)
    assert numbers["listed"] >= 1 + 1 + 1  # Hikvision, and Sterrenkijk, whose maker no card names
    assert numbers["unknown"] > 0
    lines = devices.list_devices(store, DeviceFilter(DAY, listed=True)).rows
    assert "Sterrenkijk" in {line.maker for line in lines}


INVENTORIES = 30


@pytest.mark.parametrize("number", range(INVENTORIES))
def test_thirty_inventories_have_one_set_of_numbers(store: Store, shared_data: Path, number: int) -> None:
    files = sorted((shared_data / "devices/exports").rglob("*.csv")) + sorted(
        (shared_data / "devices/real-exports").rglob("*.csv")
    )
    if number >= len(files):
        pytest.skip("there are fewer files")
    try:
        OverviewChoices().read(files[number])
    except OverzichtError as refused:
        pytest.skip(f"the file is no inventory: {refused}")
    assert_equal_numbers(store, files[number])
