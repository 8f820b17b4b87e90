"""The readers of network scans: every host up is counted, those with something to say become sightings."""

import re

from overzicht.errors import InputFileError
from overzicht.evidence import text
from overzicht.evidence.account import FileEnd, LeftOut
from overzicht.sources.interface import Sample
from overzicht.sources.inventories.documents import CLOSED, TORN
from overzicht.sources.inventories.encoding import detect_encoding
from overzicht.sources.inventories.identity import SILENT
from overzicht.sources.inventories.interface import (
    InventoryProblem,
    InventoryReader,
    InventoryResult,
    ReadingOptions,
)
from overzicht.sources.inventories.nmap.host import sighting_of
from overzicht.sources.inventories.nmap.text_scan import read_text
from overzicht.sources.inventories.nmap.xml_scan import Scan, read_scan, together
from overzicht.sources.inventories.origin import Origin

_MARK = re.compile(r"^(?:# Nmap |Starting Nmap |Nmap (?:scan report for|done))", re.MULTILINE)


class NmapXmlReader(InventoryReader):
    """Reads nmap XML (`-oX`), whole or damaged."""

    kind = "nmap-xml"
    title = "nmap XML (-oX)"

    def recognise(self, sample: Sample) -> bool:
        """Return whether the sample holds the root element of a scan."""
        return re.search(rb"<nmaprun[\s>]", sample.head) is not None

    def read(self, origin: Origin, options: ReadingOptions) -> InventoryResult:
        """Return a sighting per host that shows something; InputFileError when no host can be read."""
        scan = read_scan(origin)
        if scan.fault and not scan.hosts:
            raise InputFileError(
                origin.filename,
                f"not well-formed XML ({scan.fault}), and no host in it is readable",
                record=f"line {scan.fault_line}",
                fix="save the scan again with -oX",
            )
        reason = text("The XML is not closed: {reason}", reason=scan.fault)
        return _result(self.kind, origin, scan, FileEnd(False, reason) if scan.fault else CLOSED)


class NmapTextReader(InventoryReader):
    """Reads nmap's normal output (`-oN`)."""

    kind = "nmap-text"
    title = "nmap text (-oN)"

    def recognise(self, sample: Sample) -> bool:
        """Return whether the sample holds the heading of a host."""
        return re.search(rb"^Nmap scan report for ", sample.head, re.MULTILINE) is not None

    def read(self, origin: Origin, options: ReadingOptions) -> InventoryResult:
        """Return a sighting per host that shows something; InputFileError for a text of no scan."""
        data = origin.read_bytes()
        content = data.decode(detect_encoding(data), errors="replace")
        if not _MARK.search(content):
            raise InputFileError(origin.filename, "there is no nmap scan in it", fix="save the scan with -oN")
        return _result(self.kind, origin, Scan(read_text(content.splitlines())), None)


def _result(kind: str, origin: Origin, scan: Scan, end: FileEnd | None) -> InventoryResult:
    entries = len(scan.hosts)
    hosts = together(scan.hosts)
    by_host = [(host, sighting_of(origin, host)) for host in hosts]
    fix = text("Save the scan again with -oX to a file of its own")
    unread = [InventoryProblem(place, TORN, fix) for place in scan.torn]
    unread += [
        InventoryProblem(place, text("Nothing of this host could be read"), fix) for place in scan.lost
    ]
    return InventoryResult(
        kind,
        origin.snapshot,
        tuple(sighting for _, sighting in by_host if sighting is not None),
        entries + len(unread),
        _problems(scan),
        left_out=tuple(
            LeftOut(host.place, SILENT, ", ".join(host.names)) for host, seen in by_host if seen is None
        ),
        merged=entries - len(hosts),
        unread=tuple(unread),
        end=end,
    )


def _problems(scan: Scan) -> tuple[InventoryProblem, ...]:
    if not scan.fault:
        return ()
    fix = text("Save the scan again with -oX to a file of its own")
    problems = [
        InventoryProblem(
            f"line {scan.fault_line}",
            text(
                "The file is not well-formed XML ({fault}). Hosts before the fault: {before}; hosts read in "
                "all, each by itself: {all}",
                fault=scan.fault,
                before=scan.before_fault,
                all=len(scan.hosts),
            ),
            fix,
        )
    ]
    problems += [
        InventoryProblem(place, text("The entry of this host is damaged. The part before that was read"), fix)
        for place in scan.damaged
    ]
    if scan.announced is not None and scan.announced != len(scan.hosts):
        reason = text(
            "The scan says that {said} hosts were up; {read} could be read",
            said=scan.announced,
            read=len(scan.hosts),
        )
        problems.append(InventoryProblem("runstats", reason, fix))
    return tuple(problems)
