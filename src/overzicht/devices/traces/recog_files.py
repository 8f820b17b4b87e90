"""Rapid7's recog fingerprints of network services, read from a folder of the user.

The files are not shipped (`https://github.com/rapid7/recog`, folder `xml`). Ruby patterns that Python cannot
compile are counted in `skipped` and not used.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from overzicht.devices.sighting import Trace
from overzicht.errors import InputFileError
from overzicht.evidence import Citation
from overzicht.safexml import SAFE_XML

LARGEST_FILE_BYTES = 8_000_000
ADDRESS = "https://github.com/rapid7/recog/blob/main/xml/{name}"

# Which file speaks of which trace; for banners the service that the banner names.
BANNER_FILES = {
    "http": "http_servers.xml",
    "https": "http_servers.xml",
    "rtsp": "rtsp_servers.xml",
    "ftp": "ftp_banners.xml",
    "telnet": "telnet_banners.xml",
    "ssh": "ssh_banners.xml",
    "snmp": "snmp_sysdescr.xml",
    "sip": "sip_banners.xml",
    "http-auth": "http_wwwauth.xml",
}
TRACE_FILES = {
    Trace.HTTP_TITLE: ("html_title.xml",),
    Trace.FAVICON_MD5: ("favicons.xml",),
    Trace.CERTIFICATE: ("x509_subjects.xml", "x509_issuers.xml"),
}
WANTED = frozenset((*BANNER_FILES.values(), *(name for names in TRACE_FILES.values() for name in names)))

_FLAGS = {
    "REG_ICASE": re.IGNORECASE,
    "IGNORECASE": re.IGNORECASE,
    "REG_DOT_NEWLINE": re.DOTALL,
    "REG_MULTILINE": re.DOTALL,  # what Ruby calls multiline lets the dot match a line end
}


@dataclass(frozen=True, slots=True)
class RecogFingerprint:
    """One fingerprint: its pattern, its parameters as (group, name, value), and its certainty (0 to 1)."""

    pattern: re.Pattern[str]
    description: str
    params: tuple[tuple[int, str, str], ...]
    certainty: float
    citation: Citation

    def read(self, value: str) -> dict[str, str] | None:
        """Return the parameters for a value (`hw.vendor`, …); None when it does not match."""
        match = self.pattern.search(value)
        if match is None:
            return None
        read = {name: given if group == 0 else (match[group] or "") for group, name, given in self.params}
        return {
            name: re.sub(r"\{([\w.]+)\}", lambda m: read.get(m[1], ""), given) for name, given in read.items()
        }


@dataclass(frozen=True)
class Recog:
    """Fingerprints by file name, and how many patterns of each file could not be used."""

    files: Mapping[str, tuple[RecogFingerprint, ...]]
    skipped: Mapping[str, int] = field(default_factory=dict)

    def read(self, trace: Trace, value: str) -> Iterator[tuple[RecogFingerprint, dict[str, str]]]:
        """Yield the first fingerprint of each fitting file that matches, with its parameters."""
        service, _, content = value.partition(": ")
        of_service = BANNER_FILES.get(service.strip().lower()) if trace is Trace.BANNER else None
        contents = [(of_service, content.strip())] if of_service else []
        contents += [(name, value.strip()) for name in TRACE_FILES.get(trace, ())]
        for name, content in contents:
            for fingerprint in self.files.get(name, ()):
                if (params := fingerprint.read(content)) is not None:
                    yield fingerprint, params
                    break


def load_recog(folder: Path) -> Recog:
    """Return the fingerprints of the XML files in `folder`.

    Raises InputFileError if the folder or all files are missing, or if a file is not a recog file.
    """
    paths = sorted(path for path in folder.glob("*.xml") if path.name in WANTED) if folder.is_dir() else []
    if not paths:
        fix = "give the folder 'xml' of a copy of https://github.com/rapid7/recog"
        raise InputFileError(str(folder), "there are no recog fingerprints here", fix=fix)
    files: dict[str, tuple[RecogFingerprint, ...]] = {}
    skipped: dict[str, int] = {}
    for path in paths:
        if path.stat().st_size > LARGEST_FILE_BYTES:
            raise InputFileError(str(path), f"it is larger than {LARGEST_FILE_BYTES} bytes")
        content = path.read_bytes()
        parser = etree.XMLParser(**SAFE_XML)
        try:
            root = etree.fromstring(content, parser)
        except etree.XMLSyntaxError as error:
            raise InputFileError(str(path), f"it is not XML: {error}") from error
        if root.tag != "fingerprints":
            raise InputFileError(str(path), f"its root is {root.tag!r}, not 'fingerprints'")
        sha256 = hashlib.sha256(content).hexdigest()
        elements = root.findall("fingerprint")
        usable = []
        for element in elements:
            pattern = compile_ruby(element.get("pattern", ""), element.get("flags", ""))
            if pattern is None:
                continue
            params = tuple(
                (int(param.get("pos", "0")), param.get("name", ""), param.get("value", ""))
                for param in element.findall("param")
            )
            if any(group > pattern.groups for group, _, _ in params):
                continue
            description = (element.findtext("description") or "").strip()
            citation = Citation(
                source="recog",
                title="Recog fingerprints of Rapid7",
                place=f"{path.name}: {description}",
                address=ADDRESS.format(name=path.name),
                snapshot=sha256,
                official=False,
            )
            certainty = float(element.get("certainty", "1"))
            usable.append(RecogFingerprint(pattern, description, params, certainty, citation))
        files[path.name], skipped[path.name] = tuple(usable), len(elements) - len(usable)
    return Recog(files, skipped)


def compile_ruby(pattern: str, flags: str = "") -> re.Pattern[str] | None:
    r"""Return a Ruby pattern compiled by Python, or None if Python cannot compile it.

    In Ruby `^` and `$` match at every line, `\z` and `\Z` at the end, `\h` is a hexadecimal digit and named
    groups have no `P`.
    """
    mode = re.MULTILINE
    for flag in re.split(r"[,|\s]+", flags):
        mode |= _FLAGS.get(flag, re.NOFLAG)
    changed = pattern.replace(r"\z", r"\Z").replace(r"\h", "[0-9a-fA-F]")
    changed = re.sub(r"\(\?<(?=[A-Za-z])", "(?P<", changed)
    if changed.startswith("^(?i)"):
        changed = "(?i)^" + changed.removeprefix("^(?i)")
    try:
        return re.compile(changed, mode)
    except re.error:
        return None
