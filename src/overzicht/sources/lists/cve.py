"""Reads CVE records in JSON, format 5: the affected products and versions of one vulnerability.

*Domain*: https://github.com/CVEProject/cvelistV5, also with the container that CISA adds (vulnrichment).
*Caveats*: a record is about products, never about a party. A maker may write `n/a`, or models in the place of
a version. A rejected record names no product.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from overzicht.dates import read_iso_date
from overzicht.devices.vulnerabilities.affected_products import AffectedProduct
from overzicht.devices.vulnerabilities.firmware import OPEN
from overzicht.entities import Record
from overzicht.sources.interface import Sample, SourceFile
from overzicht.sources.json_tree import IGNORED, TAKEN, Spec, read_object, unknown_fields
from overzicht.sources.lists.interface import EntryFaultError, Layout, ReadReport, dated
from overzicht.sources.lists.vulnerability_records import (
    CVE,
    VulnerabilityEntry,
    cve_number,
    day_of,
    named_object,
    objects,
    refuse_on_problem,
    stated_name,
)
from overzicht.sources.strict import UnknownFieldError

LIST_ID = "cve"
VERSION: Spec = {
    "version": TAKEN, "status": TAKEN, "lessThan": TAKEN, "lessThanOrEqual": TAKEN, "versionType": IGNORED,
    "changes": {"at": TAKEN, "status": TAKEN},
}  # fmt: skip
AFFECTED: Spec = {
    "vendor": TAKEN, "product": TAKEN, "versions": VERSION, "defaultStatus": TAKEN, "cpes": IGNORED,
    "platforms": IGNORED, "modules": IGNORED, "packageName": IGNORED, "packageURL": IGNORED, "repo": IGNORED,
    "collectionURL": IGNORED, "programFiles": IGNORED, "programRoutines": {"name": IGNORED},
}  # fmt: skip
STATES = frozenset({"PUBLISHED", "REJECTED"})
STATUSES = frozenset({"affected", "unaffected", "unknown"})
_TYPE = re.compile(rb'"dataType"\s*:\s*"CVE_RECORD"')
_ID = re.compile(rb'"cveId"\s*:\s*"(CVE-\d{4}-\d{4,19})"')


def recognise(sample: Sample) -> Layout | None:
    """Return the layout of a CVE record; its part is the CVE number, from the content or the file name."""
    if not _TYPE.search(sample.head):
        return None
    number = _ID.search(sample.head)
    named = CVE.search(sample.filename)
    return Layout("json-5", number[1].decode() if number else named[0] if named else "")


def read(source: SourceFile, layout: Layout, report: ReadReport) -> Iterator[Record]:
    """Yield the record of the file."""
    document = read_object(source)
    with report.record("cveMetadata"):
        if not str(document.get("dataVersion", "")).startswith("5"):
            raise EntryFaultError(f"the format {document.get('dataVersion')!r} is not supported; 5.x is")
        metadata = named_object(document, "cveMetadata")
        cve = cve_number(metadata.get("cveId"))
        if cve != layout.part:
            raise EntryFaultError(
                f"the record is {cve}; the file is named {layout.part or 'without a number'}"
            )
        if metadata.get("state") not in STATES:
            raise EntryFaultError(f"the state {metadata.get('state')!r} is not known")
        published = day_of(metadata.get("datePublished"))
    refuse_on_problem(report, source.filename)
    newest = metadata.get("dateUpdated") or metadata.get("datePublished") or metadata.get("dateRejected")
    if newest:
        with dated(source, "cveMetadata"):
            report.published = read_iso_date(str(newest))
    with report.record(cve):
        containers = named_object(document, "containers")
        own = named_object(containers, "cna")
        products: list[AffectedProduct] = []
        for container in [own, *objects(containers.get("adp", []), "adp")]:
            for entry in objects(container.get("affected", []), "affected"):
                if unknown := unknown_fields(entry, AFFECTED, report.ignored):
                    raise UnknownFieldError(unknown)
                products.append(_product(entry))
        title = stated_name(own.get("title"))
        address = f"https://www.cve.org/CVERecord?id={cve}"
        yield VulnerabilityEntry(f"{LIST_ID}-{cve}", cve, products, cve, title, published, address).record()
    refuse_on_problem(report, source.filename)


def _product(entry: Mapping[str, Any]) -> AffectedProduct:
    versions = list(objects(entry.get("versions", []), "versions"))
    by_status: dict[str, list[str]] = {"affected": [], "unaffected": [], "unknown": []}
    default = entry.get("defaultStatus", "unknown")
    for status in (default, *(version.get("status") for version in versions)):
        if status not in STATUSES:
            raise EntryFaultError(f"the status {status!r} is not known")
    for version in versions:
        # a version of the record as a range: `>= 1.0 | < 1.0.7`. A change to another status within a range
        # ends it there
        base = str(version.get("version", "")).strip()
        limit, sign = version.get("lessThan"), "<"
        if limit is None:
            limit, sign = version.get("lessThanOrEqual"), "<="
        changes = [
            c.get("at")
            for c in objects(version.get("changes", []), "changes")
            if c["status"] != version["status"]
        ]
        if changes:
            limit, sign = changes[0], "<"
        if limit is None:
            bounds = base
        else:
            low = "" if base in OPEN else base if base[0] in "<>=" else f">= {base}"
            high = "" if str(limit).strip() in {"", "*"} else f"{sign} {str(limit).strip()}"
            bounds = " | ".join(filter(None, (low, high))) or "*"
        by_status[version["status"]].append(bounds)
    affected = ["*"] if default == "affected" else by_status["affected"]
    return AffectedProduct(
        stated_name(entry.get("vendor")),
        stated_name(entry.get("product")),
        tuple(dict.fromkeys(filter(None, map(stated_range, affected)))),
        tuple(dict.fromkeys(filter(None, map(stated_range, by_status["unaffected"])))),
    )


def stated_range(text: str) -> str:
    """Return a range, empty for `n/a`; `*` stays, because it is every version."""
    return text if text.strip() == "*" else stated_name(text)
