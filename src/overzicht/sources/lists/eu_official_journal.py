"""Reads the transcription of the annexes: one file per framework act, or per amending act.

*Caveats*. The files contain what the acts print: dates have many forms and a cell may have several values.
Numbers start again in each annex, so act, annex and number identify a record, or act, annex and name if there
is no number. Rows for one party under other acts or annexes remain separate records, because the file does
not state that they are the same party.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from overzicht.dates import LegalDate, Period, read_day_first_date, read_iso_date, read_written_date
from overzicht.entities import Record
from overzicht.entities.record import Listing
from overzicht.errors import UnreadableDateError
from overzicht.sources.interface import Sample, SourceFile
from overzicht.sources.lists.eu_official_journal_cells import (
    AMENDMENT_HEADER,
    CONSOLIDATED_HEADER,
    MEASURES,
    SCHEMATA,
    add_cells,
)
from overzicht.sources.lists.interface import EntryFaultError, Layout, ReadReport
from overzicht.sources.lists.list_values import Statements, collapse
from overzicht.sources.strict import Row, read_table

LIST_ID = "eu-official-journal"
CONSOLIDATED = "consolidated"
AMENDMENT = "amendment"
EUR_LEX = "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:"
_HEADERS = {CONSOLIDATED: CONSOLIDATED_HEADER, AMENDMENT: AMENDMENT_HEADER}
_ACT_COLUMN = {CONSOLIDATED: "celex", AMENDMENT: "amendmentCelex"}
_CELEX = re.compile(r"3\d{4}[DR]\d{4}")
_REMARK = "This is a transcription of annexes of the Official Journal, not the Journal itself."
_EMPTY = "The act lists nobody in this version."


def recognise(sample: Sample) -> Layout | None:
    """Return the layout with the act's CELEX number as its part, else None."""
    lines = sample.head.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)
    for layout, header in _HEADERS.items():
        if lines[0].strip() == ",".join(header).encode():
            part = _part(lines[1] if len(lines) > 1 else b"", layout, sample.filename)
            return Layout(layout, part) if part else None
    return None


def read(source: SourceFile, layout: Layout, report: ReadReport) -> Iterator[Record]:
    """Yield a record per party and annex, in file order."""
    report.official = False
    report.remarks.append(_REMARK)
    seen: Counter[str] = Counter()
    is_empty = True
    table = read_table(source, header=_HEADERS[layout.id])
    for _, group in groupby(table, key=_party):
        is_empty = False
        rows = list(group)
        with report.record(rows[0].place):
            first = rows[0]
            celex = first.peek(_ACT_COLUMN[layout.id])
            if celex != layout.part:
                raise EntryFaultError(f"the row is of act {celex!r}, the file of {layout.part}")
            schema, annex, name = first.peek("schema"), first.peek("annex"), collapse(first.peek("name"))
            named = hashlib.sha256(f"{collapse(schema)}\n{name}".encode()).hexdigest()[:12]
            number = _slug(first.peek("recordId")) or f"n{named}"
            key = f"{celex}-{_slug(annex)}-{number}"
            if schema not in SCHEMATA:
                raise EntryFaultError(f"schema {schema!r} is not known")
            # An annex without numbers can repeat a party: only its position in the file then identifies it.
            seen[key] += 1
            key = key if seen[key] == 1 else f"{key}-{seen[key]}"
            statements = Statements(schema)
            listings = []
            for row in rows:
                listings.append(_listing(row, layout, key))
                add_cells(row, statements, report.ignored)
                row.finish()
            if not name:
                raise EntryFaultError("it has no name")
            yield Record(
                id=f"{LIST_ID}-{key}",
                schema=schema,
                statements=statements.all(),
                place=f"{first.place} (annex {annex}, {name})",
                listings=tuple(listings),
            )
    if is_empty:
        report.remarks.append(_EMPTY)


def _part(rest: bytes, layout: str, filename: str) -> str:
    """Return the CELEX number that the first row names, else (a file without rows) the file's name."""
    cells = rest.split(b"\n", 1)[0].decode("utf-8", "replace").split(",")
    index = _HEADERS[layout].index(_ACT_COLUMN[layout])
    named = cells[index].strip('"') if rest.strip() and len(cells) > index else filename.rsplit(".", 1)[0]
    return named if _CELEX.fullmatch(named) else ""


def _party(row: Row) -> tuple[str, ...]:
    """Rows that follow each other with the same number, annex, name and schema are one party's listings."""
    if not row.peek("recordId"):
        return (row.place,)
    return tuple(row.peek(name) for name in ("annex", "recordId", "schema", "name"))


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _listing(row: Row, layout: Layout, key: str) -> Listing:
    celex = row.take(_ACT_COLUMN[layout.id])
    amended = row.take_if_there("amendedCelex")
    for known in ("recordId", "schema"):
        row.take(known)
    annex, measure = row.take("annex"), row.take("measure")
    if measure not in MEASURES:
        raise EntryFaultError(f"measure {measure!r} is not known")
    text = row.take("startDate")
    start = None
    if text:
        for read in (read_day_first_date, read_iso_date):
            try:
                start = LegalDate(read(text))
                break
            except UnreadableDateError as error:
                if "form that we know" not in error.message:
                    raise
        else:
            start = LegalDate(read_written_date(text.replace(".", "")))
    return Listing(
        id=f"{key}-{_slug(measure)}",
        list_id=LIST_ID,
        measure=measure,
        period=Period(start),
        programme=row.take("programKey"),
        act=f"{celex} (amends {amended}), annex {annex}" if amended else f"{celex}, annex {annex}",
        act_address=EUR_LEX + celex,
        reason=collapse(row.take("reason")),
    )
