"""The overview is a register that is thrown away: files give both the same numbers, in any order.

Both are asked in process: the register imports the files on one day, and both reports are of that day.
"""

import itertools
import random
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from overzicht.errors import InputFileError
from overzicht.evidence.actor import Actor
from overzicht.reports.overview_report import OverviewReport
from overzicht.sources.inventories.registry import read_inventory
from overzicht.store.database import Store
from overzicht.store.register.devices import DeviceFilter
from overzicht.subjects.overview.build import OverviewChoices, make_overview
from overzicht.subjects.register import organisations
from overzicht.subjects.register.imports import importing
from overzicht.subjects.register.imports.importing import ImportChoices
from overzicht.subjects.register.organisations import NewOrganisation
from overzicht.subjects.register.overview import make_register_overview

DAY = date(2026, 11, 1)
ACT = Actor(DAY, "tester", datetime(2026, 11, 1, 12, tzinfo=UTC))
SET = (
    "topdesk_middelen.csv", "lansweeper_report.csv", "genetec_hardware_inventory.csv",
    "windows_dhcp_leases_nl.csv",
)  # fmt: skip
TWIN_A = (
    "Nummer;Locatie;Merk;Model;IP-adres\n"
    "CAM-001;Stadhuis;Hikvision;DS-2CD2042WD-I;\n"
    "CAM-002;Stadhuis;Axis;P3245-V;\n"
    "CAM-003;Stadhuis;Bosch;NDE-3502;10.0.0.3\n"
)
TWIN_B = (
    "Nummer;Locatie;Merk;Model;IP-adres\n"
    "CAM-001;Stadhuis;Hikvision;DS-2CD2042WD-I;10.0.0.1\n"
    "CAM-002;Stadhuis;Axis;P3245-V;10.0.0.2\n"
    "X-77;Stadhuis;Dahua;IPC-HFW2431S;10.0.0.3\n"
)
HEADER = "Aantal;Nummer;Locatie;Ruimte;Soort;Merk;Model;Serienummer;MAC;IP-adres;Aanschaf\n"
LARGEST = 2_000_000  # bytes; larger samples show the same
names = itertools.count()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = Store.open(tmp_path_factory.mktemp("twins") / "home")
    yield opened
    opened.close()


def numbers(report: OverviewReport) -> dict[str, object]:
    """Return all that both reports must agree on."""
    counts = dict(report.counts)
    del counts["duplicate_rows"]  # the register knows the rows of a file only as far as they were clear
    rows = sorted(
        (
            d.label,
            d.site,
            d.place,
            d.brand,
            d.model,
            d.mac,
            d.serial,
            d.ip,
            d.kind,
            d.maker_id,
            d.quantity,
            d.part,
        )
        for d in report.devices
    )
    makers = [(maker.maker_id, maker.devices, maker.relabelled, maker.apart) for maker in report.makers]
    return {"counts": counts, "makers": makers, "places": report.places, "devices": rows}


def overview(store: Store, paths: Sequence[Path]) -> dict[str, object]:
    return numbers(make_overview(store, paths, OverviewChoices(), as_of=DAY))


def register(store: Store, paths: Sequence[Path]) -> dict[str, object]:
    """Return the numbers of a register of its own that imported the files on one day."""
    own = f"twin-{next(names)}"
    organisations.add_organisation(store, NewOrganisation(own, id=own), ACT)
    for path in paths:
        view = importing.preview_import(store, path, ImportChoices(own, is_whole=False), ACT)
        if view.seen_before is None:
            importing.accept_import(store, view.import_.id, ACT)
    return numbers(make_register_overview(store, DeviceFilter(DAY, organisation=own, life=()), ACT))


def write(folder: Path, texts: Sequence[str]) -> list[Path]:
    paths = []
    for text in texts:
        paths.append(folder / f"file-{next(names)}.csv")
        paths[-1].write_text(text, encoding="utf-8")
    return paths


def test_the_twins_of_the_audit_are_four_devices_either_way(store: Store, tmp_path: Path) -> None:
    for texts in ((TWIN_A, TWIN_B), (TWIN_B, TWIN_A)):
        paths = write(tmp_path, texts)
        counted = overview(store, paths)
        assert counted["counts"]["devices"] == 4  # type: ignore[index]
        assert register(store, paths) == counted


def test_a_row_that_is_there_twice_is_one_device_and_is_reported(store: Store, tmp_path: Path) -> None:
    (path,) = write(tmp_path, [TWIN_A + "CAM-002;Stadhuis;Axis;P3245-V;\nTotaal;;;;4\n"])
    report = make_overview(store, [path], OverviewChoices(), as_of=DAY)
    assert report.device_count == 3
    assert [(row.place, str(row.reason)) for row in report.inputs[0].duplicates] == [
        ("line 5", "line 3 shows the same device: the same row in full")
    ]
    assert [row.place for row in report.inputs[0].left_out] == ["line 6"]
    assert register(store, [path]) == numbers(report)


@pytest.mark.slow
@pytest.mark.shared
def test_every_sample_gives_both_the_same_numbers(store: Store, shared_data: Path) -> None:
    folder = shared_data / "devices"
    samples = [p for name in ("exports", "inputs-*") for p in sorted(folder.glob(f"{name}/*")) if is_read(p)]
    assert len(samples) > 40
    for path in samples:
        assert register(store, [path]) == overview(store, [path]), path.name


@pytest.mark.shared
def test_a_set_of_files_about_the_same_devices_gives_both_the_same_numbers(
    store: Store, shared_data: Path
) -> None:
    paths = [shared_data / "devices" / "exports" / name for name in SET]
    counted = overview(store, paths)
    assert register(store, paths) == register(store, paths[::-1]) == overview(store, paths[::-1]) == counted
    without_leases = overview(store, paths[:3])
    assert without_leases["counts"]["devices"] == 14  # type: ignore[index]  # 42 rows by serial number and MAC


def is_read(path: Path) -> bool:
    if path.suffix in {".json", ".md"} and path.name.endswith((".key.json", ".md")):
        return False
    if path.stat().st_size >= LARGEST:
        return False
    try:
        result = read_inventory(path)
    except InputFileError:
        return False
    return bool(result.sightings) and result.proposal is None  # a proposal waits for a person


def mostly(*values: str) -> st.SearchStrategy[str]:
    return st.sampled_from(["", *values])


products = st.sampled_from(
    [("Hikvision", "DS-2CD2143G2-I"), ("Axis", "P3245-V"), ("Annke", "C800"), ("", "DS-2CD2143G2-I"),
     ("", ""), ("Onbekend merk", "X-1")]
)  # fmt: skip
rows = st.tuples(
    st.sampled_from(
        ["1", "1", "4"]
    ),  # never empty: a row that begins empty has the location of the row above
    mostly("CAM-1", "CAM-2", "CAM-3", "camera", "1"),
    mostly("Hal", "Depot"),
    mostly("deur", "dak"),
    mostly("camera", "recorder", "printer", "switch"),
    products,
    mostly("AB123456", "CD123456", "n/a", "000000"),
    mostly("44:19:B6:00:00:01", "44:19:B6:00:00:02", "00:00:00:00:00:00"),
    mostly("10.0.0.1", "10.0.0.2"),
    mostly("2019", "2026-12-01"),
).map(lambda row: ";".join([*row[:5], *row[5], *row[6:]]))
LOCATION = HEADER.split(";").index("Locatie")


def is_in_any_order(lines: Sequence[str]) -> bool:
    """Tell whether no row has its location from the row above: all are filled, or none is."""
    return len({bool(line.split(";")[LOCATION]) for line in lines}) == 1


tables = st.lists(
    st.lists(rows.filter(lambda row: row[1:].strip(";")), min_size=1, max_size=5).filter(is_in_any_order),
    min_size=1,
    max_size=3,
)


@pytest.mark.slow
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tables, st.randoms(use_true_random=False))
def test_law_tables_in_any_order_give_both_the_same_numbers(
    store: Store, tmp_path: Path, files: list[list[str]], order: random.Random
) -> None:
    paths = write(tmp_path, [HEADER + "\n".join(lines) + "\n" for lines in files])
    counted = overview(store, paths)
    assert register(store, paths) == counted
    for lines in files:
        order.shuffle(lines)
    order.shuffle(files)
    shuffled = write(tmp_path, [HEADER + "\n".join(lines) + "\n" for lines in files])
    assert overview(store, shuffled) == counted
    assert register(store, shuffled) == counted
