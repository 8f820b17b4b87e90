"""What a list is to the product: a card that says what to expect, and a reader that is strict about it."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from overzicht.entities import Record
from overzicht.sources.interface import ListFileRefusedError, RecordProblem, Sample, SourceFile

__all__ = [
    "Layout",
    "ListFileRefusedError",
    "ListReader",
    "ReadReport",
    "RecordProblem",
    "Sample",
    "SourceFile",
]


@dataclass(frozen=True, slots=True)
class Layout:
    """A recognised layout of a list: its id (`xml-1.1`), and the part of the list that the file holds.

    `part` is what a newer file of the same part replaces (a CELEX number, `sdn`, a dataset name); empty
    where the list is one file.
    """

    id: str
    part: str = ""


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
