"""Lists of programs without a description: read by their columns, names and values."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from overzicht.devices import Sighting, Trace
from overzicht.sources.inventories import read_inventory


def read(tmp_path: Path, name: str, content: str) -> Sequence[Sighting]:
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
        ("Straat + huisnr", "Dorpsstraat 1", "site"),
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


CAMERA = {"vendor": "Axis", "model": "P3245-LV"}


@pytest.mark.parametrize(
    ("tree", "devices"),
    [
        pytest.param(
            {
                "cameras": [{**CAMERA, "name": "hal", "ip": "192.0.2.1"}],
                "recorders": [{"name": "nvr", "vendor": "Dahua", "model": "NVR5216", "ip": "192.0.2.9"}],
            },
            [("hal", "", "192.0.2.1"), ("nvr", "", "192.0.2.9")],
            id="two lists",
        ),
        pytest.param(
            {
                "cameras": [{**CAMERA, "name": "hal", "ip": "192.0.2.1"}],
                "nvr": {"name": "nvr", "mac": "9C:14:63:00:00:01", "host": "192.0.2.9"},
                "exporter": {"name": "tool", "version": "3"},
            },
            [("hal", "", "192.0.2.1"), ("nvr", "", "192.0.2.9")],
            id="a recorder next to the list",
        ),
        pytest.param(
            {
                "sites": [
                    {"name": "Hall", "devices": [{**CAMERA, "name": "hal", "ip": "192.0.2.1"}]},
                    {
                        "name": "Yard",
                        "devices": [
                            {**CAMERA, "name": "gate", "ip": "192.0.2.2"},
                            {**CAMERA, "name": "wall", "ip": "192.0.2.3"},
                        ],
                    },
                ]
            },
            [("hal", "Hall", "192.0.2.1"), ("gate", "Yard", "192.0.2.2"), ("wall", "Yard", "192.0.2.3")],
            id="a list for each site",
        ),
        pytest.param(
            {
                "site": {
                    "name": "Hall",
                    "nvr": {"name": "recorder", "cameras": [{**CAMERA, "name": "hal", "ip": "192.0.2.1"}]},
                }
            },
            [("hal", "", "192.0.2.1")],
            id="an object between a site and its list",
        ),
        pytest.param(
            {
                "catalogue": [{**CAMERA, "name": "dome"}, {**CAMERA, "name": "bullet"}],
                "cameras": [{**CAMERA, "name": "hal", "ip": "192.0.2.1"}],
            },
            [("hal", "", "192.0.2.1")],
            id="a catalogue of products",
        ),
        pytest.param(
            {
                "devices": [
                    {**CAMERA, "name": "hal", "serial": "S1", "ports": [{"mac": "AC:CC:8E:00:00:01"}]},
                    {
                        **CAMERA,
                        "name": "gate",
                        "serial": "S2",
                        "ports": [{"mac": "AC:CC:8E:00:00:02"}, {"mac": "AC:CC:8E:00:00:03"}],
                    },
                ]
            },
            [("hal", "", ""), ("gate", "", "")],
            id="a list inside each device",
        ),
    ],
)
def test_every_list_of_devices_in_a_tree_is_read(
    tree: object, devices: list[tuple[str, str, str]], tmp_path: Path
) -> None:
    sightings = read(tmp_path, "export.json", json.dumps(tree))
    assert [(s.label, s.site, s.address) for s in sightings] == devices


def test_records_of_two_lists_have_places_of_their_own(tmp_path: Path) -> None:
    tree = {
        "cameras": [{**CAMERA, "name": "hal", "ip": "192.0.2.1"}],
        "recorders": [{**CAMERA, "name": "nvr", "ip": "192.0.2.9"}],
    }
    sightings = read(tmp_path, "export.json", json.dumps(tree))
    assert [s.citation.place for s in sightings] == ["cameras record 1", "recorders record 1"]


def test_a_text_that_begins_with_a_prompt_in_brackets_is_no_json(tmp_path: Path) -> None:
    content = (
        "[admin@router] > /ip arp print\n"
        " #    ADDRESS         MAC-ADDRESS       INTERFACE\n"
        " 0 DC 192.0.2.20      A4:14:37:01:02:03 cameras\n"
        " 1 DC 192.0.2.21      3C:EF:8C:0A:0B:0C cameras\n"
    )
    assert [s.address for s in read(tmp_path, "arp.txt", content)] == ["192.0.2.20", "192.0.2.21"]


@pytest.mark.parametrize(
    "host", ["axis-00408c112233.example.org", "axis-00408c112233", "axis-hall2.example.org"]
)
def test_the_name_of_a_host_gives_a_brand_and_no_model(host: str, tmp_path: Path) -> None:
    (sighting,) = read(
        tmp_path, "leases.csv", f"HostName,IPAddress,MAC\n{host},192.0.2.1,00-40-8c-11-22-33\n"
    )
    assert (sighting.values(Trace.BRAND), sighting.values(Trace.MODEL)) == (("axis",), ())


STREAMS = """
streams:
  gate: rtsp://admin:geheim@192.0.2.11/Streaming/Channels/101
  garage: [rtsp://admin:geheim@192.0.2.12/cam, "ffmpeg:garage#audio=opus"]
  hall: {source: "onvif://192.0.2.13", sourceOnDemand: yes}
webrtc: {candidates: ["192.0.2.5:8555"]}
"""


def test_names_of_streams_are_devices(tmp_path: Path) -> None:
    sightings = read(tmp_path, "go2rtc.yaml", STREAMS)
    assert [(s.label, s.address) for s in sightings] == [
        ("gate", "192.0.2.11"),
        ("garage", "192.0.2.12"),
        ("hall", "192.0.2.13"),
    ]
    assert "geheim" not in repr(sightings)


def test_streams_of_one_device_are_no_devices(tmp_path: Path) -> None:
    content = """cameras: [{name: hal, ip: 192.0.2.7, streams: {main: "rtsp://192.0.2.7/1", sub: "rtsp://192.0.2.7/2"}}]"""
    assert [s.label for s in read(tmp_path, "one.yaml", content)] == ["hal"]
