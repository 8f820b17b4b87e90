"""A document of sections as lines of a terminal."""

from overzicht.cli.language import spoken
from overzicht.reports.sections import Document, Say, Section, plain


def document_lines(document: Document) -> list[str]:
    """Return a document in the language of the command; what is below a title is two spaces in."""
    lines = [plain(document.title, spoken), *(f"  {plain(line, spoken)}" for line in document.lead)]
    return [*lines, *(line for section in document.sections for line in titled_lines(section))]


def spaced_lines(document: Document, say: Say) -> list[str]:
    """Return a document with an empty line and a title before each section that says something."""
    lines = [plain(line, say) for line in (document.title, *document.lead)]
    for section in document.sections:
        if body := section_lines(section, say):
            lines += ["", plain(section.title, say), *body]
    return lines


def titled_lines(section: Section) -> list[str]:
    """Return a section below its title, if it is headed, in the language of the command; none if empty."""
    lines = [f"  {line}" for line in section_lines(section, spoken)]
    return [plain(section.title, spoken), *lines] if lines and section.is_headed else lines


def section_lines(section: Section, say: Say) -> list[str]:
    """Return what a section says, without its title."""
    shown = section.worded(say)
    lines = [*map(str, shown.paragraphs), *(f"- {point}" for point in shown.points)]
    for entry in shown.entries:
        pattern = shown.line if entry.label or entry.tag.words else "{text}"
        lines.append(pattern.format(label=entry.label, tag=entry.tag.words, text=entry.text))
        lines += [f"{' ' * shown.indent}{note}" for note in (*entry.notes, *entry.sources)]
    widths = [max(len(str(cell)) for cell in column) for column in zip(*shown.rows, strict=True)]
    for row in shown.rows:
        cells = (str(cell).ljust(width) for cell, width in zip(row, widths, strict=True))
        lines.append("  ".join(cells).rstrip())
    return [*lines, *map(str, shown.close)]
