"""Texts of switches: the template is found from the text alone, and every line is accounted for."""

import time
from pathlib import Path

import pytest

from overzicht.devices import Trace
from overzicht.sources.inventories import read_inventory
from overzicht.sources.inventories.interface import InventoryResult
from overzicht.sources.inventories.switches.recognition import read_section, sections
from overzicht.sources.inventories.switches.templates import LONGEST_LINE, templates

MAC_TABLE = """\
          Mac Address Table
-------------------------------------------

Vlan    Mac Address       Type        Ports
----    -----------       --------    -----
 All    0100.0ccc.cccc    STATIC      CPU
  40    accc.8e00.0101    DYNAMIC     Gi1/0/1
  40    38af.2900.0102    DYNAMIC     Gi1/0/2
  40    38af.2900.0199    STATIC      CPU
  41    38af.2900.0102    DYNAMIC     Gi1/0/2
Total Mac Addresses for this criterion: 5
"""
ARP = """\
Protocol  Address          Age (min)  Hardware Addr   Type   Interface
Internet  192.0.2.11              2   accc.8e00.0101  ARPA   Vlan40
Internet  192.0.2.12              0   Incomplete      ARPA
"""
CDP = """\
-------------------------
Device ID: hal-camera
Entry address(es):
  IP address: 192.0.2.11
Platform: AXIS P3245-LVE,  Capabilities: Host
Interface: GigabitEthernet1/0/4,  Port ID (outgoing port): eth0
Holdtime : 133 sec

Version :
AXIS OS 10.12

advertisement version: 2
-------------------------
Device ID: SEPACCC8E000105
Entry address(es):
Platform: Cisco IP Phone 8841,  Capabilities: Host Phone
Interface: GigabitEthernet1/0/5,  Port ID (outgoing port): Port 1
Holdtime : 133 sec

Version :
sip88xx.12

advertisement version: 2
"""
LLDP = """\
Capability codes:
    (R) Router, (B) Bridge, (T) Telephone, (C) DOCSIS Cable Device
    (W) WLAN Access Point, (P) Repeater, (S) Station, (O) Other

Device ID           Local Intf     Hold-time  Capability      Port ID
hal-camera          Gi1/0/1        120        S               accc.8e00.0101

Total entries displayed: 1
"""
PARTS = """\
NAME: "1", DESCR: "WS-C3750X-48P"
PID: WS-C3750X-48P-S   , VID: V02  , SN: FDO0000X0A1

NAME: "Switch 1 - Power Supply 0", DESCR: "FRU Power Supply"
PID: C3KX-PWR-715WAC   , VID: V01  , SN: LIT0000X0B2

NAME: "2", DESCR: "WS-C3750X-48P"
PID: WS-C3750X-48P-S   , VID: V02  , SN: FDO0000X0C3

NAME: "GigabitEthernet1/1/1", DESCR: "1000BaseSX SFP"
PID: Unspecified         , VID:      , SN: AGM0000X0D4
"""


def read(tmp_path: Path, content: str) -> InventoryResult:
    path = tmp_path / "input.txt"
    path.write_text(content, encoding="utf-8")
    return read_inventory(path)


def macs(result: InventoryResult) -> list[str]:
    return [value for sighting in result.sightings for value in sighting.values(Trace.MAC)]


def reasons(result: InventoryResult) -> list[str]:
    return [str(row.reason) for row in result.left_out if row.records]


def test_a_table_of_addresses_gives_a_device_for_each_address(tmp_path: Path) -> None:
    result = read(tmp_path, MAC_TABLE)
    assert (result.kind, macs(result), result.merged) == (
        "switch-text",
        ["accc.8e00.0101", "38af.2900.0102"],
        1,
    )
    assert reasons(result) == [
        "A group address, not a device",
        "The switch's own address, not a device of the list",
    ]
    assert (result.records, result.unread, result.proposal) == (5, (), None)


def test_a_row_without_mac_address_is_no_device(tmp_path: Path) -> None:
    result = read(tmp_path, ARP)
    assert [(s.address, *s.values(Trace.MAC)) for s in result.sightings] == [("192.0.2.11", "accc.8e00.0101")]
    assert len(reasons(result)) == 1


def test_neighbours_have_name_address_brand_and_model(tmp_path: Path) -> None:
    camera, phone = read(tmp_path, CDP).sightings
    assert (camera.label, camera.address, camera.kind) == ("hal-camera", "192.0.2.11", "Host")
    assert camera.values(Trace.BRAND) + camera.values(Trace.MODEL) == ("AXIS", "P3245-LVE")
    assert phone.values(Trace.MAC) == ("ACCC8E000105",)


def test_the_port_of_a_neighbour_can_be_its_address(tmp_path: Path) -> None:
    result = read(tmp_path, LLDP)
    assert ([s.label for s in result.sightings], macs(result)) == (["hal-camera"], ["accc.8e00.0101"])
    assert (result.records, result.unread) == (1, ())


def test_parts_of_a_switch_are_no_devices(tmp_path: Path) -> None:
    result = read(tmp_path, PARTS)
    serials = [value for s in result.sightings for value in s.values(Trace.SERIAL)]
    assert serials == ["FDO0000X0A1", "FDO0000X0C3"]
    assert reasons(result) == ["A part of a device: a module, power supply, fan or transceiver"] * 2


def test_several_answers_after_prompts_are_read_each(tmp_path: Path) -> None:
    content = f"zand-sw1#show mac address-table\n{MAC_TABLE}zand-sw1#sh ip arp\n{ARP}zand-sw1#\n"
    result = read(tmp_path, content)
    assert macs(result) == ["accc.8e00.0101", "38af.2900.0102", "accc.8e00.0101"]
    assert result.unread == ()


def test_a_line_that_the_template_does_not_explain_is_unread(tmp_path: Path) -> None:
    torn = MAC_TABLE.replace("  40    38af.2900.0102    DYNAMIC     Gi1/0/2", "  40    38af.2900.0102")
    result = read(tmp_path, torn.replace("Total", "What is this 38af.2900.0177\nTotal"))
    assert [problem.place for problem in result.unread] == ["line 8", "line 11"]


def test_a_record_that_the_end_cuts_is_not_lost(tmp_path: Path) -> None:
    result = read(tmp_path, LLDP.partition("\nTotal")[0] + "werf-cam")
    assert [s.label for s in result.sightings] == ["hal-camera"]
    assert [problem.place for problem in result.unread] == ["line 7"]


def test_a_text_that_no_template_explains_is_a_proposal(tmp_path: Path) -> None:
    junos = "MAC Address       Address         Name           Interface\n"
    result = read(tmp_path, f"{junos}ac:cc:8e:00:00:01 192.0.2.1 cam-1 ge-0/0/1\n")
    assert (result.kind, [s.label for s in result.sightings], result.proposal is not None) == (
        "text",
        ["cam-1"],
        True,
    )


def test_an_answer_that_no_template_explains_is_said(tmp_path: Path) -> None:
    unknown = "Kast | Adres | Poort\nK1 | accc.8e00.0109 | 12 a b c d\n"
    result = read(tmp_path, f"sw1#show mac address-table\n{MAC_TABLE}sw1#show cabinet\n{unknown}")
    assert macs(result) == ["accc.8e00.0101", "38af.2900.0102"]
    assert len(result.unread) == 1


@pytest.mark.parametrize("filler", [" ", "a", "1 ", "aa:", "0000.", "- ", "a  ", "\t", ", ", '"'])
def test_no_template_takes_long_for_a_hostile_line(filler: str) -> None:
    line = (filler * LONGEST_LINE)[: LONGEST_LINE - 1] + "!"
    begin = time.process_time()
    for template in templates():
        for state in template.parser.states.values():
            for rule in state:
                rule.regex_obj.match(line)
    assert time.process_time() - begin < 5


def test_a_longer_line_is_left_unexplained() -> None:
    (section,) = sections(
        [*MAC_TABLE.splitlines(), "  40    accc.8e00.0107    DYNAMIC     " + "x" * LONGEST_LINE]
    )
    found = read_section(section)
    assert found is not None
    assert found[1].refused == [12]
