"""Exports of other tools: what their files say in forms of their own."""

import json
from pathlib import Path

import pytest

from overzicht.devices import Trace
from overzicht.sources.inventories import InventoryResult, read_inventory


def read(tmp_path: Path, name: str, content: str) -> InventoryResult:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    return read_inventory(path)


def test_a_comment_inside_a_lease_does_not_end_it(tmp_path: Path) -> None:
    mac, name = "hardware ethernet 00:00:5e:00:53:01;", 'client-hostname "cam-1";'
    lease = f"lease 10.0.0.9 {{\n#shared-network: LAN\n  {mac}\n  {name}\n}}\n"
    (sighting,) = read(tmp_path, "dhcpd.leases", lease).sightings
    assert (sighting.label, sighting.values(Trace.MAC)) == ("cam-1", ("00:00:5e:00:53:01",))


def test_a_probe_match_gives_the_name_the_product_and_the_routable_address(tmp_path: Path) -> None:
    scopes = "onvif://www.onvif.org/name/AXIS%20P9999-LVE onvif://www.onvif.org/hardware/P9999-LVE"
    hosts = "http://169.254.8.9/onvif/device_service http://192.0.2.4/onvif/device_service"
    match = f"<ProbeMatch><Scopes>{scopes}</Scopes><XAddrs>{hosts}</XAddrs></ProbeMatch>"
    (sighting,) = read(tmp_path, "probe.xml", f"<Envelope>{match}</Envelope>").sightings
    assert (sighting.label, sighting.address) == ("AXIS P9999-LVE", "192.0.2.4")
    assert (sighting.values(Trace.BRAND), sighting.values(Trace.MODEL)) == (("AXIS",), ("P9999-LVE",))


def test_a_walk_gives_the_serial_number_of_a_maker_and_the_address_of_an_interface(tmp_path: Path) -> None:
    lines = (
        "1.3.6.1.2.1.1.1.0|4|Brother NC-1234h, Firmware Ver.A",
        "1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.2435.2.3.9.1",
        "1.3.6.1.2.1.4.20.1.2.127.0.0.1|2|2",
        "1.3.6.1.2.1.4.20.1.2.192.0.2.7|2|1",
        "1.3.6.1.4.1.2435.2.3.9.4.2.1.5.5.1.0|4|E12345A6N789012",
    )
    (sighting,) = read(tmp_path, "printer.snmprec", "\n".join(lines)).sightings
    assert (sighting.address, sighting.values(Trace.SERIAL)) == ("192.0.2.7", ("E12345A6N789012",))


@pytest.mark.parametrize(
    ("described", "brands"),
    [
        ("Newmaker Systems NM-2000 1.2.3", ("Newmaker Systems",)),
        ("HP NM-2000 Switch", ("HP",)),
        ("the switch NM-2000", ()),
        ("Newmaker 3000", ()),
    ],
)
def test_the_words_before_the_model_in_a_description_are_the_brand(
    described: str, brands: tuple[str, ...], tmp_path: Path
) -> None:
    device = {"hostname": "192.0.2.1", "sysName": "sw-1", "sysDescr": described, "hardware": "NM-2000"}
    (sighting,) = read(tmp_path, "devices.json", json.dumps({"devices": [device]})).sightings
    assert sighting.values(Trace.BRAND) == brands


def test_a_list_of_cameras_of_home_assistant_hides_its_secrets(tmp_path: Path) -> None:
    content = (
        "- platform: ffmpeg\n  name: Gate\n  input: !secret gate\n- platform: local_file\n  name: Still\n"
    )
    result = read(tmp_path, "cameras.yaml", content)
    assert [(s.label, s.address) for s in result.sightings] == [("Gate", "")]
    assert result.records == 2


def test_a_saved_answer_of_netbox_has_its_devices_under_that_name(tmp_path: Path) -> None:
    kind = {"manufacturer": {"name": "Axis"}, "model": "P3245-LVE"}
    device = {"name": "cam-1", "device_type": kind, "site": {"name": "Depot"}}
    (sighting,) = read(tmp_path, "api.json", json.dumps({"devices": [device]})).sightings
    assert (sighting.label, sighting.site) == ("cam-1", "Depot")


@pytest.mark.parametrize(
    "content",
    [
        "name,brand,ip,Emplacement interieur,datasheet_url\nDome A1,Axis,66,true,https://example.org/a.pdf\n",
        "vendor,model,protocol,port,url\nAxis,P3245-LVE,rtsp,554,/1\nAxis,M1034-W,http,0,/snapshot.jpg\n",
    ],
)
def test_a_catalogue_gives_no_devices(content: str, tmp_path: Path) -> None:
    result = read(tmp_path, "catalogue.csv", content)
    assert (result.sightings, len(result.left_out)) == ((), result.records)


@pytest.mark.parametrize(
    ("header", "field"),
    [("Nome do host", "label"), ("Khu Vực", "place"), ("Mã Toà Nhà", "site"), ("상세주소", "place")],
)
def test_headers_of_more_languages_are_known(header: str, field: str, tmp_path: Path) -> None:
    content = f"MAC;{header}\nAC:CC:8E:00:00:01;A 1\nAC:CC:8E:00:00:02;B 2\n"
    assert [column.field for column in read(tmp_path, "list.csv", content).mapping] == ["mac", field]
