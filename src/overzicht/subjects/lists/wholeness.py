"""How far a version of a list is known to be whole: bounds of its card, the version before, its own end.

A cut list denies the parties of the part that is missing. So a version with too few records is refused; if it
is forced, it finds parties and proves the absence of none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from overzicht.sources.interface import ListFileRefusedError
from overzicht.sources.lists.card import Expectation, Range
from overzicht.sources.lists.interface import Account, ReadReport
from overzicht.store.snapshots import StoredSnapshot

MOST_GONE = 0.1  # of the records: lists lose more only rarely


class UnexpectedCountError(ListFileRefusedError):
    """A file has too few or too many records for its list."""

    def __init__(self, filename: str, what: str, count: int, expected: Range) -> None:
        super().__init__(
            filename,
            f"it has {count:,} {what}; expected: {expected.min:,} to {expected.max:,}",
            fix="check that the file is complete. --force accepts it and marks it incomplete",
        )


class ShrunkError(ListFileRefusedError):
    """A file has more than a tenth less records than a version that is known."""

    def __init__(self, filename: str, doubt: str) -> None:
        super().__init__(
            filename,
            doubt,
            fix="check that the file is complete. --force loads it, but it then proves no absence",
        )


@dataclass(frozen=True, slots=True)
class Counted:
    """The records of a new version, by schema too, its date or that of its newest entry, and which it is."""

    total: int
    schemata: Mapping[str, int]
    day: date | None
    is_dated: bool


def outside_range(expectation: Expectation, counted: Counted) -> list[tuple[str, int, Range]]:
    """Return (what, number, expected) of the numbers that are outside the range of the card."""
    checks = [("records", counted.total, expectation.records)]
    checks += [
        (f"{schema} records", counted.schemata.get(schema, 0), expected)
        for schema, expected in sorted(expectation.schemata.items())
    ]
    return [check for check in checks if not check[2].min <= check[1] <= check[2].max]


def shrunk(expectation: Expectation | None, counted: Counted, before: Sequence[StoredSnapshot]) -> str:
    """Return why a version is smaller than it can be: than a known number, or the version before; or empty.

    `before` are the loaded versions of the same part. One record less is never a sign.
    """
    # (date, number) of the smaller of the known sizes round a date; None before the first one
    day = counted.day
    if expectation is None or not expectation.sizes or day is None:
        known = None
    else:
        earlier = [at for at in expectation.sizes if at <= day]
        if not earlier:
            known = None
        else:
            later = [at for at in expectation.sizes if at > day]
            around = [max(earlier), *([min(later)] if later else [])]
            known = min(((at, expectation.sizes[at]) for at in around), key=lambda pair: pair[1])
    if known is not None and counted.total < least(known[1]):
        return (
            f"it has {counted.total:,} records; on {known[0]} this list had {known[1]:,}, "
            "and lists rarely lose more than a tenth"
        )
    # the newest whole version up to the date; for a file that states no date the nearest of all
    whole = [stored for stored in before if stored.snapshot.complete and not stored.is_starter]
    whole = [stored for stored in whole if not stored.doubt] or whole
    if day is None:
        version = max(whole, key=lambda stored: stored.version.day, default=None)
    else:
        older = [stored for stored in whole if stored.version.day <= day]
        if older or counted.is_dated:
            version = max(older, key=lambda stored: stored.version.day, default=None)
        else:
            version = min(whole, key=lambda stored: stored.version.day, default=None)
    if version is not None and counted.total < least(version.record_count):
        return (
            f"it has {counted.total:,} records; {version.version.words} has "
            f"{version.record_count:,}, and lists rarely lose more than a tenth"
        )
    return ""


def least(known: int) -> int:
    """Return the smallest plausible number of records after a version with `known` records."""
    return known - max(1, int(known * MOST_GONE))


def unshown_end(report: ReadReport, total: int, confirmed: int | None, *, is_bound: bool) -> str:
    """Return why a file is not shown to be whole; empty if its end, bounds, a number or a person shows it.

    `confirmed` is the number of records that a person gave. `is_bound` is whether bounds in a mapping, or a
    whole version before it, were there to compare it with.
    """
    account = report.account or Account(read=total, parties=total)
    numbers = {account.read, account.parties, total}
    shown = f"it has {account.parties:,} parties in {account.read:,} records"
    for given, origin in ((account.stated, "the file states"), (confirmed, "a person gave")):
        if given is not None and given not in numbers:
            return f"{shown}; {origin} {given:,}"
    if confirmed is not None:
        return ""
    if report.doubt:
        return report.doubt
    has_end = bool(account.end) if report.account is not None else report.has_end
    if has_end or is_bound or account.stated is not None:
        return ""
    return (
        f"its format does not show where it ends; {shown}. Give that number with --records to confirm it, "
        "or write bounds in its mapping"
    )
