"""Reads the transcription of the section 1260H list that stacks all its versions in one table.

*Domain*: companies named by the Department of Defense, by version, with the parent that the list gives.
*Caveats*: the Department publishes PDF only, so the table is a transcription and not official. The printed
name, with short name and asterisk, is the original of the name. Owners have no share. A version that repeats
an earlier name *restates the whole list*, so a name that it omits is off the list. A version that repeats
none *only adds*. An omitted name may continue under another one: see `first_names`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from overzicht.dates import DateBasis, LegalDate, Period, read_iso_date
from overzicht.entities import Listing, Record, Statement
from overzicht.grouping import by_key
from overzicht.sources.interface import Sample, SourceFile
from overzicht.sources.lists.interface import Layout, ReadReport
from overzicht.sources.lists.us_features import NOTES, name_key, stable_hash, unique
from overzicht.sources.strict import header_of, read_table


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: a company in one version. A `key` is a name without case and punctuation; `end` is stated."""

    place: str
    version: date
    key: str
    name: str
    printed: str
    aliases: tuple[str, ...]
    previous: tuple[str, ...]
    parent: str
    parent_key: str
    note: str
    end: date | None
    address: str

    @property
    def bare_name(self) -> str:
        """The name without the text in brackets after it (`Lens Works (LW)`)."""
        return re.sub(r"(?<!\s)\s*\([^()]*\)$", "", self.name)

    def is_renamed_from(self, other: "Entry") -> bool:
        """Return whether this row of a later version states that it is the party of another row.

        It gives the other name as previous, has the same short name, or differs in a bracketed name.
        """
        own = {name_key(self.bare_name), *map(name_key, self.aliases)}
        theirs = {name_key(other.bare_name), *map(name_key, other.aliases)}
        return other.key in set(map(name_key, self.previous)) or not own.isdisjoint(theirs)


def restating_versions(entries: Sequence[Entry]) -> tuple[date, ...]:
    """Return the days of the versions that state the whole list, in order; the first version always does."""
    known: set[str] = set()
    days: list[date] = []
    for version in sorted({entry.version for entry in entries}):
        keys = {entry.key for entry in entries if entry.version == version}
        if not known or keys & known:
            days.append(version)
        known |= keys
    return tuple(days)


def first_names(entries: Sequence[Entry], restated: Sequence[date]) -> Mapping[str, str]:
    """Return for every name the first name of its party: a rename is not a new listing.

    An omitted name is the same party as a name that is new in that version and refers to it
    (`Entry.is_renamed_from`), if no other row fits. `listed_periods` decides whether it was off the list
    between.
    """
    first: dict[str, str] = {}
    newest: dict[str, Entry] = {}
    for version in sorted({entry.version for entry in entries}):
        rows = {entry.key: entry for entry in entries if entry.version == version}
        fresh = [row for key, row in rows.items() if key not in first]
        first |= {row.key: row.key for row in fresh}
        if version in restated:
            gone = [old for key, old in newest.items() if key not in rows]
            pairs = [(new, old) for new in fresh for old in gone if new.is_renamed_from(old)]
            for new, old in pairs:
                if sum(new in pair or old in pair for pair in pairs) == 1:
                    first[new.key] = first[old.key]
        newest |= rows
    return first


def listed_periods(entries: Sequence[Entry], restated: Sequence[date]) -> Iterator[tuple[Entry, Period]]:
    """Yield (first entry, period) for each period in which a name was listed without interruption.

    `entries` are those of one name, in order of version. The end is the stated one, or derived from a whole
    version that omits the name.
    """
    first = entries[0]
    for entry, following in zip(entries, [*entries[1:], None], strict=True):
        end = _end_of(entry, following, restated)
        if end is None and following is not None:
            continue
        yield first, Period(LegalDate(first.version), end)
        if following is not None:
            first = following


def _end_of(entry: Entry, following: Entry | None, restated: Sequence[date]) -> LegalDate | None:
    if entry.end is not None:
        return LegalDate(entry.end)
    limit = following.version if following is not None else date.max
    missing = next((day for day in restated if entry.version < day < limit), None)
    if missing is None:
        return None
    return LegalDate(missing, DateBasis.DERIVED, f"the whole version of {missing} leaves the name out")


def parent_periods(entries: Sequence[Entry], restated: Sequence[date]) -> Iterator[tuple[Entry, Period]]:
    """Yield (entry, period) for each version that names a parent, until the next version."""
    for entry, following in zip(entries, [*entries[1:], None], strict=True):
        if entry.parent:
            end = _end_of(entry, following, restated)
            if end is not None or following is None:
                parent_end = end
            else:
                rule = f"the version of {following.version} names {following.parent}"
                if not following.parent:
                    rule = f"the version of {following.version} names no parent"
                parent_end = LegalDate(following.version, DateBasis.DERIVED, rule)
            yield entry, Period(LegalDate(entry.version), parent_end)


LIST_ID = "us-1260h"
MEASURE = "Section 1260H"
HEADER = ("Name", "Clean Name", "Alias", "Previous Name", "Parent Name", "Note", "Start date", "End date",
          "Source Url")  # fmt: skip
MAX_ROWS = 20_000  # the list is small; comparing versions requires all of them in memory


def recognise(sample: Sample) -> Layout | None:
    """Return the layout when the first line is the header of the transcription."""
    return Layout("csv-versions") if header_of(sample) == HEADER else None


def read(source: SourceFile, layout: Layout, report: ReadReport) -> Iterator[Record]:
    """Yield a record per company by first naming, one per unlisted parent, then the ownerships."""
    entries: list[Entry] = []
    for count, row in enumerate(read_table(source, header=HEADER, on_bad_row=report.problems.append)):
        if count == MAX_ROWS:
            report.problem(row.place, f"more than {MAX_ROWS} rows, reading stopped")
            break
        with report.record(row.place):
            name, end = row.take("Clean Name"), row.take("End date")
            if not name_key(name):
                raise ValueError("the name column is empty")
            version = read_iso_date(row.take("Start date"))
            ended = read_iso_date(end) if end else None
            if ended is not None and ended < version:
                raise ValueError(f"the end {ended} is before the start {version}")
            entry = Entry(
                place=row.place,
                version=version,
                key=name_key(name),
                name=name,
                printed=row.take("Name"),
                aliases=_split(row.take("Alias")),
                previous=_split(row.take("Previous Name")),
                parent=(parent := row.take("Parent Name")),
                parent_key=name_key(parent),
                note=row.take("Note"),
                end=ended,
                address=row.take("Source Url"),
            )
            row.finish()
            again = f"{entry.name!r} occurs twice in the version of {entry.version}"
            report.first(f"{entry.key} {entry.version}", again)
            entries.append(entry)
    report.official = False
    if not entries:
        return
    report.newest = max(entry.version for entry in entries)
    restated = restating_versions(entries)
    whole = ", ".join(day.isoformat() for day in restated)
    report.remarks.append(f"versions that state the whole list: {whole}; the others only add")
    first = first_names(entries, restated)
    entries = [
        replace(entry, key=first[entry.key], parent_key=first.get(entry.parent_key, entry.parent_key))
        for entry in entries
    ]
    by_id = by_key((entry.key, entry) for entry in sorted(entries, key=lambda entry: entry.version))
    for named in by_id.values():
        listings = (
            Listing(
                f"{_id(first.key)}:{first.version}",
                LIST_ID,
                MEASURE,
                period,
                programme=MEASURE,
                act=f"version of {first.version}",
                act_address=first.address,
                reason=first.note,
            )
            for first, period in listed_periods(named, restated)
        )
        yield Record(_id(named[0].key), "Company", _statements(named), named[0].place, tuple(listings))
    done: set[str] = set(by_id)
    for entry in entries:
        key = entry.parent_key
        if key and key not in done:
            done.add(key)
            note = Statement(NOTES, "Named as a parent only; not itself on the list in these versions")
            yield Record(_id(key), "Company", (Statement("name", entry.parent), note), entry.place)
    for named in by_id.values():
        for entry, period in parent_periods(named, restated):
            statements = [
                Statement("owner", _id(entry.parent_key), original=entry.parent, period=period),
                Statement("asset", _id(entry.key), original=entry.name, period=period),
                Statement("role", "parent as named in the list", period=period),
                Statement("startDate", entry.version.isoformat()),
                Statement("endDate", period.end.day.isoformat() if period.end else ""),
                Statement("sourceUrl", entry.address),
            ]
            own = f"{LIST_ID}-ownership-{stable_hash(entry.key, entry.parent_key)}-{entry.version}"
            yield Record(own, "Ownership", unique(statements), entry.place)


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _id(key: str) -> str:
    return f"{LIST_ID}-{stable_hash(key)}"


def _statements(named: list[Entry]) -> tuple[Statement, ...]:
    statements: list[Statement] = []
    for entry in reversed(named):  # the newest spelling is the name
        prop = "alias" if statements else "name"
        statements.append(Statement(prop, entry.name, original=entry.printed))
        statements.append(Statement("alias", entry.bare_name))
        statements += [Statement("alias", value) for value in entry.aliases]
        statements += [Statement("previousName", value) for value in entry.previous]
        if entry.note:
            statements.append(Statement(NOTES, f"Version of {entry.version}: {entry.note}"))
        statements.append(Statement("sourceUrl", entry.address))
    main = statements[0].value
    return unique(s for s in statements if s.prop == "name" or s.value != main)
