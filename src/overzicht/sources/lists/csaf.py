"""Reads security advisories in CSAF 2.0: per vulnerability the affected products and versions.

*Domain*: https://docs.oasis-open.org/csaf/csaf/v2.0/csaf-v2.0.html; advisories of CISA, NCSC-NL and makers.
*Caveats*: an advisory is about products, never about a party. Only products with the status known, first or
last affected are read. A vulnerability without a CVE number is left out and counted.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from overzicht.dates import read_iso_date
from overzicht.devices.vulnerabilities.affected_products import AffectedProduct
from overzicht.entities import Record
from overzicht.sources.interface import Sample, SourceFile
from overzicht.sources.json_tree import read_object
from overzicht.sources.lists.interface import EntryFaultError, Layout, ReadReport, dated
from overzicht.sources.lists.vulnerability_records import (
    VulnerabilityEntry,
    cve_number,
    day_of,
    named_object,
    objects,
    refuse_on_problem,
    stated_name,
)

LIST_ID = "csaf"
DEEPEST = 40  # branches in branches; the standard's examples have 6
AFFECTED = ("known_affected", "first_affected", "last_affected")
VERSIONS = frozenset({"product_version", "product_version_range"})
NAMES = frozenset({"product_family", "product_name"})
_VERSION = re.compile(rb'"csaf_version"\s*:\s*"(\d+\.\d+)"')
_TRACKING = re.compile(rb'"tracking"\s*:\s*\{')
_ID = re.compile(rb'"id"\s*:\s*"([^"\\]{1,100})"')


def recognise(sample: Sample) -> Layout | None:
    """Return the layout of a CSAF document; its part is the advisory's id, from the content or file name."""
    if not _VERSION.search(sample.head):
        return None
    tracking = _TRACKING.search(sample.head)
    number = _ID.search(sample.head, tracking.end()) if tracking else None
    part = number[1].decode(errors="replace") if number else sample.filename.removesuffix(".json").upper()
    return Layout("csaf-2", part)


def read(source: SourceFile, layout: Layout, report: ReadReport) -> Iterator[Record]:
    """Yield a record per vulnerability with a CVE number, in file order."""
    document = read_object(source)
    with report.record("document"):
        about = named_object(document, "document")
        tracking = named_object(about, "tracking")
        if not str(about.get("csaf_version", "")).startswith("2."):
            raise EntryFaultError(f"CSAF {about.get('csaf_version')!r} is not supported; 2.0 is")
        advisory = stated_name(tracking.get("id"))
        if advisory.casefold() != layout.part.casefold():
            raise EntryFaultError(f"the advisory is {advisory!r}; the file is named {layout.part!r}")
        first = day_of(tracking.get("initial_release_date"))
        # the address of the page of the advisory, else of its JSON; empty if it states none
        own = [
            entry.get("url")
            for entry in objects(about.get("references", []), "references")
            if entry.get("category") == "self"
        ]
        pages = [url for url in own if isinstance(url, str) and url.startswith("https://")]
        address = min(pages, key=lambda url: url.endswith(".json"), default="")
        tree = _Tree.of(named_object(document, "product_tree"))
    refuse_on_problem(report, source.filename)
    with dated(source, "document, tracking"):
        report.published = read_iso_date(str(tracking.get("current_release_date", "")))
    vulnerabilities = document.get("vulnerabilities", [])
    for number, entry in enumerate(objects(vulnerabilities, "vulnerabilities"), start=1):
        place = f"{advisory}, vulnerability {number}"
        if not entry.get("cve"):
            report.ignored["vulnerabilities without a CVE number"] += 1
            continue
        with report.record(place):
            cve = cve_number(entry["cve"])
            report.first(cve, f"{cve} occurs earlier in the advisory")
            yield VulnerabilityEntry(
                f"{LIST_ID}-{advisory}-{cve}",
                cve,
                list(tree.affected(named_object(entry, "product_status"))),
                f"{place}, {cve}",
                stated_name(about.get("title")),
                first,
                address,
            ).record()


@dataclass(slots=True)
class _Tree:
    """The products of an advisory by id."""

    products: dict[str, AffectedProduct] = field(default_factory=dict)

    @classmethod
    def of(cls, tree: Mapping[str, Any]) -> "_Tree":
        own = cls()
        own._walk(tree.get("branches", []), AffectedProduct("", ""), 0)
        for product in objects(tree.get("full_product_names", []), "full_product_names"):
            own._add(product, AffectedProduct("", stated_name(product.get("name"))))
        for relation in objects(tree.get("relationships", []), "relationships"):
            part, whole = (
                own._of(relation.get(name)) for name in ("product_reference", "relates_to_product_reference")
            )
            model = " ".join((whole.product, *whole.affected))  # the version of the device is often its model
            own._add(
                named_object(relation, "full_product_name"), replace(part, product=model, vendor=whole.vendor)
            )
        return own

    def _walk(self, branches: Any, above: AffectedProduct, depth: int) -> None:
        if depth > DEEPEST:
            raise EntryFaultError(f"the product tree has more than {DEEPEST} levels")
        for branch in objects(branches, "branches"):
            name, category = stated_name(branch.get("name")), branch.get("category")
            product = above
            if category == "vendor":
                product = replace(above, vendor=name)
            elif category in NAMES:
                product = replace(above, product=f"{above.product} {name}".strip())
            elif category in VERSIONS:
                product = replace(above, affected=(name,) if name else ())
            if "product" in branch:
                self._add(named_object(branch, "product"), product)
            self._walk(branch.get("branches", []), product, depth + 1)

    def _add(self, product: Mapping[str, Any], known: AffectedProduct) -> None:
        number = product.get("product_id")
        if not isinstance(number, str) or not number:
            raise EntryFaultError("a product has no product_id")
        self.products[number] = known

    def _of(self, number: Any) -> AffectedProduct:
        if number not in self.products:
            raise EntryFaultError(f"the product {str(number)[:60]!r} is not in the product tree")
        return self.products[number]

    def affected(self, statuses: Mapping[str, Any]) -> Iterator[AffectedProduct]:
        """Yield the affected products, the ranges of one product together."""
        ranges: dict[tuple[str, str], list[str]] = {}
        for status in AFFECTED:
            numbers = statuses.get(status, [])
            if not isinstance(numbers, list):
                raise EntryFaultError(f"{status} is not a list")
            for product in map(self._of, numbers):
                ranges.setdefault((product.vendor, product.product), []).extend(product.affected or ("",))
        for (vendor, name), texts in ranges.items():
            known = tuple(dict.fromkeys(filter(None, texts)))
            yield AffectedProduct(vendor, name, known if "" not in texts else ())
