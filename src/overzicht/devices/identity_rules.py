"""The stages of the identity of devices: the values that sightings share, and what speaks against joining."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from overzicht.devices.device_marks import Mark, Marks
from overzicht.devices.sighting import Sighting

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


@dataclass(slots=True)
class Group:
    """Sightings that are one device so far, by number, and the values of each mark that they have."""

    members: list[int]
    values: dict[str, frozenset[str]]
    links: list[Link] = field(default_factory=list)
    is_known: bool = False
    is_bare: bool = False  # has a network address and nothing that a person entered

    def take(self, other: "Group") -> None:
        """Add the sightings, links and values of another group."""
        self.members += other.members
        self.links += other.links
        self.is_known |= other.is_known
        self.is_bare &= other.is_bare
        for name, values in other.values.items():
            self.values[name] = self.values.get(name, frozenset()) | values


Groups = Sequence[Group]
Keys = Callable[[Observation, Marks], Iterable[str]]
Test = Callable[[Groups], Mark | None]


@dataclass(frozen=True, slots=True)
class Stage:
    """One row of the table: the values that sightings share, and what speaks against joining them."""

    mark: Mark
    keys: Keys
    against: Test


def group_of(number: int, observation: Observation, marks: Marks) -> Group:
    """Return the group of one sighting alone."""
    values = {
        "device": _only(observation.device),
        "file": _only(file_of(observation)),
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
    return Group([number], values, is_known=observation.is_known, is_bare=is_bare)


@lru_cache(maxsize=10_000)
def _only(value: str) -> frozenset[str]:
    return frozenset({value} - {""})


def file_of(observation: Observation) -> str:
    """Return the hash of the file of a row; empty for a device of the register."""
    return "" if observation.is_known else observation.sighting.citation.snapshot


# The values of each stage


def device_keys(observation: Observation) -> Iterator[str]:
    """Yield the id of a known device, and the row of a file."""
    if observation.device:
        yield observation.device
    if not observation.is_known:
        citation = observation.sighting.citation
        yield f"row {citation.snapshot} {citation.place} {observation.sighting.id}"


def content_of(observation: Observation, marks: Marks) -> str:
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
            file_of(observation),
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


def place_keys(observation: Observation, marks: Marks) -> Iterator[str]:
    """Yield the place and product of a sighting, if it states any."""
    parts = (marks.site, marks.place, marks.point, marks.product, marks.kind)
    if any(parts):
        yield "|".join((marks.organisation, *parts, "one" if marks.is_one else "several"))


# What speaks against


def differ(groups: Groups, name: str) -> bool:
    """Return whether the groups that have values under a name share none."""
    values = [group.values[name] for group in groups if group.values[name]]
    return len(values) > 1 and not frozenset.intersection(*values)


def _agree(groups: Groups, name: str) -> bool:
    return bool(frozenset.intersection(*(group.values[name] for group in groups)))


def _first_that_differs(groups: Groups, *names: Mark) -> Mark | None:
    return next((name for name in names if differ(groups, _NAMES[name])), None)


_NAMES = {
    Mark.SERIAL: "serial", Mark.MAC: "mac", Mark.LABEL: "label", Mark.ADDRESS: "address",
    Mark.SITE: "site", Mark.ORGANISATION: "organisation",
}  # fmt: skip


def _files(groups: Groups) -> Iterator[list[Group]]:
    by_file: dict[str, list[Group]] = defaultdict(list)
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
        if differ(of_file, "model") or differ(of_file, "brand"):
            return Mark.PRODUCT
        if differ(of_file, "site"):
            return Mark.SITE
    return None


def _against_label(groups: Groups) -> Mark | None:
    if differs := _first_that_differs(groups, Mark.SERIAL, Mark.MAC, Mark.ORGANISATION, Mark.SITE):
        return differs
    if any(True for _ in _files(groups)):
        return Mark.ROW
    if differ(groups, "brand"):
        is_other_product = not _agree(groups, "model")
    else:
        is_other_product = not _agree(groups, "brand") and differ(groups, "model")
    return Mark.PRODUCT if is_other_product else None


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
    if differ(groups, "brand") or differ(groups, "model"):
        return Mark.PRODUCT
    is_backed = any(_agree(groups, name) for name in ("model", "label", "site"))
    return None if is_backed or any(group.is_bare for group in groups) else Mark.PLACE


def against_place(groups: Groups) -> Mark | None:
    """Return the reason why place and product join no sightings, or None."""
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
    Stage(Mark.SERIAL, lambda _, marks: marks.serials, _against_own),
    Stage(Mark.MAC, lambda _, marks: marks.macs, _against_own),
    Stage(Mark.LABEL, _label_and_place, _against_label),
    Stage(Mark.LABEL, lambda _, marks: filter(None, (marks.label,)), _against_label_alone),
    Stage(Mark.ADDRESS, lambda _, marks: filter(None, (marks.address,)), _against_address),
)
STAGES_OF_WHAT_IS_OVER = STAGES[
    :4
]  # a replacement has the same network address and place, so these two marks are left out
