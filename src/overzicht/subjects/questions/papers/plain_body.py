"""The sections of a plain body: labelled questions and answers, numbers, or counted paragraphs."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from overzicht.subjects.questions.labels import LabelProblem, Numbers, Side, read_label

_REMARK = re.compile(r"(Mededeling|Toelichting)\s*:?")
_INLINE = re.compile(r"(\d{1,3})\.\s+(?=\S)(.*)")
_BARE = re.compile(r"(\d{1,3})\.?")
_SENTENCE_END = (".", "?", "!", ":", ";", ")", "»", "”", "’", "'", "]", "\ue001")


@dataclass(slots=True)
class Section:
    """A label and its lines; `side` is None for a remark, `is_bare` for a number without a word."""

    side: Side | None
    label: str
    numbers: Numbers
    lines: list[str] = field(default_factory=list)
    is_bare: bool = False

    @property
    def paragraphs(self) -> list[list[str]]:
        """The lines by paragraph: an empty line ends one, and so does a line that ends a sentence."""
        paragraphs: list[list[str]] = [[]]
        for line in self.lines:
            if line and paragraphs[-1] and not paragraphs[-1][-1].endswith(_SENTENCE_END):
                paragraphs[-1].append(line)
            elif line:
                paragraphs.append([line])
            elif paragraphs[-1]:
                paragraphs.append([])
        return [paragraph for paragraph in paragraphs if paragraph]


def sections_of(lines: Sequence[str]) -> list[Section]:
    """Return the sections of a body in order; text before the first label is left out.

    Where no line says `Vraag`, numbers open the questions; where no numbers stand, each paragraph is one.
    """
    labels = [label for line in lines if (label := read_label(line))]
    if any(label.side is Side.QUESTION for label in labels):
        return list(_walk(lines, numbered=False))
    numbered = (match for line in lines if (match := _INLINE.match(line) or _BARE.fullmatch(line)))
    first = next(numbered, None)
    if first is not None and first[1] == "1":
        return list(_walk(lines, numbered=True))
    if labels or not any(line.rstrip().endswith(("?", ")", "]")) for line in lines):
        return list(_walk(lines, numbered=False))
    return [
        Section(Side.QUESTION, "", Numbers((), LabelProblem.EMPTY), list(paragraph))
        for paragraph in Section(None, "", Numbers(), list(lines)).paragraphs
    ]


def _walk(lines: Sequence[str], *, numbered: bool) -> Iterator[Section]:
    section: Section | None = None
    expected = 1
    for line in lines:
        label = read_label(line)
        if label is not None:
            opened: Section | None = Section(label.side, label.printed, Numbers(label.numbers, label.problem))
        elif remark := _REMARK.fullmatch(line):
            opened = Section(None, remark[1], Numbers())
        else:
            bare = _BARE.fullmatch(line) if numbered else None
            inline = _INLINE.match(line) if numbered else None
            opened = None
            if bare is not None and int(bare[1]) == expected:
                opened = Section(Side.QUESTION, line, Numbers((expected,)), is_bare=True)
            elif inline is not None and int(inline[1]) == expected:
                opened = Section(Side.QUESTION, f"{expected}.", Numbers((expected,)), [inline[2]])
        if opened is None:
            if section is not None:
                section.lines.append(line)
            continue
        if section is not None:
            yield section
        section = opened
        if section.side is Side.QUESTION:
            expected = max([expected, *(number + 1 for number in section.numbers.numbers)])
    if section is not None:
        yield section
