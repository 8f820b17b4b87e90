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
from overzicht.register.model import LifecycleState
from overzicht.register.sighting import life_by
from overzicht.reports.model import InputFile, RowProblem
from overzicht.sources.inventories.interface import InventoryResult

FIRST_SEEN = frozenset({"firstseen", "first seen", "first discovered", "eerst gezien", "eerste waarneming"})


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


def devices_of(inventories: Sequence[InventoryResult]) -> tuple[list[KnownDevice], tuple[InputFile, ...]]:
    """Return the devices in inventories without duplicates, and the inventories with their repeated rows."""
    seen = [(inventory.kind, sighting) for inventory in inventories for sighting in inventory.sightings]
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
    return devices, tuple(_input(inventory, repeated) for inventory in inventories)


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


def _input(inventory: InventoryResult, repeated: Mapping[str, Sequence[RowProblem]]) -> InputFile:
    mapping = {column.column: column.field for column in inventory.mapping}
    return InputFile(
        filename=inventory.snapshot.filename,
        sha256=inventory.snapshot.sha256,
        kind=inventory.kind,
        records=inventory.records,
        sightings=len(inventory.sightings),
        problems=tuple(
            RowProblem(problem.place, problem.reason) for problem in (*inventory.problems, *inventory.unused)
        ),
        unused_columns=len(inventory.unused),
        mapping=mapping or None,
        duplicates=tuple(repeated.get(inventory.snapshot.sha256, ())),
        left_out=tuple(RowProblem(problem.place, problem.reason) for problem in inventory.left_out),
    )
