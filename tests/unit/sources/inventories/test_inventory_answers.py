"""Answers of devices and points of a map."""

import json
import time
from pathlib import Path
from typing import Any

import pytest

from overzicht.devices import Trace
from overzicht.errors import InputFileError
from overzicht.sources.inventories import InventoryResult, read_inventory
from overzicht.sources.inventories.xml import UnsafeXmlError

ISAPI = """<?xml version="1.0"?><DeviceInfo version="2.0" xmlns="http://www.isapi.org/ver20/XMLSchema">
<deviceName>hal</deviceName><model>DS-2CD2143G2-I</model><serialNumber>DS-2CD2143G2-I01</serialNumber>
<macAddress>44:19:b6:00:00:01</macAddress><firmwareVersion>V5.7.3</firmwareVersion>
<deviceType>IPCamera</deviceType><OEMCode>1</OEMCode></DeviceInfo>"""
DHIP: dict[str, Any] = {
    "mac": "4c:11:bf:00:00:09",
    "method": "client.notifyDevInfo",
    "params": {"deviceInfo": {
        "DeviceClass": "NVR", "DeviceType": "NVR5216", "Manufacturer": "General", "SerialNo": "9X1",
        "MachineName": "9X1",
        "Vendor": "Dahua", "Version": "4.0", "IPv4Address": {"IPAddress": "192.0.2.9"}, "HttpPort": 80,
    }},
}  # fmt: skip
SOAP = """<?xml version="1.0"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"
 xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery"><s:Body><d:ProbeMatches>{matches}</d:ProbeMatches></s:Body>
</s:Envelope>"""
MATCH = """<d:ProbeMatch><d:Scopes>onvif://www.onvif.org/name/Cam%20{n}
 onvif://www.onvif.org/mac/00-40-8c-00-00-0{n}</d:Scopes>
<d:XAddrs>http://192.0.2.{n}/onvif/device_service http://[fe80::1]/x</d:XAddrs></d:ProbeMatch>"""


def read(folder: Path, content: str | bytes, name: str = "answer.json") -> InventoryResult:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_inventory(path)


def test_isapi_xml_and_json_give_the_same_device(tmp_path: Path) -> None:
    from_xml = read(tmp_path, ISAPI, "info.xml")
    answer = {"deviceName": "hal", "model": "DS-2CD2143G2-I", "serialNumber": "DS-2CD2143G2-I01",
              "macAddress": "44:19:b6:00:00:01", "firmwareVersion": "V5.7.3", "deviceType": "IPCamera",
              "manufacturer": None, "OEMCode": 1}  # fmt: skip
    from_json = read(
        tmp_path, json.dumps({"data": {"System/deviceInfo": {"response": {"DeviceInfo": answer}}}})
    )
    assert from_xml.kind == from_json.kind == "hikvision-isapi"
    (first,), (second,) = from_xml.sightings, from_json.sightings
    assert dict(first.traces) == dict(second.traces)
    assert first.values(Trace.PROTOCOL) == ("isapi",)
    assert first.values(Trace.BRAND) == ()
    assert (first.label, first.kind, first.extra["OEMCode"]) == ("hal", "IPCamera", "1")
    assert first.extra["xmlns"] == "http://www.isapi.org/ver20/XMLSchema"


def test_dhip_answers_are_read_alone_in_lines_and_with_their_packet_header(tmp_path: Path) -> None:
    one = json.dumps(DHIP)
    packet = b"\x20\x00\x00\x00DHIP" + bytes(24)
    for content in (one.encode(), b"[" + one.encode() + b"]", packet + one.encode() + b"\n\x00"):
        (sighting,) = read(tmp_path, content).sightings
        assert sighting.values(Trace.BRAND) == ("Dahua", "General")
        assert sighting.values(Trace.MAC) == ("4c:11:bf:00:00:09",)
        assert (sighting.address, sighting.kind, sighting.label) == ("192.0.2.9", "NVR", "")
        assert sighting.extra == {"HttpPort": "80"}
    assert len(read(tmp_path, f"{one}\n{one}\n").sightings) == 2


def test_an_empty_dhip_answer_is_unread_and_stops_nothing(tmp_path: Path) -> None:
    empty = {"method": "client.notifyDevInfo", "params": {"deviceInfo": {}}}
    result = read(tmp_path, json.dumps([empty, DHIP]))
    assert (result.records, [p.place for p in result.unread]) == (2, ["answer 1"])


def test_onvif_probe_matches_give_scopes_macs_and_addresses(tmp_path: Path) -> None:
    content = SOAP.format(matches="".join(MATCH.format(n=n) for n in (1, 2)) + "<d:ProbeMatch/>")
    result = read(tmp_path, content, "probe.xml")
    assert [s.address for s in result.sightings] == ["192.0.2.1", "192.0.2.2"]
    assert result.sightings[0].values(Trace.MAC) == ("00-40-8c-00-00-01",)
    assert result.sightings[0].values(Trace.ONVIF_SCOPE)[0] == "onvif://www.onvif.org/name/Cam%201"
    assert (result.records, [p.place for p in result.unread]) == (3, ["ProbeMatch 3"])


def test_onvif_json_is_read_in_any_spelling_of_its_keys(tmp_path: Path) -> None:
    result = read(tmp_path, json.dumps([
        {"Manufacturer": "General", "model": "N864A6", "serial_number": "1", "FirmwareVersion": "2",
         "hardware_id": "3", "XAddrs": ["http://192.0.2.5/onvif"], "scopes": "onvif://www.onvif.org/name/A"},
    ]))  # fmt: skip
    (sighting,) = result.sightings
    assert [sighting.values(t) for t in (Trace.BRAND, Trace.MODEL, Trace.SERIAL, Trace.FIRMWARE)] == [
        ("General",), ("N864A6",), ("1",), ("2",),
    ]  # fmt: skip
    assert (sighting.address, dict(sighting.extra)) == ("192.0.2.5", {"hardwareid": "3"})


def test_onvif_scopes_that_are_no_texts_are_left_out(tmp_path: Path) -> None:
    content = json.dumps([{"scopes": 1, "model": "A onvif://"}, {"scopes": [None, {}], "xaddrs": 3}])
    result = read(tmp_path, content)
    assert [s.values(Trace.ONVIF_SCOPE) for s in result.sightings] == [("1",)]
    assert [p.place for p in result.unread] == ["answer 2"]


def test_points_of_a_map_are_devices_only_when_they_are_surveillance(tmp_path: Path) -> None:
    features: list[Any] = [
        {"geometry": {"type": "Point", "coordinates": [5.1, 52.1]}, "properties": {
            "man_made": "surveillance", "manufacturer": "HIK Vision", "brand": "Xylo", "camera:model": "M",
            "operator": "Y"}},
        {"geometry": {"type": "Point", "coordinates": [500, 1]}, "properties": {"surveillance:type": "ALPR"}},
        {"geometry": None, "properties": {"shop": "bakery", "brand": "Bakker"}},
        {"geometry": None},
    ]  # fmt: skip
    result = read(tmp_path, json.dumps({"type": "FeatureCollection", "features": features}))
    first, second = result.sightings
    assert dict(first.traces) == {Trace.BRAND: ("HIK Vision", "Xylo"), Trace.MODEL: ("M",)}
    assert (first.latitude, first.longitude, first.organisation) == (52.1, 5.1, "Y")
    assert (second.latitude, second.kind, second.citation.place) == (None, "ALPR", "feature 2")
    assert (result.records, [p.place for p in result.problems]) == (4, ["feature 2"])
    assert ([row.place for row in result.left_out], [p.place for p in result.unread]) == (
        ["feature 3"],
        ["feature 4"],
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cut.json", '{"data": {"DeviceInfo": {"model": "DS-1"'),
        ("cut.xml", ISAPI[:200]),
        ("cut.geojson", '{"type": "FeatureCollection", "features": ['),
        ("deep.json", '{"DeviceInfo": {"a": ' + "[" * 100_000),
        ("none.json", '{"a": "onvif://", "b": ["GetDeviceInformationResponse"'),
    ],
)
def test_answers_that_are_cut_off_are_errors_that_name_the_file(
    tmp_path: Path, name: str, content: str
) -> None:
    with pytest.raises(InputFileError, match=name):
        read(tmp_path, content, name)


@pytest.mark.parametrize("document", [ISAPI, SOAP.format(matches=MATCH.format(n=1))])
def test_answers_that_declare_entities_are_refused(tmp_path: Path, document: str) -> None:
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    bomb = document.replace('<?xml version="1.0"?>', f'<!DOCTYPE x [<!ENTITY a0 "ha">{laughs}]>')
    with pytest.raises(UnsafeXmlError):
        read(tmp_path, bomb.replace("hal", "&a11;").replace("Cam%20", "&a11;"), "bomb.xml")


@pytest.mark.parametrize("content", ["[" * 100_000, '{"a": ' + "9" * 5_000 + "}", '{"a":' * 20_000])
def test_a_text_of_brackets_or_a_long_number_is_refused_soon(content: str, tmp_path: Path) -> None:
    path = tmp_path / "hostile.json"
    path.write_text(content)
    start = time.process_time()
    with pytest.raises(InputFileError, match="there is no whole discovery answer"):
        read_inventory(path, kind="dahua-dhip")
    assert time.process_time() - start < 1
