"""What makes a record a device: a number, an address or a label of its own, or a port that cameras open."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

from overzicht.devices import Sighting, Trace
from overzicht.devices.combining import combined
from overzicht.evidence import text
from overzicht.evidence.account import LeftOut
from overzicht.grouping import by_key
from overzicht.safeyaml import read_packaged_yaml
from overzicht.sources.inventories.interface import InventoryResult
from overzicht.sources.inventories.tables.lexicon import lexicon
from overzicht.sources.inventories.tables.vocabulary import plain

OPEN_PORTS = "open ports"  # the key in `extra` of what a scan found open
UNIDENTIFIED = text(
    "Nothing in the record identifies a device: no MAC address, serial number, address or model"
)
SILENT = text("A host that was up and showed nothing by which a device could be known")
FINDING = text("Findings of a host that shows neither a MAC address nor a port of cameras")
PERSON = text("A person, not a device")
ARTICLE = text("An article of a price list, not a device")
PRODUCT = text("A product of a catalogue: nothing in the record identifies one device")
POSITION = text("A position of a bill of quantities without prices: it is asked for, and no device yet")
_PORT_NAME = re.compile(r"(?:open |dst |dest |destination )?(?:port|ports|portid|port number|poort)")
_FINDING_NAME = re.compile(
    r"\b(?:cves?|cve id|cvss\w*|cwe|cweid|cwe id|severity|plugin|qid|nvt|vulnerability|vulnerabilities|vuln|"
    r"mitigation|exploit\w*|risk factor|template id)\b"
)
_IP = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}|(?=[0-9a-fA-F]*:)[0-9a-fA-F:.]+")
_PORT = re.compile(r"(\d{1,5})(?:/(\w+))?(?: ([\w-]+))?")
_OWN = frozenset({"mac", "serial", "address", "latitude"})  # fields of a device that hangs somewhere
_OF_PRODUCTS = frozenset({"", "brand", "model", "brand_and_model", "kind", "description"})
_INSTALLED = frozenset({"site", "place", "bought", "status"})
_SAYING = frozenset(Trace) - {Trace.MAC_REGISTRANT, Trace.OS_GUESS}


class _Ports(BaseModel):
    """Contents of `camera_ports.yml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ports: frozenset[str]
    services: frozenset[str]


@cache
def _camera_ports() -> _Ports:
    folder = files("overzicht.sources.inventories")
    return _Ports.model_validate(read_packaged_yaml(folder.joinpath("camera_ports.yml").read_text("utf-8")))


@cache
def _headers() -> dict[str, re.Pattern[str]]:
    """Return the patterns of `other_records.yml`."""
    folder = files("overzicht.sources.inventories")
    data: dict[str, list[str]] = read_packaged_yaml(folder.joinpath("other_records.yml").read_text("utf-8"))
    return {key: re.compile("|".join(patterns)) for key, patterns in data.items()}


def one_per_host(sightings: Sequence[Sighting], ports: Sequence[str]) -> tuple[Sighting, ...]:
    """Return the sightings of ports or findings as one sighting for each network address, with its ports.

    Sightings of one address with other MAC addresses or serial numbers belong to other devices: cameras that
    still have the address of the factory share it.
    """
    by_address = by_key((sighting.address or sighting.id, sighting) for sighting in sightings)
    hosts = []
    for of_address in by_address.values():
        own = {_numbers_of(sighting) for sighting in of_address} - {()}
        groups = by_key((_numbers_of(s), s) for s in of_address).values() if len(own) > 1 else [of_address]
        # the sightings of one host as one, with the ports that they name
        matches: list[Sighting] = []
        for of_host in groups:
            numbers = {
                number
                for sighting in of_host
                for path in ports
                for number in re.findall(r"\d+", sighting.extra.get(path, ""))
            }
            host = combined(of_host)
            opened = {OPEN_PORTS: ", ".join(sorted(numbers, key=int))} if numbers else {}
            matches.append(replace(host, extra={**host.extra, **opened}))
        hosts += matches
    return tuple(hosts)


def _numbers_of(sighting: Sighting) -> tuple[str, ...]:
    return (*sighting.values(Trace.MAC), *sighting.values(Trace.SERIAL))


def of_other_records(result: InventoryResult) -> InventoryResult:
    """Return a table of ports or findings as its hosts; one of persons or articles without devices.

    A finding is evidence of a host only if the host has a MAC address or opens a port of cameras. A list in
    which each row has a number of its own and a brand or model is one of devices, whatever else it tells.
    """
    names = {column.column: plain(column.column) for column in result.mapping}
    fields = {column.field for column in result.mapping}
    ports = [column for column, name in names.items() if _PORT_NAME.fullmatch(name)]
    findings = [name for name in names.values() if _FINDING_NAME.search(name)]
    # what all rows of the table are if its headers say that they are not devices
    patterns = _headers()
    given = {column.field for column in result.mapping}
    persons = [name for name in names.values() if patterns["persons"].fullmatch(name)]
    addresses = [names[column.column] for column in result.mapping if column.field == "address"]
    are_of_logons = all(patterns["logons"].fullmatch(name) for name in addresses)
    money = [column for column in names if lexicon().has(column, "money")]
    is_priced = any(column in sighting.extra for column in money for sighting in result.sightings)
    reason = None
    if len(persons) > 1 and are_of_logons and not given & {"mac", "serial", "model", "brand_and_model"}:
        reason = PERSON if any(map(patterns["only_persons"].fullmatch, persons)) else None
    elif _is_catalogue(result, names.values()):
        reason = PRODUCT
    elif money and not given & (_OWN | _INSTALLED):
        if is_priced and "quantity" not in given:
            reason = ARTICLE if any(map(patterns["articles"].fullmatch, names.values())) else None
        elif not is_priced and "quantity" in given:
            reason = POSITION if any(map(patterns["units"].fullmatch, names.values())) else None
    if reason:
        left_out = [
            LeftOut(s.citation.place, reason, s.label or " ".join(v for t in s.traces for v in s.values(t)))
            for s in result.sightings
        ]
        return replace(result, sightings=(), left_out=(*result.left_out, *left_out))
    is_of_findings = len(findings) > 1 or bool(findings and ports)
    # the rows are devices if each has a number or address of its own, and a brand or model
    numbers = [_numbers_of(s) for s in result.sightings]
    first = [
        next(filter(None, (s.address, *own)), "") for s, own in zip(result.sightings, numbers, strict=True)
    ]
    is_own = any(all(ids) and len(set(ids)) == len(ids) for ids in (first, list(map(" ".join, numbers))))
    are_devices = is_own and all(s.values(Trace.BRAND) or s.values(Trace.MODEL) for s in result.sightings)
    if not (is_of_findings or (ports and "address" in fields)) or are_devices:
        return result
    hosts = one_per_host(result.sightings, ports)
    result = replace(result, sightings=hosts, merged=result.merged + len(result.sightings) - len(hosts))
    if not is_of_findings:
        return result
    unknown = [host for host in hosts if not (host.values(Trace.MAC) or _opens_camera_port(host))]
    devices = tuple(host for host in hosts if host.values(Trace.MAC) or _opens_camera_port(host))
    left_out = [LeftOut(s.citation.place, FINDING, s.address or s.label) for s in unknown]
    return replace(result, sightings=devices, left_out=(*result.left_out, *left_out))


def _is_catalogue(result: InventoryResult, names: Iterable[str]) -> bool:
    """Return whether a table is one of products: with data sheets, or with the paths of their streams."""
    names, patterns = list(names), _headers()
    is_of_sheets = any(map(patterns["data_sheets"].fullmatch, names))
    is_of_streams = sum(1 for name in names if patterns["streams"].fullmatch(name)) > 1
    fields = {column.field for column in result.mapping if column.sample}
    if is_of_streams and fields <= _OF_PRODUCTS:
        return True
    is_installed = fields & (_INSTALLED | _OWN - {"address"})
    return is_of_sheets and not is_installed and not any(s.address for s in result.sightings)


def web_sites_apart(result: InventoryResult) -> InventoryResult:
    """Return the findings of hosts without those of a host that only has a name, such as a web site."""
    devices, left_out = [], []
    for sighting in result.sightings:
        if _IP.fullmatch(sighting.address) or is_identified(sighting, is_scan=True):
            devices.append(sighting)
        else:
            words = sighting.label or sighting.address
            left_out.append(LeftOut(sighting.citation.place, FINDING, words))
    return replace(result, sightings=tuple(devices), left_out=(*result.left_out, *left_out))


def _opens_camera_port(sighting: Sighting) -> bool:
    return opens_camera_port(sighting.extra.get(OPEN_PORTS, "").split(","))


def opens_camera_port(ports: Iterable[str]) -> bool:
    """Return whether one of the open ports (`554/tcp rtsp`, `554`) is one that cameras and recorders open."""
    known = _camera_ports()
    matches = filter(None, (_PORT.match(port.strip()) for port in ports))
    return any(match[1] in known.ports or (match[3] or "") in known.services for match in matches)


def is_identified(sighting: Sighting, *, is_scan: bool) -> bool:
    """Return whether a record says which device it is. A host of a scan needs more than its address."""
    if sighting.values(Trace.MAC) or sighting.values(Trace.SERIAL):
        return True
    if is_scan:
        return bool(_SAYING & sighting.traces.keys()) or _opens_camera_port(sighting)
    names_product = bool(sighting.values(Trace.BRAND) or sighting.values(Trace.MODEL))
    return bool(sighting.address or (sighting.label and names_product) or sighting.values(Trace.ONVIF_SCOPE))


def identified(result: InventoryResult, *, is_scan: bool) -> InventoryResult:
    """Return the result with its records of no device as left out."""
    reason = SILENT if is_scan else UNIDENTIFIED
    devices, left_out = [], []
    for sighting in result.sightings:
        if is_identified(sighting, is_scan=is_scan):
            devices.append(sighting)
        else:
            words = sighting.label or sighting.address or sighting.site
            left_out.append(LeftOut(sighting.citation.place, reason, words))
    return replace(result, sightings=tuple(devices), left_out=(*result.left_out, *left_out))
