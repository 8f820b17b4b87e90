"""The devices of an overview: sightings in, devices with their reasons out.

The rules are those of the register: `devices.identity` joins the sightings of one device, and
`devices.combining` merges their data.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date
from operator import itemgetter

from overzicht.dates import read_iso_date
from overzicht.devices import Sighting
from overzicht.devices.combining import day_evidence, doubts_by_member, reasons_of, together
from overzicht.devices.device_marks import WORDS
from overzicht.devices.identity import same_devices
from overzicht.devices.identity_rules import Observation
from overzicht.devices.likeness import likely_same
from overzicht.errors import UnreadableDateError
from overzicht.evidence import Citation, Reason, text
from overzicht.evidence.account import LeftOut, RecordAccount, Unread, grouped_by_reason
from overzicht.register.sighting import life_by
from overzicht.register.terms import LifecycleState
from overzicht.reports.overview_report import MOST_ROWS, InputFile, ProposedReading, RowProblem
from overzicht.sources.inventories.interface import InventoryResult

FIRST_SEEN = frozenset({"firstseen", "first seen", "first discovered", "eerst gezien", "eerste waarneming"})
EXAMPLES = 5  # records of a proposed reading that are shown
WAITS = text("The reading of this file is a proposal; it waits for confirmation")


@dataclass(frozen=True, slots=True)
class KnownDevice:
    """A device of a report: its merged data, the rows that show it, and why these are one device."""

    sighting: Sighting
    life: LifecycleState
    citations: tuple[Citation, ...]
    identity: tuple[Reason, ...] = ()

    def is_later_than(self, day: date) -> bool:
        """Return whether it was bought or first seen after a date."""
        return is_later(self.sighting, day)


def first_seen(sighting: Sighting) -> date | None:
    """Return the date in the column for first seen; None without one."""
    for header, value in sorted(sighting.extra.items()):
        if header.casefold() in FIRST_SEEN:
            try:
                return read_iso_date(value[:10])
            except UnreadableDateError:
                continue
    return None


def is_later(sighting: Sighting, day: date) -> bool:
    """Return whether a device was bought or first seen after a date."""
    return max(sighting.bought or day, (first_seen(sighting) if sighting.extra else None) or day) > day


@dataclass(frozen=True, slots=True)
class _Sightings(Collection[tuple[str, Sighting]]):
    """The sightings of inventories with the kind of their reader, read again in each pass."""

    inventories: Sequence[InventoryResult]

    def __len__(self) -> int:
        return sum(len(inventory.sightings) for inventory in self.inventories)

    def __iter__(self) -> Iterator[tuple[str, Sighting]]:
        return ((own.kind, sighting) for own in self.inventories for sighting in own.sightings)

    def __contains__(self, pair: object) -> bool:
        return any(pair == own for own in self)


@dataclass(frozen=True, slots=True)
class KnownDevices(Collection[KnownDevice]):
    """The devices of inventories, in order of their first sighting; made again in each pass.

    `joined` are those of which more is known than one row, by the number of their first sighting; `repeated`
    are the numbers of their other sightings.
    """

    sightings: Collection[tuple[str, Sighting]]
    joined: Mapping[int, KnownDevice]
    repeated: Set[int]

    def __len__(self) -> int:
        """Return the number of devices."""
        return len(self.sightings) - len(self.repeated)

    def __iter__(self) -> Iterator[KnownDevice]:
        """Yield the devices."""
        for number, (kind, sighting) in enumerate(self.sightings):
            if number in self.joined:
                yield self.joined[number]
            elif number not in self.repeated:
                yield KnownDevice(sighting, life_by({kind: sighting}), (sighting.citation,))

    def __contains__(self, device: object) -> bool:
        """Return whether it is one of them."""
        return any(device == own for own in self)


@dataclass(slots=True)
class _Account:
    """Devices and merged rows of one inventory."""

    as_of: date
    devices: int = 0  # that it names first
    later: list[tuple[int, LeftOut]] = field(default_factory=list)  # with the number of the sighting
    repeated: list[RowProblem] = field(default_factory=list)

    def add(self, number: int, sighting: Sighting, cited: Citation) -> None:
        """Count a device that this inventory names first."""
        self.devices += 1
        if is_later(sighting, self.as_of):
            reason = text("Bought or first seen after {day}", day=self.as_of)
            self.later.append((number, LeftOut(cited.place, reason, sighting.label)))


def devices_of(
    inventories: Sequence[InventoryResult], as_of: date
) -> tuple[KnownDevices, tuple[InputFile, ...]]:
    """Return the devices in inventories without duplicates, and the inventories with the outcome of each row.

    The records of a device that is bought or first seen after `as_of` are not devices on that date.
    """
    sightings = _Sightings([inventory for inventory in inventories if inventory.proposal is None])
    is_likely = likely_same(sighting for _, sighting in sightings)
    accounts = {inventory.snapshot.sha256: _Account(as_of) for inventory in inventories}
    likely: dict[int, tuple[str, Sighting]] = {}
    for number, (kind, sighting) in enumerate(sightings):
        if is_likely[number]:
            likely[number] = (kind, sighting)
        else:
            accounts[sighting.citation.snapshot].add(number, sighting, sighting.citation)
    joined, repeated = _joined(likely, accounts)
    inputs = tuple(_input(inventory, accounts[inventory.snapshot.sha256]) for inventory in inventories)
    return KnownDevices(sightings, joined, repeated), inputs


def _joined(
    likely: Mapping[int, tuple[str, Sighting]], accounts: Mapping[str, _Account]
) -> tuple[dict[int, KnownDevice], set[int]]:
    """Return the devices of which more is known than one row, and the numbers of rows that repeat one."""
    numbers, seen = list(likely), list(likely.values())
    sightings = [sighting for _, sighting in seen]
    identity = same_devices([Observation(sighting) for sighting in sightings])
    places = [f"{sighting.citation.title}, {sighting.citation.place}" for sighting in sightings]
    doubts = doubts_by_member(identity)
    joined: dict[int, KnownDevice] = {}
    repeated: set[int] = set()
    for device in identity.devices:
        about = dict.fromkeys(doubt for number in device.members for doubt in doubts.get(number, ()))
        own = [seen[n] for n in device.members]
        reasons = reasons_of(device, places, about)
        if len(own) == 1:  # fast: most devices are in one row
            kind, sighting = own[0]
            known = KnownDevice(sighting, life_by({kind: sighting}), (sighting.citation,), reasons)
        else:
            evidence = day_evidence({}, own)
            # in any order, so that a judgement stays with it
            own_id = min(sighting.id for _, sighting in own)
            citations = {sighting.citation.key: sighting.citation for _, sighting in own}
            whole = replace(together(evidence), id=own_id)
            known = KnownDevice(whole, life_by(evidence), tuple(citations.values()), reasons)
        first = numbers[device.members[0]]
        if len(device.members) > 1 or known.identity:
            joined[first] = known
            repeated.update(numbers[n] for n in device.members[1:])
        accounts[known.citations[0].snapshot].add(first, known.sighting, known.citations[0])
        # the rows that repeat a device of an earlier row in their file
        shown_first: dict[str, Citation] = {}
        for number in device.members:
            cited = sightings[number].citation
            earlier = shown_first.setdefault(cited.snapshot, cited)
            mark = device.mark_of(number)
            if earlier is not cited and mark is not None:
                why = text(
                    "{place} shows the same device: the same {mark}", place=earlier.place, mark=WORDS[mark]
                )
                accounts[cited.snapshot].repeated.append(RowProblem(cited.place, why))
    return joined, repeated


def _input(inventory: InventoryResult, account: _Account) -> InputFile:
    """Return an inventory with the outcome of each row."""
    mapping = {column.column: column.field for column in inventory.mapping}
    later = [row for _, row in sorted(account.later, key=itemgetter(0))]
    waiting = inventory.sightings if inventory.proposal else ()
    unread = [Unread(problem.place, problem.reason) for problem in inventory.unread]
    unread += [Unread(sighting.citation.place, WAITS) for sighting in waiting]
    # the guessed reading that a person must accept; None for a file of a known format
    if inventory.proposal is None:
        proposed = None
    else:
        columns = {column.column: column.field for column in inventory.mapping if column.field}
        shown = inventory.sightings[:EXAMPLES]
        names = ("label", "address", "site", "place", "kind")
        examples = (
            {name: value for name in names if (value := getattr(sighting, name))}
            | {trace.value: ", ".join(values) for trace, values in sighting.traces.items()}
            for sighting in shown
        )
        proposed = ProposedReading(
            inventory.proposal.reason, inventory.proposal.records, columns, tuple(examples)
        )
    return InputFile(
        filename=inventory.snapshot.filename,
        sha256=inventory.snapshot.sha256,
        kind=inventory.kind,
        records=RecordAccount(
            read=inventory.records,
            devices=account.devices - len(later),
            merged=inventory.merged + len(inventory.sightings) - len(waiting) - account.devices,
            not_devices=grouped_by_reason((*inventory.left_out, *later)),
            unread=tuple(unread),
        ),
        sightings=len(inventory.sightings),
        problems=tuple(
            RowProblem(problem.place, problem.reason)
            for problem in (*inventory.problems, *inventory.unread, *inventory.unused)
        ),
        unused_columns=len(inventory.unused),
        mapping=mapping or None,
        duplicates=tuple(account.repeated[:MOST_ROWS]),
        more_duplicates=max(0, len(account.repeated) - MOST_ROWS),
        left_out=tuple(RowProblem(row.place, row.sentence) for row in inventory.left_out[:MOST_ROWS]),
        more_left_out=max(0, len(inventory.left_out) - MOST_ROWS),
        doubts=tuple(RowProblem(doubt.place, doubt.reason) for doubt in inventory.doubts),
        whole=inventory.end.is_whole if inventory.end else None,
        end=inventory.end.evidence if inventory.end else None,
        proposed=proposed,
    )
