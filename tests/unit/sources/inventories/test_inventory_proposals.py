"""What is read and what is only proposed, other lists of a file, and sums that hold for any file."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from overzicht.errors import InputFileError
from overzicht.sources.inventories import InventoryResult, read_inventory

CAMERA = {"name": "Hal", "ipAddress": "192.0.2.1", "macAddress": "ac:cc:8e:00:00:01", "manufacturer": "Axis"}
OTHER = {**CAMERA, "name": "Werf", "ipAddress": "192.0.2.2", "macAddress": "ac:cc:8e:00:00:02"}


def read(folder: Path, content: Any, name: str = "export.json", **options: Any) -> InventoryResult:
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return read_inventory(path, **options)


@pytest.mark.parametrize(
    ("tree", "is_proposed"),
    [
        pytest.param({"devices": [CAMERA, OTHER]}, False, id="a number of its own and a brand in each"),
        pytest.param(
            {"devices": [CAMERA, {**OTHER, "macAddress": CAMERA["macAddress"]}]}, True, id="one number twice"
        ),
        pytest.param({"devices": [CAMERA]}, True, id="one record"),
        pytest.param({"a": [CAMERA, OTHER], "b": [CAMERA, OTHER]}, True, id="two lists"),
        pytest.param(
            {"x": [{**CAMERA, "severity": "low"}, {**OTHER, "severity": "low"}]}, True, id="findings"
        ),
        pytest.param(
            [{"name": "Jan", "email": "a", "ip": "192.0.2.1", "brand": "x"}] * 2, True, id="persons"
        ),
    ],
)
def test_a_tree_of_no_known_format_is_proposed_unless_beyond_doubt(
    tree: Any, is_proposed: bool, tmp_path: Path
) -> None:
    assert (read(tmp_path, tree).proposal is not None) == is_proposed
    assert read(tmp_path, tree, accept=True).proposal is None


def test_text_of_no_known_program_is_proposed(tmp_path: Path) -> None:
    content = "seen ac:cc:8e:00:00:01 at 192.0.2.1\nseen ac:cc:8e:00:00:02 at 192.0.2.2\n"
    result = read(tmp_path, content, "seen.txt")
    assert (len(result.sightings), result.proposal is not None) == (2, True)


PROTECT = {
    "authUserId": "1",
    "cameras": [{"mac": "784558000001", "name": "Hal", "marketName": "G4 Dome", "modelKey": "camera"}],
    "lights": [{"mac": "784558000003", "name": "Lamp", "type": "UP FloodLight", "modelKey": "light"}],
    "users": [{"name": "Jan", "modelKey": "user"}],
}


def test_another_list_of_a_file_is_counted_and_read_when_asked(tmp_path: Path) -> None:
    result = read(tmp_path, PROTECT)
    assert [(row.place, row.records, row.include) for row in result.left_out] == [
        ("lights", 1, "list:lights"),
        ("users", 1, ""),
    ]
    asked = read(tmp_path, PROTECT, include=["list:lights"])
    assert [s.label for s in asked.sightings] == ["Hal", "Lamp"]


def test_a_placeholder_is_not_an_address(tmp_path: Path) -> None:
    rows = "Naam,Merk,IP\nHal,Axis,CAMERA_IP\nWerf,Axis,<ip>\nDak,Axis,{{ host }}\nZaal,Axis,192.0.2.4\n"
    assert [s.address for s in read(tmp_path, rows, "a.csv").sightings] == ["", "", "", "192.0.2.4"]


WORDS = st.sampled_from(
    ["name", "ip", "mac", "model", "brand", "serial", "site", "devices", "cameras", "modelKey", "x"]
)
TEXTS = st.sampled_from(
    [
        "Axis",
        "192.0.2.1",
        "127.0.0.1",
        "ac:cc:8e:00:00:01",
        "P3245-LVE",
        "Hal",
        "",
        "camera",
        "CAMERA_IP",
        "12",
    ]
)
TREES = st.recursive(
    TEXTS | st.none() | st.integers(0, 9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=5),
    max_leaves=25,
)


@given(tree=st.dictionaries(WORDS, TREES, min_size=1, max_size=4), part=st.floats(0.2, 1))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_records_of_any_tree_add_up(tree: dict[str, Any], part: float, tmp_path: Path) -> None:
    written = json.dumps(tree)
    try:
        result = read(tmp_path, written[: max(int(len(written) * part), 1)])
    except InputFileError:
        return
    assert result.records >= len(result.sightings)


@given(
    rows=st.lists(st.lists(TEXTS, min_size=1, max_size=5), max_size=6),
    is_cut=st.booleans(),
    mark=st.sampled_from(",;\t"),
)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_rows_of_any_table_add_up(rows: list[list[str]], is_cut: bool, mark: str, tmp_path: Path) -> None:
    lines = ["Naam,IP,MAC,Merk,Model".replace(",", mark), *(mark.join(row) for row in rows)]
    content = "\n".join(lines) + "\n"
    try:
        result = read(tmp_path, content[: -2 if is_cut else None], "a.csv")
    except InputFileError:
        return
    assert result.records >= len(result.sightings)


FINDINGS = "Host,Port,Vulnerability,Severity,Vendor\n{0},80,Bypass,High,Axis\n{0},{1},Weak,Low,Axis\n"


@pytest.mark.parametrize(
    ("content", "devices", "apart"),
    [
        pytest.param(FINDINGS.format("192.0.2.1", 554), ["192.0.2.1"], 0, id="findings of a camera port"),
        pytest.param(FINDINGS.format("192.0.2.1", 443), [], 1, id="findings of another host"),
        pytest.param("ip,port,state\n192.0.2.1,80,open\n192.0.2.1,554,open\n", ["192.0.2.1"], 0, id="ports"),
        pytest.param(
            "Serial,MAC,IP,Port\nX12345,44:19:B6:00:00:01,192.0.2.64,80\nX12346,44:19:B6:00:00:02,192.0.2.64,80\n",
            ["192.0.2.64", "192.0.2.64"],
            0,
            id="devices with the address of the factory",
        ),
        pytest.param("First Name,Email,Company\nJan,j@x.nl,Axis\n", [], 1, id="persons"),
        pytest.param(
            "Username,Full name,E-mail,Role,Last logon address\njan,Jan,j@x.nl,Viewer,192.0.2.7\n",
            [],
            1,
            id="persons with the address of their logon",
        ),
        pytest.param(
            "Gebruikersnaam;Rol;Laatst aangemeld;Naam\njan;Beheer;2026-01-01;Jan\n", [], 1, id="Dutch persons"
        ),
        pytest.param(
            "Name,Manufacturer,IP,Username,Role\nHall,Axis,192.0.2.1,root,camera\n",
            ["192.0.2.1"],
            0,
            id="cameras with the name of their account",
        ),
        pytest.param("SKU,Brand,Model,MSRP,Stock\nA-1,Axis,P3245-LVE,499.00,12\n", [], 1, id="prices"),
        pytest.param(
            "Artikelnr;Merk;Typenummer;Brutoprijs;EAN\nA-1;Axis;P3245-LVE;499,00;1\n",
            [],
            1,
            id="Dutch prices",
        ),
        pytest.param(
            "Brand,Model,Serial,Price,Stock\nAxis,P3245-LVE,ACCC8E000001,499.00,1\n",
            [""],
            0,
            id="an own list with prices",
        ),
        pytest.param(
            "Merk;Typenummer;Aantal;Stuksprijs\nAxis;P3245-LVE;12;499,00\n", [""], 0, id="a purchase"
        ),
        pytest.param(
            "Pos;Merk;Typenummer;Hoeveelheid;Eenheid;Eenheidsprijs\n1;Axis;P3245-LVE;12;st;\n",
            [],
            1,
            id="a bill of quantities",
        ),
        pytest.param(
            "Pos;Merk;Typenummer;Hoeveelheid;Eenheid;Eenheidsprijs\n1;Axis;P3245-LVE;12;st;499\n",
            [""],
            0,
            id="an order with units",
        ),
        pytest.param(
            "Naam;IP;MAC;Merk\n<vul in>;<a.b.c.d>;<aa:bb>;<fabriek>\n{{n}};{{adres}};{{m}};{{f}}\n;;;\n",
            [],
            2,
            id="a form that nobody filled in",
        ),
        pytest.param(
            "IP,Make,Model,Port,Vulnerabilities,CVE\n192.0.2.1,Axis,P3245,80,2,x\n192.0.2.2,Axis,P3245,80,1,y\n",
            ["192.0.2.1", "192.0.2.2"],
            0,
            id="an own list that tells findings too",
        ),
    ],
)
def test_ports_findings_persons_and_articles_are_not_devices(
    content: str, devices: list[str], apart: int, tmp_path: Path
) -> None:
    result = read(tmp_path, content, "scan.csv")
    assert [s.address for s in result.sightings] == devices
    assert sum(row.records for row in result.left_out) == apart


def test_findings_of_a_host_with_only_a_name_are_no_device(tmp_path: Path) -> None:
    finding = {"template-id": "x", "host": "www.example.net", "matched-at": "www.example.net"}
    camera = {"template-id": "y", "host": "cam.example.net", "ip": "192.0.2.1", "port": "554"}
    result = read(tmp_path, json.dumps([finding, camera, camera]), "scan.json")
    assert [s.address for s in result.sightings] == ["192.0.2.1"]
    assert (result.records, result.merged, sum(row.records for row in result.left_out)) == (3, 1, 1)
