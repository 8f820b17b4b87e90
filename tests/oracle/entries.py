"""What the oracle keeps of a raw list: its entries, and on which days its files state the whole list.

The oracle is a second reading of the official files. It imports nothing of the product, so that a mistake of
the product cannot be repeated here.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

DAY_FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%d %b %Y", "%B %d, %Y", "%d.%m.%Y")


@dataclass(frozen=True)
class Entry:
    """One entry of one list, as one file prints it; days are ISO texts, empty where the file prints none."""

    list_id: str
    part: str
    effect: str  # class of the legal effect: "asset freeze", "export licence", ..., empty where it depends
    name: str
    aliases: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    act: str = ""
    place: str = ""  # file and record, for people
    version: str = ""  # day of the file
    is_loaded: bool = True  # whether the product is given this very file
    is_person: bool | None = None
    basis: str = "printed"  # of `since`: "printed" in the file, or "signed", the day of the act

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)


@dataclass
class RawLists:
    """All entries, and per list and part the days on which a file states the whole of it."""

    entries: list[Entry] = field(default_factory=list)
    versions: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    records: dict[tuple[str, str], dict[str, int]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, entries: Iterable[Entry], *, is_whole: bool = True) -> None:
        """Take the entries of a file; `is_whole` says that it states all of its parts on its day."""
        for entry in entries:
            self.entries.append(entry)
            if is_whole:
                self.versions[entry.list_id, entry.part].add(entry.version)


Reader = Callable[[Path], Iterator[Entry]]


def iso_day(printed: str | None) -> str:
    """Return a printed day as ISO, or an empty text where it is none."""
    for form in DAY_FORMS:
        try:
            return datetime.strptime((printed or "").strip(), form).date().isoformat()  # noqa: DTZ007 - a day
        except ValueError:
            continue
    return ""


def split_names(printed: str | None, signs: str = ";") -> tuple[str, ...]:
    """Return the names of a cell that holds several, without an "and" before the last."""
    names = [printed or ""]
    for sign in signs:
        names = [piece for name in names for piece in name.split(sign)]
    return tuple(piece.strip().removeprefix("and ").strip() for piece in names if piece.strip())
