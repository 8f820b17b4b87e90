"""A host as a scan shows it, and the sighting that it becomes if the scan shows anything about it.

Output of scripts: https://nmap.org/nsedoc/scripts/ (one page per script, read 2026-11-24).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from overzicht.devices import Sighting, Trace
from overzicht.sources.inventories.identity import OPEN_PORTS, opens_camera_port
from overzicht.sources.inventories.origin import Origin, traces_of

TELLING_SERVICES = frozenset({"printer", "jetdirect", "ipp", "msrpc", "ms-wbt-server"})  # of what a host is
MAX_OS_GUESSES = 5  # nmap prints up to ten, each less likely; the first are what a person would read
MAX_OUTPUT = 600  # most characters of an output; key lists and indexes run to many thousands
Pairs = list[tuple[Trace, str | None]]
# What the scripts print when there is nothing: these are nmap's words and not the device's.
_NOTHING = re.compile(
    r"site doesn.?t have a title|did not follow redirect|error:|no .*header in options"
    r"|software version grabbed|consider submitting|requested resource was|false$",
    re.IGNORECASE,
)
_MD5 = re.compile(r"\b[0-9a-f]{32}\b", re.IGNORECASE)
_MURMUR3 = re.compile(r"^-?\d{6,10}$")
_NAME_PARTS = ("commonName", "organizationalUnitName", "organizationName", "localityName", "countryName")


@dataclass(slots=True)
class Script:
    """The output of one nmap script, with the values of its elements by key where the XML gives them."""

    id: str
    output: str
    service: str = ""
    elements: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Port:
    """An open port and what nmap made of the service behind it; empty texts where it says nothing."""

    number: str
    service: str = ""
    product: str = ""
    version: str = ""
    extra: str = ""
    device_type: str = ""
    hostname: str = ""
    os_type: str = ""


@dataclass(slots=True)
class Host:
    """A host that was up; filled while the scan is read."""

    place: str
    address: str = ""
    mac: str = ""
    vendor: str = ""
    names: list[str] = field(default_factory=list)
    ports: list[Port] = field(default_factory=list)
    scripts: list[Script] = field(default_factory=list)
    os_guesses: list[str] = field(default_factory=list)
    is_seen_by_port: bool = False

    def take_over(self, other: "Host") -> None:
        """Add what another entry shows of the same host."""
        self.mac, self.vendor = self.mac or other.mac, self.vendor or other.vendor
        self.names += [name for name in other.names if name not in self.names]
        self.ports += [port for port in other.ports if port not in self.ports]
        self.scripts += [script for script in other.scripts if script not in self.scripts]
        self.os_guesses += [guess for guess in other.os_guesses if guess not in self.os_guesses]


def sighting_of(origin: Origin, host: Host) -> Sighting | None:
    """Return the sighting of a host; None if the scan shows neither a trace nor a port of a camera."""
    pairs: list[tuple[Trace, str | None]] = [(Trace.MAC, host.mac), (Trace.MAC_REGISTRANT, host.vendor)]
    for port in host.ports:
        # `service: product version (extra)` where there is more than the product, else an empty text
        if not (port.version or port.extra):
            banner = ""
        else:
            remark = port.extra.strip().removeprefix("(").removesuffix(")")
            parts = [port.product, port.version, f"({remark})" if remark else ""]
            banner = f"{port.service or port.number}: {' '.join(part for part in parts if part)}"
        pairs += [
            (Trace.PRODUCT, port.product),
            (Trace.BANNER, banner),
            (Trace.OS_GUESS, port.os_type),
        ]
    for script in host.scripts:
        pairs += script_traces(script.id, script.output, script.service, script.elements)
    pairs += [(Trace.OS_GUESS, guess) for guess in host.os_guesses[:MAX_OS_GUESSES]]
    traces = traces_of(pairs)
    is_camera = opens_camera_port(f"{port.number} {port.service}" for port in host.ports)
    if not (traces or is_camera or (host.is_seen_by_port and host.ports)):
        return None
    names = [*host.names, *(port.hostname for port in host.ports if port.hostname)]
    kinds = dict.fromkeys(port.device_type for port in host.ports if port.device_type)
    kinds |= dict.fromkeys(
        port.service for port in host.ports if port.service in TELLING_SERVICES and port.product
    )  # without a product the name is that of the port number in a table
    extra = {
        script.id: script.output.strip()[:MAX_OUTPUT] for script in host.scripts if script.output.strip()
    }
    if host.ports:
        extra[OPEN_PORTS] = ", ".join(f"{port.number} {port.service}".strip() for port in host.ports)
    return Sighting(
        id=origin.sighting_id(host.place),
        citation=origin.cite(host.place),
        traces=traces,
        label=next(iter(names), ""),
        address=host.address,
        kind=", ".join(kinds),
        extra=extra,
    )


def script_traces(script: str, output: str, service: str, elements: Mapping[str, str]) -> Pairs:
    """Return the traces in a script's output; empty for a script that shows no maker."""
    reader = _READERS.get(script)
    return reader(output, service, elements) if reader else []


def _lines(output: str) -> list[str]:
    stripped = (line.strip() for line in output.splitlines())
    return [line for line in stripped if line and not _NOTHING.match(line)]


def _title(output: str, service: str, elements: Mapping[str, str]) -> Pairs:
    title = elements.get("title") or next(iter(_lines(output)), "")
    return [(Trace.HTTP_TITLE, "" if _NOTHING.match(title.strip()) else title)]


def _favicon(output: str, service: str, elements: Mapping[str, str]) -> Pairs:
    digest_match = _MD5.search(output)
    if digest_match:
        return [(Trace.FAVICON_MD5, digest_match[0].lower())]
    if _MURMUR3.match(output.strip()):
        return [(Trace.FAVICON_MURMUR3, output)]
    return [(Trace.BANNER, f"favicon: {line}") for line in _lines(output)[:1]]  # nmap knows it by name


def _banner_of(prefix: str) -> Callable[[str, str, Mapping[str, str]], Pairs]:
    def read(output: str, service: str, elements: Mapping[str, str]) -> Pairs:
        return [(Trace.BANNER, f"{prefix or service or 'tcp'}: {line}") for line in _lines(output)[:3]]

    return read


def _server_header(output: str, service: str, elements: Mapping[str, str]) -> Pairs:
    values = [elements["server"]] if "server" in elements else _lines(output)
    return [(Trace.BANNER, f"http: {value}") for value in values[:3]]


def _certificate(output: str, service: str, elements: Mapping[str, str]) -> Pairs:
    pairs: Pairs = []
    for side in ("Subject", "Issuer"):
        side_match = re.search(rf"^[ \t]*{side}: (.+)$", output, re.MULTILINE)
        parts = [f"{n}={v}" for n in _NAME_PARTS if (v := elements.get(f"{side.lower()}.{n}"))]
        pairs.append((Trace.CERTIFICATE, side_match[1] if side_match else "/".join(parts)))
    return pairs


def _authentication(output: str, service: str, elements: Mapping[str, str]) -> Pairs:
    realm = re.search(r"realm=\"?([^\"\r\n]+?)\"?(?:\s+\w+=|\s*$)", output, re.MULTILINE)
    return [(Trace.BANNER, f"http-auth: {realm[1].strip()}" if realm else "")]


def _upnp(output: str, service: str, elements: Mapping[str, str]) -> Pairs:
    fields = re.compile(r"(Server|Manufacturer|Name|Model (?:Descr|Name|Version)): (.+)")
    matches = (fields.search(line) for line in output.splitlines())
    return [(Trace.BANNER, f"upnp: {match[0].strip()}") for match in matches if match]


_READERS: dict[str, Callable[[str, str, Mapping[str, str]], Pairs]] = {
    "http-title": _title,
    "html-title": _title,  # its name before nmap 5.35
    "http-favicon": _favicon,
    "http-server-header": _server_header,
    "http-generator": _banner_of("generator"),
    "http-auth": _authentication,
    "http-auth-finder": _authentication,
    "ssl-cert": _certificate,
    "snmp-sysdescr": _banner_of("snmp"),
    "snmp-info": _banner_of("snmp"),
    "banner": _banner_of(""),
    "upnp-info": _upnp,
    "broadcast-upnp-info": _upnp,
    "sip-methods": _banner_of("sip"),
}
