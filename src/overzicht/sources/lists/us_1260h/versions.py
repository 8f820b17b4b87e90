"""What the versions of the 1260H list say together: when a name stood on it, and who was given as its parent.

The table stacks all versions. Two kinds are told apart by what they hold, not by their dates: a version that
repeats a name of an earlier one *restates the whole list*, so a name it leaves out is off the list; a version
that repeats none *only adds*, and what stood before goes on.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from overzicht.dates import DateBasis, LegalDate, Period


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: a company in one version. `key` is the name without case and punctuation; `end` is stated."""

    place: str
    version: date
    key: str
    name: str
    printed: str
    aliases: tuple[str, ...]
    previous: tuple[str, ...]
    parent: str
    note: str
    end: date | None
    address: str


def restating_versions(entries: Sequence[Entry]) -> tuple[date, ...]:
    """Return the days of the versions that state the whole list, in order; the first version always does."""
    known: set[str] = set()
    found: list[date] = []
    for version in sorted({entry.version for entry in entries}):
        keys = {entry.key for entry in entries if entry.version == version}
        if not known or keys & known:
            found.append(version)
        known |= keys
    return tuple(found)


def listed_periods(entries: Sequence[Entry], restated: Sequence[date]) -> Iterator[tuple[Entry, Period]]:
    """Yield (first entry, period) for each time that a name stood on the list without interruption.

    `entries` are those of one name, in order of version. An end is stated where the row gives one, derived
    where a whole version leaves the name out; the name may then stand there in another spelling.
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
    rule = f"the whole version of {missing} leaves the name out"
    return LegalDate(missing, DateBasis.DERIVED, rule)


def parent_periods(entries: Sequence[Entry], restated: Sequence[date]) -> Iterator[tuple[Entry, Period]]:
    """Yield (entry, period) for each version that names a parent, until the next that could name it anew."""
    for entry, following in zip(entries, [*entries[1:], None], strict=True):
        if entry.parent:
            yield entry, Period(LegalDate(entry.version), _parent_end(entry, following, restated))


def _parent_end(entry: Entry, following: Entry | None, restated: Sequence[date]) -> LegalDate | None:
    end = _end_of(entry, following, restated)
    if end is not None or following is None:
        return end
    says = f"names {following.parent}" if following.parent else "names no parent"
    rule = f"the version of {following.version} {says}"
    return LegalDate(following.version, DateBasis.DERIVED, rule)
