"""Reads the consolidated XML of the Security Council.

*Caveats*. A person's name has up to four parts whose meaning differs by culture, so they are joined. The file
has many empty elements; empty aliases are counted as ignored. Days may have a zone without a time. The file
does not state the measures, which differ by sanctions regime.
"""

import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from overzicht.dates import LegalDate, Period, read_iso_date
from overzicht.entities import Record
from overzicht.entities.record import Listing
from overzicht.errors import UnreadableDateError
from overzicht.sources.lists.interface import (
    EntryFaultError,
    Layout,
    ListFileRefusedError,
    ReadReport,
    Sample,
    SourceFile,
    dated,
)
from overzicht.sources.lists.statements import Statements
from overzicht.sources.lists.un_sc.details import ADDERS, add_values
from overzicht.sources.lists.values import collapse
from overzicht.sources.strict import UnknownFieldError, first_root, iterate_children

LIST_ID = "un-sc"
XML = Layout("xml")
MEASURE = "Security Council measures"
_SECTIONS = frozenset({"INDIVIDUALS", "ENTITIES"})
_ROOT = "CONSOLIDATED_LIST"
_SCHEMATA = {"INDIVIDUAL": "Person", "ENTITY": "LegalEntity"}
_NAMES = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_IGNORED = ("VERSIONNUM", "LIST_TYPE", "LAST_DAY_UPDATED", "SORT_KEY", "SORT_KEY_LAST_MOD", "SUBMITTED_ON",
            "SUBMITTED_BY")  # fmt: skip
_SINGLE = frozenset(
    {"DATAID", "REFERENCE_NUMBER", "UN_LIST_TYPE", "LISTED_ON", "GENDER", "COMMENTS1", *_NAMES}
)
_GENDERS = {"male": "male", "female": "female", "unknown": ""}
_ZONED_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[+-]\d{2}:\d{2}|Z)?")


def recognise(sample: Sample) -> Layout | None:
    """Return `xml` for a document with the list's root element, else None."""
    root = first_root(sample.head)
    return XML if root is not None and root.tag == _ROOT and "dateGenerated" in root.attrib else None


def read(source: SourceFile, layout: Layout, report: ReadReport) -> Iterator[Record]:
    """Yield a record per individual and per entity, in file order."""
    for element in iterate_children(source, _ROOT, depth=2):
        section = element.getparent()
        if section is not None and section.tag not in _SECTIONS:
            report.problem(str(section.tag), "this section is not known")
            continue
        if report.published is None:
            with dated(source, f"{_ROOT}@dateGenerated"):
                root = element.getroottree().getroot()
                report.published = read_iso_date(root.get("dateGenerated", ""))
        reference = (element.findtext("REFERENCE_NUMBER") or "without reference").strip()
        place = f"{element.tag!s} {reference} (DATAID {(element.findtext('DATAID') or 'none').strip()})"
        with report.record(place):
            kind = str(element.tag)
            if kind not in _SCHEMATA:
                raise UnknownFieldError([kind])
            single = _single_fields(element)
            out = Statements(_SCHEMATA[kind])
            parts = [single.get(tag, "") for tag in _NAMES]
            name = collapse(" ".join(parts))
            if not name:
                raise EntryFaultError("it has no name")
            spelling = " ".join(part for part in parts if part)
            out.add("name", name, original=spelling if spelling != name else "")
            for child in element.iterchildren(tag=etree.Element):
                _add_child(child, kind, out, report.ignored)
            gender = single.get("GENDER", "")
            if gender and gender.lower() not in _GENDERS:
                raise EntryFaultError(f"gender {gender!r} is not known")
            out.add("gender", _GENDERS.get(gender.lower(), ""))
            out.note(single.get("COMMENTS1", ""))
            record = Record(
                id=f"{LIST_ID}-{_required(single, 'DATAID')}",
                schema=_SCHEMATA[kind],
                statements=out.all(),
                place=place,
                listings=(_listing(single),),
            )
            report.first(record.id, "its DATAID occurs earlier in the file")
            yield record
    if report.published is None:
        raise ListFileRefusedError(source.filename, "it holds no individual or entity")


def _single_fields(element: etree._Element) -> dict[str, str]:
    fields: dict[str, str] = {}
    for child in element.iterchildren(tag=etree.Element):
        tag = str(child.tag)
        if tag in _SINGLE:
            if tag in fields:
                raise EntryFaultError(f"it has more than one {tag}")
            fields[tag] = child.text or ""
    return {tag: text if tag == "COMMENTS1" else text.strip() for tag, text in fields.items()}


def _required(single: dict[str, str], tag: str) -> str:
    if not single.get(tag):
        raise EntryFaultError(f"it has no {tag}")
    return single[tag]


def _add_child(child: etree._Element, kind: str, out: Statements, ignored: Counter[str]) -> None:
    tag = str(child.tag)
    if tag in _SINGLE:
        if len(child):
            raise UnknownFieldError([f"{tag}/{part.tag!s}" for part in child])
        return
    if tag in _IGNORED:
        ignored[tag] += bool("".join(child.itertext()).strip())
        return
    if add_values(child, out):
        return
    adder = ADDERS.get(tag.removeprefix(f"{kind}_"))
    if adder is None or not tag.startswith(f"{kind}_"):
        raise UnknownFieldError([tag])
    adder(child, out, ignored)


def _listing(single: dict[str, str]) -> Listing:
    listed = _required(single, "LISTED_ON")
    match = _ZONED_DAY.fullmatch(listed)
    if match is None:
        raise UnreadableDateError(listed)
    return Listing(
        id=_required(single, "REFERENCE_NUMBER"),
        list_id=LIST_ID,
        measure=MEASURE,
        period=Period(LegalDate(read_iso_date(match[1]))),
        programme=_required(single, "UN_LIST_TYPE"),
    )
