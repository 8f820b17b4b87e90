"""Joins a companion file to the first one while both are read, holding one entry at a time."""

from collections.abc import Iterator

from overzicht.sources.lists.interface import ReadReport
from overzicht.sources.strict import Row


class SideFileRows:
    """The rows of a companion file, given out by entry number; the file must be in that order."""

    def __init__(self, name: str, rows: Iterator[Row], report: ReadReport) -> None:
        self._name = name
        self._rows = rows
        self._report = report
        self._last = 0
        self._next: tuple[int, Row] | None = None
        self._advance()

    def rows_for(self, number: int) -> list[Row]:
        """Return the rows of the entry; rows before it, which belong to nobody, become problems."""
        matching: list[Row] = []
        while self._next is not None and self._next[0] <= number:
            key, row = self._next
            if key == number:
                matching.append(row)
            else:
                self._tell(row, f"it belongs to entry {key}, which is not in the list")
            self._advance()
        return matching

    def finish(self) -> None:
        """Report the rows that are left when the list has ended."""
        while self._next is not None:
            self._tell(self._next[1], f"it belongs to entry {self._next[0]}, which is not in the list")
            self._advance()

    def _advance(self) -> None:
        self._next = None
        for row in self._rows:
            text = row.take("ent_num")
            if not text.isdecimal():
                self._tell(row, f"{text!r} is not an entry number")
            elif int(text) < self._last:
                self._tell(row, f"entry {text} stands after {self._last}, the file is not in order")
            else:
                self._last = int(text)
                self._next = (self._last, row)
                return

    def _tell(self, row: Row, reason: str) -> None:
        self._report.problem(f"{self._name}, {row.place}", reason)
