"""Walks of SNMP agents: one agent is one device, by the objects and numbers that makers use."""

from pathlib import Path

import pytest

from overzicht.devices import Trace
from overzicht.errors import InputFileError
from overzicht.sources.inventories import read_inventory

AXIS = (
    "1.3.6.1.2.1.1.1.0|4|; AXIS P3245-LVE; Network Camera; 9.80.1; Jan 01 2020 09:50; 1;\n"
    "1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.368\n1.3.6.1.2.1.1.5.0|4|<private>\n"
)
WALK = """SNMPv2-MIB::sysDescr.0 = STRING: Recorder
SNMPv2-MIB::sysObjectID.0 = OID: SNMPv2-SMI::enterprises.1004849.3.2.10
SNMPv2-MIB::sysName.0 = STRING: nvr-hal
SNMPv2-MIB::sysLocation.0 = STRING: Stadhuis
IF-MIB::ifPhysAddress.1 = STRING:
IF-MIB::ifPhysAddress.2 = STRING: 3c:ef:8c:0:0:1
IP-MIB::ipAdEntAddr.127.0.0.1 = IpAddress: 127.0.0.1
IP-MIB::ipAdEntAddr.192.0.2.1 = IpAddress: 192.0.2.1
SNMPv2-SMI::enterprises.1004849.2.1.2.4.0 = STRING: "2M00D2A00000001"
SNMPv2-SMI::enterprises.1004849.2.1.2.6.0 = STRING: "NVR4108HS-8P"
"""
SWITCH = """.1.3.6.1.2.1.1.1.0 = STRING: "ProCurve J9280A Switch 2510G-48"
.1.3.6.1.2.1.47.1.1.1.1.11.1 = STRING: "CN000XI001"
.1.3.6.1.2.1.47.1.1.1.1.12.1 = STRING: "HP"
.1.3.6.1.2.1.47.1.1.1.1.13.1 = STRING: "J9280A"
.1.3.6.1.2.1.47.1.1.1.1.11.2 = STRING: "PART0001"
.1.3.6.1.2.1.17.1.1.0 = Hex-STRING: 00 1B 3F 00 00 01
"""
# A printer with a second interface, which describes itself among the devices of its host.
PRINTER = """SNMPv2-MIB::sysObjectID.0 = OID: SNMPv2-SMI::enterprises.11.2.3.9.1
SNMPv2-MIB::sysName.0 = STRING: balie-printer
IF-MIB::ifPhysAddress.3 = STRING: 0:1b:3f:0:0:2
IF-MIB::ifPhysAddress.5 = STRING: 2:1b:3f:0:0:2
IP-MIB::ipAdEntAddr.192.0.2.8 = IpAddress: 192.0.2.8
IP-MIB::ipAdEntAddr.198.51.100.1 = IpAddress: 198.51.100.1
IP-MIB::ipAdEntIfIndex.192.0.2.8 = INTEGER: 3
IP-MIB::ipAdEntIfIndex.198.51.100.1 = INTEGER: 5
HOST-RESOURCES-MIB::hrDeviceType.1 = OID: HOST-RESOURCES-TYPES::hrDeviceProcessor
HOST-RESOURCES-MIB::hrDeviceType.2 = OID: HOST-RESOURCES-TYPES::hrDevicePrinter
HOST-RESOURCES-MIB::hrDeviceDescr.1 = STRING: ARM core
HOST-RESOURCES-MIB::hrDeviceDescr.2 = STRING: Tango X 12 series
"""
# The private objects of a maker; the bytes of an address, and a mask that is none.
PRIVATE = (
    "1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.39165\n"
    "1.3.6.1.4.1.39165.1.4.0|4x|34342d31392d42362d30302d30302d3031\n"
    "1.3.6.1.4.1.39165.1.16.0|64x|c0000201\n1.3.6.1.4.1.39165.1.17.0|64x|ffffff00\n"
)


@pytest.mark.parametrize(
    ("content", "traces", "others"),
    [
        (PRIVATE, {Trace.BRAND: "Hikvision", Trace.MAC: "44-19-B6-00-00-01"}, ("", "", "192.0.2.1")),
        (
            PRINTER,
            {Trace.BRAND: "HP", Trace.MODEL: "Tango X 12 series", Trace.MAC: "0:1b:3f:0:0:2"},
            ("balie-printer", "", "192.0.2.8"),
        ),
        (AXIS, {Trace.BRAND: "AXIS", Trace.MODEL: "P3245-LVE"}, ("", "", "")),
        (
            WALK,
            {
                Trace.BRAND: "Dahua",
                Trace.MODEL: "NVR4108HS-8P",
                Trace.SERIAL: "2M00D2A00000001",
                Trace.MAC: "3c:ef:8c:0:0:1",
            },
            ("nvr-hal", "Stadhuis", "192.0.2.1"),
        ),
        (
            SWITCH,
            {Trace.BRAND: "HP", Trace.MODEL: "J9280A", Trace.SERIAL: "CN000XI001", Trace.MAC: "001B3F000001"},
            ("", "", ""),
        ),
    ],
)
def test_the_lines_of_an_agent_are_one_device(
    content: str, traces: dict[Trace, str], others: tuple[str, str, str], tmp_path: Path
) -> None:
    path = tmp_path / "agent.txt"
    path.write_text(content, encoding="utf-8")
    result = read_inventory(path)
    (sighting,) = result.sightings
    assert (result.kind, result.records) == ("snmp", 1)
    assert {t: ", ".join(v) for t, v in sighting.traces.items() if t != Trace.DESCRIPTION} == traces
    assert (sighting.label, sighting.site, sighting.address) == others


def test_a_walk_that_says_nothing_of_the_device_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "agent.snmprec"
    path.write_text("1.3.6.1.2.1.1.3.0|67|24641813\n1.3.6.1.2.1.2.1.0|2|4\n", encoding="utf-8")
    with pytest.raises(InputFileError, match="do not say what the device is"):
        read_inventory(path)
