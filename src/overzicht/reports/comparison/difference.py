"""The difference between a register on two dates: one value that every entrance shows.

Counts are of devices, quantities added. A change is one after the first date, up to and including the second.
"""

from dataclasses import dataclass
from datetime import date

from overzicht.evidence import Text
from overzicht.register.terms import LifecycleState


@dataclass(frozen=True, slots=True)
class CountChange:
    """A number on both dates; `key` is its name for machines."""

    key: str
    label: Text
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class DeviceChange:
    """A device that changed; `life` is its state on the second date, `replaced_by` its replacement."""

    id: str
    name: str
    organisation: str
    site: str
    place: str
    maker_id: str
    maker: str
    quantity: int
    life: LifecycleState
    replaced_by: str = ""


@dataclass(frozen=True, slots=True)
class MakerChange:
    """A manufacturer that is listed on the second date and was not on the first; `devices` present then."""

    maker_id: str
    maker: str
    devices: int


@dataclass(frozen=True, slots=True)
class ListingChange:
    """A listing of a manufacturer of these devices, or of an owner of it, that began or ended.

    `is_new_fact` is False for a listing with an earlier start, which only a list of the second date shows.
    """

    party_id: str
    list_title: Text
    is_owner: bool
    has_begun: bool
    is_new_fact: bool
    statement: Text


@dataclass(frozen=True, slots=True)
class DecisionChange:
    """A decision on a device in the period."""

    device_id: str
    device: str
    verdict: Text
    reason: str
    actor: str
    at: str


@dataclass(frozen=True, slots=True)
class PlanChange:
    """A plan and the devices of it that were replaced or removed by each date."""

    id: int
    title: str
    owner: str
    due: date | None
    total: int
    done_before: int
    done_after: int
    is_new: bool
    is_closed: bool
    statement: Text


@dataclass(frozen=True, slots=True)
class RegisterComparison:
    """The changes of a register, or of an organisation in it, between two dates."""

    before: date
    after: date
    organisation: str  # its name; empty: all
    conclusions: tuple[Text, ...]
    counts: tuple[CountChange, ...]
    added: tuple[DeviceChange, ...]
    gone: tuple[DeviceChange, ...]
    replaced: tuple[DeviceChange, ...]
    seen_again: tuple[DeviceChange, ...]
    newly_listed: tuple[MakerChange, ...]
    listings: tuple[ListingChange, ...]
    decisions: tuple[DecisionChange, ...]
    plans: tuple[PlanChange, ...]
