"""What makes a record a device: a number, an address or a label of its own, or a port that cameras open."""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

from overzicht.devices import Sighting, Trace
from overzicht.evidence import text
from overzicht.evidence.account import LeftOut
from overzicht.safeyaml import read_packaged_yaml
from overzicht.sources.inventories.interface import InventoryResult

OPEN_PORTS = "open ports"  # the key in `extra` of what a scan found open
UNIDENTIFIED = text(
    "Nothing in the record identifies a device: no MAC address, serial number, address or model"
)
SILENT = text("A host that was up and showed nothing by which a device could be known")
_PORT = re.compile(r"(\d{1,5})(?:/(\w+))?(?: ([\w-]+))?")
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
        ports = sighting.extra.get(OPEN_PORTS, "").split(",")
        return bool(_SAYING & sighting.traces.keys()) or opens_camera_port(ports)
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
