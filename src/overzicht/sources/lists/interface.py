"""What a list is to the product: a card that says what to expect, and a reader that is strict about it."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from overzicht.entities import Record
from overzicht.errors import UnreadableDateError
from overzicht.sources.interface import ListFileRefusedError, RecordProblem, Sample, SourceFile

WRONG_DATE = "the date is wrong in the file; report it to the publisher"


class EntryFaultError(ValueError):
    """An entry holds something that its reader cannot understand; the message says what."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A recognised layout of a list: its id (`xml-1.1`), and the part of the list in the file.

    A newer file of the same `part` replaces it (a CELEX number, `sdn`, a dataset name); empty for one-file
    lists.
    """

    id: str
    part: str = ""


EXAMPLES = 3


@dataclass(slots=True)
class LeftOut:
    """Records that are not parties by the mapping of their list: how many, and where some of them are."""

    count: int = 0
    examples: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Account:
    """Records of a file by a mapping: `read` = `parties` + `merged` + left out + unread (the problems).

    `merged` are records that are one party with another. `end` is the proof that the file is complete, and is
    empty if its format has none. `stated` is the number of records that the file states. `unread` are
    values of parties that could not be read, by key of the mapping, with examples.
    """

    read: int = 0
    parties: int = 0
    merged: int = 0
    left_out: dict[str, LeftOut] = field(default_factory=dict)
    end: str = ""
    stated: int | None = None
    unread: dict[str, LeftOut] = field(default_factory=dict)

    def leave_out(self, reason: str, place: str) -> None:
        """Count a record that is not a party, with its reason."""
        _count(self.left_out, reason, place)

    def not_read(self, key: str, example: str) -> None:
        """Count a value that could not be read."""
        _count(self.unread, key, example)


def _count(groups: dict[str, LeftOut], name: str, example: str) -> None:
    group = groups.setdefault(name, LeftOut())
    group.count += 1
    if len(group.examples) < EXAMPLES:
        group.examples.append(example)


@dataclass(slots=True)
class ReadReport:
    """Results of a reader in addition to the records; complete when the iterator ends.

    `published` is the publication date that the file states. `newest` is the day of its newest entry: the
    file cannot be of an earlier day, and may be of any later one. `ignored` counts source fields that are
    left out on purpose, by name. `problems` are records that could not be read. `whole` is false for a file
    that is only a part (a delta). `account` is that of a mapped list. `doubt` is why a file without any other
    fault may be cut. `has_end` is false for a format that does not show where a file ends, if no bounds of
    its card do.
    """

    published: date | None = None
    newest: date | None = None
    official: bool = True
    whole: bool = True
    remarks: list[str] = field(default_factory=list)
    ignored: Counter[str] = field(default_factory=Counter)
    problems: list[RecordProblem] = field(default_factory=list)
    account: Account | None = None
    doubt: str = ""
    has_end: bool = True
    _seen: set[str] = field(default_factory=set)

    @property
    def complete(self) -> bool:
        """Whether the file holds the whole list and all of it was read."""
        return self.whole and not self.problems

    @contextmanager
    def record(self, place: str, fix: str = "") -> Iterator[None]:
        """Report a fault of one record as a problem, so that reading continues with the next."""
        try:
            yield
        except UnreadableDateError as fault:
            self.problem(place, fault.message, WRONG_DATE)
        except KeyError as fault:
            self.problem(place, f"it has no {fault.args[0]}")
        except ValueError as fault:
            self.problem(place, str(fault), fix)

    def problem(self, place: str, reason: str, fix: str = "") -> None:
        """Report a problem at a place of the file."""
        self.problems.append(RecordProblem(place, reason, fix))

    def first(self, key: str, reason: str) -> None:
        """Raise EntryFaultError with the reason if the key of a record occurred earlier in the file."""
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


def no_companions(source: SourceFile) -> tuple[SourceFile, ...]:
    """Return no further files of the snapshot."""
    return ()


@dataclass(frozen=True, slots=True)
class ListReader:
    """The functions of the module of a list. Strict: unknown content is a problem, or counted in `ignored`.

    `recognise` returns the layout of a file of this list, else None. `read` yields the records in file order
    and fills the report; it keeps one record in memory (plus data for joins) and never guesses. A fault of a
    record goes to `problems` and reading continues. A fault that makes the rest unreliable raises
    ListFileRefusedError. `companions` returns further files of the same snapshot (OFAC's ALT and ADD).
    """

    list_id: str
    recognise: Callable[[Sample], Layout | None]
    read: Callable[[SourceFile, Layout, ReadReport], Iterator[Record]]
    companions: Callable[[SourceFile], tuple[SourceFile, ...]] = no_companions
