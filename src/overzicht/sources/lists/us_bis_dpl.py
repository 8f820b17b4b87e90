"""Reads `dpl.txt` of the Bureau of Industry and Security: tab-separated, 12 columns.

*Domain*: orders that deny a party the right to take part in trade in American items, with their dates.
*Caveats*: one row per name and address, so consecutive rows with the same name and dates are one record. The
official file contains impossible dates (year 2922): for expiry or change they become a note and a remark,
because the row is otherwise correct. A row without a valid effective date is a problem.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from overzicht.dates import LegalDate, Period, read_iso_date, read_month_first_date
from overzicht.entities import Listing, Record
from overzicht.errors import UnreadableDateError
from overzicht.sources.interface import Sample, SourceFile
from overzicht.sources.lists.interface import Layout, ReadReport
from overzicht.sources.lists.list_values import Statements, collapse, joined
from overzicht.sources.lists.us_features import country_code, name_key, stable_hash
from overzicht.sources.strict import Row, header_of, read_table

LIST_ID = "us-bis-dpl"
LAYOUT = Layout("tsv-12")
MEASURE = "Denied Persons List"
HEADER = ("Name", "Street_Address", "City", "State", "Country", "Postal_Code", "Effective_Date",
          "Expiration_Date", "Standard_Order", "Last_Update", "Action", "FR_Citation")  # fmt: skip
KEY = ("Name", "Effective_Date", "Expiration_Date")
_FULL_DAY = re.compile(r"\d\d/\d\d/(\d{4})|(\d{4})-\d\d-\d\d")


@dataclass(slots=True)
class _Seen:
    """What is remembered of the whole file: its rows, ids, the newest change, and days that cannot be."""

    rows: int = 0
    ids: set[str] = field(default_factory=set)
    newest: date | None = None
    impossible: list[str] = field(default_factory=list)


def recognise(sample: Sample) -> Layout | None:
    """Return the layout when the first line is the official header, with or without quotes."""
    return LAYOUT if header_of(sample, "\t") == HEADER else None


def read(source: SourceFile, layout: Layout, report: ReadReport) -> Iterator[Record]:
    """Yield a record per run of rows with the same name and days."""
    rows = read_table(source, header=HEADER, delimiter="\t", on_bad_row=report.problems.append)
    seen = _Seen()
    for key, group in groupby(rows, key=lambda row: tuple(collapse(row.peek(name)) for name in KEY)):
        run = list(group)
        seen.rows += len(run)
        with report.record(run[0].place):
            name, effective, expires = key
            if not name:
                raise ValueError("the name column is empty")
            out = Statements("LegalEntity")
            start = LegalDate(read_month_first_date(effective))
            end = _day(expires, "Expiration date", out, run[0], seen)
            if end is not None and end < start.day:
                raise ValueError(f"the order ends on {end}, before it starts on {start}")
            period = Period(start, LegalDate(end) if end is not None else None)
            out.add("name", run[0].peek("Name"))
            notices: dict[str, None] = {}
            for row in run:
                _add_row(row, out, notices, seen)
                row.ignore(("Action",), report.ignored)
                row.finish()
            act, *others = list(notices) or [""]
            for other in others:
                out.note(f"Federal Register: {other}")
            # the id; of two orders of one party on one day the later in the file carries its end
            record_id = f"{LIST_ID}-{stable_hash(name_key(name), effective)}"
            if record_id in seen.ids:
                record_id = f"{record_id}-{stable_hash(expires)[:6]}"
            if record_id in seen.ids:
                raise ValueError(
                    "the same name and dates occur earlier in the file, with other rows in between"
                )
            seen.ids.add(record_id)
            listing = Listing(record_id, LIST_ID, MEASURE, period, act=act)
            last = run[-1].place if len(run) > 1 else ""
            place = f"{run[0].place} to {last}" if last else run[0].place
            yield Record(record_id, "LegalEntity", out.all(), place, (listing,))
    report.remarks.append(f"{seen.rows} rows make {len(seen.ids)} records.")
    report.newest = seen.newest
    if seen.impossible:
        report.remarks.append(
            f"{len(seen.impossible)} impossible days are kept as printed: {'; '.join(seen.impossible)}."
        )


def _day(text: str, label: str, out: Statements, row: Row, seen: _Seen) -> date | None:
    """Return a day in either form; a full day that cannot be is noted as printed, other words are a fault."""
    if not text:
        return None
    try:
        return read_month_first_date(text) if "/" in text else read_iso_date(text)
    except UnreadableDateError:
        if _FULL_DAY.fullmatch(text) is None:
            raise
        out.note(f"{label} as printed: {text}")
        seen.impossible.append(f"{row.place}, {label.lower()} {text}")
        return None


def _add_row(row: Row, out: Statements, notices: dict[str, None], seen: _Seen) -> None:
    for name in KEY:
        row.take(name)
    street, city, state = (collapse(row.take(column)) for column in ("Street_Address", "City", "State"))
    country, postcode = collapse(row.take("Country")), collapse(row.take("Postal_Code"))
    region = " ".join(filter(None, (state, postcode)))
    if street or city:
        out.add("address", joined((street, city, region, country)))
    out.add_read("country", country_code(country), country, "Country")
    standard = row.take("Standard_Order")
    if standard.upper() not in {"", "Y", "N"}:
        raise ValueError(f"the mark of a standard order is {standard!r}, not Y or N")
    if standard.upper() == "N":
        out.note("Not a standard order: the notice has its terms")
    if notice := collapse(row.take("FR_Citation")):
        notices[notice] = None
    changed = _day(row.take("Last_Update"), "Last update", out, row, seen)
    if changed is not None:
        seen.newest = max(changed, seen.newest or changed)
