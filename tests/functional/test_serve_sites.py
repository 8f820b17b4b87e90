"""The page of sites: counts, the map, its levels of detail, and boundaries of one's own."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import served_register
import web_tools
from functional_tools import run_command
from served_register import DAY, OTHER, SECRET, TOWN
from web_tools import Served

HEADER = (*served_register.HEADER, "Breedtegraad", "Lengtegraad")
ROWS = (
    ("M-1", "Hikvision", "DS-2CD2143G2-I", "", "Stadhuis", "hal", "", "52.01", "5.01"),
    ("M-2", "Axis", "P3245-LV", "", "Stadhuis", "kelder", "3", "52.03", "5.03"),
    ("M-3", "Hikvision", "DS-2CD2143G2-I", "", "Woning van de beheerder", "tuin", "", "52.5", "5.5"),
    ("M-4", "Hikvision", "DS-2CD2143G2-I", "", "Zwembad", "dak", "", "", ""),
)
BORDER = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"naam": "Wijk Een"},
            "geometry": {"type": "Polygon", "coordinates": [[[5, 52], [5.2, 52], [5.2, 52.2], [5, 52]]]},
        }
    ],
}
QUERY = {"as-of": DAY.isoformat()}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("sites")
    made = web_tools.serve(folder / "home")
    served_register.fill(made, folder)
    table = io.StringIO()
    csv.writer(table).writerows([HEADER, *ROWS])
    served_register.take(made, folder / "map.csv", table.getvalue(), TOWN, is_whole=False)
    yield made
    made.app.state.service.runner.stop()
    made.store.close()


def test_sites_are_in_order_of_devices_of_listed_manufacturers(served: Served) -> None:
    page = served.client("reader of one").get("/sites", params=QUERY).text
    table = page[page.index('id="t-sites"') :]
    names = ["Woning van de beheerder", "Stadhuis", "Zwembad"]
    assert sorted(names, key=table.index) == ["Zwembad", "Stadhuis", "Woning van de beheerder"]
    assert SECRET not in page
    assert "On the map: 5 of" in page
    assert 'aria-label="Stadhuis: devices 4, made by a listed manufacturer 1"' in page


def test_a_map_for_others_hides_sites_and_homes(served: Served) -> None:
    client = served.client("reader of one")
    full = client.get("/sites/map", params={**QUERY, "level": "full"}).text
    assert "Stadhuis" in full
    assert "Woning" not in full
    for level in ("counts", "models"):
        coarse = client.get("/sites/map", params={**QUERY, "level": level}).text
        assert ">4</text>" in coarse
        assert not [name for name in ("Stadhuis", "Woning", "href", "5.01") if name in coarse]
    assert SECRET not in served.client("reader").get("/sites/map", params=QUERY).text


def test_boundaries_are_loaded_by_an_editor_and_drawn(served: Served, tmp_path: Path) -> None:
    file = {"file": ("wijken.geojson", json.dumps(BORDER).encode())}
    assert served.client("editor of one").post("/sites/boundaries", files=file).status_code == 403
    assert served.client("editor").post("/sites/boundaries", files=file).headers["location"] == "/sites"
    page = served.client("reader").get("/sites", params=QUERY).text
    assert "<title>Wijk Een</title>" in page
    assert "wijken.geojson" in page
    fault = served.client("editor").post("/sites/boundaries", files={"file": ("x.json", b"[]")})
    assert fault.status_code == 400
    assert "the boundaries cannot be read" in fault.text


def test_the_command_draws_the_same_map(
    served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, border = tmp_path / "kaart.svg", tmp_path / "grens.geojson"
    border.write_text(json.dumps(BORDER))
    monkeypatch.setenv("OVERZICHT_HOME", str(served.store.home))
    command = ("register", "map", target, "--boundaries", border, "--as-of", DAY.isoformat())
    result = run_command(*command, "--level", "full", "--lang", "en")
    assert result.exit_code == 0, result.output
    drawing = target.read_text()
    assert drawing.startswith("<svg")
    assert "Stadhuis" in drawing
    page = served.client("reader").get("/sites/map", params={**QUERY, "level": "full"}).text
    assert page.strip() == drawing.strip()


def test_no_coordinates_lead_to_an_import(served: Served) -> None:
    page = served.client("reader").get("/sites", params={"as-of": date(2025, 6, 1).isoformat()}).text
    assert "There are no sites on this date." in page
    assert "/imports/new" in page
    assert OTHER not in page
