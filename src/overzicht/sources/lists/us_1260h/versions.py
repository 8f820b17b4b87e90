"""Combine the versions of the 1260H list: periods of listing, and the named parents.

The table stacks all versions. A version that repeats an earlier name *restates the whole list*, so a name
that it omits is off the list. A version that repeats none *only adds*. A name that a whole version omits may
continue under another one if that version states so: see `first_names`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from overzicht.dates import DateBasis, LegalDate, Period
from overzicht.sources.lists.us_features import name_key


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
        return re.sub(r"\s*\([^()]*\)$", "", self.name)

    def is_renamed_from(self, other: "Entry") -> bool:
        """Return whether this row of a later version says that it is the party of another row.

        It gives the other name as the previous one, has the same short name, or differs in a bracketed name.
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
    rule = f"the whole version of {missing} leaves the name out"
    return LegalDate(missing, DateBasis.DERIVED, rule)


def parent_periods(entries: Sequence[Entry], restated: Sequence[date]) -> Iterator[tuple[Entry, Period]]:
    """Yield (entry, period) for each version that names a parent, until the next version."""
    for entry, following in zip(entries, [*entries[1:], None], strict=True):
        if entry.parent:
            yield entry, Period(LegalDate(entry.version), _parent_end(entry, following, restated))


def _parent_end(entry: Entry, following: Entry | None, restated: Sequence[date]) -> LegalDate | None:
    end = _end_of(entry, following, restated)
    if end is not None or following is None:
        return end
    naming = f"names {following.parent}" if following.parent else "names no parent"
    rule = f"the version of {following.version} {naming}"
    return LegalDate(following.version, DateBasis.DERIVED, rule)
