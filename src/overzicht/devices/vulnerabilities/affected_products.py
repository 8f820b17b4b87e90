"""Products that a source states as affected by a vulnerability, and the grade of a match with a device."""

from dataclasses import dataclass
from enum import StrEnum

from overzicht.evidence.stored import JsonRecord


class Grade(StrEnum):
    """How far a vulnerability is known to be in a device; `maker` is not a finding."""

    FIRMWARE = "model and firmware"  # a source names the model, and the firmware is in the affected range
    KIND = "maker and kind"  # the manufacturer and the kind or model match; the version is unknown
    MAKER = "maker only"

    @property
    def is_finding(self) -> bool:
        """Whether a match of this grade is a finding about the device."""
        return self is not Grade.MAKER


@dataclass(frozen=True, slots=True)
class DeviceVulnerability:
    """A known exploited vulnerability of a device; `id` is that of the entry with the reasons."""

    cve: str
    grade: Grade
    id: str


@dataclass(frozen=True, slots=True)
class AffectedProduct(JsonRecord):
    """A product that a source states as affected, in the words of the source.

    `vendor` is empty if the source does not name one. `affected` and `unaffected` are ranges of versions (see
    `firmware.read_range`); empty if the source states none.
    """

    vendor: str
    product: str
    affected: tuple[str, ...] = ()
    unaffected: tuple[str, ...] = ()
