"""The words of the register: lives of devices, outcomes of rows, and the values that pass between the layers.

All values are frozen. Days are the legal days they hold; no clock is read here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from overzicht.devices import Sighting
from overzicht.evidence import Text, text
from overzicht.evidence.worded import WordedEnum


class Life(WordedEnum):
    """Where a device stands in its life."""

    PLANNED = "planned", text("planned")
    IN_USE = "in use", text("in use")
    NOT_SEEN = (
        "not seen",
        text("not seen"),
    )  # an inventory that should show it does not; nobody said that it is gone
    REPLACED = "replaced", text("replaced")
    REMOVED = "removed", text("removed")


class Outcome(WordedEnum):
    """What a row of an inventory comes to beside the register."""

    ADDED = "added", text("added")
    CHANGED = "changed", text("changed")
    UNCHANGED = "unchanged", text("unchanged")
    GONE = "gone", text("gone")  # a device of the register that the inventory should show and does not
    UNCLEAR = (
        "unclear",
        text("unclear"),
    )  # it may be one of several devices, or its keys contradict each other
    UNREADABLE = "unreadable", text("unreadable")
    DUPLICATE = "duplicate", text("duplicate")  # another row of the inventory shows the same device


class Status(WordedEnum):
    """Where an import stands."""

    PREVIEW = "preview", text("preview")
    ACCEPTED = "accepted", text("accepted")
    REJECTED = "rejected", text("rejected")


NEW = "new"
SKIP = "skip"
PROPOSED = "replaced?"  # the field of a change that proposes a replacement, for a person to confirm
REPLACES = "replaces:"  # with the id of the device whose place the new one takes


@dataclass(frozen=True, slots=True)
class SaidToday:
    """A row of an accepted inventory of the day that is compared: whose row, what it says, who settled it."""

    device: str
    kind: str
    sighting: Sighting
    import_id: int = 0
    row: int = 0
    is_chosen: bool = False  # by a person


@dataclass(frozen=True, slots=True)
class Known:
    """A device as the register knows it: its id, its life, and what each kind of source last said.

    `evidence` maps a kind of inventory (`table`, `nmap-xml`) to what it last said of the device before the
    day that is compared; it is empty for a device that began on that day. `today` is what accepted
    inventories of that same day said of it, row by row.
    """

    id: str
    life: Life
    evidence: Mapping[str, Sighting]
    today: tuple[SaidToday, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A field that differs: `old` as the register has it, `new` as the inventory says it."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Row:
    """What one row comes to. `number` is the row's place in the inventory's order, -1 for what is gone.

    `device` is empty for what is added or unclear; `candidates` are the devices that an unclear row may be;
    `matched_by` names the key by which a device was known again; `why` is a sentence where one is owed.
    `evidence` is all that is then known of the device, this row included; `moved` are rows of other
    inventories of the day that were of another device until now. `first` is the number of the row that a
    duplicate repeats.
    """

    outcome: Outcome
    number: int
    device: str = ""
    matched_by: str = ""
    changes: tuple[Change, ...] = ()
    candidates: tuple[str, ...] = ()
    why: Text | None = None
    evidence: Mapping[str, Sighting] = field(default_factory=dict)
    moved: tuple[SaidToday, ...] = ()
    first: int = -1
