"""Import of a list file: recognised, read strictly, counted, and stored completely or not at all.

A file of an own list is read by its mapping: the one that is given, or the one that is stored with the list.
"""

import calendar
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from overzicht.dates import DateBasis, read_iso_date
from overzicht.entities import Record
from overzicht.errors import OverzichtError, UnreadableDateError
from overzicht.evidence import Snapshot, text
from overzicht.progress import watched
from overzicht.sources.files import LocalFile
from overzicht.sources.interface import ListFileRefusedError, RecordProblem, SourceFile
from overzicht.sources.lists.card import Address, Expectation, ListCard
from overzicht.sources.lists.interface import Account, Layout, ReadReport
from overzicht.sources.lists.registry import load_card, read_records, recognise
from overzicht.store import list_records as records
from overzicht.store import snapshots
from overzicht.store.database import Store, Transaction
from overzicht.store.snapshots import StoredSnapshot
from overzicht.subjects.lists.wholeness import (
    Counted,
    ShrunkError,
    UnexpectedCountError,
    outside_range,
    shrunk,
    unshown_end,
)
from overzicht.workflows.ownlists import Declared, declared_mapping

if TYPE_CHECKING:
    from overzicht.sources.lists.mapped.mapping import ListMapping

SHOWN_PROBLEMS = 5
ANNOUNCED = timedelta(days=31)  # a publisher may list a party that long before the listing takes effect
OWN_LAYOUT = "mapping"


@dataclass(frozen=True, slots=True)
class Choices:
    """Options for the import of a list file.

    `partial` stores the readable records of a damaged file, `force` accepts counts outside the card's range;
    both mark the snapshot incomplete. `published` and `is_official` are for a file that does not state them.
    `mapping` is that of an own list; `records` is the number of records that a person knows the file has.
    """

    list_id: str | None = None
    partial: bool = False
    force: bool = False
    published: date | None = None
    is_official: bool = True
    is_fetched: bool = False
    address: str = ""
    validators: Mapping[str, str] | None = None
    mapping: Declared | None = None
    records: int | None = None


@dataclass(frozen=True, slots=True)
class ImportedList:
    """Result of importing a file: snapshot, stored records, problems, and whether it was imported before.

    `account` is that of an own list; `doubt` is why the version does not prove that a party is absent.
    """

    snapshot: Snapshot
    records: int
    problems: tuple[RecordProblem, ...]
    ignored: Mapping[str, int]
    was_known: bool = False
    account: Account | None = None
    doubt: str = ""


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


class FutureStateError(ListFileRefusedError):
    """The publication date of a file is in the future; it would answer for every date until then."""

    def __init__(self, filename: str, day: date) -> None:
        super().__init__(
            filename,
            f"the publication date {day} is in the future",
            fix="check the file, or give its publication date with --published",
        )


class GivenDayError(ListFileRefusedError):
    """The day given by hand is not that which the file states, or is long before its newest entry."""

    def __init__(self, filename: str, given: date, published: date | None, newest: date | None) -> None:
        if published is not None:
            reason = f"the file states that it was published on {published}; the day given is {given}"
            fix = "leave out --published: the day that the file states counts"
        else:
            reason = f"its newest entry is of {newest}; it cannot be of {given}, the day given"
            fix = "check the file, or give the day on which the publisher published it with --published"
        super().__init__(filename, reason, fix=fix)


def add_list_file(store: Store, path: Path, choices: Choices, *, actor: str, at: datetime) -> ImportedList:
    """Import a list file into the store.

    Raises ListFileRefusedError (with subclasses) and InputFileError; the store then does not change.
    """
    # what to import: a file of an own list by its mapping, or one that is recognised
    file = LocalFile(path)
    mapping = declared_mapping(store, choices.mapping, choices.list_id)
    if mapping is None:
        reader, layout = recognise(file, choices.list_id)
        companions = reader.companions(file)
        if not companions:
            digest = file.sha256()
        else:
            digest = hashlib.sha256(_manifest((file, *companions))).hexdigest()
        job = _Job(load_card(reader.list_id), layout, file, companions, digest, choices)
    else:
        from overzicht.sources.lists.mapped.card import card_of  # noqa: PLC0415 - for own lists alone

        layout = Layout(OWN_LAYOUT, mapping.header.part)
        job = _Job(card_of(mapping, at.date()), layout, file, (), file.sha256(), choices, mapping)
    with store.reading() as connection:
        known = _known(connection, job)
    if known is None or _is_confirmed(known, choices):
        with store.writing(actor, at) as tx:
            # Another process may have added the same bytes in the meantime; now no other process can.
            known = _known(tx.connection, job)
            if known is None:
                imported = _import(tx, job)
                files = (job.file, *job.companions)  # stored last, so that a refused file leaves nothing
                for source in files:
                    snapshots.keep_file(store.folder, source.path, LocalFile(source.path).sha256())
                if job.companions:
                    snapshots.keep_bytes(store.folder, _manifest(files))
                return imported
            if _is_confirmed(known, choices):
                snapshots.update_snapshot(tx, known.key, doubt="")
                tx.log("confirm list", known.snapshot.source, sha256=job.digest, records=choices.records)
                known = replace(known, doubt="")
    return ImportedList(
        known.snapshot, known.record_count, (), known.ignored, was_known=True, doubt=known.doubt
    )


def _known(connection: Connection, job: "_Job") -> StoredSnapshot | None:
    """Return the loaded version of these bytes, by the same mapping and date; None if there is none."""
    known = snapshots.find_snapshot(connection, job.card.id, job.layout.part, job.digest)
    if known is None or (job.mapping is not None and known.mapping != job.mapping.text):
        return None
    is_dated_now = job.choices.is_fetched and not known.version.is_dated
    is_other_day = job.choices.published not in (None, known.snapshot.published)
    return None if is_dated_now or is_other_day else known


def _is_confirmed(known: StoredSnapshot, choices: Choices) -> bool:
    """Return whether a person gives the number of records of a version that was not shown to be whole."""
    return bool(known.doubt) and known.snapshot.complete and choices.records == known.record_count


@dataclass(frozen=True, slots=True)
class _Job:
    card: ListCard
    layout: Layout
    file: LocalFile
    companions: tuple[SourceFile, ...]
    digest: str
    choices: Choices
    mapping: "ListMapping | None" = None

    def records(self, report: ReadReport) -> Iterator[Record]:
        """Yield the records of the file, and fill the report."""
        if self.mapping is None:
            return read_records(self.file.path, self.card.id, self.layout, report)
        from overzicht.sources.lists.mapped.files import read_mapped  # noqa: PLC0415 - for own lists alone

        return read_mapped(self.file.path, self.mapping.text, self.mapping.name, report)


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
    address = job.choices.address
    if not address:  # the card's address of the file: by part and layout, else by part, else the first
        part, layout = job.layout.part, job.layout.id
        addresses = sorted(
            job.card.addresses, key=lambda a: (a.part != part, a.part == part and a.layout != layout)
        )
        address = shown_address(addresses[0]) if addresses else ""
    snapshot = Snapshot(
        sha256=job.digest,
        source=job.card.id,
        part=job.layout.part,
        filename=job.file.path.name,
        size_bytes=sum(file.path.stat().st_size for file in (job.file, *job.companions)),
        address=address,
        retrieved=tx.at.date(),
        layout=job.layout.id,
    )
    before = [
        s for s in snapshots.list_snapshots(tx.connection, job.card.id) if s.snapshot.part == snapshot.part
    ]
    mapping = job.mapping.text if job.mapping is not None else ""
    same = [stored for stored in before if stored.snapshot.sha256 == job.digest]
    for stored in same:  # the same bytes by another mapping, or of another date
        snapshots.remove_snapshot(tx, stored.key)
    before = [stored for stored in before if stored not in same]
    key = snapshots.add_snapshot(tx, snapshot, validators=job.choices.validators, mapping=mapping)
    report = ReadReport()
    seen = _Seen()
    stream = seen.watch(
        watched(job.records(report), text("Reading {file}", file=job.file.path.name)), tx.at.date()
    )
    total, duplicates = records.add_records(tx, key, stream)
    report.problems.extend(
        RecordProblem(record.place, f"the id {record.id} occurs twice") for record in duplicates
    )
    if report.problems and not job.choices.partial:
        raise RecordsUnreadableError(job.file.filename, report.problems)
    newest = max(filter(None, (report.newest, seen.newest)), default=None)
    _settle_day(job, report, newest, tx.at.date())
    is_dated = report.published is not None
    counted = Counted(total, seen.counts, report.published or newest, is_dated)
    complete, doubt = _judge(job, report, counted, before)
    # the snapshot to store; a file that is not official has no publisher's address
    is_official = report.official and job.choices.is_official
    snapshot = replace(
        snapshot,
        address=snapshot.address if is_official or job.choices.address else "",
        published=report.published,
        official=is_official,
        complete=complete,
        remarks=tuple(report.remarks),
    )
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
        doubt=doubt,
        newest=newest.isoformat() if newest and not is_dated else None,
    )
    tx.log(
        "add list",
        snapshot.source,
        part=snapshot.part,
        sha256=snapshot.sha256,
        records=total,
        complete=complete,
        problems=len(report.problems),
        **({"read_again": True} if same else {}),
    )
    return ImportedList(
        snapshot, total, tuple(report.problems), dict(report.ignored), account=report.account, doubt=doubt
    )


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


def _judge(
    job: _Job, report: ReadReport, counted: Counted, before: Sequence[StoredSnapshot]
) -> tuple[bool, str]:
    """Return whether the snapshot is complete, and why it proves no absence (empty if it does).

    Raises an error if it must be refused.
    """
    choices, filename = job.choices, job.file.filename
    is_forced = choices.force or choices.partial
    complete, doubt = report.complete and not report.problems, ""
    expectation = expectation_for(job.card, job.layout.part)
    for what, count, expected in outside_range(expectation, counted) if expectation else ():
        if not report.complete and count <= expected.max:
            continue
        if not is_forced:
            raise UnexpectedCountError(filename, what, count, expected)
        remark = f"it has {count:,} {what}; expected: {expected.min:,} to {expected.max:,}"
        report.remarks.append(remark)
        complete, doubt = False, doubt or remark
    if complete and (reason := shrunk(expectation, counted, before)):
        if not is_forced:
            raise ShrunkError(filename, reason)
        report.remarks.append(reason)
        complete, doubt = False, reason
    if complete:
        bounds = job.mapping.header.bounds if job.mapping is not None else None
        is_bound = bounds is not None or any(stored.version.shows_absence for stored in before)
        doubt = unshown_end(report, counted.total, choices.records, is_bound=is_bound)
    return complete, doubt


def expectation_for(card: ListCard, part: str) -> Expectation | None:
    """Return the card's expectation for a part: its own entry, else the one for every part, else None."""
    by_part = {expectation.part: expectation for expectation in card.expect}
    return by_part.get(part) or by_part.get("*")


def shown_address(address: Address) -> str:
    """Return an address as readers see it: without the query if that has a token."""
    return address.url.partition("?")[0] if address.token_setting else address.url


def _settle_day(job: _Job, report: ReadReport, newest: date | None, today: date) -> None:
    """Determine the publication date if the file does not state it, with a remark on its source.

    A date that is too late would make an old file answer for today. The sources are, in this order: the
    user, the date of fetching, and the name of the file or its folder. `newest` is the day of the newest
    entry: the file cannot be older, and may be of any later day, so it does not date the file.
    """
    given = job.choices.published
    if given is not None:
        if report.published is not None and given != report.published:
            raise GivenDayError(job.file.path.name, given, report.published, newest)
        if report.published is None and newest is not None and given < newest:
            if newest - given > ANNOUNCED:
                raise GivenDayError(job.file.path.name, given, None, newest)
            report.remarks.append(f"entries begin after the date given; the newest on {newest}")
        report.published = given
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
    else:
        remark = "undated: it cannot show that a party is not listed. Give its date with --published"
        if newest is not None:
            report.remarks.append(f"its newest entry is of {newest}")
    report.remarks.append(remark)


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


def _manifest(files: Iterable[SourceFile]) -> bytes:
    lines = [f"{LocalFile(file.path).sha256()}  {file.filename}" for file in files]
    return "\n".join(lines).encode()
