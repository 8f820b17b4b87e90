"""What a list is to the product: a card that says what to expect, and a reader that is strict about it."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import BinaryIO, ClassVar

from overzicht.entities import Record
from overzicht.errors import OverzichtError

SAMPLE_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class Sample:
    """The start of a file, decompressed: its name without `.gz`, and at most 64 KiB of bytes."""

    filename: str
    head: bytes


@dataclass(frozen=True, slots=True)
class Layout:
    """A recognised layout of a list: its id (`xml-1.1`), and the part of the list that the file holds.

    `part` is what a newer file of the same part replaces (a CELEX number, `sdn`, a dataset name); empty
    where the list is one file.
    """

    id: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class RecordProblem:
    """A record that could not be read: where, why, and what would make it readable."""

    place: str
    reason: str
    fix: str = ""

    def __str__(self) -> str:
        """Return place and reason on one line."""
        return f"{self.place}: {self.reason}"


@dataclass(slots=True)
class ReadReport:
    """What a reader tells beside the records; filled while reading, complete when the iterator ends.

    `published` is the day of the state as the file itself says. `ignored` counts the source fields that the
    reader knows and leaves out on purpose, by name. `problems` are records that could not be read.
    """

    published: date | None = None
    official: bool = True
    complete: bool = True
    remarks: list[str] = field(default_factory=list)
    ignored: Counter[str] = field(default_factory=Counter)
    problems: list[RecordProblem] = field(default_factory=list)


class ListFileRefusedError(OverzichtError):
    """A file is not the list in an official layout, or is damaged; nothing of it was taken."""

    exit_code = 10
    slug = "list-file-refused"

    def __init__(self, file: str, reason: str, *, place: str = "", fix: str = "") -> None:
        where = f"{file}, {place}" if place else file
        super().__init__(f"{where}: {reason}; the file was refused", fix=fix)
        self.place = place
        self.reason = reason


class SourceFile(ABC):
    """A file to read: opened as often as needed, decompressed, within the size limits."""

    filename: str
    path: Path

    @abstractmethod
    def open(self) -> BinaryIO:
        """Return the decompressed bytes as a stream; reading past the size limit raises."""

    @abstractmethod
    def sibling(self, name: str) -> "SourceFile | None":
        """Return the file `name` beside this one, any letter case, or None."""


class ListReader(ABC):
    """Reads one list. Strict: what is not understood is a problem, or is counted in `report.ignored`.

    A reader yields records in file order, holds no more than one record (and what joining needs) in memory,
    and never guesses. A fault of one record goes to `report.problems` and reading goes on with the next; a
    fault after which nothing can be trusted raises ListFileRefusedError.
    """

    list_id: ClassVar[str]

    @abstractmethod
    def recognise(self, sample: Sample) -> Layout | None:
        """Return the layout when the file is this list in a form that we read, else None."""

    @abstractmethod
    def read(self, source: SourceFile, layout: Layout, report: ReadReport) -> Iterator[Record]:
        """Yield the records of the file and fill `report`."""

    def companions(self, source: SourceFile) -> tuple[SourceFile, ...]:
        """Return further files that belong to the same snapshot (OFAC's ALT and ADD); none by default."""
        return ()
