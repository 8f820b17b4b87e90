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
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeVar

from overzicht.devices.marks import Mark, Marks
from overzicht.devices.model import Sighting

SUREST_FIRST = tuple(Mark)
SHORTEST_LABEL = 4  # a shorter label is usually a counter that restarts in every list


@dataclass(frozen=True, slots=True)
class Observation:
    """A sighting to compare. `device` is the id of its device, if known; known devices are never joined.

    `is_known` marks a device from the register rather than a row of a file. `is_over` marks a device that was
    replaced or removed; its replacement is matched first.
    """

    sighting: Sighting
    device: str = ""
    is_known: bool = False
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A mark that joined sightings, by their numbers."""

    mark: Mark
    value: str
    members: tuple[int, ...]


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


@dataclass(slots=True)
class _Group:
    members: list[int]
    values: dict[str, frozenset[str]]
    links: list[Link] = field(default_factory=list)
    is_known: bool = False
    is_bare: bool = False  # has a network address and nothing that a person entered

    def take(self, other: "_Group") -> None:
        self.members += other.members
        self.links += other.links
        self.is_known |= other.is_known
        self.is_bare &= other.is_bare
        for name, values in other.values.items():
            self.values[name] = self.values.get(name, frozenset()) | values

    def as_device(self) -> OneDevice:
        links = sorted(self.links, key=lambda link: (SUREST_FIRST.index(link.mark), link.value))
        return OneDevice(tuple(sorted(self.members)), next(iter(self.values["device"]), ""), tuple(links))


Groups = Sequence[_Group]
Keys = Callable[[Observation, Marks], Iterable[str]]
Test = Callable[[Groups], Mark | None]
Value = TypeVar("Value", str, tuple[str, ...])


@dataclass(frozen=True, slots=True)
class _Stage:
    """One row of the table: the values that sightings share, and what speaks against joining them."""

    mark: Mark
    keys: Keys
    against: Test


def same_devices(seen: Sequence[Observation]) -> Identity:
    """Return the devices that the sightings are of; the same whatever their order. See the table above."""
    work = _Work(seen)
    work.join(work.devices(), Mark.DEVICE, lambda _: None)
    work.join(work.rows(), Mark.ROW, lambda _: None)
    for stage in STAGES:
        work.join(work.by(stage.keys), stage.mark, stage.against)
    work.join(work.in_turn(), Mark.PLACE, _against_place)
    work.join(work.by(_place_keys), Mark.PLACE, _against_place)
    for stage in STAGES_OF_WHAT_IS_OVER:
        work.join(work.by(stage.keys, over=True), stage.mark, stage.against)
    return work.result()


class _Work:
    """Groups of sightings that are joined so far; a sighting that shares no value with another has none."""

    def __init__(self, seen: Sequence[Observation]) -> None:
        self._seen = seen
        self._marks = [Marks.of(observation.sighting) for observation in seen]
        self._is_any_over = any(observation.is_over for observation in seen)
        self._groups: dict[int, _Group] = {}
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
            for value in _device_keys(observation)
        )

    def rows(self) -> dict[str, list[int]]:
        """Return the numbers of the rows that are equal in one file; only likely ones are compared whole."""
        likely = _shared(
            ((_file(observation), seen.label, seen.address, seen.site, seen.place), number)
            for number, (observation, marks) in enumerate(zip(self._seen, self._marks, strict=True))
            if (marks.is_told_apart or marks.point) and not (observation.is_over or observation.is_known)
            for seen in (observation.sighting,)
        )
        return _shared(
            (_content(self._seen[number], self._marks[number]), number)
            for numbers in likely.values()
            for number in numbers
        )

    def in_turn(self) -> dict[str, list[int]]:
        """Return what only place and product describe: the first row of each file together, and so on."""
        files: dict[tuple[str, str], list[int]] = defaultdict(list)
        for number, (observation, marks) in enumerate(zip(self._seen, self._marks, strict=True)):
            if not (marks.is_told_apart or observation.is_over):
                for value in _place_keys(observation, marks):
                    files[value, _file(observation)].append(number)
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
            _content(observation, self._marks[number]),  # before the id, which depends on the row order
            observation.sighting.id,
        )

    def join(self, blocks: Mapping[str, list[int]], mark: Mark, against: Test) -> None:
        """Make one of all that share a value, or keep why not."""
        for value, numbers in blocks.items():
            groups = list({id(group): group for group in map(self._group, numbers)}.values())
            if len(groups) < 2:
                continue
            why_not = (Mark.DEVICE if _differ(groups, "device") else None) or against(groups)
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

    def _group(self, number: int) -> _Group:
        """Return the group that a sighting is in."""
        if number not in self._groups:
            self._groups[number] = _group(number, self._seen[number], self._marks[number])
        return self._groups[number]

    def result(self) -> Identity:
        groups = {id(group): group for group in self._groups.values()}
        alone = ((n, o) for n, o in enumerate(self._seen) if n not in self._groups)
        devices = [group.as_device() for group in groups.values()]
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


def _group(number: int, observation: Observation, marks: Marks) -> _Group:
    values = {
        "device": _only(observation.device),
        "file": _only(_file(observation)),
        "serial": frozenset(marks.serials),
        "mac": frozenset(marks.macs),
        "brand": marks.brands,
        "model": marks.models,
        "label": _only(marks.name),
        "address": _only(marks.address),
        "site": _only(marks.site),
        "organisation": _only(marks.organisation),
        "where": _only(marks.site) | _only(marks.place),
        "point": _only(marks.point),
    }
    is_bare = not (marks.name or marks.product or marks.site or marks.place)
    return _Group([number], values, is_known=observation.is_known, is_bare=is_bare)


@lru_cache(maxsize=10_000)
def _only(value: str) -> frozenset[str]:
    return frozenset({value} - {""})


def _file(observation: Observation) -> str:
    return "" if observation.is_known else observation.sighting.citation.snapshot


# The values of each stage


def _device_keys(observation: Observation) -> Iterator[str]:
    if observation.device:
        yield observation.device
    if not observation.is_known:
        citation = observation.sighting.citation
        yield f"row {citation.snapshot} {citation.place} {observation.sighting.id}"


def _content(observation: Observation, marks: Marks) -> str:
    """Return everything that a row states, without its position in the file."""
    sighting = observation.sighting
    traces = sorted((trace.value, values) for trace, values in sighting.traces.items())
    rest = (
        sighting.place,
        sighting.kind,
        sighting.status,
        sighting.bought,
        sighting.quantity,
        sorted(sighting.extra.items()),
    )
    return repr(
        (
            _file(observation),
            sighting.label,
            sighting.organisation,
            sighting.site,
            sighting.address,
            marks.point,
            rest,
            traces,
        )
    )


def _label_and_place(observation: Observation, marks: Marks) -> Iterator[str]:
    if marks.label and (marks.site or marks.place):
        where = f"site {marks.site}" if marks.site else f"place {marks.place}"
        yield f"{marks.label}|{where}|{marks.organisation}"


def _place_keys(observation: Observation, marks: Marks) -> Iterator[str]:
    parts = (marks.site, marks.place, marks.point, marks.product, marks.kind)
    if any(parts):
        yield "|".join((marks.organisation, *parts, "one" if marks.is_one else "several"))


# What speaks against


def _differ(groups: Groups, name: str) -> bool:
    values = [group.values[name] for group in groups if group.values[name]]
    return len(values) > 1 and not frozenset.intersection(*values)


def _agree(groups: Groups, name: str) -> bool:
    return bool(frozenset.intersection(*(group.values[name] for group in groups)))


def _first_that_differs(groups: Groups, *names: Mark) -> Mark | None:
    return next((name for name in names if _differ(groups, _NAMES[name])), None)


_NAMES = {
    Mark.SERIAL: "serial", Mark.MAC: "mac", Mark.LABEL: "label", Mark.ADDRESS: "address",
    Mark.SITE: "site", Mark.ORGANISATION: "organisation",
}  # fmt: skip


def _files(groups: Groups) -> Iterator[list[_Group]]:
    by_file: dict[str, list[_Group]] = defaultdict(list)
    for group in groups:
        for file in group.values["file"]:
            by_file[file].append(group)
    yield from (same_file for same_file in by_file.values() if len(same_file) > 1)


def _against_own(groups: Groups) -> Mark | None:
    """Return why a serial number or MAC address joins no sightings, or None.

    Rows of one list with other products or sites share it by mistake.
    """
    if differs := _first_that_differs(groups, Mark.SERIAL, Mark.MAC):
        return differs
    for of_file in _files(groups):
        if _differ(of_file, "model") or _differ(of_file, "brand"):
            return Mark.PRODUCT
        if _differ(of_file, "site"):
            return Mark.SITE
    return None


def _against_label(groups: Groups) -> Mark | None:
    if differs := _first_that_differs(groups, Mark.SERIAL, Mark.MAC, Mark.ORGANISATION, Mark.SITE):
        return differs
    if any(True for _ in _files(groups)):
        return Mark.ROW
    return Mark.PRODUCT if _is_other_product(groups) else None


def _is_other_product(groups: Groups) -> bool:
    if _differ(groups, "brand"):
        return not _agree(groups, "model")
    return not _agree(groups, "brand") and _differ(groups, "model")


def _against_label_alone(groups: Groups) -> Mark | None:
    labels = [label for group in groups for label in group.values["label"]]
    is_long = min(map(len, labels), default=0) >= SHORTEST_LABEL
    is_enough = any(group.is_known for group in groups) or (is_long and _agree(groups, "model"))
    return _against_label(groups) or (None if is_enough else Mark.PLACE)


def _against_address(groups: Groups) -> Mark | None:
    """Return the reason why a network address joins no sightings, or None.

    Addresses are reassigned, so one counts only with another agreement, or if it is the only information.
    """
    if differs := _against_label(groups) or _first_that_differs(groups, Mark.LABEL):
        return differs
    if _differ(groups, "brand") or _differ(groups, "model"):
        return Mark.PRODUCT
    is_backed = any(_agree(groups, name) for name in ("model", "label", "site"))
    return None if is_backed or any(group.is_bare for group in groups) else Mark.PLACE


def _against_place(groups: Groups) -> Mark | None:
    if differs := _first_that_differs(groups, Mark.SERIAL, Mark.MAC, Mark.LABEL):
        return differs
    is_known = any(group.is_known for group in groups)
    if not is_known and (differs := _first_that_differs(groups, Mark.ADDRESS)):
        return differs
    if any(True for _ in _files(groups)):
        return Mark.ROW
    is_told = _agree(groups, "point") or (
        _agree(groups, "where") and (_agree(groups, "brand") or _agree(groups, "model"))
    )
    return None if is_known or is_told else Mark.PRODUCT


STAGES = (
    _Stage(Mark.SERIAL, lambda _, marks: marks.serials, _against_own),
    _Stage(Mark.MAC, lambda _, marks: marks.macs, _against_own),
    _Stage(Mark.LABEL, _label_and_place, _against_label),
    _Stage(Mark.LABEL, lambda _, marks: filter(None, (marks.label,)), _against_label_alone),
    _Stage(Mark.ADDRESS, lambda _, marks: filter(None, (marks.address,)), _against_address),
)
STAGES_OF_WHAT_IS_OVER = STAGES[
    :4
]  # a replacement has the same network address and place, so these two marks are left out
