"""Marks of notes in plain text: joined to a word, on a line of their own, or as `1)`, `[1]`.

A number in a text is a mark only if the paper has a note of that number, and the first marks come in the
order of the notes. So a year, a list or `CO2` is not a mark.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from overzicht.subjects.questions.labels import read_numbers
from overzicht.subjects.questions.papers.markup import Flow

_ALONE = re.compile(r"\d{1,2}(?:(?:\s*,\s*|\s+en\s+)\d{1,2})*,?")
_AT_START = re.compile(r"(\d{1,2})(?=[,)]|\s+[A-Za-zÀ-ÿ«(]|\.(?:\s+[A-ZÀ-Ý«]|$))")
_GLUED = re.compile(r"(?<=[a-zéë?!.»”’\)])(\d{1,2})(?: (\d{1,2}))?(?=[\s.,?;:]|$)")
_BRACKETED = re.compile(
    r"\s?(?<!vraag )(?<!vragen )(?:(?<![\d(\[])(\d{1,2})\)|\[(\d{1,2})\]|\ue000(\d{1,3})\ue001)"
)
_HYPHEN = re.compile(r"(?<=[a-zéë])-$")


@dataclass(slots=True)
class MarkReader:
    """Takes the marks out of a paper, section by section; `known` are the numbers of its notes."""

    known: frozenset[int]
    alone: frozenset[int] = (
        frozenset()
    )  # marks on lines of their own; the same number elsewhere is not a mark
    highest: int = 0
    is_printed: bool = False
    _text: str = field(default="", init=False)
    _marks: list[tuple[int, int]] = field(default_factory=list, init=False)

    @classmethod
    def of_printed(cls, known: Iterable[int], lines: Iterable[str]) -> "MarkReader":
        """Return the reader for a printed paper with these notes and lines."""
        notes = frozenset(known)
        alone = {
            n for line in lines if _ALONE.fullmatch(line) for n in read_numbers(line.rstrip(",")).numbers
        }
        return cls(notes, frozenset(alone) & notes, is_printed=True)

    def blocks(self, paragraphs: Sequence[Sequence[str]]) -> Flow:
        """Return the paragraphs (each its lines) as blocks without marks, and the marks."""
        flow = Flow()
        for lines in paragraphs:
            self._text, self._marks = "", []
            for line in lines:
                self._printed_line(line) if self.is_printed else self._add(line, _BRACKETED, in_order=False)
            flow.add(self._text.strip(), list(self._marks))
        return flow

    def _printed_line(self, line: str) -> None:
        if self._text and _ALONE.fullmatch(line):
            numbers = read_numbers(line.rstrip(",")).numbers
            if numbers and set(numbers) <= self.known and min(numbers) <= self.highest + 1:
                for number in numbers:
                    self._mark(number)
                return
        start = _AT_START.match(line)
        if self._text and start and int(start[1]) not in self.alone and self._is_next(int(start[1])):
            self._mark(int(start[1]))
            line = line[start.end() :]
            if line[:1] in ".,)":
                self._text += line[0]
                line = line[1:]
        self._add(line, _GLUED, in_order=True)

    def _add(self, line: str, pattern: re.Pattern[str], *, in_order: bool) -> None:
        self._space(line)
        position = 0
        for match in pattern.finditer(line):
            numbers = [int(group) for group in match.groups() if group]
            if not set(numbers) <= self.known or (in_order and not self._is_next(numbers[0])):
                continue
            self._text += line[position : match.start()]
            for number in numbers:
                self._mark(number)
            position = match.end()
        self._text += line[position:].strip() if not position else line[position:].rstrip()

    def _space(self, line: str) -> None:
        """Put a space between lines; a word broken at a hyphen is joined when it goes on in small letters."""
        if self._text and _HYPHEN.search(self._text) and line[:1].islower():
            self._text = self._text[:-1]
        elif self._text and not self._text.endswith(" "):
            self._text += " "

    def _is_next(self, number: int) -> bool:
        return number in self.known and number == self.highest + 1

    def _mark(self, number: int) -> None:
        self._text = self._text.rstrip()
        self._marks.append((number, len(self._text)))
        self.highest = max(self.highest, number)
