"""The devices of an overview before anything is concluded: sightings in, devices with their reasons out.

An overview of files is a register in memory that is thrown away. So these are the functions of the register:
one rule for which sightings are one device (`devices.identity`), and one for what is then known of it
(`devices.combining`).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from overzicht.dates import read_iso_date
from overzicht.devices import Sighting
from overzicht.devices.combining import day_evidence, doubts_by_member, reasons_of, together
from overzicht.devices.identity import Observation, OneDevice, same_devices
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
    """A device as a report takes it: all that is known of it together, where it was seen, why it is one."""

    sighting: Sighting
    life: LifecycleState
    citations: tuple[Citation, ...]
    identity: tuple[Reason, ...] = ()

    def is_later_than(self, day: date) -> bool:
        """Return whether it was bought or first seen after a day."""
        return max(self.sighting.bought or day, first_seen(self.sighting) or day) > day


def first_seen(sighting: Sighting) -> date | None:
    """Return the day on which a column says that the device was first seen; None without one."""
    for header, value in sorted(sighting.extra.items()):
        if header.casefold() in FIRST_SEEN:
            try:
                return read_iso_date(value[:10])
            except UnreadableDateError:
                continue
    return None


def devices_of(inventories: Sequence[InventoryResult]) -> tuple[list[KnownDevice], tuple[InputFile, ...]]:
    """Return the devices that inventories show, each once, and the inventories with their repeated rows."""
    seen = [(each.kind, sighting) for each in inventories for sighting in each.sightings]
    identity = same_devices([Observation(sighting) for _, sighting in seen])
    places = [f"{sighting.citation.title}, {sighting.citation.place}" for _, sighting in seen]
    doubts = doubts_by_member(identity)
    devices = []
    repeated: dict[str, list[RowProblem]] = defaultdict(list)
    for one in identity.devices:
        about = dict.fromkeys(doubt for number in one.members for doubt in doubts.get(number, ()))
        devices.append(_known([seen[n] for n in one.members], reasons_of(one, places, about)))
        for file, problem in _repetitions(one, [sighting for _, sighting in seen]):
            repeated[file].append(problem)
    return devices, tuple(_input(each, repeated) for each in inventories)


def _known(said: Sequence[tuple[str, Sighting]], identity: tuple[Reason, ...]) -> KnownDevice:
    evidence = day_evidence({}, said)
    own_id = min(sighting.id for _, sighting in said)  # in any order, so that a judgement stays with it
    citations = {sighting.citation.key: sighting.citation for _, sighting in said}
    whole = replace(together(evidence), id=own_id)
    return KnownDevice(whole, life_by(evidence), tuple(citations.values()), identity)


def _repetitions(one: OneDevice, sightings: Sequence[Sighting]) -> Iterable[tuple[str, RowProblem]]:
    """Yield the rows that show a device again which an earlier row of their file shows, with the file."""
    first: dict[str, Citation] = {}
    for number in one.members:
        cited = sightings[number].citation
        earlier = first.setdefault(cited.snapshot, cited)
        mark = one.mark_of(number)
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
        problems=tuple(RowProblem(problem.place, problem.reason) for problem in inventory.problems),
        mapping=mapping or None,
        duplicates=tuple(repeated.get(inventory.snapshot.sha256, ())),
        left_out=tuple(RowProblem(problem.place, problem.reason) for problem in inventory.left_out),
    )
