"""Reads the tables of American procurement and authorisation bans; each file is a part of the list.

*Domain*: the FCC Covered List (`fcc-covered-list`), companies named in defence acts (`section-889`,
`section-5949`, `section-154`, `section-1286`), military-intelligence end users (`bis-mieu`).
*Caveats*: the tables are transcriptions of law and a web page, so they are not official. Sections 889 and
5949 have no date, section 1286 only the year of each report.
"""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date

from overzicht.dates import DateBasis, LegalDate, Period, read_iso_date, read_written_date
from overzicht.entities import Listing, Record, Statement
from overzicht.errors import UnreadableDateError
from overzicht.sources.interface import Sample, SourceFile
from overzicht.sources.lists.interface import Layout, ReadReport
from overzicht.sources.lists.us_features import NOTES, country_code, name_key, stable_hash, unique
from overzicht.sources.strict import Row, read_table

VERB = r"(?:produced|supplied|provided)"
NAME = r"(?P<name>[A-Z].*?)"
CLAUSE_END = r"(?=,? including\b|,? to the extent\b|,? subject to\b|,? or any of its\b|,? and its\b|\.?\s*$)"
BY_WHOM = re.compile(
    rf"\b{VERB}(?: or {VERB})?,?(?: directly or indirectly,)? by {NAME}{CLAUSE_END}", re.DOTALL
)
SUBSIDIARY = re.compile(rf"\band its (?:wholly-owned )?subsidiar(?:y|ies) {NAME}{CLAUSE_END}", re.DOTALL)
DAY = re.compile(r"([A-Z][a-z]+ \d{1,2}, \d{4})")


def names_in(prose: str) -> tuple[str, ...]:
    """Return the companies that a row names, in order; empty for a row on a class of equipment."""
    text = " ".join(prose.split())
    names = [match["name"] for pattern in (BY_WHOM, SUBSIDIARY) for match in pattern.finditer(text)]
    return tuple(dict.fromkeys(name.rstrip(",").strip() for name in names))


def days_in(text: str) -> tuple[date, tuple[date, ...]]:
    """Return (day of inclusion, days of update) of "March 12, 2021Updated:January 7, 2026".

    Raises UnreadableDateError for other text.
    """
    first, *updates = text.split("Updated:")
    for part in (first, *updates):
        if DAY.fullmatch(part.strip()) is None:
            raise UnreadableDateError(text)
    return read_written_date(first), tuple(read_written_date(part) for part in updates)


LIST_ID = "us-procurement-bans"
FCC = ("covered_equipment_or_services", "date_of_inclusion_on_covered_list")
SECTION = ("schema", "name", "aliases", "topics", "program", "authority", "reason", "report-date",
           "start-date", "end-date", "country", "notes", "source_url")  # fmt: skip
END_USERS = ("Type", "Name", "Alias", "Country", "Topics", "Program", "Date", "End date", "Source URL")
SCHEMATA = {"Company", "Organization", "LegalEntity"}
CLASS_ROWS = "rows on a whole class of equipment, which name nobody"
REPORT_RULE = "the report on a year has come out before the end of the next"
ENACTED = {  # sections whose table states no date: the law's date of signature
    "section-889": date(2018, 8, 13),
    "section-5949": date(2022, 12, 23),
}
ENACTED_RULE = "the day on which the law that names it was signed"
NOT_REPEATED = "the newest report in the file does not name it"


def recognise(sample: Sample) -> Layout | None:
    """Return the layout by its header; the part by the act that the first row names."""
    text = sample.head.decode("utf-8-sig", errors="replace")
    rows = csv.reader(io.StringIO(text))
    try:
        header, first = tuple(next(rows, [])), next(rows, [])
    except csv.Error:  # a workbook, a picture: no table of text at all
        return None
    if header == FCC:
        return Layout("csv-prose", "fcc-covered-list")
    if header == END_USERS:
        return Layout("csv-end-users", "bis-mieu")
    if header == SECTION and len(first) == len(SECTION):
        named = re.match(r"Section (\d+) of ", first[SECTION.index("program")])
        return Layout("csv-section", f"section-{named[1]}") if named else None
    return None


def read(source: SourceFile, layout: Layout, report: ReadReport) -> Iterator[Record]:
    """Yield a record per company named, in order of first naming."""
    report.official = False
    headers = {"csv-prose": FCC, "csv-section": SECTION, "csv-end-users": END_USERS}
    readers = {"csv-prose": _covered, "csv-section": _section, "csv-end-users": _end_user}
    drafts: dict[str, _Draft] = {}
    for row in read_table(source, header=headers[layout.id], on_bad_row=report.problems.append):
        with report.record(row.place):
            readers[layout.id](row, drafts, report, layout.part)
            row.finish()
    newest = max((draft.years[-1] for draft in drafts.values() if draft.years), default=0)
    yield from (draft.record(layout.part, newest) for draft in drafts.values())


class _Draft:
    def __init__(self, schema: str, name: str, place: str) -> None:
        self.schema, self.name, self.place = schema, name, place
        self.statements: list[Statement] = [Statement("name", name)]
        self.years: list[int] = []
        self.start: LegalDate | None = None
        self.end: LegalDate | None = None
        self.programme = self.act = self.address = self.reason = ""

    def record(self, part: str, newest: int) -> Record:
        own = f"{LIST_ID}-{part}-{stable_hash(name_key(self.name))}"
        start, end = self.start, self.end
        if self.years:
            listed = f"Named in the reports on {', '.join(map(str, self.years))}"
            self.statements.append(Statement(NOTES, listed))
            start = LegalDate(date(self.years[0] + 1, 12, 31), DateBasis.NOT_LATER_THAN, REPORT_RULE)
            if end is None and self.years[-1] < newest:
                last = date(newest + 1, 12, 31)
                end = LegalDate(last, DateBasis.NOT_LATER_THAN, f"{NOT_REPEATED}; {REPORT_RULE}")
        listing = Listing(
            own,
            LIST_ID,
            _measure(part),
            Period(start, end),
            programme=self.programme,
            act=self.act,
            act_address=self.address,
            reason=self.reason,
        )
        return Record(own, self.schema, unique(self.statements), self.place, (listing,))


def _measure(part: str) -> str:
    words = {"fcc-covered-list": "FCC Covered List", "bis-mieu": "Military-intelligence end users"}
    return words.get(part, part.replace("section-", "Section "))


def _draft(drafts: dict[str, _Draft], row: Row, schema: str, name: str) -> _Draft:
    if schema not in SCHEMATA:
        raise ValueError(f"unsupported type {schema!r}; supported: {', '.join(sorted(SCHEMATA))}")
    if not name_key(name):
        raise ValueError("the name column is empty")
    return drafts.setdefault(name_key(name), _Draft(schema, name, row.place))


def _covered(row: Row, drafts: dict[str, _Draft], report: ReadReport, part: str) -> None:
    prose = " ".join(row.take(FCC[0]).split())
    included, updates = days_in(row.take(FCC[1]))
    names = names_in(prose)
    if not names:
        report.ignored[CLASS_ROWS] += 1
        report.remarks.append(f"{row.place}: covers a class of equipment, names nobody ({included})")
    for name in names:
        if name_key(name) in drafts:
            raise ValueError(f"{name!r} occurs in two rows")
        draft = _draft(drafts, row, "Company", name)
        draft.start, draft.reason, draft.programme = LegalDate(included), prose, _measure(part)
        draft.act = "; ".join(f"updated {day}" for day in updates)


def _section(row: Row, drafts: dict[str, _Draft], report: ReadReport, part: str) -> None:
    schema, name, reported = row.take("schema"), row.take("name"), row.take("report-date")
    known = name_key(name) in drafts
    draft = _draft(drafts, row, schema, name)
    year = int(reported) if re.fullmatch(r"20\d\d", reported) else None
    if known and (year is None or year in draft.years):
        raise ValueError(f"{name!r} occurs twice{f' in the report on {year}' if year else ''}")
    start, end = row.take("start-date"), row.take("end-date")
    if year is not None:
        draft.years = sorted({*draft.years, year})
    elif reported:
        draft.statements.append(Statement(NOTES, f"Enacted {read_iso_date(reported)}"))
    if start:
        draft.start = LegalDate(read_written_date(start))
    elif part in ENACTED:
        draft.start = LegalDate(ENACTED[part], DateBasis.DERIVED, ENACTED_RULE)
    if re.fullmatch(r"20\d\d", end):
        draft.end = LegalDate(date(int(end), 12, 31), DateBasis.NOT_LATER_THAN, f"the table says {end}")
    elif end:
        draft.end = LegalDate(read_iso_date(end))
    draft.programme = row.take("program")
    draft.act = row.take("authority")
    draft.address = row.take("source_url")
    draft.reason = row.take("reason")
    country = row.take("country")
    draft.statements += [Statement("alias", alias.strip()) for alias in row.take("aliases").split(";")]
    draft.statements += [Statement("country", country_code(country), original=country)]
    draft.statements += [Statement(NOTES, row.take("notes")), Statement("sourceUrl", draft.address)]
    row.ignore(("topics",), report.ignored)


def _end_user(row: Row, drafts: dict[str, _Draft], report: ReadReport, part: str) -> None:
    schema, name, country, end = (row.take(column) for column in ("Type", "Name", "Country", "End date"))
    key = f"{name} {country}"  # agencies of two countries may share a name
    if name_key(key) in drafts:
        raise ValueError(f"{name!r} occurs twice")
    draft = _draft(drafts, row, schema, key)
    draft.statements = [Statement("name", name)]
    draft.statements += [Statement("alias", alias.strip()) for alias in row.take("Alias").split(";")]
    draft.statements.append(Statement("country", country_code(country), original=country))
    draft.start = LegalDate(read_iso_date(row.take("Date")))
    draft.end = LegalDate(read_iso_date(end)) if end else None
    draft.programme, draft.address = row.take("Program"), row.take("Source URL")
    draft.statements.append(Statement("sourceUrl", draft.address))
    row.ignore(("Topics",), report.ignored)
