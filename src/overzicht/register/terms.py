"""Terms of the register: lifecycle states, row outcomes, and the values passed between the layers.

All values are frozen. Dates are dates in law; no clock is read here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from overzicht.devices import Sighting
from overzicht.evidence import Text, text
from overzicht.evidence.worded_enum import WordedEnum


class LifecycleState(WordedEnum):
    """Lifecycle state of a device."""

    PLANNED = "planned", text("planned")
    IN_USE = "in use", text("in use")
    NOT_SEEN = ("not seen", text("not seen"))  # missing from an inventory, but not reported as removed
    OUT_OF_USE = "out of use", text("out of use")  # by its inventory
    REPLACED = "replaced", text("replaced")
    REMOVED = "removed", text("removed")


class Outcome(WordedEnum):
    """Result of comparing a row of an inventory with the register."""

    ADDED = "added", text("added")
    CHANGED = "changed", text("changed")
    UNCHANGED = "unchanged", text("unchanged")
    GONE = "gone", text("gone")  # a device of the register that the inventory should show and does not
    WITHDRAWN = (
        "withdrawn",
        text("withdrawn by a correction"),
    )  # only the list showed it that the import replaces
    UNCLEAR = (
        "unclear",
        text("unclear"),
    )  # it may be one of several devices, or its keys contradict each other
    UNREADABLE = "unreadable", text("unreadable")
    DUPLICATE = "duplicate", text("duplicate")  # another row of the inventory shows the same device


class Status(WordedEnum):
    """Status of an import."""

    PREVIEW = "preview", text("preview")
    ACCEPTED = "accepted", text("accepted")
    REJECTED = "rejected", text("rejected")
    UNDONE = "undone", text("undone")  # accepted, and later taken back as a whole
    SUPERSEDED = (
        "superseded",
        text("replaced by a corrected list"),
    )  # accepted, until a whole list of its date


LARGEST_SHARE = 20  # per cent of the devices that an import ends without a question
NEW = "new"
SKIP = "skip"
PROPOSED = "replaced?"  # the field of a change that proposes a replacement, for a person to confirm
REPLACED = "replaces"  # the field of a change that a person chose
REPLACES = "replaces:"  # followed by the id of the replaced device


@dataclass(frozen=True, slots=True)
class Retirement:
    """Devices in use that an inventory would end, out of those that it is compared with.

    Both count devices, not rows: a row of four cameras is four. A row that states a smaller quantity ends
    the difference. The inventory is compared with the devices that it should show if it is the whole, else
    with all devices in use.
    """

    devices: int
    of: int

    @property
    def is_large(self) -> bool:
        """Whether a person must confirm it: more than 20 % of the devices."""
        return self.devices * 100 > self.of * LARGEST_SHARE


@dataclass(frozen=True, slots=True)
class InventoryOffer:
    """An inventory to compare: its organisation, site, date and sightings.

    `beside` are the imports of its date that it does not correct, because they are other parts of one list.
    """

    organisation_id: str
    site: str
    day: date
    is_whole: bool
    kind: str
    sightings: Sequence[Sighting]
    unreadable: Sequence[tuple[str, Text]] = ()  # place and reason
    sha256: str = ""
    sheet: str = ""
    beside: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SameDayRow:
    """A row of an accepted inventory of the same date: its device, content, and whether a person chose it."""

    device: str
    kind: str
    sighting: Sighting
    import_id: int = 0
    row: int = 0
    is_chosen: bool = False  # by a person


@dataclass(frozen=True, slots=True)
class KnownDevice:
    """A device in the register: id, lifecycle state, and the latest sighting by kind of source.

    `evidence` maps a kind of inventory (`table`, `nmap-xml`) to its last sighting of the device before the
    date of comparison; empty for a device that began on that date. `today` are the rows about it in accepted
    inventories of that same date.
    """

    id: str
    life: LifecycleState
    evidence: Mapping[str, Sighting]
    today: tuple[SameDayRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A field that differs: `old` in the register, `new` in the inventory."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Row:
    """Result for one row. `number` is its position in the inventory, -1 for a missing device.

    `device` is empty if the row is added or unclear; `candidates` are the devices that an unclear row may be.
    `matched_by` names the key that identified the device; `why` is an explanation if one is needed.
    `evidence` are all sightings of the device, including this row; `moved` are rows of other inventories of
    the date that belonged to another device until now. `first` is the number of the row that a duplicate
    repeats.
    """

    outcome: Outcome
    number: int
    device: str = ""
    matched_by: str = ""
    changes: tuple[Change, ...] = ()
    candidates: tuple[str, ...] = ()
    why: Text | None = None
    evidence: Mapping[str, Sighting] = field(default_factory=dict)
    moved: tuple[SameDayRow, ...] = ()
    first: int = -1
