"""What an inventory is to the product: a file that is recognised, and read into sightings and problems."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from overzicht.devices import Sighting
from overzicht.errors import InputFileError
from overzicht.evidence import Snapshot, Text
from overzicht.evidence.account import AccountError, FileEnd, LeftOut
from overzicht.sources.interface import Sample
from overzicht.sources.inventories.origin import Origin


class UnknownInventoryError(InputFileError):
    """A file is not an inventory of a kind that can be read, or no device is found in it."""

    def __init__(self, file: str, reason: str = "") -> None:
        super().__init__(
            file,
            "this is not a kind of inventory that can be read" + (f": {reason}" if reason else ""),
            fix="give a table with a header (CSV, XLSX, ODS), a network scan (nmap XML, text), an export "
            "of camera or asset software, a map (GeoJSON) or a notice; or state the format with --kind",
        )


class NoDeviceError(InputFileError):
    """A file was read, and holds no device."""

    slug = InputFileError.slug

    def __init__(self, file: str, title: str) -> None:
        super().__init__(file, f"there is no device in it (read as: {title})", fix="export the list again")


@dataclass(frozen=True, slots=True)
class InventoryProblem:
    """Something in an inventory that could not be read: where, why, and what would make it readable."""

    place: str
    reason: Text
    fix: Text | None = None

    def __str__(self) -> str:
        """Return place and reason on one line, in English."""
        return f"{self.place}: {self.reason}"


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Field that a column of a table gives.

    `column` is the header as it is written in the file. `field` is the name of a field of `fields.yml`, or
    empty if the column was not understood; its cells are then in the sightings' `extra`. `given` is True if
    the user or the description of a format named the field, False if header and values did. `sample` are the
    first different values, with commas; empty for a column of secrets.
    """

    sheet: str
    column: str
    field: str = ""
    given: bool = False
    sample: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A guessed reading of a file of no known format: it counts only after a person accepts it.

    `records` says where the records are in the file, such as the path of a list. The mapping of the result
    has the columns that were guessed, and its first sightings are the examples.
    """

    reason: Text
    records: str


@dataclass(frozen=True, slots=True)
class InventoryResult:
    """All that one inventory gave. Raises AccountError unless its records add up.

    `kind` is the reader that read it. `records` counts what the file speaks of, as the reader meets it: rows
    of a table, hosts, answers, points, entries of a list. Each record is a sighting, or one of `merged`
    (joined by the reader with another record of its device), of `left_out` or of `unread`. `problems` are
    faults inside records that were read, such as an unreadable date. `doubts` are contradictions that a
    person must hear: a wrong subtotal, a serial number on two models. `remarks` are sentences on how the file
    was read. `mapping` is empty for anything but tables. `unused` names the columns that are filled in most
    rows and give no field. `end` says whether the file is complete. `proposal` is None for a file of a known
    format.
    """

    kind: str
    snapshot: Snapshot
    sightings: Sequence[Sighting]  # packed if they are many
    records: int
    problems: tuple[InventoryProblem, ...] = ()
    mapping: tuple[ColumnMapping, ...] = ()
    remarks: tuple[Text, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    unused: tuple[InventoryProblem, ...] = ()
    merged: int = 0
    unread: tuple[InventoryProblem, ...] = ()
    doubts: tuple[InventoryProblem, ...] = ()
    end: FileEnd | None = None
    proposal: Proposal | None = None

    def __post_init__(self) -> None:
        parts = (
            len(self.sightings) + self.merged + sum(row.records for row in self.left_out) + len(self.unread)
        )
        if parts != self.records:
            raise AccountError(self.records, parts, self.kind)


class ProposedReadingError(InputFileError):
    """No known format explains a file, and nobody accepted the reading that was guessed."""

    slug = UnknownInventoryError.slug

    def __init__(self, file: str, columns: Sequence[Mapping[str, str]], records: str) -> None:
        guessed = ", ".join(f"{column['column']}={column['field']}" for column in columns if column["field"])
        super().__init__(
            file,
            f"no known format explains this file; its reading is a guess ({records}: {guessed})",
            fix="check the columns; then read it again with --accept-reading, or with fields for its columns",
        )


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """What the user says about a table: header to field (empty: keep as it is), and the one sheet to read.

    `include` names what is left out by itself and must be read nevertheless, as `LeftOut.include` gives it.
    `is_of_program` says that a program wrote the table: no headings, totals or articles are between its rows.
    """

    mapping: dict[str, str] = field(default_factory=dict)
    sheet: str = ""
    include: frozenset[str] = frozenset()
    is_of_program: bool = False


class InventoryReader(ABC):
    """Reads one kind of inventory. A fault of one record is a problem and never stops the rest.

    A fault after which nothing of the file can be used raises InputFileError.
    """

    kind: str
    title: str  # what a person calls such a file
    takes_options: bool = False
    may_be_empty: bool = False  # whether a file of this kind is read even if it names no device

    @abstractmethod
    def recognise(self, sample: Sample) -> bool:
        """Return whether the file is of this kind, from its name and first 64 KiB."""

    @abstractmethod
    def read(self, origin: Origin, options: ReadingOptions) -> InventoryResult:
        """Return all that the file gives."""
