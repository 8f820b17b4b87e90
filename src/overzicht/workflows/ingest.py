"""Taking in a list file: recognised, read strictly, counted, and kept whole or not at all."""

import calendar
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection

from overzicht.dates import read_iso_date
from overzicht.entities import Record
from overzicht.errors import OverzichtError, UnreadableDateError
from overzicht.evidence import Snapshot
from overzicht.sources.files import LocalFile
from overzicht.sources.interface import ListFileRefusedError, RecordProblem, SourceFile
from overzicht.sources.lists.card import Address, Expectation, ListCard, Range
from overzicht.sources.lists.interface import Layout, ListReader, ReadReport
from overzicht.sources.lists.registry import load_card, recognise
from overzicht.store import records, snapshots
from overzicht.store.database import Store, Transaction

SHOWN_PROBLEMS = 5


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user chose beside the file.

    `partial` keeps the good records of a damaged file, `force` takes counts outside the card's range; both
    mark the snapshot incomplete. `published` and `is_official` are said where the file cannot say them.
    """

    list_id: str | None = None
    partial: bool = False
    force: bool = False
    published: date | None = None
    is_official: bool = True
    is_fetched: bool = False
    address: str = ""
    validators: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Ingested:
    """What came of a file: its snapshot, records kept, problems, and whether it was known already."""

    snapshot: Snapshot
    records: int
    problems: tuple[RecordProblem, ...]
    ignored: Mapping[str, int]
    was_known: bool = False


class RecordsUnreadableError(ListFileRefusedError):
    """Some records of a file cannot be read; without --partial nothing of it is taken."""

    slug = "records-unreadable"

    def __init__(self, filename: str, problems: list[RecordProblem]) -> None:
        shown = "; ".join(str(problem) for problem in problems[:SHOWN_PROBLEMS])
        more = len(problems) - SHOWN_PROBLEMS
        tail = f"; and {more} more" if more > 0 else ""
        super().__init__(
            filename,
            f"{len(problems)} record{'s' if len(problems) > 1 else ''} cannot be read: {shown}{tail}",
            fix="fetch it again, or load what can be read with --partial (it is then marked incomplete)",
        )
        self.problems = tuple(problems)


class UnexpectedCountError(ListFileRefusedError):
    """A file holds too few or too many records for the list it says to be."""

    slug = "unexpected-count"

    def __init__(self, filename: str, what: str, count: int, expected: Range) -> None:
        super().__init__(
            filename,
            f"it holds {count:,} {what}, the card expects {expected.min:,} to {expected.max:,}",
            fix="check that it is whole; --force takes it and marks it incomplete",
        )


class FutureStateError(ListFileRefusedError):
    """A file says to be the state of a day that has not come; it would answer for every day until then."""

    slug = "future-state"

    def __init__(self, filename: str, day: date) -> None:
        super().__init__(
            filename,
            f"its state is said to be of {day}, a day that has not come",
            fix="check the file, or give its day with --published",
        )


def add_list_file(store: Store, path: Path, choices: Choices, *, actor: str, at: datetime) -> Ingested:
    """Read a list file into the store and return what came of it.

    Raises ListFileRefusedError (with subclasses) and InputFileError; the store is then as it was before.
    """
    file = LocalFile(path)
    reader, layout = recognise(file, choices.list_id)
    companions = reader.companions(file)
    digest = _digest(file, companions)
    with store.reading() as connection:
        known = _known(connection, reader.list_id, layout.part, digest)
    if known is not None:
        return known
    with store.writing(actor, at) as tx:
        # Another process may have added the same bytes since we looked; now nobody else can.
        known = _known(tx.connection, reader.list_id, layout.part, digest)
        if known is not None:
            return known
        ingested = _ingest(tx, _Job(reader, layout, file, companions, digest, choices))
        _keep(store.folder, (file, *companions))  # last, so that a refused file leaves nothing behind
        return ingested


def _known(connection: Connection, list_id: str, part: str, digest: str) -> Ingested | None:
    stored = snapshots.find_snapshot(connection, list_id, part, digest)
    if stored is None:
        return None
    return Ingested(stored.snapshot, stored.record_count, (), stored.ignored, was_known=True)


@dataclass(frozen=True, slots=True)
class _Job:
    reader: ListReader
    layout: Layout
    file: LocalFile
    companions: tuple[SourceFile, ...]
    digest: str
    choices: Choices

    @property
    def card(self) -> ListCard:
        return load_card(self.reader.list_id)


def companions_of(paths: Iterable[Path]) -> set[Path]:
    """Return the files that belong to another one of `paths` and are read with it (OFAC's ALT and ADD)."""
    found: set[Path] = set()
    for path in paths:
        file = LocalFile(path)
        try:
            reader, _ = recognise(file)
        except OverzichtError:
            continue  # adding it will say what is wrong
        found.update(each.path for each in reader.companions(file))
    return found


def _ingest(tx: Transaction, job: _Job) -> Ingested:
    snapshot = _first_snapshot(job, tx.at.date())
    key = snapshots.add_snapshot(tx, snapshot, validators=job.choices.validators)
    report = ReadReport()
    seen = _Seen()
    stream = seen.watch(job.reader.read(job.file, job.layout, report), tx.at.date())
    total, duplicates = records.add_records(tx, key, stream)
    report.problems.extend(
        RecordProblem(record.place, f"the id {record.id} stands twice") for record in duplicates
    )
    complete = _judge(job, report, seen.counts, total)
    _settle_day(job, report, seen, tx.at.date())
    snapshot = _final_snapshot(snapshot, job, report, complete)
    snapshots.update_snapshot(
        tx,
        key,
        address=snapshot.address,
        published=snapshot.published.isoformat() if snapshot.published else None,
        official=snapshot.official,
        complete=snapshot.complete,
        remarks=list(snapshot.remarks),
        record_count=total,
        ignored=dict(report.ignored),
        problems=[str(problem) for problem in report.problems],
    )
    tx.log(
        "add list", snapshot.source, part=snapshot.part, sha256=snapshot.sha256, records=total,
        complete=complete, problems=len(report.problems),
    )  # fmt: skip
    return Ingested(snapshot, total, tuple(report.problems), dict(report.ignored))


@dataclass(slots=True)
class _Seen:
    """What went by while the records were read: how many of each schema, and the newest day of a listing."""

    counts: dict[str, int] = field(default_factory=dict)
    newest: date | None = None

    def watch(self, stream: Iterable[Record], today: date) -> Iterator[Record]:
        for record in stream:
            self.counts[record.schema] = self.counts.get(record.schema, 0) + 1
            for listing in record.listings:
                start = listing.period.start
                if start is not None and start.day <= today:
                    self.newest = max(start.day, self.newest or start.day)
            yield record


def _judge(job: _Job, report: ReadReport, counts: Mapping[str, int], total: int) -> bool:
    """Return whether the snapshot is complete; raises when it must not be taken."""
    if report.problems and not job.choices.partial:
        raise RecordsUnreadableError(job.file.filename, report.problems)
    complete = report.complete and not report.problems
    for what, count, expected in _expected(job.card, job.layout.part, counts, total):
        if expected.min <= count <= expected.max or (not report.complete and count <= expected.max):
            continue
        if not (job.choices.force or job.choices.partial):
            raise UnexpectedCountError(job.file.filename, what, count, expected)
        report.remarks.append(
            f"it holds {count:,} {what}, {expected.min:,} to {expected.max:,} were expected"
        )
        complete = False
    return complete


def _expected(
    card: ListCard, part: str, counts: Mapping[str, int], total: int
) -> Iterator[tuple[str, int, Range]]:
    expectation = expectation_for(card, part)
    if expectation is None:
        return
    yield "records", total, expectation.records
    for schema, expected in sorted(expectation.schemata.items()):
        yield f"{schema} records", counts.get(schema, 0), expected


def expectation_for(card: ListCard, part: str) -> Expectation | None:
    """Return what the card expects of a part: its own entry, else the one for every part, else None."""
    by_part = {expectation.part: expectation for expectation in card.expect}
    return by_part.get(part) or by_part.get("*")


def _first_snapshot(job: _Job, today: date) -> Snapshot:
    address = job.choices.address or _card_address(job)
    return Snapshot(
        sha256=job.digest,
        source=job.reader.list_id,
        part=job.layout.part,
        filename=job.file.path.name,
        size_bytes=sum(each.path.stat().st_size for each in (job.file, *job.companions)),
        address=address,
        retrieved=today,
        layout=job.layout.id,
    )


def _card_address(job: _Job) -> str:
    fitting = [a for a in job.card.addresses if a.part == job.layout.part and a.layout == job.layout.id]
    fitting = (
        fitting or [a for a in job.card.addresses if a.part == job.layout.part] or list(job.card.addresses)
    )
    return shown_address(fitting[0]) if fitting else ""


def shown_address(address: Address) -> str:
    """Return an address as a reader is shown it: what follows the question mark goes where it is a token."""
    return address.url.partition("?")[0] if address.token_setting else address.url


def _settle_day(job: _Job, report: ReadReport, seen: _Seen, today: date) -> None:
    """Find the day of the state where the file does not say it, and write down how it was found.

    A day that is too late would make an old file answer for today, so nothing is guessed past a month: the
    user's word, else the day of fetching, the name of the file or its folder, or the newest listing in it.
    """
    if job.choices.published is not None:
        report.published = job.choices.published
    if report.published is not None:
        if report.published > today + timedelta(days=1):  # it may be tomorrow already where it was published
            raise FutureStateError(job.file.filename, report.published)
        return
    if job.choices.is_fetched:
        report.published = today
        report.remarks.append("the day of its state is the day on which it was fetched")
        return
    named = date_in_name(job.file.path)
    if named is not None and named <= today:
        report.published = named
        report.remarks.append(f"the day of its state, {report.published}, is taken from the file's name")
    elif seen.newest is not None:
        report.published = seen.newest
        report.remarks.append(f"the day of its state is not stated; its newest listing is of {seen.newest}")
    else:
        report.remarks.append("of which day it is nobody said; it shows nobody absent (say --published)")


def _final_snapshot(snapshot: Snapshot, job: _Job, report: ReadReport, complete: bool) -> Snapshot:
    """Return the snapshot as it will be kept; a file that is not official cites no publisher's address."""
    is_official = report.official and job.choices.is_official
    return replace(
        snapshot,
        address=snapshot.address if is_official or job.choices.address else "",
        published=report.published,
        official=is_official,
        complete=complete,
        remarks=tuple(report.remarks),
    )


def date_in_name(path: Path) -> date | None:
    """Return the day or month (its last day) that a file's or its folder's name states, or None.

    Digits alone count at the start of a name, a day with hyphens anywhere.

    >>> date_in_name(Path("20210302-FULL-1_1.xml"))
    datetime.date(2021, 3, 2)
    >>> date_in_name(Path("202107-sdn/sdn.csv"))
    datetime.date(2021, 7, 31)
    >>> date_in_name(Path("us-ear-part-744-2026-07-23.xml"))
    datetime.date(2026, 7, 23)
    """
    for name in (path.name, path.parent.name):
        found = re.match(r"(\d{4})(\d{2})(\d{2})?(?!\d)", name)
        found = found or re.search(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)", name)
        if found is None:
            continue
        year, month, day = (int(part or 0) for part in found.groups())
        try:
            last = calendar.monthrange(year, month)[1]
            return read_iso_date(f"{year:04d}-{month:02d}-{day or last:02d}")
        except (UnreadableDateError, calendar.IllegalMonthError):
            continue
    return None


def _digest(file: LocalFile, companions: tuple[SourceFile, ...]) -> str:
    """Return the hash of the file, or of the manifest where several files are one snapshot."""
    if not companions:
        return file.sha256()
    return hashlib.sha256(_manifest((file, *companions))).hexdigest()


def _manifest(files: Iterable[SourceFile]) -> bytes:
    lines = [f"{LocalFile(each.path).sha256()}  {each.filename}" for each in files]
    return "\n".join(lines).encode()


def _keep(folder: Path, files: tuple[SourceFile, ...]) -> None:
    for each in files:
        snapshots.keep_file(folder, each.path, LocalFile(each.path).sha256())
    if len(files) > 1:
        snapshots.keep_bytes(folder, _manifest(files))
