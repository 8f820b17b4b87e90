"""nmap scans: what becomes a trace, what stays silent, damaged files, bombs."""

from pathlib import Path

import pytest

from overzicht.devices import Trace
from overzicht.errors import InputFileError
from overzicht.sources.inventories import InventoryResult, read_inventory
from overzicht.sources.inventories.nmap.host import script_traces
from overzicht.sources.inventories.xml import UnsafeXmlError

HEAD = '<?xml version="1.0"?>\n<!DOCTYPE nmaprun>\n<nmaprun scanner="nmap" version="7.93">\n'
CAMERA = """<host><status state="up"/><address addr="192.0.2.1" addrtype="ipv4"/>
<address addr="44:19:B6:00:00:01" addrtype="mac" vendor="Hangzhou Hikvision Digital Technology"/>
<hostnames><hostname name="cam1.example" type="PTR"/></hostnames><ports>
<port protocol="tcp" portid="80"><state state="open"/><service name="http" product="Some httpd" version="1.2"
 extrainfo="beta" devicetype="webcam" method="probed"/><script id="http-title" output="Login&#xa;Requested"/>
<script id="http-favicon" output="Unknown favicon MD5: 0123456789ABCDEF0123456789ABCDEF"/></port>
<port protocol="tcp" portid="443"><state state="open"/><service name="http" tunnel="ssl" method="table"/>
<script id="ssl-cert"
 output="Subject: commonName=cam/organizationName=Maker&#xa;Issuer: commonName=CA"/></port>
<port protocol="tcp" portid="22"><state state="closed"/><service name="ssh" product="Hidden sshd"/></port>
</ports><os><osmatch name="Linux 3.2" accuracy="95"/></os></host>
"""
SILENT = '<host><status state="up"/><address addr="192.0.2.2" addrtype="ipv4"/></host>\n'
DOWN = '<host><status state="down"/><address addr="192.0.2.3" addrtype="ipv4"/></host>\n'
HINT = '<hosthint><status state="up"/><address addr="192.0.2.1" addrtype="ipv4"/></hosthint>\n'
TAIL = '<runstats><hosts up="2" down="1" total="3"/></runstats></nmaprun>\n'


def read(folder: Path, content: str, name: str = "scan.xml") -> InventoryResult:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return read_inventory(path)


def test_a_host_gives_its_traces_and_a_silent_one_is_only_counted(tmp_path: Path) -> None:
    result = read(tmp_path, HEAD + HINT + CAMERA + SILENT + DOWN + TAIL)
    assert (result.kind, result.records, result.problems) == ("nmap-xml", 2, ())
    (sighting,) = result.sightings
    assert dict(sighting.traces) == {
        Trace.MAC: ("44:19:B6:00:00:01",),
        Trace.MAC_REGISTRANT: ("Hangzhou Hikvision Digital Technology",),
        Trace.PRODUCT: ("Some httpd",),
        Trace.BANNER: ("http: Some httpd 1.2 (beta)",),
        Trace.HTTP_TITLE: ("Login",),
        Trace.FAVICON_MD5: ("0123456789abcdef0123456789abcdef",),
        Trace.CERTIFICATE: ("commonName=cam/organizationName=Maker", "commonName=CA"),
        Trace.OS_GUESS: ("Linux 3.2",),
    }
    assert (sighting.label, sighting.address, sighting.kind) == ("cam1.example", "192.0.2.1", "webcam")
    assert sighting.extra["open ports"] == "80/tcp http, 443/tcp https"
    assert sighting.citation.place == "host 1 (192.0.2.1)"
    assert [(str(row.reason), row.records) for row in result.left_out] == [
        ("A host that was up and showed nothing by which a device could be known", 1)
    ]


def test_a_file_cut_inside_a_host_gives_the_hosts_and_says_what_is_cut(tmp_path: Path) -> None:
    result = read(tmp_path, HEAD + CAMERA + SILENT.replace("192.0.2.2", "192.0.2.9") + CAMERA[:220])
    assert (result.records, len(result.sightings)) == (3, 1)
    fault = result.problems[0]
    assert "Hosts before the fault: 2; hosts read in all, each by itself: 2" in str(fault.reason)
    assert [problem.place for problem in result.unread] == ["host 3 (192.0.2.1)"]
    assert result.end is not None
    assert result.end.is_whole is False


def test_a_second_run_in_the_same_file_is_read_host_by_host(tmp_path: Path) -> None:
    other = CAMERA.replace("192.0.2.1", "192.0.2.4").replace("00:00:01", "00:00:04")
    result = read(tmp_path, HEAD + CAMERA[:300] + other + TAIL)
    assert [s.address for s in result.sightings] == ["192.0.2.4"]
    assert [problem.place for problem in result.unread] == ["host 1 (192.0.2.1)"]
    assert result.sightings[0].values(Trace.PRODUCT) == ("Some httpd",)


def test_whole_scans_one_after_another_are_read_and_a_host_of_both_is_one_device(tmp_path: Path) -> None:
    second = SILENT.replace("192.0.2.2", "192.0.2.1").replace("</host>", RTSP + "</host>")
    result = read(tmp_path, HEAD + CAMERA + TAIL + HEAD + second + TAIL)
    assert (result.records, result.merged, result.problems, result.unread) == (2, 1, (), ())
    assert result.sightings[0].extra["open ports"] == "80/tcp http, 443/tcp https, 554/tcp rtsp"


RTSP = (
    '<ports><port protocol="tcp" portid="554"><state state="open"/>'
    '<service name="rtsp" method="table"/></port></ports>'
)


def test_an_open_port_of_cameras_makes_a_host_a_device_of_unknown_maker(tmp_path: Path) -> None:
    cameras = [
        SILENT.replace("192.0.2.2", f"192.0.2.{n}").replace("</host>", RTSP + "</host>") for n in (5, 6)
    ]
    result = read(tmp_path, HEAD + "".join(cameras) + SILENT + TAIL)
    assert [(s.address, s.kind, dict(s.traces)) for s in result.sightings] == [
        ("192.0.2.5", "", {}),
        ("192.0.2.6", "", {}),
    ]
    assert [row.place for row in result.left_out] == ["host 3 (192.0.2.2)"]


def test_hosts_that_the_scan_announces_and_that_are_missing_are_reported(tmp_path: Path) -> None:
    result = read(tmp_path, HEAD + CAMERA + "<broken" + TAIL)
    assert "says that 2 hosts were up; 1 could be read" in str(result.problems[-1].reason)


def test_a_damaged_file_without_hosts_is_an_error_with_the_line(tmp_path: Path) -> None:
    with pytest.raises(InputFileError, match=r"line \d+: not well-formed"):
        read(tmp_path, HEAD + "<scaninfo <")


@pytest.mark.parametrize("reference", ["&a;", ""])
def test_declared_entities_are_refused(tmp_path: Path, reference: str) -> None:
    bomb = '<!DOCTYPE nmaprun [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    content = HEAD.replace("<!DOCTYPE nmaprun>", bomb) + CAMERA.replace("Linux 3.2", reference) + TAIL
    with pytest.raises(UnsafeXmlError):
        read(tmp_path, content)


def test_an_external_entity_is_refused_and_not_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("geheim", encoding="utf-8")
    content = HEAD.replace(
        "<!DOCTYPE nmaprun>", f'<!DOCTYPE nmaprun [<!ENTITY a SYSTEM "file://{secret}">]>'
    ) + CAMERA.replace("Login", "&a;")
    with pytest.raises(UnsafeXmlError) as caught:
        read(tmp_path, content + TAIL)
    assert "geheim" not in str(caught.value)


def test_the_text_that_nmap_prints_is_read(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        """# Nmap 7.93 scan initiated as: nmap -A -oN scan.txt 192.0.2.0/29
Nmap scan report for cam1.example (192.0.2.1)
Host is up (0.0010s latency).
Not shown: 996 closed ports
PORT     STATE    SERVICE VERSION
80/tcp   open     http    Some camera httpd 1.2
| http-title: Camera
|_Requested resource was http://192.0.2.1/doc
443/tcp  open     ssl/http nginx
| ssl-cert: Subject: commonName=cam
| Issuer: commonName=CA
|_Not valid after:  2031-01-01T00:00:00
554/tcp  filtered rtsp    Secret rtspd
MAC Address: 44:19:B6:00:00:01 (Hangzhou Hikvision Digital Technology)
Aggressive OS guesses: Linux 3.2 - 4.9 (96%), AXIS 210A Network Camera (Linux 2.6) (93%)
Service Info: Host: cam; Device: webcam

Nmap scan report for 192.0.2.2
Host is up.
All 1000 scanned ports are closed

Nmap scan report for 192.0.2.3 [host down]
""",
        "scan.txt",
    )
    (sighting,) = result.sightings
    assert (result.kind, result.records) == ("nmap-text", 2)
    assert dict(sighting.traces) == {
        Trace.MAC: ("44:19:B6:00:00:01",),
        Trace.MAC_REGISTRANT: ("Hangzhou Hikvision Digital Technology",),
        Trace.PRODUCT: ("Some camera httpd 1.2", "nginx"),
        Trace.HTTP_TITLE: ("Camera",),
        Trace.CERTIFICATE: ("commonName=cam", "commonName=CA"),
        Trace.OS_GUESS: ("Linux 3.2 - 4.9", "AXIS 210A Network Camera (Linux 2.6)"),
    }
    assert (sighting.label, sighting.kind, sighting.citation.place) == (
        "cam1.example", "webcam", "line 2 (192.0.2.1)",
    )  # fmt: skip


def test_text_and_xml_in_the_encoding_of_powershell_are_read(tmp_path: Path) -> None:
    text = "Nmap scan report for 192.0.2.1\r\nMAC Address: 44:19:B6:00:00:01 (Hikvision)\r\n"
    for name, content in (("scan.txt", text), ("scan.xml", (HEAD + CAMERA + TAIL).split("\n", 1)[1])):
        path = tmp_path / name
        path.write_bytes(content.encode("utf-16"))
        (sighting,) = read_inventory(path).sightings
        assert sighting.values(Trace.MAC) == ("44:19:B6:00:00:01",)


@pytest.mark.parametrize(
    ("script", "output", "traces"),
    [
        ("http-title", "Site doesn't have a title (text/html).", []),
        ("http-title", "Did not follow redirect to https://192.0.2.1/", []),
        ("http-server-header", "DNVRS-Webs", ["http: DNVRS-Webs"]),
        ("http-server-header", "Software version grabbed.\nConsider submitting.\nApp-webs/",
         ["http: App-webs/"]),
        ("http-generator", "ERROR: Script execution failed (use -d to debug)", []),
        ("http-auth", "\nHTTP/1.1 401 Unauthorized\n  Digest qop=auth realm=IP Camera(E1) nonce=1",
         ["http-auth: IP Camera(E1)"]),
        ("http-favicon", "-1616143106", ["-1616143106"]),
        ("snmp-sysdescr", "Network Camera\nSystem uptime: 1 day", [
            "snmp: Network Camera", "snmp: System uptime: 1 day"]),
        ("upnp-info", "192.0.2.1\n  Server: Linux UPnP\n  Manufacturer: Maker\n  Name: Cam", [
            "upnp: Server: Linux UPnP", "upnp: Manufacturer: Maker", "upnp: Name: Cam"]),
        ("ssh-hostkey", "2048 aa:bb (RSA)", []),
    ],
)  # fmt: skip
def test_scripts_say_what_they_saw_and_nothing_of_their_own(
    script: str, output: str, traces: list[str]
) -> None:
    assert [value for _, value in script_traces(script, output, "http", {}) if value] == traces


@pytest.mark.parametrize(("kind", "content"), [("nmap-text", "3"), ("nmap-xml", "<a/>")])
def test_a_file_that_is_not_a_scan_is_refused_under_a_given_kind(
    kind: str, content: str, tmp_path: Path
) -> None:
    path = tmp_path / "other.txt"
    path.write_text(content)
    with pytest.raises(InputFileError, match="there is no nmap scan in it"):
        read_inventory(path, kind=kind)


def test_a_scan_without_a_host_is_read(tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.write_text("# Nmap 7.94 scan initiated\n# Nmap done -- 256 IP addresses (0 hosts up) scanned\n")
    assert read_inventory(path, kind="nmap-text").records == 0
