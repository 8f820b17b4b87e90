"""The consolidated text of an act of the Union: its annexes as lists of codes, and the changes of a version.

A consolidated text is a documentation tool. Only the Official Journal is authentic.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import chain

DIGITS_OF_HEADING = 4  # the shortest code of the tariff


@dataclass(frozen=True, slots=True)
class AnnexEntry:
    """An entry of an annex: a tariff code (`852550`), a code of the act (`X.A.I.001`) or a point (`1(a)`).

    `is_part`: the act names only a part of the goods of the code (`ex`).
    """

    code: str
    text: str
    is_part: bool = False

    @property
    def is_tariff(self) -> bool:
        """Whether this is a code of the tariff, not a point of the annex."""
        return self.code.isdigit() and len(self.code) >= DIGITS_OF_HEADING


@dataclass(frozen=True, slots=True)
class AnnexCard:
    """An annex: number (empty for the only one), title, entries, and the articles that refer to it."""

    number: str
    title: str
    articles: tuple[str, ...]
    entries: tuple[AnnexEntry, ...]


@dataclass(frozen=True, slots=True)
class ConsolidatedAct:
    """An act (`833/2014`) as consolidated on a date: title, number of articles, and annexes in order."""

    act: str
    celex: str
    consolidated: date
    title: str
    articles: int
    annexes: tuple[AnnexCard, ...]

    def annex(self, number: str) -> AnnexCard | None:
        """Return an annex by its number, or None."""
        return next((annex for annex in self.annexes if annex.number == number), None)


class ChangeKind(StrEnum):
    """Kind of change of an entry."""

    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"


@dataclass(frozen=True, slots=True)
class EntryChange:
    """A changed entry of an annex; the text before or after is empty if it did not exist."""

    annex: str
    kind: ChangeKind
    code: str
    before: str
    after: str


def changes_between(old: ConsolidatedAct, new: ConsolidatedAct) -> tuple[EntryChange, ...]:
    """Return the differences between two versions of an act, in the order of the annexes.

    Spaces alone do not count. Entries with the same code are compared as one.
    """
    numbers = dict.fromkeys(annex.number for annex in chain(old.annexes, new.annexes))
    changes = []
    for number in numbers:
        before, after = _texts(old.annex(number)), _texts(new.annex(number))
        for code in dict.fromkeys(chain(before, after)):
            was, now = before.get(code, ""), after.get(code, "")
            if code not in before:
                changes.append(EntryChange(number, ChangeKind.ADDED, code, was, now))
            elif code not in after:
                changes.append(EntryChange(number, ChangeKind.REMOVED, code, was, now))
            elif was.split() != now.split():
                changes.append(EntryChange(number, ChangeKind.REWORDED, code, was, now))
    return tuple(changes)


def _texts(annex: AnnexCard | None) -> dict[str, str]:
    texts: dict[str, str] = {}
    for entry in annex.entries if annex else ():
        texts[entry.code] = f"{texts[entry.code]}; {entry.text}" if entry.code in texts else entry.text
    return texts
