"""A document as sections in one language: one content for its page, PDF, Word and OpenDocument forms."""

from dataclasses import dataclass
from datetime import date

from overzicht.reports.i18n import Language


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a document: paragraphs, points, and a table whose first row is its head."""

    title: str
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it has nothing to show."""
        return not (self.paragraphs or self.points or self.rows)


@dataclass(frozen=True, slots=True)
class Document:
    """A document: its title, the lines below it, its sections, and the date and version that it states."""

    title: str
    lead: tuple[str, ...]
    sections: tuple[Section, ...]
    day: date
    version: str
    lang: Language
