"""Reads CISA's catalogue of known exploited vulnerabilities (JSON).

*Domain*: vulnerabilities that CISA knows to be exploited, with the date of listing and a due date.
*Caveats*: an entry is about a product, never about a party. The vendor and product are a few words, seldom a
model and never a version.
"""

import re
from collections.abc import Iterator

from overzicht.dates import LegalDate, Period, read_iso_date
from overzicht.devices.vulnerabilities.affected_products import AffectedProduct
from overzicht.entities import Listing, Record
from overzicht.sources.interface import ListFileRefusedError, Sample, SourceFile
from overzicht.sources.json_tree import IGNORED, TAKEN, Spec, read_object, unknown_fields
from overzicht.sources.lists.interface import EntryFaultError, Layout, ReadReport, dated
from overzicht.sources.lists.vulnerability_records import VulnerabilityEntry, cve_number, stated_name
from overzicht.sources.strict import UnknownFieldError

LIST_ID = "us-cisa-kev"
MEASURE = "Known exploited vulnerability"
DIRECTIVE = "BOD 22-01"
DIRECTIVE_ADDRESS = (
    "https://www.cisa.gov/news-events/directives/"
    "bod-22-01-reducing-significant-risk-known-exploited-vulnerabilities"
)
ENTRY: Spec = {
    "cveID": TAKEN, "vendorProject": TAKEN, "product": TAKEN, "vulnerabilityName": TAKEN, "dateAdded": TAKEN,
    "shortDescription": TAKEN, "requiredAction": TAKEN, "dueDate": TAKEN,
    "knownRansomwareCampaignUse": TAKEN, "notes": IGNORED, "cwes": IGNORED,
}  # fmt: skip
DOCUMENT = frozenset({"title", "catalogVersion", "dateReleased", "count", "vulnerabilities", "$schema"})
_START = re.compile(rb'^\s*\{.{0,2000}?"catalogVersion"\s*:', re.DOTALL)


def recognise(sample: Sample) -> Layout | None:
    """Return the layout of a JSON object that states a catalogue version at its start."""
    return Layout("json") if _START.match(sample.head.removeprefix(b"\xef\xbb\xbf")) else None


def read(source: SourceFile, layout: Layout, report: ReadReport) -> Iterator[Record]:
    """Yield a record per vulnerability, in file order."""
    document = read_object(source)
    if unknown := sorted(document.keys() - DOCUMENT):
        raise ListFileRefusedError(source.filename, str(UnknownFieldError(unknown)))
    with dated(source, "dateReleased"):
        report.published = read_iso_date(str(document.get("dateReleased", "")))
    entries = document.get("vulnerabilities")
    if not isinstance(entries, list):
        raise ListFileRefusedError(source.filename, "vulnerabilities is not a list", fix="fetch it again")
    if document.get("count", len(entries)) != len(entries):
        reason = f"the catalogue states {document['count']} entries and the file has {len(entries)}"
        raise ListFileRefusedError(source.filename, reason, fix="fetch it again")
    for number, entry in enumerate(entries, start=1):
        place = f"vulnerability {number}"
        with report.record(place):
            if not isinstance(entry, dict):
                raise EntryFaultError(f"it is not an object: {str(entry)[:60]!r}")
            if unknown_names := unknown_fields(entry, ENTRY, report.ignored):
                raise UnknownFieldError(unknown_names)
            texts = {
                name: entry[name] for name in ("vendorProject", "product", "vulnerabilityName", "dateAdded")
            }
            if wrong := [
                name for name, value in texts.items() if not isinstance(value, str) or not value.strip()
            ]:
                raise EntryFaultError(f"{', '.join(wrong)} is not a text")
            cve = cve_number(entry["cveID"])
            added = LegalDate(read_iso_date(entry["dateAdded"]))
            due = entry.get("dueDate")
            listing = Listing(
                id=f"{LIST_ID}-{cve}",
                list_id=LIST_ID,
                measure=MEASURE,
                period=Period(added),
                programme=DIRECTIVE,
                act=DIRECTIVE,
                act_address=DIRECTIVE_ADDRESS,
            )
            record = VulnerabilityEntry(
                listing.id,
                cve,
                [AffectedProduct(stated_name(entry["vendorProject"]), stated_name(entry["product"]))],
                cve,
                title=entry["vulnerabilityName"],
                notes=(
                    str(entry.get("shortDescription") or ""),
                    str(entry.get("requiredAction") or ""),
                    f"Due date: {due}" if due else "",
                    f"Used in ransomware campaigns: {entry.get('knownRansomwareCampaignUse') or 'Unknown'}",
                ),
                listing=listing,
                duty=Period(added, LegalDate(read_iso_date(str(due))) if due else None),
            ).record()
            report.first(record.id, "its CVE number occurs earlier in the file")
            yield record
