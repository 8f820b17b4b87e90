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


NEXUS = """\
VLAN      MAC Address       Type    Age       Port
---------+-----------------+-------+---------+------------------------------
40        accc.8e00.0201    dynamic 150       Eth1/5
0         accc.8e00.0202    dynamic 0         drop
"""
JUNOS = """\
MAC Address       Address         Name           Interface        Flags
ac:cc:8e:00:02:11 192.0.2.31      werf-cam       ge-0/0/1.0       none
ac:cc:8e:00:02:12 192.0.2.32      192.0.2.32     irb.40 [ge-0/0/2.0] permanent remote
"""
CHASSIS = """\
Hardware inventory:
Item             Version  Part number  Serial number     Description
Chassis                                ZZ0000000001      Virtual Chassis
Routing Engine 0          BUILTIN      BUILTIN           RE-EX0000
FPC 0            REV 01   650-000000   ZZ0000000002      EX0000-48T
    Xcvr 4       REV 02   740-000000   ZZ0000000003      SFP-T
  Fan Tray 0                                             Front to Back
"""
MEMBERS = """\
Cisco IOS Software, C3750E Software (C3750E-UNIVERSALK9-M), Version 15.0(2)SE1, RELEASE SOFTWARE (fc1)
ROM: Bootstrap program is C3750E boot loader
zand-sw1 uptime is 3 weeks, 2 days, 1 hour, 5 minutes
System image file is "flash:/c3750e.bin"
cisco WS-C3750X-48P (PowerPC405) processor (revision A0) with 262144K bytes of memory.
Processor board ID FDO0000X0A1
32K bytes of flash-simulated non-volatile configuration memory.
Switch Ports Model              SW Version            SW Image
------ ----- -----              ----------            ----------
Base Ethernet MAC Address          : 38:AF:29:00:03:00
Motherboard serial number          : FDO0000X9Z9
Model number                       : WS-C3750X-48P-S
System serial number               : FDO0000X0A1
Switch 02
Base Ethernet MAC Address          : 38:AF:29:00:04:00
Model number                       : WS-C3750X-24P-S
System serial number               : FDO0000X0C3
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
    unknown = "Name   Cabinet  MAC Address        Address\n"
    result = read(tmp_path, f"{unknown}cam-1  K1       ac:cc:8e:00:00:01  192.0.2.1\n")
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


def serials(result: InventoryResult) -> list[str]:
    return [value for sighting in result.sightings for value in sighting.values(Trace.SERIAL)]


def test_a_text_about_a_stack_gives_a_device_for_each_member(tmp_path: Path) -> None:
    result = read(tmp_path, MEMBERS)
    assert serials(result) == ["FDO0000X0A1", "FDO0000X0C3"]
    assert macs(result) == ["38:AF:29:00:03:00", "38:AF:29:00:04:00"]
    assert len({s.id for s in result.sightings}) == 2
    assert (result.records, result.unread) == (2, ())


def test_a_device_can_write_its_address_without_signs_between(tmp_path: Path) -> None:
    content = (
        "Firmware Version        : V5.13(ZZZZ.1)C0\n"
        "Vendor Name             : Zyxel Communications Corp.\n"
        "Product Model           : VMG0000-B10D\n"
        "Serial Number           : S000Z00000001\n"
        "First MAC Address       : ACCC8E000301\n"
        "Last MAC Address        : ACCC8E00030C\n"
    )
    result = read(tmp_path, content)
    assert (macs(result), serials(result)) == (["ACCC8E000301"], ["S000Z00000001"])


def test_the_stack_as_a_whole_is_no_device(tmp_path: Path) -> None:
    member = (
        "Member ID : {}\n\tMAC Address : 38:af:29:00:05:0{}\n\tSerial Number : SG00AAA00{}\n\tStatus : Up\n"
    )
    members = "".join(member.format(n, n, n) for n in (1, 2))
    result = read(tmp_path, f"VSF Stack\n\tMAC Address : 38:af:29:00:05:01\n\tTopology : chain\n{members}")
    assert serials(result) == ["SG00AAA001", "SG00AAA002"]
    assert reasons(result) == ["A part of a device, or the stack that the devices make up together"]


def test_of_a_virtual_chassis_the_chassis_is_the_device(tmp_path: Path) -> None:
    result = read(tmp_path, "{master:0}\n" + CHASSIS)
    assert (serials(result), result.unread) == (["ZZ0000000001"], ())
    assert len(reasons(result)) == 4


def test_a_name_can_have_the_serial_number_behind_it(tmp_path: Path) -> None:
    result = read(tmp_path, CDP.replace("hal-camera", "zand-sw2(FDO0000X0A1)"))
    assert (result.sightings[0].label, serials(result)) == ("zand-sw2", ["FDO0000X0A1"])


def test_the_time_of_an_answer_is_no_neighbour(tmp_path: Path) -> None:
    result = read(tmp_path, "Mon Jan  8 10:00:00.123 UTC\n" + LLDP.replace("accc.8e00.0101", "Gi0/2"))
    assert [s.label for s in result.sightings] == ["hal-camera"]


def test_totals_and_headers_are_no_neighbours(tmp_path: Path) -> None:
    content = (
        "LLDP Neighbor Information\n=========================\n\nTotal Neighbor Entries          : 2\n\n"
        "LOCAL-PORT  CHASSIS-ID         PORT-ID            PORT-DESC   TTL   SYS-NAME\n"
        "----------------------------------------------------------------------------\n"
        "1/1/1       ac:cc:8e:00:04:01  1/5/20             uplink      120   hal cam\n"
        "1/1/5       192.0.2.41         ac:cc:8e:00:04:02              3601\n"
    )
    result = read(tmp_path, content)
    assert macs(result) == ["ac:cc:8e:00:04:01", "ac:cc:8e:00:04:02"]
    assert [s.label for s in result.sightings] == ["hal cam", ""]
    strange = content.replace("SYS-NAME", "SYSTEM").replace("LOCAL-PORT", "LOCAL")
    assert "TTL" not in [s.label for s in read(tmp_path, strange).sightings]


def test_a_row_with_the_address_of_the_switch_itself_is_a_device(tmp_path: Path) -> None:
    content = (
        "Interface      IP Address       MAC Address        Type\n"
        "-------------  ---------------  -----------------  ---------------\n"
        "System         192.0.2.1        AC-CC-8E-00-05-01  Dynamic\n"
        "System         192.0.2.2        38-AF-29-00-05-02  Local\n"
        "System         192.0.2.255      FF-FF-FF-FF-FF-FF  Local/Broadcast\n"
    )
    assert macs(read(tmp_path, content)) == ["AC-CC-8E-00-05-01", "38-AF-29-00-05-02"]


def test_a_command_alone_begins_an_answer_and_gives_its_indent(tmp_path: Path) -> None:
    lines = f"show arp\n{JUNOS}show mac address-table\n{NEXUS}".splitlines()
    result = read(tmp_path, "\n".join(f"        {line}" for line in lines))
    assert macs(result) == [
        "ac:cc:8e:00:02:11",
        "ac:cc:8e:00:02:12",
        "accc.8e00.0201",
        "accc.8e00.0202",
    ]


@pytest.mark.parametrize("prompt", ["<zand-sw1>", "[zand-sw1]"])
def test_a_prompt_between_brackets_is_not_taken_for_another_kind(tmp_path: Path, prompt: str) -> None:
    content = (
        "MAC Address    VLAN/VSI/BD                       Learned-From        Type\n"
        "-------------------------------------------------------------------------------\n"
        "accc-8e00-0601 10/-/-                            XGE0/0/1            dynamic\n"
    )
    assert macs(read(tmp_path, f"{prompt}display mac-address\n{content}")) == ["accc-8e00-0601"]


@pytest.mark.parametrize(
    "content",
    [
        (
            "    Network Layer Address  Link Layer Address  Interface  vlan  prlvl age state  Time left\n"
            "ARP 192.0.2.51             accc.8e00.0701      Gi1/0/3    40    0005  3mn REACHABLE  83 s\n"
        ),
        (
            "MAC Address    AP Name      Type ID   State  Protocol Method  Role\n"
            "accc.8e00.0701 hal-ap-1     WLAN 19   Run    11ac     Dot1x   Local\n"
        ),
        (
            "Interface    MAC Address     Method   Domain   Status         Session ID\n"
            "Gi1/0/48     accc.8e00.0701  dot1x    DATA     Authz Success  0A0000B1000000102983C05C\n"
        ),
        " 205      accc.8e00.0701   dynamic ip,ipx,assigned,other GigabitEthernet8/8\n",
        (
            "Port:  1/11\n Violation        :               RESTRICT,\n\n MAC Address        VLAN   TYPE\n"
            "-------------------+------+------------\n ac:cc:8e:00:07:01    10   STATIC\n"
        ),
        "192.0.2.51   accc.8e00.0701  40   GigabitEthernet1/0/3   30   ACTIVE   ARP\n",
    ],
)
def test_lists_that_the_library_lacks_are_read(tmp_path: Path, content: str) -> None:
    result = read(tmp_path, content)
    assert (result.kind, [m.replace(":", "").replace(".", "") for m in macs(result)], result.unread) == (
        "switch-text",
        ["accc8e000701"],
        (),
    )


def test_a_product_that_the_end_cuts_from_its_port_is_half(tmp_path: Path) -> None:
    head = "Device ID        Local Intrfce     Holdtme    Capability  Platform  Port ID\n"
    rows = (
        "SEPACCC8E000901 Gig 1/0/33 152 H P M IP Phone Port 1\nSEPACCC8E000902 Gig 1/0/30 160 H P M IP Phone "
    )
    result = read(tmp_path, head + rows)
    assert [sighting.label for sighting in result.sightings] == ["SEPACCC8E000901"]
    assert len(result.unread) == 1
