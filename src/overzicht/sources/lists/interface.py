"""What a list is to the product: a card that says what to expect, and a reader that is strict about it."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from overzicht.entities import Record
from overzicht.errors import UnreadableDateError
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
WRONG_DATE = "the date is wrong in the file; report it to the publisher"


class EntryFaultError(ValueError):
    """An entry holds something that its reader cannot understand; the message says what."""


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
    reader knows and leaves out on purpose, by name. `problems` are records that could not be read. `whole` is
    false for a file that is by its nature a part (a delta).
    """

    published: date | None = None
    official: bool = True
    whole: bool = True
    remarks: list[str] = field(default_factory=list)
    ignored: Counter[str] = field(default_factory=Counter)
    problems: list[RecordProblem] = field(default_factory=list)
    _seen: set[str] = field(default_factory=set)

    @property
    def complete(self) -> bool:
        """Whether the file holds the whole list and all of it was read."""
        return self.whole and not self.problems

    @contextmanager
    def record(self, place: str, fix: str = "") -> Iterator[None]:
        """Keep a fault of one record as a problem, so that reading goes on with the next."""
        try:
            yield
        except UnreadableDateError as fault:
            self.problem(place, fault.message, WRONG_DATE)
        except KeyError as fault:
            self.problem(place, f"it has no {fault.args[0]}")
        except ValueError as fault:
            self.problem(place, str(fault), fix)

    def problem(self, place: str, reason: str, fix: str = "") -> None:
        """Keep what is wrong at a place of the file."""
        self.problems.append(RecordProblem(place, reason, fix))

    def first(self, key: str, reason: str) -> None:
        """Raise EntryFaultError with the reason where the key of a record stood in the file before."""
        if key in self._seen:
            raise EntryFaultError(reason)
        self._seen.add(key)


@contextmanager
def dated(source: SourceFile, place: str) -> Iterator[None]:
    """Refuse the file where the day of its state, which is read inside, cannot be read."""
    try:
        yield
    except UnreadableDateError as error:
        raise ListFileRefusedError(source.filename, error.message, place=place) from error


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
