"""What the modules of traces share: evidence, the family it belongs to, and what they look things up in."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from overzicht.devices.brands import BrandMatch
from overzicht.devices.knowledge import Knowledge
from overzicht.devices.sighting import DeviceKind
from overzicht.devices.traces.recog_files import Recog
from overzicht.evidence import Confidence, Reason


class Family(StrEnum):
    """Independent grounds: evidence of one family counts once, however often it is repeated."""

    LABEL = "label"  # the name on the box or in a manufacturer field, and statements on that name
    MODEL = "model"  # the model number, also where a serial number or a scope repeats it
    MAC = "mac"  # the registrant of the MAC block
    SERVICE = "service"  # what programs on the device answer: banners, titles, icons, protocols
    CERTIFICATE = "certificate"
    SCANNER = "scanner"  # what a scanner concluded


@dataclass(frozen=True, slots=True)
class Evidence:
    """Evidence of one trace. An empty `maker_id` marks a remark without a maker.

    `is_hint` never proves a maker. `is_open` marks one of several candidates of the source. `needs_support`
    counts only with evidence of another family for the same maker. `label` is the brand of these numbers if
    it is not the maker's own.
    """

    maker_id: str
    family: Family
    reason: Reason
    kind: DeviceKind = DeviceKind.UNKNOWN
    line: str = ""
    label: str = ""
    is_hint: bool = False
    is_open: bool = False
    needs_support: bool = False
    not_for: frozenset[str] = frozenset()

    @property
    def strength(self) -> Confidence:
        """How far the trace alone proves the maker."""
        return self.reason.strength


class MacRegistry(Protocol):
    """A registry of MAC blocks, and how to cite it."""

    @property
    def source(self) -> str:
        """Name of the registry for readers."""

    @property
    def version(self) -> str:
        """The version of the copy that is asked."""

    def registrant(self, mac: int) -> tuple[str, str] | None:
        """Return the block (`44:19:B6/24`) of this address and its registrant, or None; works offline."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """What traces are looked up in: the knowledge, a MAC registry and recog's fingerprints, where given."""

    knowledge: Knowledge
    registry: MacRegistry | None = None
    recog: Recog | None = None
    # Brands already resolved, by the text that named them, and MAC blocks with their registrant: an inventory
    # repeats few of them many times.
    named: dict[str, list[tuple[str, BrandMatch | None]]] = field(default_factory=dict, compare=False)
    blocks: dict[tuple[str, str], tuple[Evidence, ...]] = field(default_factory=dict, compare=False)
