"""nmap's normal output: the text it prints, or writes with `-oN`."""

import re
from collections.abc import Iterable

from overzicht.sources.inventories.nmap.host import Host, Port, Script

START = re.compile(
    r"^Nmap scan report for (?P<name>.+?)(?: \((?P<address>[0-9a-fA-F.:]+)\))?(?P<down> \[.*)?$"
)
_MAC = re.compile(r"^MAC Address: (?P<mac>[0-9A-Fa-f:]{17})(?: \((?P<vendor>.*)\))?$")
_PORT = re.compile(
    r"^(?P<number>\d+/(?:tcp|udp|sctp))\s+(?P<state>\S+)\s+(?P<service>\S+)(?:\s+(?P<rest>.+))?$"
)
_SCRIPT = re.compile(r"^\|[_ ]?\s?(?P<id>[a-z][a-z0-9]*(?:-[a-z0-9]+)*): ?(?P<output>.*)$")
_SERVICE_INFO = re.compile(r"^Service Info: (?P<info>.+)$")
_OS = re.compile(r"^(?:OS details|Aggressive OS guesses|Running(?: \(JUST GUESSING\))?): (?P<guesses>.+)$")
_NO_VENDOR = "Unknown"


def read_text(lines: Iterable[str]) -> list[Host]:
    """Return the hosts of a report that were up, in order; the place names the line of their heading."""
    hosts: list[Host] = []
    host: Host | None = None
    for number, raw in enumerate(lines, start=1):
        line = raw.rstrip()
        started = START.match(line)
        if started:
            if started["down"] and "host down" in started["down"]:
                host = None
            else:
                address = started["address"] or started["name"]
                host = Host(f"line {number} ({address})", address)
                if started["address"]:
                    host.names.append(started["name"])
            if host is not None:
                hosts.append(host)
        elif host is not None:
            if match := _MAC.match(line):
                vendor = match["vendor"] or ""
                host.mac, host.vendor = match["mac"], "" if vendor == _NO_VENDOR else vendor
            elif match := _PORT.match(line):
                if match["state"].startswith("open"):
                    host.ports.append(
                        Port(match["number"], match["service"].rstrip("?"), match["rest"] or "")
                    )
            elif match := _SERVICE_INFO.match(line):
                _take_service_info(host, match["info"])
            elif match := _OS.match(line):
                guesses = re.split(r"\), |, (?=[A-Z])", match["guesses"])
                host.os_guesses += [re.sub(r" \(\d+%?\)?$", "", guess.strip()) for guess in guesses]
            elif line.startswith("|"):
                match = _SCRIPT.match(line)
                if match:
                    service = host.ports[-1].service if host.ports else ""
                    host.scripts.append(Script(match["id"], match["output"], service))
                elif host.scripts:
                    script = host.scripts[-1]
                    script.output = f"{script.output}\n{line.lstrip('|_ ')}".strip()
    return hosts


def _take_service_info(host: Host, info: str) -> None:
    if not host.ports:
        return
    for part in info.split(";"):
        name, _, value = part.strip().partition(": ")
        if name in {"Device", "Devices"}:
            host.ports[-1].device_type = value
        elif name in {"Host", "Hosts"}:
            host.ports[-1].hostname = value
