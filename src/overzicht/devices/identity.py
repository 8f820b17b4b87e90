"""Decide which sightings are one device, within a file and across files, for overview and register.

The rule is a table of stages, the surest mark first (`docs/explanation/one-device.md` explains it):

| mark            | it joins sightings that                      | unless they differ in                  |
| --------------- | -------------------------------------------- | -------------------------------------- |
| the whole row   | are equal in one file and have a mark        |                                        |
| serial number   | have it                                      | MAC; in one file: brand, model, site   |
| MAC address     | have it                                      | serial; in one file: brand, model, site |
| label and place | have it on one site (or place) of one        | serial, MAC, brand or model; or a file |
|                 | organisation                                 | has it in two rows                     |
| label           | also agree in model, or one is in a register | the same, and organisation, site       |
| network address | also agree in model, label or site, or one   | the same, and label                    |
|                 | has no other fields                          |                                        |
| place and model | have no other mark: row by row; else one in  | serial, MAC, label, network address    |
|                 | each file                                    |                                        |

All sightings with one value of a mark are joined, or none of them. The stages sort their values, so the order
of files and rows does not matter. Every stage is a hash join with union-find, without pairwise comparison.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from overzicht.devices.device_marks import Mark, Marks
from overzicht.devices.identity_rules import (
    STAGES,
    STAGES_OF_WHAT_IS_OVER,
    Group,
    Keys,
    Link,
    Observation,
    Test,
    against_place,
    content_of,
    device_keys,
    differ,
    file_of,
    group_of,
    place_keys,
)

SUREST_FIRST = tuple(Mark)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A mark that sightings share and that does not make them one device, since they differ in `against`."""

    mark: Mark
    value: str
    members: tuple[int, ...]
    against: Mark


@dataclass(frozen=True, slots=True)
class OneDevice:
    """The numbers of the sightings of one device, its id where that is known, and what joined them."""

    members: tuple[int, ...]
    device: str
    links: tuple[Link, ...]

    def mark_of(self, member: int) -> Mark | None:
        """Return the surest mark by which a sighting is in this device; None for the only one."""
        return next((link.mark for link in self.links if member in link.members), None)


@dataclass(frozen=True, slots=True)
class Identity:
    """The devices, in order of their first sighting, and what did not settle whether more are one."""

    devices: tuple[OneDevice, ...]
    doubts: tuple[Doubt, ...]


Value = TypeVar("Value", str, tuple[str, ...])


def same_devices(seen: Sequence[Observation]) -> Identity:
    """Return the devices that the sightings are of; the same whatever their order. See the table above."""
    work = _Work(seen)
    work.join(work.devices(), Mark.DEVICE, lambda _: None)
    work.join(work.rows(), Mark.ROW, lambda _: None)
    for stage in STAGES:
        work.join(work.by(stage.keys), stage.mark, stage.against)
    work.join(work.in_turn(), Mark.PLACE, against_place)
    work.join(work.by(place_keys), Mark.PLACE, against_place)
    for stage in STAGES_OF_WHAT_IS_OVER:
        work.join(work.by(stage.keys, over=True), stage.mark, stage.against)
    return work.result()


class _Work:
    """Groups of sightings that are joined so far; a sighting that shares no value with another has none."""

    def __init__(self, seen: Sequence[Observation]) -> None:
        self._seen = seen
        self._marks = [Marks.of(observation.sighting) for observation in seen]
        self._is_any_over = any(observation.is_over for observation in seen)
        self._groups: dict[int, Group] = {}
        self._blocks: dict[tuple[Keys, bool], dict[str, list[int]]] = {}
        self._doubts: list[Doubt] = []

    def by(self, keys: Keys, *, over: bool = False) -> dict[str, list[int]]:
        """Return the numbers of the sightings that share a value, by value; values of one are left out."""
        kept = (keys, over and self._is_any_over)
        if kept not in self._blocks:
            pairs = zip(self._seen, self._marks, strict=True)
            self._blocks[kept] = _shared(
                (value, number)
                for number, (observation, marks) in enumerate(pairs)
                if over or not observation.is_over
                for value in keys(observation, marks)
            )
        return self._blocks[kept]

    def devices(self) -> dict[str, list[int]]:
        """Return the sightings of one known device, and those of one row of a file that was read twice."""
        of_ids = _shared((o.sighting.id, n) for n, o in enumerate(self._seen) if not o.is_known)
        repeated = {number for numbers in of_ids.values() for number in numbers}
        return _shared(
            (value, number)
            for number, observation in enumerate(self._seen)
            if observation.device or number in repeated
            for value in device_keys(observation)
        )

    def rows(self) -> dict[str, list[int]]:
        """Return the numbers of the rows that are equal in one file; only likely ones are compared whole."""
        likely = _shared(
            ((file_of(observation), seen.label, seen.address, seen.site, seen.place), number)
            for number, (observation, marks) in enumerate(zip(self._seen, self._marks, strict=True))
            if (marks.is_told_apart or marks.point) and not (observation.is_over or observation.is_known)
            for seen in (observation.sighting,)
        )
        return _shared(
            (content_of(self._seen[number], self._marks[number]), number)
            for numbers in likely.values()
            for number in numbers
        )

    def in_turn(self) -> dict[str, list[int]]:
        """Return what only place and product describe: the first row of each file together, and so on."""
        files: dict[tuple[str, str], list[int]] = defaultdict(list)
        for number, (observation, marks) in enumerate(zip(self._seen, self._marks, strict=True)):
            if not (marks.is_told_apart or observation.is_over):
                for value in place_keys(observation, marks):
                    files[value, file_of(observation)].append(number)
        return _shared(
            (f"{value}|{turn:06}", number)
            for (value, _), numbers in sorted(files.items())
            for turn, number in enumerate(sorted(numbers, key=self._likeness))
        )

    def _likeness(self, number: int) -> tuple[str, ...]:
        observation = self._seen[number]
        return (
            str(observation.sighting.bought),
            observation.sighting.status,
            observation.device,
            content_of(observation, self._marks[number]),  # before the id, which depends on the row order
            observation.sighting.id,
        )

    def join(self, blocks: Mapping[str, list[int]], mark: Mark, against: Test) -> None:
        """Make one of all that share a value, or keep why not."""
        for value, numbers in blocks.items():
            groups = list({id(group): group for group in map(self._group, numbers)}.values())
            if len(groups) < 2:
                continue
            why_not = (Mark.DEVICE if differ(groups, "device") else None) or against(groups)
            if why_not is None:
                largest = max(groups, key=lambda group: len(group.members))
                for group in groups:
                    if group is not largest:
                        largest.take(group)
                        for member in group.members:
                            self._groups[member] = largest
                largest.links.append(Link(mark, value, tuple(numbers)))
            else:
                self._doubts.append(Doubt(mark, value, tuple(numbers), why_not))

    def _group(self, number: int) -> Group:
        """Return the group that a sighting is in."""
        if number not in self._groups:
            self._groups[number] = group_of(number, self._seen[number], self._marks[number])
        return self._groups[number]

    def result(self) -> Identity:
        groups = {id(group): group for group in self._groups.values()}
        alone = ((n, o) for n, o in enumerate(self._seen) if n not in self._groups)
        devices: list[OneDevice] = []
        for group in groups.values():
            links = sorted(group.links, key=lambda link: (SUREST_FIRST.index(link.mark), link.value))
            devices.append(
                OneDevice(tuple(sorted(group.members)), next(iter(group.values["device"]), ""), tuple(links))
            )
        devices += [OneDevice((number,), observation.device, ()) for number, observation in alone]
        doubts = (item for item in self._doubts if len({id(self._groups[n]) for n in item.members}) > 1)
        return Identity(tuple(sorted(devices, key=lambda item: item.members)), tuple(doubts))


def _shared(pairs: Iterable[tuple[Value, int]]) -> dict[Value, list[int]]:
    """Return the numbers of each value that several have, in order of the values."""
    first: dict[Value, int] = {}
    blocks: dict[Value, list[int]] = {}
    for value, number in pairs:
        earlier = first.setdefault(value, number)
        if earlier != number or value in blocks:
            blocks.setdefault(value, [earlier]).append(number)
    return dict(sorted(blocks.items()))
