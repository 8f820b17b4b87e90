"""Lists of programs without a description: read by their columns, names and values."""

import json
from pathlib import Path

import pytest

from overzicht.devices import Sighting, Trace
from overzicht.sources.inventories import read_inventory


def read(tmp_path: Path, name: str, content: str) -> tuple[Sighting, ...]:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    return read_inventory(path).sightings


@pytest.mark.parametrize(
    ("header", "value", "field"),
    [
        ("Camera make as installed", "Axis", "brand"),
        ("Model of the unit", "P3245-LVE", "model"),
        ("Typ", "P3245-LVE", "model"),
        ("Local IP", "192.0.2.9", "address"),
        ("Street address", "Dorpsstraat 1", "site"),
        ("Kennung", "K-01", "label"),
    ],
)
def test_a_header_is_understood_by_its_parts_and_its_values(
    header: str, value: str, field: str, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"MAC;{header}\nAC:CC:8E:00:00:01;{value}\n", encoding="utf-8")
    mapping = {column.column: column.field for column in read_inventory(path).mapping}
    assert mapping == {"MAC": "mac", header: field}


@pytest.mark.parametrize("header", ["Camera make as installed", "Recording server name", "Serial port"])
def test_a_part_of_a_header_counts_only_if_the_values_confirm_it(header: str, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        f"MAC;Merk;{header}\nAC:CC:8E:00:00:01;Axis;yes\nAC:CC:8E:00:00:02;Axis;yes\n", encoding="utf-8"
    )
    result = read_inventory(path)
    assert [column.field for column in result.mapping] == ["mac", "brand", ""]
    assert header in str(result.unused[0].reason)


def test_a_table_is_cut_at_the_rule_under_its_header(tmp_path: Path) -> None:
    sightings = read(
        tmp_path,
        "neighbours.txt",
        "  LocalPort | ChassisId      PortId       PortDescr SysName\n"
        "  --------- + -------------- ------------ --------- -------\n"
        "  1         | accc8e-000001  accc8e000001 eth0      hal 1\n"
        "  2         | accc8e-000002  accc8e000002 eth0      hal 2\n",
    )
    assert [(s.label, *s.values(Trace.MAC)) for s in sightings] == [
        ("hal 1", "accc8e-000001"),
        ("hal 2", "accc8e-000002"),
    ]


def test_lines_without_an_address_in_a_list_of_hosts_are_not_devices(tmp_path: Path) -> None:
    path = tmp_path / "arp.txt"
    path.write_text(
        "IP ADDRESS      MAC ADDRESS     EXPIRE(M) TYPE   INTERFACE\n"
        "------------------------------------------------------------\n"
        "192.0.2.1       accc-8e00-0001  12        D-0    GE0/0/1\n"
        "                                          31/-\n"
        "192.0.2.2       accc-8e00-0002  12        D-0    GE0/0/2\n"
        "Total:2         Dynamic:2       Static:0     Interface:0\n",
        encoding="utf-8",
    )
    result = read_inventory(path)
    assert [s.address for s in result.sightings] == ["192.0.2.1", "192.0.2.2"]


def test_a_count_above_a_list_is_not_the_quantity_of_each_device(tmp_path: Path) -> None:
    devices = [{"hostname": f"192.0.2.{n}", "sysName": f"hal {n}", "serial": f"S{n}X"} for n in (1, 2)]
    sightings = read(tmp_path, "devices.json", json.dumps({"count": 2, "status": "ok", "devices": devices}))
    assert [(s.label, s.address, s.quantity, s.status) for s in sightings] == [
        ("hal 1", "192.0.2.1", 1, ""),
        ("hal 2", "192.0.2.2", 1, ""),
    ]


def test_objects_under_names_of_their_own_are_devices(tmp_path: Path) -> None:
    ports = [
        {f"eth{n}": {"chassis": {f"hal-{n}": {"id": {"type": "mac", "value": f"ac:cc:8e:00:00:0{n}"}}}}}
        for n in (1, 2)
    ]
    sightings = read(tmp_path, "neighbours.json", json.dumps({"lldp": {"interface": ports}}))
    assert [(s.label, *s.values(Trace.MAC)) for s in sightings] == [
        ("hal-1", "ac:cc:8e:00:00:01"),
        ("hal-2", "ac:cc:8e:00:00:02"),
    ]


def test_a_file_that_its_own_format_cannot_read_is_read_by_its_names(tmp_path: Path) -> None:
    path = tmp_path / "graph.json"
    device = {
        "name": "hal",
        "device_type": {"model": "P3245-LVE", "manufacturer": {"name": "Axis"}},
        "site": {"name": "A"},
    }
    path.write_text(
        json.dumps({"data": {"device_list": [device, {**device, "name": "werf"}]}}), encoding="utf-8"
    )
    result = read_inventory(path)
    assert (result.kind, [s.label for s in result.sightings]) == ("tree", ["hal", "werf"])
    with pytest.raises(Exception, match="no device"):
        read_inventory(path, kind="netbox-rest")
