"""A host as a scan shows it, and the sighting that it becomes if the scan shows anything about it."""

from dataclasses import dataclass, field

from overzicht.devices import Sighting, Trace
from overzicht.sources.inventories.nmap.scripts import MAX_OUTPUT, script_traces
from overzicht.sources.inventories.origin import Origin, traces_of

TELLING_SERVICES = frozenset({"printer", "jetdirect", "ipp", "msrpc", "ms-wbt-server"})  # of what a host is
MAX_OS_GUESSES = 5  # nmap prints up to ten, each less likely; the first are what a person would read


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

    @property
    def key(self) -> tuple[str, str]:
        """What makes two entries the same host: network and MAC address."""
        return (self.address, self.mac)


def sighting_of(origin: Origin, host: Host) -> Sighting | None:
    """Return the sighting of a host; None if the scan shows only that it is up."""
    pairs: list[tuple[Trace, str | None]] = [(Trace.MAC, host.mac), (Trace.MAC_REGISTRANT, host.vendor)]
    for port in host.ports:
        pairs += [
            (Trace.PRODUCT, port.product),
            (Trace.BANNER, _banner(port)),
            (Trace.OS_GUESS, port.os_type),
        ]
    for script in host.scripts:
        pairs += script_traces(script.id, script.output, script.service, script.elements)
    pairs += [(Trace.OS_GUESS, guess) for guess in host.os_guesses[:MAX_OS_GUESSES]]
    traces = traces_of(pairs)
    if not traces and not (host.is_seen_by_port and host.ports):
        return None
    names = [*host.names, *(port.hostname for port in host.ports if port.hostname)]
    kinds = dict.fromkeys(port.device_type for port in host.ports if port.device_type)
    kinds |= dict.fromkeys(port.service for port in host.ports if port.service in TELLING_SERVICES)
    return Sighting(
        id=origin.sighting_id(host.place),
        citation=origin.cite(host.place),
        traces=traces,
        label=next(iter(names), ""),
        address=host.address,
        kind=", ".join(kinds),
        extra=_extra(host),
    )


def _banner(port: Port) -> str:
    """Return `service: product version (extra)` where there is more than the product, else an empty text."""
    if not (port.version or port.extra):
        return ""
    extra = port.extra.strip().removeprefix("(").removesuffix(")")
    parts = [port.product, port.version, f"({extra})" if extra else ""]
    return f"{port.service or port.number}: {' '.join(part for part in parts if part)}"


def _extra(host: Host) -> dict[str, str]:
    extra = {
        script.id: script.output.strip()[:MAX_OUTPUT] for script in host.scripts if script.output.strip()
    }
    if host.ports:
        extra["open ports"] = ", ".join(f"{port.number} {port.service}".strip() for port in host.ports)
    return extra
