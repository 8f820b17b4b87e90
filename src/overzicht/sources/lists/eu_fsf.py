"""Reads the EU list in its two official layouts, XML 1.1 and CSV 1.1.

*Caveats*. The list marks no main name, so a rule chooses one (`details.add_names`). The act of an entry is
the last that changed it, never the listing date (`listing.listed_since`). One entity may occur twice, once
per programme: the id of the second record includes the programme. Other fields of acts than the publication
date, and technical ids of details, are left out and counted.
"""

from collections.abc import Iterator

from lxml import etree

from overzicht.dates import read_day_first_date, read_iso_date
from overzicht.entities import Record
from overzicht.sources.interface import ListFileRefusedError, Sample, SourceFile
from overzicht.sources.lists import eu_fsf_csv as csv_layout
from overzicht.sources.lists import eu_fsf_xml as xml_layout
from overzicht.sources.lists.eu_fsf_persons import LIST_ID, Entry, add_details, listing_of
from overzicht.sources.lists.interface import Layout, ReadReport, dated
from overzicht.sources.lists.list_values import Statements, collapse
from overzicht.sources.strict import UnknownFieldError, first_root, iterate_children

XML = Layout("xml-1.1")
CSV = Layout("csv-1.1")
_CSV_START = b"fileGenerationDate;Entity_LogicalId;"
_BOM = b"\xef\xbb\xbf"
_FIX = "the layout may have changed; the reader must learn it first"
_COMMENT_SHOWN = 300  # maximum length of a top comment that is shown in a remark


def recognise(sample: Sample) -> Layout | None:
    """Return `xml-1.1` or `csv-1.1`, else None (also for other layouts of the same list)."""
    if sample.head.removeprefix(_BOM).startswith(_CSV_START):
        return CSV
    root = first_root(sample.head)
    if root is not None and root.tag == xml_layout.ROOT and "globalFileId" in root.attrib:
        return XML
    return None


def read(source: SourceFile, layout: Layout, report: ReadReport) -> Iterator[Record]:
    """Yield a record per entity, in file order."""
    seen: dict[str, set[str]] = {}
    entries = _xml_entries(source, report) if layout == XML else _csv_entries(source, report)
    for entry in entries:
        programmes = seen.setdefault(entry.logical_id, set())
        if entry.programme in programmes:
            reason = f"logicalId {entry.logical_id} occurs twice under programme {entry.programme}"
            report.problem(entry.place, reason, "keep one of the two")
            continue
        with report.record(entry.place, _FIX):
            repeated = bool(programmes)
            # the schema; an enterprise with a shipping number is an Organization, which can hold it
            if entry.subject == "person":
                schema = "Person"
            else:
                kinds = {
                    d.fields.peek("identificationTypeCode")
                    for d in entry.details
                    if d.kind == "identification"
                }
                schema = "Organization" if "imo" in kinds else "LegalEntity"
            statements = Statements(schema)
            add_details(entry, statements, report.ignored)
            if entry.un_id:
                statements.note(f"United Nations reference {entry.un_id}")
            for text in (*entry.remarks, entry.designation_details):
                statements.note(text)
            record_id = f"{LIST_ID}-{entry.logical_id}"
            record = Record(
                id=f"{record_id}-{entry.programme.lower()}" if repeated else record_id,
                schema=schema,
                statements=statements.all(),
                place=entry.place,
                listings=(listing_of(entry, repeated=repeated),),
            )
            programmes.add(entry.programme)
            yield record


def _xml_entries(source: SourceFile, report: ReadReport) -> Iterator[Entry]:
    is_first = True
    for number, element in enumerate(iterate_children(source, xml_layout.ROOT, depth=1), start=1):
        if is_first:
            root = element.getroottree().getroot()
            with dated(source, "export@generationDate"):
                report.published = read_iso_date(root.get("generationDate", ""))
            file_id = root.get("globalFileId", "")
            if not file_id.isdigit() or int(file_id) == 0:
                _mark_unofficial(report, f"its globalFileId is {file_id!r}, which no official file has")
            for comment in root.itersiblings(tag=etree.Comment, preceding=True):
                report.remarks.append(
                    f"A comment at its top reads: {collapse(comment.text or '')[:_COMMENT_SHOWN]}"
                )
            is_first = False
        place = f"element {number} ({element.get('logicalId', 'no logicalId')})"
        with report.record(place, _FIX):
            if element.tag != xml_layout.ENTITY:
                raise UnknownFieldError([etree.QName(element).localname])
            entry = xml_layout.read_entity(element, report.ignored)
            if entry.logical_id.startswith("-"):
                _mark_unofficial(report, f"{entry.place} is a placeholder")
            yield entry
    if is_first:
        raise ListFileRefusedError(source.filename, "it holds no entity", fix="fetch it again")


def _mark_unofficial(report: ReadReport, reason: str) -> None:
    if report.official:
        report.official = False
        report.remarks.append(f"This is not an official file: {reason}.")


def _csv_entries(source: SourceFile, report: ReadReport) -> Iterator[Entry]:
    for entry in csv_layout.gather(_dated_rows(source, report), report):
        if not entry.logical_id.isdigit():
            _mark_unofficial(report, f"{entry.place} has no official id")
        yield entry
    if report.published is None:
        raise ListFileRefusedError(source.filename, "it holds no rows", fix="fetch it again")


def _dated_rows(source: SourceFile, report: ReadReport) -> Iterator[dict[str, str]]:
    for row in csv_layout.rows(source):
        if report.published is None:
            with dated(source, row[""]):
                report.published = read_day_first_date(row["fileGenerationDate"])
        yield row
