"""nmap XML: hosts one by one from a whole file, and from the pieces of a damaged one."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from overzicht.errors import InputFileError
from overzicht.safexml import SAFE_XML
from overzicht.sources.inventories.nmap.host import Host, Port, Script
from overzicht.sources.inventories.origin import Origin
from overzicht.sources.inventories.xml import UnsafeXmlError, refuse_entities, safe_parser

_HOST_START = re.compile(rb"<host[\s>]")
_HOST_END = b"</host>"
_UP_COUNT = re.compile(rb"<hosts\s[^<>]*?\bup=[\"'](\d+)[\"']")


@dataclass(slots=True)
class Scan:
    """The hosts that were up, and how well the file could be read.

    `fault` is the parser's word on the first fault, empty for well-formed scans. `damaged` are the places of
    hosts that are closed and not well-formed, `torn` of those that the end or a new host cuts, `lost` of
    those that gave nothing. `announced` is the number of hosts up by the scan's own closing line, None if it
    has none.
    """

    hosts: list[Host] = field(default_factory=list)
    fault: str = ""
    fault_line: int = 0
    before_fault: int = 0
    damaged: list[str] = field(default_factory=list)
    torn: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    announced: int | None = None


def read_scan(origin: Origin) -> Scan:
    """Return the hosts of a scan; a file that is not well-formed is read host by host.

    Raises UnsafeXmlError when the file declares entities.
    """
    scan = Scan()
    try:
        scan.hosts = [host for host in _stream(origin) if host is not None]
    except etree.XMLSyntaxError as error:
        data = origin.read_bytes()
        if b"<!ENTITY" in data[: data.find(b"<nmaprun")]:
            raise UnsafeXmlError(origin.filename) from error
        scan.fault, scan.fault_line = error.msg or "not well-formed", error.lineno or 0
        # Read each `<host>` piece by itself; a piece that a new host interrupts is read as far as it goes
        starts = [match.start() for match in _HOST_START.finditer(data)]
        fault_at = sum(len(part) for part in data.splitlines(keepends=True)[: max(scan.fault_line - 1, 0)])
        for number, start in enumerate(starts, start=1):
            limit = starts[number] if number < len(starts) else len(data)
            end = data.find(_HOST_END, start, limit)
            piece = data[start : end + len(_HOST_END)] if end >= 0 else data[start:limit]
            host, is_whole = _read_piece(piece, number)
            if host is None:
                if not is_whole:
                    scan.lost.append(f"host {number}")
                continue
            if end < 0:
                scan.torn.append(host.place)
                continue
            if not is_whole:
                scan.damaged.append(host.place)
            scan.before_fault += is_whole and start + len(piece) <= fault_at
            scan.hosts.append(host)
        closing = _UP_COUNT.findall(data)
        scan.announced = int(closing[0]) if closing else None
        runs = len(re.findall(rb"<nmaprun[\s>]", data))
        if runs > 1 and runs == data.count(b"</nmaprun>") and not (scan.damaged or scan.torn or scan.lost):
            scan.fault, scan.announced = "", None  # whole scans, one after another
    return scan


def together(hosts: Iterable[Host]) -> list[Host]:
    """Return the entries of one address, such as those of two runs or of each port, as one host.

    Two MAC addresses are two hosts: the network gave the address to another device.
    """
    by_address: dict[str, list[Host]] = {}
    for host in hosts:
        others = by_address.setdefault(host.address or host.mac or host.place, [])
        same = next(
            (other for other in others if not (other.mac and host.mac) or other.mac == host.mac), None
        )
        if same is None:
            others.append(host)
        else:
            same.take_over(host)
    return [host for others in by_address.values() for host in others]


def _stream(origin: Origin) -> Iterator[Host | None]:
    with origin.file.open() as stream:
        context = etree.iterparse(
            stream, events=("start", "end"), tag=("nmaprun", "host", "runstats"), **SAFE_XML
        )
        number, seen = 0, set[str]()
        for event, element in context:
            seen.add(element.tag)
            if event == "start":
                if element.tag == "nmaprun":
                    refuse_entities(element, origin.filename)
                continue
            if element.tag == "host":
                number += 1
                yield host_of(element, number)
                element.clear()
        if not number and not {"nmaprun", "runstats"} <= seen:
            raise InputFileError(origin.filename, "there is no nmap scan in it", fix="save the scan with -oX")


def _read_piece(piece: bytes, number: int) -> tuple[Host | None, bool]:
    """Return the host of a piece and whether the piece was whole XML."""
    try:
        return host_of(etree.fromstring(piece, safe_parser()), number), True
    except etree.XMLSyntaxError:
        pass
    try:
        element = etree.fromstring(piece, safe_parser(recover=True))
    except etree.XMLSyntaxError:
        return None, False
    return (None if element is None else host_of(element, number)), False


def host_of(element: etree._Element, number: int) -> Host | None:
    """Return the host of a `<host>` element, or None when it was not up."""
    status = element.find("status")
    if status is not None and status.get("state") != "up":
        return None
    host = Host("", is_seen_by_port=status is None)  # masscan writes no status
    for address in element.iterfind("address"):
        if address.get("addrtype") == "mac":
            host.mac, host.vendor = address.get("addr", ""), address.get("vendor", "")
        elif not host.address:
            host.address = address.get("addr", "")
    host.place = f"host {number} ({host.address})" if host.address else f"host {number}"
    host.names = [name.get("name", "") for name in element.iterfind("hostnames/hostname") if name.get("name")]
    for port in element.iterfind("ports/port"):
        state = port.find("state")
        if state is not None and state.get("state", "").startswith("open"):
            opened = Port(f"{port.get('portid', '')}/{port.get('protocol', '')}")
            service = port.find("service")
            if service is not None:
                name = service.get("name", "")
                opened.service = f"{name}s" if name == "http" and service.get("tunnel") == "ssl" else name
                opened.product = service.get("product", "")
                opened.version = service.get("version", "")
                opened.extra = service.get("extrainfo", "")
                opened.device_type = service.get("devicetype", "")
                opened.hostname = service.get("hostname", "")
                opened.os_type = service.get("ostype", "")
            host.ports.append(opened)
            host.scripts += [_script(script, opened.service) for script in port.iterfind("script")]
    host.scripts += [_script(script, "") for script in element.iterfind("hostscript/script")]
    host.os_guesses = [m.get("name", "") for m in element.iterfind("os/osmatch") if m.get("name")]
    return host


def _script(element: etree._Element, service: str) -> Script:
    script = Script(element.get("id", ""), element.get("output", ""), service)
    for item in element.iterfind("elem"):
        script.elements[item.get("key", "")] = item.text or ""
    for table in element.iterfind("table"):
        for item in table.iterfind("elem"):
            script.elements[f"{table.get('key', '')}.{item.get('key', '')}"] = item.text or ""
    return script
