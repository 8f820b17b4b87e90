"""Exports as a user makes them: from files, from the register and from the service, and read back."""

import json
from pathlib import Path

import pytest
from functional_tools import loaded, run_command

from overzicht.errors import EXIT_INPUT, EXIT_OK
from overzicht.sources.inventories.registry import read_inventory
from overzicht.subjects.overview.reports import FORMATS

pytestmark = pytest.mark.usefixtures("own_home")

TABLE = (
    "Nummer;Merk;Model;Serienummer;MAC;IP-adres;Gebouw;Ruimte;Firmware;lat;lon\n"
    "C-1;Hikvision;DS-2CD2143G2-I;SN0000001A;44:19:B6:10:00:01;10.1.1.1;Stadhuis;-1e hal;V5.5.1;52.1;4.3\n"
    "C-2;Annke;C800;SN0000002B;44:19:B6:10:00:02;10.1.1.2;Gemaal;poort;V5.5.2;52.2;4.4\n"
)
EXPORTS = [ending for ending in FORMATS if ending.count(".") == 2 or ending == ".geojson"]


@pytest.fixture
def inventory(tmp_path: Path) -> Path:
    path = tmp_path / "camera's.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_one_command_writes_every_export_and_our_readers_read_them(inventory: Path, tmp_path: Path) -> None:
    files = {ending: tmp_path / f"x{ending}" for ending in EXPORTS}
    outs = [part for path in files.values() for part in ("--out", path)]
    assert run_command("overview", inventory, "--as-of", "2026-02-01", *outs).exit_code == EXIT_OK
    for ending in (".cdx.json", ".topdesk.csv", ".netbox.csv"):
        by_label = {seen.label: seen for seen in read_inventory(files[ending]).sightings}
        assert set(by_label) == {"C-1", "C-2"}, ending
        assert by_label["C-1"].place == "-1e hal"
    areas = json.loads(files[".geojson"].read_text(encoding="utf-8"))
    assert {feature["geometry"]["type"] for feature in areas["features"]} == {"Polygon"}
    assert "C-1" not in files[".geojson"].read_text(encoding="utf-8")


def test_entities_are_loaded_as_a_list_and_no_device_becomes_a_party(inventory: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.ftm.json"
    assert run_command("overview", inventory, "--as-of", "2026-02-01", "--out", path).exit_code == EXIT_OK
    added = run_command("lists", "add", path, "--records", "27", "--published", "2026-02-01")
    assert (added.exit_code, "problem" in added.output) == (EXIT_OK, False), added.output
    (stored,) = loaded("ftm")
    assert stored["records"] == len(path.read_text(encoding="utf-8").splitlines())
    screened = run_command("screen", "one", "Hikvision", "--list", "ftm", "--as-of", "2026-02-01", "--json")
    assert "overzicht-party-hikvision" in screened.output
    other = run_command("screen", "one", "C-1", "--list", "ftm", "--as-of", "2026-02-01")
    assert "ftm: not listed" in other.output


def test_a_level_is_for_formats_that_others_get(inventory: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.cdx.json"
    given = ("overview", inventory, "--as-of", "2026-02-01", "--level")
    assert run_command(*given, "full", "--out", path).exit_code == EXIT_OK
    assert "44:19:B6" not in path.read_text(encoding="utf-8")
    refused = run_command(*given, "full", "--out", tmp_path / "x.netbox.csv")
    assert refused.exit_code == EXIT_INPUT
    assert "the format netbox has no level of detail for others" in refused.stderr
    assert not (tmp_path / "x.netbox.csv").exists()
    assert run_command(*given, "full").exit_code == EXIT_INPUT  # the printed summary has no level either


def test_the_register_exports_the_same_devices(inventory: Path, tmp_path: Path) -> None:
    run_command("register", "organisations", "add", "Gemeente A", "--as-of", "2026-01-01")
    taken = run_command(
        "register", "import", inventory, "--organisation", "gemeente-a", "--as-of", "2026-02-01", "--accept"
    )
    assert taken.exit_code == EXIT_OK, taken.output
    path = tmp_path / "x.geojson"
    made = run_command("register", "overview", "--as-of", "2026-02-01", "--level", "full", "--out", path)
    assert made.exit_code == EXIT_OK, made.output
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    assert {tuple(feature["geometry"]["coordinates"]) for feature in features} == {(4.3, 52.1), (4.4, 52.2)}
    assert {feature["properties"]["organisation"] for feature in features} == {"Gemeente A"}
