"""Traces of a device in the output of nmap's scripts; anything else stays in the sighting's extra.

Output formats: https://nmap.org/nsedoc/scripts/ (one page per script, read 2026-11-24).
"""

import re
from collections.abc import Callable, Mapping

from overzicht.devices import Trace

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
