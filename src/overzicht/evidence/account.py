"""The account of a file: the outcome of each of its records, and whether its end was read."""

from collections.abc import Iterable
from dataclasses import dataclass

from overzicht.evidence.text import Text, text
from overzicht.grouping import by_key

MOST_EXAMPLES = 5  # of the records of one reason


class AccountError(AssertionError):
    """The records of a file do not add up: a fault of the program, never of the file."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Records that are not devices: their place, the reason that they share, and their own words.

    `records` is 0 for what surrounds records: titles, headers, empty rows. `include` is what a person gives
    to `--include` to have them read as devices; empty if they cannot be.
    """

    place: str
    reason: Text
    words: str = ""
    records: int = 1
    include: str = ""

    @property
    def sentence(self) -> Text:
        """The reason, with the record's own words if it has any."""
        return (
            text("{reason}: “{words}”", reason=self.reason, words=self.words) if self.words else self.reason
        )


@dataclass(frozen=True, slots=True)
class Example:
    """One of the records with a reason: where it is, and its own words, empty if it has none."""

    place: str
    words: str


@dataclass(frozen=True, slots=True)
class NotDevices:
    """Records with one reason why they are not devices. `examples` are the first of them."""

    reason: Text
    count: int
    examples: tuple[Example, ...]
    include: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """A record that was not read: where, and why."""

    place: str
    reason: Text


@dataclass(frozen=True, slots=True)
class FileEnd:
    """Whether a file was read to its end. `is_whole` is None if its format cannot show that."""

    is_whole: bool | None
    evidence: Text


@dataclass(frozen=True, slots=True)
class RecordAccount:
    """Records of one file by outcome. Each is a device, merged into one, not a device, or unread.

    Raises AccountError if the sum differs from `read`.
    """

    read: int
    devices: int
    merged: int = 0
    not_devices: tuple[NotDevices, ...] = ()
    unread: tuple[Unread, ...] = ()

    def __post_init__(self) -> None:
        parts = self.devices + self.merged + self.apart + len(self.unread)
        if self.read != parts or min(self.devices, self.merged) < 0:
            raise AccountError(self.read, parts, self)

    @property
    def apart(self) -> int:
        """Number of records that are not devices."""
        return sum(group.count for group in self.not_devices)


def grouped_by_reason(records: Iterable[LeftOut]) -> tuple[NotDevices, ...]:
    """Return the records that are not devices by reason, in order; none without records."""
    groups = by_key(((row.reason, row.include), row) for row in records if row.records)
    return tuple(
        NotDevices(
            reason,
            sum(row.records for row in rows),
            tuple(Example(row.place, row.words) for row in rows[:MOST_EXAMPLES]),
            include,
        )
        for (reason, include), rows in groups.items()
    )
