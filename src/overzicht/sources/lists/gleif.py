"""Reads GLEIF's golden copy in JSON (level 1, relationships, reporting exceptions) and answers of its API.

*Domain*: https://www.gleif.org/en/lei-data/gleif-golden-copy and https://api.gleif.org.
*Caveats*. A register: an entry has no negative meaning. Level 2 is accounting consolidation without a share;
a parent that is not reported has a reason and is never "no parent". A delta contains only changes and an API
answer only the requested entries, so both are incomplete parts. Tables derived from GLEIF are other layouts.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from overzicht.dates import read_iso_date
from overzicht.entities import Record
from overzicht.sources.interface import ListFileRefusedError, Sample, SourceFile
from overzicht.sources.json_tree import Spec, iterate_items, unknown_fields
from overzicht.sources.lists import gleif_layouts as layouts
from overzicht.sources.lists.gleif_records import entity_record, exception_record, relation_record
from overzicht.sources.lists.interface import EntryFaultError, Layout, ReadReport, dated
from overzicht.sources.scratch import scratch
from overzicht.sources.strict import UnknownFieldError


@dataclass(frozen=True, slots=True)
class _Kind:
    path: str  # of the items
    spec: Spec
    paths: layouts.Paths
    make: Callable[[layouts.Fields, str], Record | None]


KINDS = {
    "golden-copy-lei2": _Kind("records.item", layouts.GOLDEN_LEI_SPEC, layouts.GOLDEN_LEI, entity_record),
    "golden-copy-rr": _Kind(
        "relations.item", layouts.GOLDEN_RELATION_SPEC, layouts.GOLDEN_RELATION, relation_record
    ),
    "golden-copy-repex": _Kind(
        "exceptions.item", layouts.GOLDEN_EXCEPTION_SPEC, layouts.GOLDEN_EXCEPTION, exception_record
    ),
    "api-lei2": _Kind("data", layouts.API_LEI_SPEC, layouts.API_LEI, entity_record),
    "api-rr": _Kind("data", layouts.API_RELATION_SPEC, layouts.API_RELATION, relation_record),
    "api-repex": _Kind("data", layouts.API_EXCEPTION_SPEC, layouts.API_EXCEPTION, exception_record),
}
_GOLDEN_STARTS = {
    "golden-copy-lei2": re.compile(rb'\s*\{\s*"records"\s*:\s*\[\s*(\]|\{\s*"LEI"\s*:\s*\{\s*"\$")'),
    "golden-copy-rr": re.compile(rb'\s*\{\s*"relations"\s*:\s*\[\s*(\]|\{\s*"RelationshipRecord")'),
    "golden-copy-repex": re.compile(
        rb'\s*\{\s*"exceptions"\s*:\s*\[\s*(\]|\{\s*"LEI"\s*:\s*\{\s*"\$"[^}]*\}\s*,\s*"Exception)'
    ),
}
_API_START = re.compile(rb'\s*\{\s*"meta"\s*:\s*\{\s*"goldenCopy"\s*:')
_API_TYPES = {
    "api-lei2": re.compile(rb'"data"\s*:\s*(\[\s*)?\{\s*"type"\s*:\s*"lei-records"'),
    "api-rr": re.compile(rb'"data"\s*:\s*(\[\s*)?\{\s*"type"\s*:\s*"relationship-records"'),
    "api-repex": re.compile(rb'"data"\s*:\s*(\[\s*)?\{\s*"type"\s*:\s*"reporting-exceptions"'),
}
_API_EMPTY = {  # a page without an entry tells only by its own address what was asked
    "api-rr": re.compile(rb"lei-records\\?/\w{20}\\?/(direct|ultimate)-child-relationships"),
    "api-lei2": re.compile(rb"lei-records\\?/\w{20}\\?/(direct|ultimate)-children"),
}
_WHOLE_FILE = re.compile(r"^(\d{8}-\d{4}-)?gleif-goldencopy-\w+-golden-copy\.json$")
_FILE_DAY = re.compile(r"^(\d{8})-\d{4}-gleif-goldencopy-")


def recognise(sample: Sample) -> Layout | None:
    """Return the layout; its part is `lei2`, `rr` or `repex`, or that of a delta or an answer."""
    for layout, start in _GOLDEN_STARTS.items():
        if start.match(sample.head):
            part = layout.removeprefix("golden-copy-")
            return Layout(layout, part if _WHOLE_FILE.match(sample.filename) else f"{part}-delta")
    if not _API_START.match(sample.head):
        return None
    is_empty = re.search(rb'"data"\s*:\s*\[\s*\]\s*\}\s*$', sample.head)
    for layout, sign in (_API_EMPTY if is_empty else _API_TYPES).items():
        if sign.search(sample.head):
            stem = sample.filename.removesuffix(".json")
            return Layout(layout, f"{layout.removeprefix('api-')}-answer-{stem}")
    return None


def read(source: SourceFile, layout: Layout, report: ReadReport) -> Iterator[Record]:
    """Yield the records of the file, in file order, and fill `report`."""
    kind = KINDS[layout.id]
    if layout.id.startswith("api-"):
        report.whole = False
        day = next(iterate_items(source, "meta.goldenCopy.publishDate"), None)
        if not isinstance(day, str):
            raise ListFileRefusedError(source.filename, "the answer does not state its date")
        with dated(source, "meta"):
            report.published = read_iso_date(day)
        pages = next(iterate_items(source, "meta.pagination"), None)
        if isinstance(pages, dict):
            report.remarks.append(
                f"page {pages.get('currentPage')} of {pages.get('lastPage')} of an answer with "
                f"{pages.get('total')} entries"
            )
        else:
            report.remarks.append("an answer about one entry")
        data = next(iterate_items(source, "data"), None)
        if data is None:
            raise ListFileRefusedError(source.filename, "the answer has no data")
        items = iter(data if isinstance(data, list) else [data])
    else:
        _describe_copy(source, report)
        items = iterate_items(source, kind.path)
    with scratch() as seen:
        for number, item in enumerate(items, start=1):
            name = ""
            if isinstance(item, dict):
                value = item.get("LEI") or item.get("id") or ""
                name = value.get("$", "") if isinstance(value, dict) else str(value).partition("|")[0]
            place = f"record {number}, LEI {name}" if name else f"record {number}"
            with report.record(place):
                if unknown := unknown_fields(item, kind.spec, report.ignored):
                    raise UnknownFieldError(unknown)
                if not isinstance(item, dict):
                    raise EntryFaultError(f"it is not a record: {str(item)[:60]!r}")
                is_api = kind.path == "data"
                parts = layouts.API_PARTS if is_api else layouts.GOLDEN_PARTS
                record = kind.make(
                    layouts.Fields(item["attributes"] if is_api else item, kind.paths, parts), place
                )
                if record is None:
                    report.ignored["void registrations"] += 1
                elif seen.is_new(record.id):
                    yield record
                else:
                    report.problem(place, f"{record.id} occurs earlier in the file")


def _describe_copy(source: SourceFile, report: ReadReport) -> None:
    if match := _FILE_DAY.match(source.filename):
        digits = match[1]
        try:
            file_day = datetime.strptime(digits, "%Y%m%d").date()  # noqa: DTZ007  # a day in a name has no zone
        except ValueError:
            file_day = None
        report.published = file_day
    if not _WHOLE_FILE.match(source.filename):
        report.whole = False
        report.remarks.append("by its name a delta, not the whole golden copy: it holds only what changed")
