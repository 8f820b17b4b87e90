"""Reads FollowTheMoney JSON lines: `entities.ftm.json`, flat, and `targets.nested.json`.

*Domain*: https://www.opensanctions.org/docs/bulk/json/ and https://followthemoney.tech.
*Caveats*. A republisher's copy, not the official lists; its data is CC BY-NC. A `Sanction` may come before or
after its party, so the file is read twice: first the sanctions (stored outside memory), then each party with
its listings. Sanctions are also records without a listing, so nothing counts twice. An unknown field is left
out of its record and reported as a problem. `entities.delta.json` contains only changes and is refused.
`targets.simple.csv`, `senzing.json` and similar files are other layouts.
"""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from overzicht.dates import read_iso_date
from overzicht.entities import Listing, Record
from overzicht.errors import UnreadableDateError
from overzicht.sources.interface import ListFileRefusedError, Sample, SourceFile
from overzicht.sources.lists.ftm_entities import (
    NOT_TAKEN,
    SANCTION,
    listing_of,
    make_record,
    read_entity,
)
from overzicht.sources.lists.interface import EntryFaultError, Layout, ReadReport
from overzicht.sources.scratch import Scratch, scratch

MAX_LINE = 32_000_000  # bytes; the longest line of OpenSanctions' whole collection is far below
FLAT, NESTED, DELTA = "entities-ftm", "targets-nested", "entities-delta"
REMARK = "a republisher's copy in the FollowTheMoney vocabulary, not an official list"
_SANCTION_LINE = re.compile(rb'"schema"\s*:\s*"Sanction"')
_WHOLE_COLLECTION = 2  # entities that must agree on one dataset before it names the part


@dataclass(frozen=True, slots=True)
class _Line:
    place: str
    data: Any


def recognise(sample: Sample) -> Layout | None:
    """Return the layout, with the dataset as part: the one all entities share, else the file's name."""
    lines = [_parsed(line) for line in sample.head.splitlines() if line.strip()]
    first = lines[0] if lines else None
    if not isinstance(first, dict):
        # whether a first line that is longer than the sample starts as an entity does
        looks_like_entity = bool(
            b"\n" not in sample.head.strip()
            and re.match(rb'\s*\{\s*"id"\s*:\s*"[^"]+"', sample.head)
            and re.search(rb'"schema"\s*:\s*"\w+"', sample.head)
            and re.search(rb'"properties"\s*:\s*\{', sample.head)
        )
        return Layout(FLAT, _stem(sample)) if looks_like_entity else None
    if set(first) >= {"op", "entity"}:
        return Layout(DELTA, _stem(sample))
    if not set(first) >= {"id", "schema", "properties"} or not isinstance(first["properties"], dict):
        return None
    entities = [line for line in lines if isinstance(line, dict)]
    sets = [
        set(map(str, datasets)) for entity in entities if isinstance(datasets := entity.get("datasets"), list)
    ]
    shared = set.intersection(*sets) if sets else set()
    if len(shared) == 1 and (len(sets) >= _WHOLE_COLLECTION or len(entities) == 1):
        part = shared.pop()
    else:
        part = _stem(sample)
    mappings = [known for entity in entities if isinstance(known := entity.get("properties"), dict)]
    lists = [items for known in mappings for items in known.values() if isinstance(items, list)]
    has_nested = any(isinstance(item, dict) and "schema" in item for items in lists for item in items)
    return Layout(NESTED if has_nested else FLAT, part)


def read(source: SourceFile, layout: Layout, report: ReadReport) -> Iterator[Record]:
    """Yield a record per entity, nested ones after their outer entity."""
    if layout.id == DELTA:
        raise ListFileRefusedError(
            source.filename,
            "it is a delta: changes to a state, from which no state can be read alone",
            fix="give the whole `entities.ftm.json` of the same version",
        )
    report.official = report.has_end = False
    report.remarks.append(REMARK)
    with scratch() as notes:
        _note_sanctions(source, notes)
        for line in _lines(source, report):
            yield from _records(line, report, notes)


def _parsed(line: bytes) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _stem(sample: Sample) -> str:
    return sample.filename.partition(".")[0]


def _lines(source: SourceFile, report: ReadReport | None = None) -> Iterator[_Line]:
    with source.open() as stream:
        number = 0
        while raw := stream.readline(MAX_LINE + 1):
            number += 1
            if len(raw) > MAX_LINE:
                raise ListFileRefusedError(
                    source.filename, f"the line is longer than {MAX_LINE:,} bytes", place=f"line {number}"
                )
            if report is None and not _SANCTION_LINE.search(raw):
                continue
            data = _parsed(raw) if raw.strip() else None
            if data is not None:
                yield _Line(f"line {number}", data)
            elif report is not None and raw.strip():
                report.problem(f"line {number}", "it is not whole JSON", "the file may be cut off")


def _note_sanctions(source: SourceFile, notes: Scratch) -> None:
    """Store every sanction under its party; a nested one without a party under its outermost entity."""
    for line in _lines(source):
        with suppress(EntryFaultError):  # reported when the line is read for its records
            outer = read_entity(line.data)
            for entity in outer.walk():
                if entity.schema == SANCTION:
                    text = json.dumps({"id": entity.id, "schema": SANCTION, "properties": entity.properties})
                    for party in entity.texts("entity") or (outer.id,):
                        notes.keep(party, text)


def _records(line: _Line, report: ReadReport, notes: Scratch) -> Iterator[Record]:
    try:
        outer = read_entity(line.data)
    except EntryFaultError as error:
        report.problem(line.place, str(error))
        return
    for name in NOT_TAKEN:
        if line.data.get(name):
            report.ignored[name] += 1
    with suppress(UnreadableDateError):
        seen = read_iso_date(str(line.data.get("last_seen", "")))
        report.newest = max(seen, report.newest or seen)
    for entity in outer.walk():
        place = f"{line.place}, id {entity.id}"
        if not notes.is_new(entity.id):
            if entity is outer:
                report.problem(place, "its id occurs earlier in the file")
            else:
                report.ignored["nested again"] += 1
            continue
        listings: dict[str, Listing] = {}
        for text in notes.kept(entity.id):
            sanction = read_entity(json.loads(text))
            try:
                listing = listing_of(sanction)
            except UnreadableDateError as error:
                entity.faults.append(f"sanction {sanction.id}: {error.message}")
                continue
            listings.setdefault(listing.id, listing)
        record = make_record(entity, place, tuple(listings.values()), report.ignored)
        if entity.faults:
            report.problem(place, "; ".join(dict.fromkeys(entity.faults)))
        yield record
