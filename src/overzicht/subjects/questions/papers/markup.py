"""Text of XML and HTML elements as blocks, with the marks of notes taken out and kept by offset."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from lxml.etree import _Element

from overzicht.sources.inventories.xml import local_name
from overzicht.subjects.questions.build import Mark
from overzicht.subjects.questions.model import Block, BlockKind

MarkOf = Callable[[_Element], tuple[int, ...] | None]
"""For an element: the notes it marks (its own text is then left out), or None when it is text."""


@dataclass(slots=True)
class Flow:
    """Blocks as they are collected, with the marks in them."""

    blocks: list[Block] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    def add(self, text: str, notes: list[tuple[int, int]], kind: BlockKind = BlockKind.PARAGRAPH) -> None:
        """Add a block with its marks as (note, offset); an empty text without marks is ignored."""
        if not text and not notes:
            return
        index = len(self.blocks)
        self.blocks.append(Block(text, kind))
        self.marks += [Mark(note, index, offset) for note, offset in notes]


def inline(element: _Element, marks_of: MarkOf) -> tuple[str, list[tuple[int, int]]]:
    """Return the text of an element with white space as one space, and its marks as (note, offset)."""
    parts: list[str | tuple[int, ...]] = []
    _collect(element, marks_of, parts)
    text = ""
    marks: list[tuple[int, int]] = []
    for part in parts:
        if isinstance(part, tuple):
            marks += [(note, len(text.rstrip())) for note in part]
            continue
        words = " ".join(part.split())
        spaced = bool(part[:1].isspace() and text and not text.endswith(" "))
        text += (" " if spaced and words else "") + words
        if part[-1:].isspace() and text and not text.endswith(" "):
            text += " "
    stripped = text.strip()
    return stripped, [(note, min(offset, len(stripped))) for note, offset in marks]


def _collect(element: _Element, marks_of: MarkOf, parts: list[str | tuple[int, ...]]) -> None:
    if element.text:
        parts.append(element.text)
    for child in element:
        notes = marks_of(child)
        if notes is not None:
            parts.append(notes)
        elif local_name(child):
            _collect(child, marks_of, parts)
        if child.tail:
            parts.append(child.tail)


Marked = tuple[str, list[tuple[int, int]]]
"""A text and the marks in it, as (note, offset)."""


def joined(parts: Iterable[Marked], between: str) -> Marked:
    """Return texts as one, with the offsets of their marks moved along; empty texts are left out."""
    text = ""
    marks: list[tuple[int, int]] = []
    for part, part_marks in parts:
        if not part and not part_marks:
            continue
        text += between if text else ""
        marks += [(note, len(text) + offset) for note, offset in part_marks]
        text += part
    return text, marks


def rows(table: _Element, row: str, cells: tuple[str, ...], marks_of: MarkOf) -> Marked:
    """Return a table as one line per row, cells separated by tabs; a merged cell is where it begins."""
    lines = [line for line in table.iter() if local_name(line) == row]
    return joined(
        (joined((inline(c, marks_of) for c in line if local_name(c) in cells), "\t") for line in lines), "\n"
    )


def items(listing: _Element, marks_of: MarkOf) -> Marked:
    """Return a list as one line per item; a printed item number comes before its text."""
    elements = [element for element in listing if local_name(element) == "li"]
    lines: list[Marked] = []
    for element in elements:
        parts = [child for child in element if local_name(child) in ("li.nr", "al", "p", "lijst")]
        if parts:
            lines.append(joined((inline(child, marks_of) for child in parts), " "))
        else:
            lines.append(inline(element, marks_of))
    return joined(lines, "\n")
