"""The devices of an overview: sightings in, devices with their reasons out.

The rules are those of the register: `devices.identity` joins the sightings of one device, and
`devices.combining` merges their data.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from overzicht.dates import read_iso_date
from overzicht.devices import Sighting
from overzicht.devices.combining import day_evidence, doubts_by_member, reasons_of, together
from overzicht.devices.identity import OneDevice, same_devices
from overzicht.devices.identity_rules import Observation
from overzicht.devices.marks import WORDS
from overzicht.errors import UnreadableDateError
from overzicht.evidence import Citation, Reason, text
from overzicht.evidence.account import LeftOut, RecordAccount, Unread, grouped_by_reason
from overzicht.grouping import by_key
from overzicht.register.model import LifecycleState
from overzicht.register.sighting import life_by
from overzicht.reports.model import InputFile, ProposedReading, RowProblem
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
        return max(self.sighting.bought or day, first_seen(self.sighting) or day) > day


def first_seen(sighting: Sighting) -> date | None:
    """Return the date in the column for first seen; None without one."""
    for header, value in sorted(sighting.extra.items()):
        if header.casefold() in FIRST_SEEN:
            try:
                return read_iso_date(value[:10])
            except UnreadableDateError:
                continue
    return None


def devices_of(
    inventories: Sequence[InventoryResult], as_of: date
) -> tuple[list[KnownDevice], tuple[InputFile, ...]]:
    """Return the devices in inventories without duplicates, and the inventories with what became of each row.

    The records of a device that is bought or first seen after `as_of` are not devices on that date.
    """
    seen = [
        (inventory.kind, sighting)
        for inventory in inventories
        if inventory.proposal is None
        for sighting in inventory.sightings
    ]
    sightings = [sighting for _, sighting in seen]
    identity = same_devices([Observation(sighting) for sighting in sightings])
    places = [f"{sighting.citation.title}, {sighting.citation.place}" for _, sighting in seen]
    doubts = doubts_by_member(identity)
    devices = []
    repeated: dict[str, list[RowProblem]] = defaultdict(list)
    for device in identity.devices:
        if len(device.members) == 1 and device.members[0] not in doubts:  # fast: most devices
            devices.append(_known([seen[device.members[0]]], ()))
            continue
        about = dict.fromkeys(doubt for number in device.members for doubt in doubts.get(number, ()))
        devices.append(_known([seen[n] for n in device.members], reasons_of(device, places, about)))
        for file, problem in _repetitions(device, sightings):
            repeated[file].append(problem)
    by_file = by_key((device.citations[0].snapshot, device) for device in devices)
    return devices, tuple(
        _input(inventory, by_file.get(inventory.snapshot.sha256, ()), repeated, as_of)
        for inventory in inventories
    )


def _known(seen: Sequence[tuple[str, Sighting]], identity: tuple[Reason, ...]) -> KnownDevice:
    if len(seen) == 1:  # fast: most devices are in one row
        kind, sighting = seen[0]
        return KnownDevice(sighting, life_by({kind: sighting}), (sighting.citation,), identity)
    evidence = day_evidence({}, seen)
    own_id = min(sighting.id for _, sighting in seen)  # in any order, so that a judgement stays with it
    citations = {sighting.citation.key: sighting.citation for _, sighting in seen}
    whole = replace(together(evidence), id=own_id)
    return KnownDevice(whole, life_by(evidence), tuple(citations.values()), identity)


def _repetitions(device: OneDevice, sightings: Sequence[Sighting]) -> Iterable[tuple[str, RowProblem]]:
    """Yield the rows that repeat a device of an earlier row in their file, with the file."""
    first: dict[str, Citation] = {}
    for number in device.members:
        cited = sightings[number].citation
        earlier = first.setdefault(cited.snapshot, cited)
        mark = device.mark_of(number)
        if earlier is not cited and mark is not None:
            why = text(
                "{place} shows the same device: the same {mark}", place=earlier.place, mark=WORDS[mark]
            )
            yield cited.snapshot, RowProblem(cited.place, why)


def _input(
    inventory: InventoryResult,
    devices: Sequence[KnownDevice],
    repeated: Mapping[str, Sequence[RowProblem]],
    as_of: date,
) -> InputFile:
    """Return an inventory; `devices` are those that it names first."""
    mapping = {column.column: column.field for column in inventory.mapping}
    reason = text("Bought or first seen after {day}", day=as_of)
    later = [
        LeftOut(device.citations[0].place, reason, device.sighting.label)
        for device in devices
        if device.is_later_than(as_of)
    ]
    present = len(devices) - len(later)
    waiting = inventory.sightings if inventory.proposal else ()
    unread = [Unread(problem.place, problem.reason) for problem in inventory.unread]
    unread += [Unread(sighting.citation.place, WAITS) for sighting in waiting]
    return InputFile(
        filename=inventory.snapshot.filename,
        sha256=inventory.snapshot.sha256,
        kind=inventory.kind,
        records=RecordAccount(
            read=inventory.records,
            devices=present,
            merged=inventory.merged + len(inventory.sightings) - len(waiting) - len(devices),
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
        duplicates=tuple(repeated.get(inventory.snapshot.sha256, ())),
        left_out=tuple(RowProblem(row.place, row.sentence) for row in inventory.left_out),
        doubts=tuple(RowProblem(doubt.place, doubt.reason) for doubt in inventory.doubts),
        whole=inventory.end.is_whole if inventory.end else None,
        end=inventory.end.evidence if inventory.end else None,
        proposed=_proposed(inventory),
    )


def _proposed(inventory: InventoryResult) -> ProposedReading | None:
    """Return the guessed reading that a person must accept; None for a file of a known format."""
    if inventory.proposal is None:
        return None
    columns = {column.column: column.field for column in inventory.mapping if column.field}
    shown = inventory.sightings[:EXAMPLES]
    names = ("label", "address", "site", "place", "kind")
    examples = (
        {name: value for name in names if (value := getattr(sighting, name))}
        | {trace.value: ", ".join(values) for trace, values in sighting.traces.items()}
        for sighting in shown
    )
    return ProposedReading(inventory.proposal.reason, inventory.proposal.records, columns, tuple(examples))
