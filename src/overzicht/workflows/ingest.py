"""Import of a list file: recognised, read strictly, counted, and stored completely or not at all."""

import calendar
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from overzicht.dates import DateBasis, read_iso_date
from overzicht.entities import Record
from overzicht.errors import OverzichtError, UnreadableDateError
from overzicht.evidence import Snapshot, text
from overzicht.progress import watched
from overzicht.sources.files import LocalFile
from overzicht.sources.interface import ListFileRefusedError, RecordProblem, SourceFile
from overzicht.sources.lists.card import Address, Expectation, ListCard, Range
from overzicht.sources.lists.interface import Layout, ListReader, ReadReport
from overzicht.sources.lists.registry import load_card, read_records, recognise
from overzicht.store import records, snapshots
from overzicht.store.database import Store, Transaction

SHOWN_PROBLEMS = 5


@dataclass(frozen=True, slots=True)
class Choices:
    """Options for the import of a list file.

    `partial` stores the readable records of a damaged file, `force` accepts counts outside the card's range;
    both mark the snapshot incomplete. `published` and `is_official` are for a file that does not state them.
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
class ImportedList:
    """Result of importing a file: snapshot, stored records, problems, and whether it was imported before."""

    snapshot: Snapshot
    records: int
    problems: tuple[RecordProblem, ...]
    ignored: Mapping[str, int]
    was_known: bool = False


class RecordsUnreadableError(ListFileRefusedError):
    """Some records of a file could not be read; without --partial the file is refused."""

    def __init__(self, filename: str, problems: list[RecordProblem]) -> None:
        shown = [str(problem) for problem in problems[:SHOWN_PROBLEMS]]
        if (more := len(problems) - SHOWN_PROBLEMS) > 0:
            shown.append(f"and {more} more")
        count = f"{len(problems)} record{'s' if len(problems) > 1 else ''} could not be read"
        super().__init__(
            filename,
            f"{count}: {'; '.join(shown)}",
            fix="fetch it again, or load the readable records with --partial (the list is then incomplete)",
        )
        self.problems = tuple(problems)


class UnexpectedCountError(ListFileRefusedError):
    """A file has too few or too many records for its list."""

    def __init__(self, filename: str, what: str, count: int, expected: Range) -> None:
        super().__init__(
            filename,
            f"it has {count:,} {what}; expected: {expected.min:,} to {expected.max:,}",
            fix="check that the file is complete. --force accepts it and marks it incomplete",
        )


class FutureStateError(ListFileRefusedError):
    """The publication date of a file is in the future; it would answer for every date until then."""

    def __init__(self, filename: str, day: date) -> None:
        super().__init__(
            filename,
            f"the publication date {day} is in the future",
            fix="check the file, or give its publication date with --published",
        )


def add_list_file(store: Store, path: Path, choices: Choices, *, actor: str, at: datetime) -> ImportedList:
    """Import a list file into the store.

    Raises ListFileRefusedError (with subclasses) and InputFileError; the store then does not change.
    """
    file = LocalFile(path)
    reader, layout = recognise(file, choices.list_id)
    companions = reader.companions(file)
    digest = _digest(file, companions)
    with store.reading() as connection:
        known = snapshots.find_snapshot(connection, reader.list_id, layout.part, digest)
    if known is None:
        with store.writing(actor, at) as tx:
            # Another process may have added the same bytes in the meantime; now no other process can.
            known = snapshots.find_snapshot(tx.connection, reader.list_id, layout.part, digest)
            if known is None:
                imported = _import(tx, _Job(reader, layout, file, companions, digest, choices))
                files = (file, *companions)  # stored last, so that a refused file leaves nothing
                for source in files:
                    snapshots.keep_file(store.folder, source.path, LocalFile(source.path).sha256())
                if companions:
                    snapshots.keep_bytes(store.folder, _manifest(files))
                return imported
    return ImportedList(known.snapshot, known.record_count, (), known.ignored, was_known=True)


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
    companions: set[Path] = set()
    for path in paths:
        file = LocalFile(path)
        try:
            reader, _ = recognise(file)
        except OverzichtError:
            continue  # its own import reports the error
        companions.update(companion.path for companion in reader.companions(file))
    return companions


def _import(tx: Transaction, job: _Job) -> ImportedList:
    snapshot = Snapshot(
        sha256=job.digest,
        source=job.reader.list_id,
        part=job.layout.part,
        filename=job.file.path.name,
        size_bytes=sum(file.path.stat().st_size for file in (job.file, *job.companions)),
        address=job.choices.address or _card_address(job),
        retrieved=tx.at.date(),
        layout=job.layout.id,
    )
    key = snapshots.add_snapshot(tx, snapshot, validators=job.choices.validators)
    report = ReadReport()
    seen = _Seen()
    read = read_records(job.file.path, job.reader.list_id, job.layout, report)
    stream = seen.watch(watched(read, text("Reading {file}", file=job.file.path.name)), tx.at.date())
    total, duplicates = records.add_records(tx, key, stream)
    report.problems.extend(
        RecordProblem(record.place, f"the id {record.id} occurs twice") for record in duplicates
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
        "add list",
        snapshot.source,
        part=snapshot.part,
        sha256=snapshot.sha256,
        records=total,
        complete=complete,
        problems=len(report.problems),
    )
    return ImportedList(snapshot, total, tuple(report.problems), dict(report.ignored))


@dataclass(slots=True)
class _Seen:
    """Counts of the records that were read, by schema, and the newest date of a listing."""

    counts: dict[str, int] = field(default_factory=dict)
    newest: date | None = None

    def watch(self, stream: Iterable[Record], today: date) -> Iterator[Record]:
        for record in stream:
            self.counts[record.schema] = self.counts.get(record.schema, 0) + 1
            for listing in record.listings:
                start = listing.period.start
                is_dated = start is not None and start.basis is not DateBasis.DERIVED
                if start is not None and is_dated and start.day <= today:
                    self.newest = max(start.day, self.newest or start.day)
            yield record


def _judge(job: _Job, report: ReadReport, counts: Mapping[str, int], total: int) -> bool:
    """Return whether the snapshot is complete; raises an error if it must be refused."""
    if report.problems and not job.choices.partial:
        raise RecordsUnreadableError(job.file.filename, report.problems)
    complete = report.complete and not report.problems
    expectation = expectation_for(job.card, job.layout.part)
    schemata = sorted(expectation.schemata.items()) if expectation else ()
    checks = [("records", total, expectation.records)] if expectation else []
    checks += [(f"{schema} records", counts.get(schema, 0), expected) for schema, expected in schemata]
    for what, count, expected in checks:
        if expected.min <= count <= expected.max or (not report.complete and count <= expected.max):
            continue
        if not (job.choices.force or job.choices.partial):
            raise UnexpectedCountError(job.file.filename, what, count, expected)
        report.remarks.append(f"it has {count:,} {what}; expected: {expected.min:,} to {expected.max:,}")
        complete = False
    return complete


def expectation_for(card: ListCard, part: str) -> Expectation | None:
    """Return the card's expectation for a part: its own entry, else the one for every part, else None."""
    by_part = {expectation.part: expectation for expectation in card.expect}
    return by_part.get(part) or by_part.get("*")


def _card_address(job: _Job) -> str:
    """Return the card's address of the file: by part and layout, else by part, else the first."""
    addresses = sorted(
        job.card.addresses,
        key=lambda a: (a.part != job.layout.part, a.part == job.layout.part and a.layout != job.layout.id),
    )
    return shown_address(addresses[0]) if addresses else ""


def shown_address(address: Address) -> str:
    """Return an address as readers see it: without the query if that has a token."""
    return address.url.partition("?")[0] if address.token_setting else address.url


def _settle_day(job: _Job, report: ReadReport, seen: _Seen, today: date) -> None:
    """Determine the publication date if the file does not state it, with a remark on its source.

    A date that is too late would make an old file answer for today. The sources are, in this order: the
    user, the date of fetching, the name of the file or its folder, and the newest listing in the file.
    """
    if job.choices.published is not None:
        report.published = job.choices.published
    if report.published is not None:
        if report.published > today + timedelta(days=1):  # it may be tomorrow already at the publisher
            raise FutureStateError(job.file.filename, report.published)
        return
    named = date_in_name(job.file.path)
    if job.choices.is_fetched:
        report.published = today
        remark = "the publication date is the date on which it was fetched"
    elif named is not None and named <= today:
        report.published = named
        remark = f"the publication date {named} is from the file's name"
    elif seen.newest is not None:
        report.published = seen.newest
        remark = f"the publication date is not stated; its newest listing is dated {seen.newest}"
    else:
        remark = (
            "publication date unknown: this version cannot show that a party is not listed. Give --published"
        )
    report.remarks.append(remark)


def _final_snapshot(snapshot: Snapshot, job: _Job, report: ReadReport, complete: bool) -> Snapshot:
    """Return the snapshot to store; a file that is not official has no publisher's address."""
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
    """Return the day or month (its last day) in the name of a file or its folder, or None.

    Digits alone count at the start of a name, a date with hyphens anywhere.

    >>> date_in_name(Path("20210302-FULL-1_1.xml"))
    datetime.date(2021, 3, 2)
    >>> date_in_name(Path("202107-sdn/sdn.csv"))
    datetime.date(2021, 7, 31)
    >>> date_in_name(Path("us-ear-part-744-2026-07-23.xml"))
    datetime.date(2026, 7, 23)
    """
    for name in (path.name, path.parent.name):
        match = re.match(r"(\d{4})(\d{2})(\d{2})?(?!\d)", name)
        match = match or re.search(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)", name)
        if match is None:
            continue
        year, month, day = (int(part or 0) for part in match.groups())
        try:
            last = calendar.monthrange(year, month)[1]
            return read_iso_date(f"{year:04d}-{month:02d}-{day or last:02d}")
        except (UnreadableDateError, calendar.IllegalMonthError):
            continue
    return None


def _digest(file: LocalFile, companions: tuple[SourceFile, ...]) -> str:
    """Return the hash of the file, or of the manifest if several files are one snapshot."""
    if not companions:
        return file.sha256()
    return hashlib.sha256(_manifest((file, *companions))).hexdigest()


def _manifest(files: Iterable[SourceFile]) -> bytes:
    lines = [f"{LocalFile(file.path).sha256()}  {file.filename}" for file in files]
    return "\n".join(lines).encode()
