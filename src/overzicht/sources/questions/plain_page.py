"""Page furniture of printed papers, and notes: at the foot of each page, or at the end of a Word text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from overzicht.questions.identifiers import PAPER_ID, session_of
from overzicht.questions.labels import read_label
from overzicht.questions.model import Note
from overzicht.sources.questions.official_xml import urls_in

_TITLE = re.compile(r"Tweede Kamer der Staten-Generaal ?\d*$|Eerste Kamer der Staten-Generaal ?\d*$")
_SESSION = re.compile(r"Vergaderjaar \d{4}\s*[–-]\s*\d{4}\b")
_INTRODUCTION = re.compile(r"Vragen gesteld door de leden der Kamer|regering gegeven antwoorden$")
_FOOT = re.compile(
    r"(?:kv|ah)-(?:tk|ek)-[\w-]+$|ISSN \d|[’']s-Gravenhage \d{4}|(?:Tweede|Eerste) Kamer, vergaderjaar \d{4}"
)
_NOTE = re.compile(r"(\d{1,2})(?=[A-Za-z«“\"'‘(\[]|\d{4}Z)(.*)|(\d{1,2})(?= )(.*)")
_END_NOTE = re.compile(r"(?:\[(\d{1,2})\]|(\d{1,2})\))\s*(.*)")
LAST_SHARE = 0.4  # notes at the end of a Word text are in its last part


@dataclass(frozen=True, slots=True)
class PrintedPaper:
    """The lines of a printed paper without furniture and notes; what the furniture says; the notes."""

    lines: list[str]
    ids: tuple[str, ...]
    session: str
    notes: list[Note]


def printed_pages(lines: Sequence[str]) -> PrintedPaper | None:
    """Return a printed paper without its furniture, or None for a text that was never printed."""
    if not any(_TITLE.match(line) for line in lines[:3]):
        return None
    session = next((session_of(line) for line in lines if _SESSION.match(line)), "")
    ids = [page_notes[0] for line in lines if _FOOT.match(line) for page_notes in PAPER_ID.finditer(line)]
    kept: list[str] = []
    notes: list[Note] = []
    page: list[str] = []
    for line in [*lines, "Tweede Kamer, vergaderjaar 0000"]:
        if _FOOT.match(line):
            body, page_notes = _page_notes(page, len(notes) + 1)
            kept += body
            notes += page_notes
            page = []
        elif line and not (_TITLE.match(line) or _SESSION.match(line) or _INTRODUCTION.search(line)):
            page.append(line)
    return PrintedPaper(kept, tuple(dict.fromkeys(ids)), session, notes)


def _page_notes(page: list[str], expected: int) -> tuple[list[str], list[Note]]:
    """Return a page without its notes, and the notes, numbered from `expected` to the foot of the page."""
    start = next((n for n in range(len(page)) if _is_note(page[n], expected) and _runs_out(page, n)), None)
    if start is None:
        return page, []
    notes: list[list[str]] = []
    for line in page[start:]:
        if _is_note(line, expected):
            notes.append([line[len(str(expected)) :].strip()])
            expected += 1
        else:
            notes[-1].append(line)
    first = expected - len(notes)
    return page[:start], [note(first + n, lines) for n, lines in enumerate(notes)]


def _is_note(line: str, expected: int) -> bool:
    rest = line.removeprefix(str(expected))
    return rest != line and re.match(r"[A-Za-z«“\"'‘(\[]|\d{4}Z\d", rest) is not None


def _runs_out(page: list[str], start: int) -> bool:
    return not any(read_label(line) for line in page[start:])


def note(number: int, lines: Sequence[str]) -> Note:
    """Return a note of its printed lines; an address that was broken at a line end is put together."""
    text = ""
    for line in lines:
        is_address = _ends_in_address(text)
        if text.endswith("-") and not is_address and line[:1].islower():
            text = text[:-1] + line  # a word broken at the line end
        else:
            text += line if not text or is_address or text.endswith("-") else f" {line}"
    return Note(number, text, urls_in(text))


def _ends_in_address(text: str) -> bool:
    """Return whether the last word of a text holds an address that goes on."""
    last = text[text.rfind(" ") + 1 :]
    return last.endswith(("/", "-")) and ("http:/" in last or "https:/" in last)


def end_notes(lines: Sequence[str]) -> tuple[list[Note], list[str]]:
    """Return the notes at the end of a Word text (`1) …`, `[1] …`), and the lines before them."""
    starts = [n for n, line in enumerate(lines) if (match := _END_NOTE.match(line)) and _number(match) == 1]
    if not starts or starts[-1] < len(lines) * (1 - LAST_SHARE) - 3:
        return [], list(lines)
    start = starts[-1]
    collected: list[list[str]] = []
    for line in lines[start:]:
        match = _END_NOTE.match(line)
        if match and _number(match) == len(collected) + 1:
            collected.append([match[3]])
        elif read_label(line):
            return [], list(lines)
        elif line:
            collected[-1].append(line)
    return [note(n, texts) for n, texts in enumerate(collected, start=1)], list(lines[:start])


def _number(match: re.Match[str]) -> int:
    return int(match[1] or match[2])
