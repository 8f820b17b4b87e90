"""Reads the Entity List from the law text: eCFR's XML of 15 CFR part 744, supplement no. 4.

*Domain*: one row per entity and country: name, aliases and addresses in one cell, licence requirement,
licence review policy, Federal Register citations.
*Caveats*: the law does not state the listing date; the earliest citation gives it, which can be some days
later than the date in the Screening List. Continued rows, entities inside another's cell and footnotes are
separated. Other supplements are other lists (unverified, military end users) and are not read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from overzicht.dates import DateBasis, LegalDate, Period
from overzicht.entities import Listing, Record, Statement
from overzicht.sources.interface import ListFileRefusedError, Sample, SourceFile
from overzicht.sources.lists.interface import Layout, ReadReport
from overzicht.sources.lists.us_bis_entity_list_entries import citations, parties
from overzicht.sources.lists.us_features import (
    NOTES,
    country_code,
    name_key,
    stable_hash,
    unique,
    with_own_id,
)
from overzicht.sources.strict import first_root, iterate_xml

LIST_ID = "us-bis-entity-list"
MEASURE = "Entity List"
SUPPLEMENT = "Supplement No. 4 to Part 744"
CELLS = ("Country", "Entity", "License requirement", "License review policy", "Federal Register citation")
DATE_RULE = "day of the first Federal Register citation of the entry"
NAME_PROPERTIES = {"a": "alias", "f": "previousName", "n": "alias"}


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    country: str
    entity: str
    requirement: str
    policy: str
    citation: str


def recognise(sample: Sample) -> Layout | None:
    """Return the layout when the document is part 744 in eCFR's XML."""
    root = first_root(sample.head)
    if root is None or root.tag != "DIV5" or root.get("N") != "744" or root.get("TYPE") != "PART":
        return None
    return Layout("ecfr-xml")


def read(source: SourceFile, layout: Layout, report: ReadReport) -> Iterator[Record]:
    """Yield a record per entity, those listed inside another's cell right after it."""
    has_rows = False
    for row in _whole_rows(_rows(source, report), report):
        has_rows = True
        with report.record(f"row {row.number}"):
            records: list[Record] = []
            cited = citations(row.citation)
            if not cited:
                raise ValueError(
                    f"no Federal Register citation can be read in {' '.join(row.citation.split())!r}"
                )
            if not row.country:
                raise ValueError("there is no country above the row")
            listed = parties(row.entity)
            if not listed:
                raise ValueError("the entity cell names no party")
            start = LegalDate(min(day for _, day in cited), DateBasis.DERIVED, DATE_RULE)
            act = "; ".join(f"{citation}, {day.isoformat()}" for citation, day in cited)
            for index, party in enumerate(listed):
                own = f"{LIST_ID}-{stable_hash(row.country, name_key(party.name))}"
                listing = Listing(
                    own,
                    LIST_ID,
                    MEASURE,
                    Period(start),
                    programme=row.country,
                    act=act,
                    reason=" ".join(row.policy.split()),
                )
                place = f"supplement no. 4, row {row.number}"
                inside = "" if index == 0 else f"Listed inside the entry of {listed[0].name}"
                code = country_code(row.country)
                statements = unique(
                    [
                        Statement("name", party.name),
                        *(Statement(NAME_PROPERTIES[kind], other) for kind, other in party.others),
                        *(Statement("address", address) for address in party.addresses),
                        Statement("country", code, original=row.country)
                        if code
                        else Statement(NOTES, f"Listed under: {row.country}"),
                        Statement(NOTES, f"License requirement: {' '.join(row.requirement.split())}"),
                        Statement(NOTES, inside),
                    ]
                )
                records.append(
                    Record(
                        own, "LegalEntity", statements, f"{place}, inside" if inside else place, (listing,)
                    )
                )
            for record in records:
                with report.record(record.place):
                    yield with_own_id(record, report)
    if not has_rows:
        fix = "fetch the whole of 15 CFR part 744"
        raise ListFileRefusedError(source.filename, f"it holds no table in {SUPPLEMENT}", fix=fix)


def _rows(source: SourceFile, report: ReadReport) -> Iterator[_Row]:
    number, country = 0, ""
    for element in iterate_xml(source, ("TR",)):
        if not any(parent.get("N") == SUPPLEMENT for parent in element.iterancestors("DIV9")):
            continue
        number += 1
        heads = ["".join(str(text) for text in head.itertext()).split() for head in element.iter("TH")]
        cells = [_text(cell) for cell in element.iter("TD")]
        if heads:
            titles = ["".join(words) for words in heads]
            expected = [name.replace(" ", "") for name in CELLS]
            if titles != expected:
                raise ListFileRefusedError(
                    source.filename,
                    f"not the table's official header: {', '.join(titles)}",
                    place=SUPPLEMENT,
                    fix="the law's layout has changed; a new reader is needed",
                )
        elif len(cells) == 1:
            report.ignored["footnotes of the table"] += 1
        elif len(cells) == len(CELLS):
            country = " ".join(cells[0].split()) or country
            yield _Row(number, country, *cells[1:])
        elif cells:
            reason = f"the row has {len(cells)} cells, {len(CELLS)} are expected"
            report.problem(f"row {number}", reason)


def _text(element: etree._Element) -> str:
    """Return the text with a line per `br`, without superscript notes, which are not part of a name."""
    parts = [] if element.tag == "sup" else [_spaced(element.text)]
    for child in element:
        parts.append("\n" if child.tag == "br" else "")
        parts += [_text(child), _spaced(child.tail)]
    return "".join(parts)


def _spaced(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")


def _whole_rows(rows: Iterator[_Row], report: ReadReport) -> Iterator[_Row]:
    pending: _Row | None = None
    for row in rows:
        if row.requirement.strip() or row.policy.strip() or row.citation.strip():
            if pending is not None:
                yield pending
            pending = row
        elif pending is None:
            report.problem(f"row {row.number}", "it goes on from a row that is not there")
        else:
            pending = replace(pending, entity=f"{pending.entity}\n{row.entity}")
    if pending is not None:
        yield pending
