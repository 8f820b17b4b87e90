"""Known exploited vulnerabilities of devices on a date, from loaded versions of the lists."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from store_tools import NOON
from unit_devices import make_sighting
from vulnerability_files import CVE, SERIES, advisory, catalogue, cve_record, entry, write

from overzicht.devices import DeviceKind, Identification
from overzicht.devices.vulnerabilities.affected_products import Grade
from overzicht.evidence import Answer, Confidence
from overzicht.reports.overview_report import ListStatus, VulnerabilityRow
from overzicht.store.database import Store
from overzicht.store.list_records import named_hashes
from overzicht.store.snapshots import list_snapshots
from overzicht.subjects.lists.listings import LoadedLists
from overzicht.subjects.lists.loading import Choices, add_list_file
from overzicht.subjects.overview.vulnerabilities import KnownVulnerabilities

DAY = date(2026, 8, 10)
OTHER = entry("CVE-2099-10002", "Acme", "Gadget")
DEVICE = make_sighting(brand="Hikvision", model="DS-2CD2032F-I", firmware="V5.3.0 build 150513")
MAKER = Identification("x", "hikvision", Confidence.HIGH, DeviceKind.CAMERA, brand="Hikvision")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "home")
    yield opened
    opened.close()


def load(store: Store, folder: Path, name: str, document: Any) -> None:
    add_list_file(store, write(folder, name, document), Choices(), actor="tester", at=NOON)


def load_kev(store: Store, folder: Path, *entries: dict[str, Any], released: str = "2026-08-07") -> None:
    load(store, folder, f"kev-{released}.json", catalogue(*entries, released=released))


def load_models(store: Store, folder: Path, **own: Any) -> None:
    load(store, folder, "icsa-99-001-01.json", advisory([SERIES], ["P-1"], **own))


def of(store: Store, day: date = DAY, maker: Identification = MAKER) -> tuple[VulnerabilityRow, ...]:
    with store.reading() as connection:
        return KnownVulnerabilities(LoadedLists(connection), day).of(DEVICE, maker)


def lists(store: Store, day: date = DAY) -> tuple[ListStatus, ...]:
    with store.reading() as connection:
        return KnownVulnerabilities(LoadedLists(connection), day).lists


def grades(store: Store, day: date = DAY) -> list[Grade]:
    return [row.grade for row in of(store, day)]


def test_a_row_states_its_dates_its_reasons_and_whom_it_binds(store: Store, tmp_path: Path) -> None:
    load_kev(store, tmp_path, entry(), OTHER)
    load_models(store, tmp_path)
    (row,) = of(store)
    assert (row.cve, row.grade, row.since.day, row.due) == (
        CVE,
        Grade.FIRMWARE,
        date(2026, 3, 5),
        date(2026, 3, 26),
    )
    assert not row.binds_reader
    listed, named, inside, bound = (str(reason.text) for reason in row.reasons)
    assert listed.startswith(
        f"{CVE} is listed on Known exploited vulnerabilities (CISA KEV) since 2026-03-05"
    )
    assert (
        named == "ICSA-99-001-01 names DS-2CD2xx2F-I as affected; the model of this device is DS-2CD2032F-I"
    )
    assert inside.startswith("firmware V5.3.0 build 150513 is in the affected range: >= 5.2.0 build 140721")
    assert bound.startswith("the due date 2026-03-26 binds American federal agencies (BOD 22-01)")
    assert [citation.source for reason in row.reasons[:3] for citation in reason.citations] == [
        "us-cisa-kev",
        "csaf",
        "csaf",
    ]


def test_nothing_before_the_date_of_listing(store: Store, tmp_path: Path) -> None:
    load_kev(store, tmp_path, entry())
    load_models(store, tmp_path)
    assert grades(store, date(2026, 3, 4)) == []
    assert grades(store, date(2026, 3, 5)) == [Grade.FIRMWARE]


def test_an_advisory_is_no_evidence_before_its_publication(store: Store, tmp_path: Path) -> None:
    load_kev(store, tmp_path, entry(dateAdded="2025-12-01", product="Network cameras"))
    load_models(store, tmp_path)
    assert grades(store, date(2026, 1, 10)) == [Grade.KIND]
    assert grades(store, date(2026, 1, 11)) == [Grade.FIRMWARE]


def test_a_newer_version_of_an_advisory_replaces_it(store: Store, tmp_path: Path) -> None:
    load_kev(store, tmp_path, entry())
    load_models(store, tmp_path)
    newer = advisory([SERIES], ["P-1"], vulnerabilities=[])
    newer["document"]["tracking"]["current_release_date"] = "2026-07-01T00:00:00Z"
    load(store, tmp_path, "icsa-99-001-01.json", newer)
    assert grades(store, date(2026, 6, 30)) == [Grade.FIRMWARE]
    assert grades(store, date(2026, 7, 1)) == []


def test_a_withdrawn_entry_ends_with_the_version_that_lacks_it(store: Store, tmp_path: Path) -> None:
    load_kev(store, tmp_path, entry(), OTHER, released="2026-06-01")
    load_kev(store, tmp_path, OTHER, released="2026-08-07")
    load_models(store, tmp_path)
    assert grades(store, date(2026, 8, 6)) == [Grade.FIRMWARE]
    assert grades(store, date(2026, 8, 7)) == []


def test_a_cve_record_without_a_vendor_is_of_the_vendor_in_the_catalogue(
    store: Store, tmp_path: Path
) -> None:
    load_kev(store, tmp_path, entry())
    product = {
        "vendor": "n/a",
        "product": "DS-2CD2xx2F-I",
        "versions": [{"version": "all", "status": "affected"}],
    }
    load(store, tmp_path, f"{CVE}.json", cve_record([product]))
    assert grades(store) == [Grade.FIRMWARE]


def test_a_lead_on_the_maker_is_not_enough(store: Store, tmp_path: Path) -> None:
    load_kev(store, tmp_path, entry(vendor="Dahua", product="IP Camera"))
    lead = Identification("x", "dahua", Confidence.LOW, DeviceKind.CAMERA)
    sure = Identification(
        "x", "dahua", Confidence.MEDIUM, DeviceKind.CAMERA, brand="Hikvision", is_relabelled=True
    )
    assert of(store, DAY, lead) == ()
    (row,) = of(store, DAY, sure)
    assert any("sold as Hikvision and made by Dahua" in str(reason.text) for reason in row.reasons)


def test_not_checked_without_a_catalogue_and_after_its_time(store: Store, tmp_path: Path) -> None:
    assert [(entry.list_id, entry.answer) for entry in lists(store)] == [("us-cisa-kev", Answer.NOT_CHECKED)]
    load_kev(store, tmp_path, entry())
    load_models(store, tmp_path)
    assert [(entry.list_id, entry.answer) for entry in lists(store)] == [
        ("us-cisa-kev", Answer.FOUND),
        ("csaf", Answer.FOUND),
    ]
    late = date(2026, 10, 10)
    assert lists(store, late)[0].answer is Answer.NOT_CHECKED
    (row,) = of(store, late)
    assert "a later removal would not be visible" in str(row.reasons[-1].text)


def test_no_record_of_a_vulnerability_has_a_name(store: Store, tmp_path: Path) -> None:
    load_kev(store, tmp_path, entry())
    load_models(store, tmp_path)
    load(store, tmp_path, f"{CVE}.json", cve_record([{"vendor": "Hikvision", "product": "DS-2CD2032F-I"}]))
    with store.reading() as connection:
        stored = list_snapshots(connection)
        assert [snapshot.record_count for snapshot in stored] == [1, 1, 1]
        assert not any(named_hashes(connection, snapshot.key) for snapshot in stored)
        assert not set(LoadedLists(connection).listing_lists) & {"us-cisa-kev", "cve", "csaf"}
