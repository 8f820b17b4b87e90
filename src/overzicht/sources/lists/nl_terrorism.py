"""Reads the Dutch national list as an OpenDocument workbook: some title rows, then seven columns.

*Domain*: persons and organisations whose assets the Dutch ministers have frozen under the Sanctions Act.
*Caveats*: written from a description of the format. Every heading is required, and an unknown heading refuses
the file.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import zip_longest

from overzicht.dates import LegalDate, Period, read_day_first_date
from overzicht.entities import Listing, Record
from overzicht.sources.interface import ListFileRefusedError, Sample, SourceFile
from overzicht.sources.lists.interface import EntryFaultError, Layout, ReadReport
from overzicht.sources.lists.list_values import Statements, collapse, partial_date
from overzicht.sources.lists.us_features import name_key, stable_hash
from overzicht.sources.lists.workbook import CellValue, links, open_workbook, rows

LIST_ID = "nl-terrorism"
LAYOUT = Layout("ods")
MIMETYPE = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
MEASURE = "Asset freeze"
PROGRAMME = "Sanctieregeling terrorisme 2007-II"
SURNAME, FIRST_NAMES, ALIAS, BORN, BIRTHPLACE, DECISION, LINK = COLUMNS = (
    "surname", "first name", "alias", "date of birth", "place of birth", "date of ministerial decision",
    "link official notification",
)  # fmt: skip
_BRACKETS = re.compile(r"\([^()]*\)")  # the form of a date, and "(s)", which the heading may or may not carry


def recognise(sample: Sample) -> Layout | None:
    """Return the layout of an OpenDocument spreadsheet that is named as the list is."""
    is_spreadsheet = sample.head.startswith(b"PK\x03\x04") and MIMETYPE in sample.head[:200]
    return LAYOUT if is_spreadsheet and "terroris" in sample.filename.lower() else None


def read(source: SourceFile, layout: Layout, report: ReadReport) -> Iterator[Record]:
    """Yield a record per row below the headings."""
    workbook = open_workbook(source)
    addresses = links(workbook)
    table = rows(workbook, source.filename)
    # the headings in the order of the columns, having read past them
    nearest: list[str] = []
    for number, cells in table:
        headings = [collapse(_BRACKETS.sub(" ", str(cell))).lower() for cell in cells]
        if not set(COLUMNS) & set(headings):
            continue
        missing = [name for name in COLUMNS if name not in headings]
        unknown = [name for name in headings if name and name not in COLUMNS]
        if not missing and not unknown and len(COLUMNS) == sum(map(bool, headings)):
            break
        nearest = nearest or [
            f"row {number}",
            *(f"missing {name}" for name in missing),
            *(f"unknown {name}" for name in unknown),
        ]
    else:
        reason = (
            f"not the headings of the list ({'; '.join(nearest)})" if nearest else "it has no row of headings"
        )
        raise ListFileRefusedError(
            source.filename, reason, fix="give the English file as the publisher offers it"
        )
    for number, cells in table:
        if not any(cells):
            continue
        place = f"row {number}"
        with report.record(place):
            pairs = list(zip_longest(headings, cells, fillvalue=""))
            for heading, cell in pairs:
                if cell and not heading:
                    raise EntryFaultError(f"{str(cell)!r} is in a column without a heading")
            record = _record({str(heading): cell for heading, cell in pairs if heading}, addresses, place)
            report.first(record.id, "the same name and day of decision occur earlier in the file")
            yield record


def _record(cells: Mapping[str, CellValue], addresses: Mapping[str, str], place: str) -> Record:
    last, first = (collapse(str(cells.get(column, ""))) for column in (SURNAME, FIRST_NAMES))
    if not last and not first:
        raise EntryFaultError("it has no name")
    schema = "Person" if first else "LegalEntity"
    out = Statements(schema)
    name = " ".join(filter(None, (first, last)))
    out.add("name", name)
    if first:
        out.add("firstName", first)
        out.add("lastName", last)
    for alias in re.split(r"(?<!\s)\s*[;\n]\s*", str(cells.get(ALIAS, ""))):
        out.add("alias", alias)
    born, town = cells.get(BORN, ""), collapse(str(cells.get(BIRTHPLACE, "")))
    printed = born.isoformat() if isinstance(born, date) else collapse(born)
    day = partial_date(printed) if schema == "Person" else ""
    out.add_read("birthDate", day, printed, "Date of birth")
    if schema == "Person":
        out.add("birthPlace", town)
    elif town:
        out.note(f"Place of birth: {town}")
    cell = cells.get(DECISION, "")
    if isinstance(cell, date):
        decided = read_day_first_date(cell.strftime("%d/%m/%Y"))  # which also refuses an implausible year
    else:
        if not cell:
            raise EntryFaultError("it has no date of the ministerial decision")
        decided = read_day_first_date(cell)
    notice = collapse(str(cells.get(LINK, "")))
    record_id = f"{LIST_ID}-{stable_hash(name_key(name), decided.isoformat())}"
    address = addresses.get(notice, notice)
    listing = Listing(
        record_id,
        LIST_ID,
        MEASURE,
        Period(LegalDate(decided)),
        programme=PROGRAMME,
        act=notice,
        act_address=address if address.startswith("https://") else "",
    )
    return Record(record_id, schema, out.all(), place, (listing,))
