"""A document as sections: one content for its lines on a terminal, its page, PDF, Word and OpenDocument.

A view is built once, without a language: a sentence is a `Text` that each form words. Plain text is data, or
was worded before.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from overzicht.evidence import Answer, Citation, Text
from overzicht.reports.i18n import Language, words_for

Phrase = Text | str
Say = Callable[[Text], str]
ANSWER_TONES = {  # of the tag of an answer
    Answer.FOUND: "danger",
    Answer.POSSIBLE: "warning",
    Answer.NOT_FOUND: "plain",
    Answer.NOT_CHECKED: "warning",
    Answer.COULD_NOT_READ: "warning",
}


def plain(phrase: Phrase, say: Say) -> str:
    """Return a phrase as plain text."""
    return say(phrase) if isinstance(phrase, Text) else phrase


class Tag(NamedTuple):
    """A word that marks an entry, and its tone on a page: `plain`, `neutral`, `safe`, `warning`, `danger`."""

    words: Phrase
    tone: str = "neutral"


NO_TAG = Tag("")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of a section: its label and tag, its text, notes below it, and its citations.

    A terminal has `sources` for citations; `more` are notes of a page and of files alone. `link` is the path
    of the entry's own page, `key` what the forms of a page call it.
    """

    text: Phrase
    label: Phrase = ""
    tag: Tag = NO_TAG
    notes: Sequence[Phrase] = ()
    sources: Sequence[Phrase] = ()
    citations: Sequence[Citation] = ()
    more: Sequence[Phrase] = ()
    link: str = ""
    key: str = ""

    def worded(self, say: Say) -> "Entry":
        """Return it with its phrases as plain text."""
        return replace(
            self,
            text=plain(self.text, say),
            label=plain(self.label, say),
            tag=Tag(plain(self.tag.words, say), self.tag.tone),
            notes=[plain(note, say) for note in self.notes],
            sources=[plain(source, say) for source in self.sources],
            more=[plain(note, say) for note in self.more],
        )

    @property
    def in_file(self) -> str:
        """A worded entry as files hold it: label, tag, text and citations, and a line for each note."""
        tag = f"({self.tag.words})" if self.tag.words else ""
        head = " ".join(filter(None, (str(self.label), tag)))
        cited = (f"[{', '.join(filter(None, (c.title, c.place, c.address)))}]" for c in self.citations)
        line = " ".join((f"{head}: {self.text}" if head else str(self.text), *cited))
        return "\n".join(map(str, (line, *self.notes, *self.more)))


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a document: paragraphs, points, entries, and a table whose first row is its head.

    `columns` are the heads of entries that a page shows as a table: of label, tag and text. What the entries
    lead to is `close` at the end of a terminal's lines, and `result` at the top on a page. `line` is the
    pattern of an entry with a label or tag on a terminal, `indent` the spaces before its notes; the title of
    a section that is not headed is for pages. `reader` is the role that may read it, empty for all.
    """

    title: Phrase
    paragraphs: Sequence[Phrase] = ()
    points: Sequence[Phrase] = ()
    rows: Sequence[Sequence[Phrase]] = ()
    id: str = ""
    entries: Sequence[Entry] = ()
    columns: Sequence[Phrase] = ()
    close: Sequence[Phrase] = ()
    result: Sequence[Entry] = ()
    line: str = "{label} {tag}: {text}"
    indent: int = 2
    is_headed: bool = True
    reader: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether it has nothing to show."""
        return not (self.paragraphs or self.points or self.rows or self.entries or self.result)

    def worded(self, say: Say) -> "Section":
        """Return it with its phrases as plain text."""
        return replace(
            self,
            title=plain(self.title, say),
            paragraphs=[plain(line, say) for line in self.paragraphs],
            points=[plain(line, say) for line in self.points],
            rows=[[plain(cell, say) for cell in row] for row in self.rows],
            entries=[entry.worded(say) for entry in self.entries],
            columns=[plain(head, say) for head in self.columns],
            close=[plain(line, say) for line in self.close],
            result=[entry.worded(say) for entry in self.result],
        )

    @property
    def heading(self) -> str:
        """The title of a worded section as a heading: with a capital, without a colon."""
        title = str(self.title)
        return title[:1].upper() + title[1:].removesuffix(":")

    @property
    def in_file(self) -> "Section":
        """A worded section as files hold it: paragraphs, points, and a table."""
        rows = [
            (entry.label, entry.tag.words, replace(entry, label="", tag=NO_TAG).in_file)
            for entry in self.entries
        ]
        return Section(
            self.heading,
            (*(entry.in_file for entry in self.result), *self.paragraphs),
            (*self.points, *(entry.in_file for entry in self.entries if not self.columns)),
            (self.columns, *rows) if self.columns else self.rows,
        )


@dataclass(frozen=True, slots=True)
class Document:
    """A document: its title, the lines below it, its sections; the date, version and language of a file."""

    title: Phrase
    lead: Sequence[Phrase]
    sections: Sequence[Section]
    day: date
    version: str = ""
    lang: Language = Language.EN

    @property
    def for_file(self) -> "Document":
        """The document as files hold it, in its language: sections of paragraphs, points and a table."""
        say = words_for(self.lang).say
        shown = [section.worded(say).in_file for section in self.sections if not section.is_empty]
        return replace(
            self, title=plain(self.title, say), lead=[plain(line, say) for line in self.lead], sections=shown
        )

    def shown(self, say: Say, may: Callable[[str], bool]) -> list[Section]:
        """Return the sections of a page, worded, for a reader who has the roles that `may` confirms."""
        return [
            section.worded(say)
            for section in self.sections
            if not section.is_empty and (not section.reader or may(section.reader))
        ]
