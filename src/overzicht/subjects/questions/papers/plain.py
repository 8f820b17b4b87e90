"""Plain text of papers: from an edited PDF, or from the unedited Word form.

Caveats: lines of a PDF are joined at their ends, page furniture and notes are in the text. The Word form has
lost its automatic numbers, so questions may have to be counted.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from overzicht.subjects.questions.build import Piece, build
from overzicht.subjects.questions.heading import Heading
from overzicht.subjects.questions.identifiers import PAPER_ID, SET_NUMBER, appendix_id, session_of
from overzicht.subjects.questions.labels import Side, read_label
from overzicht.subjects.questions.model import Flag, FlagCode, Layout, Note, Paper, Remark
from overzicht.subjects.questions.papers.interface import (
    NotAPaperError,
    Parts,
    QuestionFile,
    Reading,
    compose,
)
from overzicht.subjects.questions.papers.marks import MarkReader
from overzicht.subjects.questions.papers.official_xml import urls_in
from overzicht.subjects.questions.papers.plain_body import Section, sections_of

_TITLE = re.compile(r"Tweede Kamer der Staten-Generaal ?\d*$|Eerste Kamer der Staten-Generaal ?\d*$")
_SESSION = re.compile(r"Vergaderjaar \d{4}\s*[–-]\s*\d{4}\b")
_INTRODUCTION = re.compile(r"Vragen gesteld door de leden der Kamer|regering gegeven antwoorden$")
_FOOT = re.compile(
    r"(?:kv|ah)-(?:tk|ek)-[\w-]+$|ISSN \d|[’']s-Gravenhage \d{4}|(?:Tweede|Eerste) Kamer, vergaderjaar \d{4}"
)
_END_NOTE = re.compile(r"(?:\[(\d{1,2})\]|(\d{1,2})\))\s*(.*)")
LAST_SHARE = 0.4  # notes at the end of a Word text are in its last part
_KNOWN = re.compile(r"(?:vragen van|antwoord van|mededeling van|vragen de leden)\b", re.IGNORECASE)
_HEAD_LINE = re.compile(
    r"(?:\(ingezonden|(?:Mondelinge\s+)?Vragen (?:van|de)|(?:Nader )?Antwoord van|Mededeling van|Zie ook)\b"
    r"|AH \d+$",
    re.IGNORECASE,
)
_APPENDIX_NUMBER = re.compile(r"AH (\d+)$")
FIRST_SESSION_MONTH = 9  # a parliamentary year begins on the third Tuesday of September


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
    start = next(
        (
            n
            for n in range(len(page))
            if _is_note(page[n], expected) and not any(read_label(line) for line in page[n:])
        ),
        None,
    )
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


def note(number: int, lines: Sequence[str]) -> Note:
    """Return a note of its printed lines; an address that was broken at a line end is put together."""
    text = ""
    for line in lines:
        # whether the last word of a text holds an address that goes on
        last = text[text.rfind(" ") + 1 :]
        is_address = last.endswith(("/", "-")) and ("http:/" in last or "https:/" in last)
        if text.endswith("-") and not is_address and line[:1].islower():
            text = text[:-1] + line  # a word broken at the line end
        else:
            text += line if not text or is_address or text.endswith("-") else f" {line}"
    return Note(number, text, urls_in(text))


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


@dataclass(frozen=True, slots=True)
class _Split:
    heading: str
    body: list[str]


def read_plain(given: QuestionFile) -> Reading:
    """Return the paper of a text; NotAPaperError where nothing says that it is one."""
    return read_plain_lines(given.text.splitlines(), given)


def read_plain_lines(printed_lines: Sequence[str], given: QuestionFile) -> Reading:
    """Return the paper of lines of text, as `read_plain`."""
    lines = [" ".join(line.replace("\u00a0", " ").split()) for line in printed_lines]
    if not any(_KNOWN.search(line) for line in lines):
        raise NotAPaperError(given.filename, "no line of it is the heading of a paper")
    printed = printed_pages(lines)
    if printed is not None:
        opened = ((n, sections_of([line])) for n, line in enumerate(printed.lines))
        labelled = next((n for n, own in opened if own and own[0].label), len(printed.lines))
        heading = " ".join(line for line in printed.lines[:labelled] if not _is_number(line))
        numbers = [line for line in printed.lines[:labelled] if line.isdigit()]
        sets = [
            a + b
            for line in printed.lines[:labelled]
            for a, b in SET_NUMBER.findall(line)
            if _is_number(line)
        ]
        reader = MarkReader.of_printed((note.number for note in printed.notes), printed.lines[labelled:])
        pieces, remarks = _pieces(sections_of(printed.lines[labelled:]), reader, is_printed=True)
        parts = Parts(
            heading=heading,
            body=build(pieces, printed.notes),
            remarks=tuple(remarks),
            session=printed.session,
            number=numbers[0] if numbers else "",
            ids=printed.ids,
            sets=tuple(sets[:1]),
        )
        return Reading((compose(parts, given, Layout.TEXT),))
    # lines are read as the heading as long as they are numbers, empty, or open as a heading does
    end = 0
    for number, line in enumerate(lines):
        if line and not SET_NUMBER.fullmatch(line) and not _HEAD_LINE.match(line):
            break
        end = number + 1
    split = _Split("\n".join(line for line in lines[:end] if line), list(lines[end:]))
    notes, body = end_notes(split.body)
    return Reading((word_paper(split.heading, body, notes, given, Layout.TEXT),))


def _is_number(line: str) -> bool:
    return line.isdigit() or SET_NUMBER.fullmatch(line) is not None


def word_paper(
    heading: str | Heading, body: Sequence[str], notes: Sequence[Note], given: QuestionFile, layout: Layout
) -> Paper:
    """Return the paper of a Word form: its heading, and its lines with empty ones between paragraphs."""
    sections = sections_of(body)
    reader = MarkReader(frozenset(note.number for note in notes))
    pieces, remarks = _pieces(sections, reader, is_printed=False)
    flags = [Flag(FlagCode.BARE_NUMBERS)] if any(section.is_bare for section in sections) else []
    if not pieces and not remarks and any(body):
        remarks = [Remark("Mededeling", "\n".join(line for line in body if line))]
    read, printed = (heading, "") if isinstance(heading, Heading) else (None, heading)
    sets = tuple(a + b for a, b in SET_NUMBER.findall(printed))[:1]
    parts = Parts(
        heading=printed, body=build(pieces, notes), remarks=tuple(remarks), sets=sets, flags=flags, read=read
    )
    # the paper with the id of an unedited answer: its number and the session of its receipt
    paper = compose(parts, given, layout)
    numbers = [match[1] for line in printed.splitlines() if (match := _APPENDIX_NUMBER.match(line))]
    day = paper.dates.received
    named = PAPER_ID.search(given.filename)
    if not numbers or day is None or named:
        return paper
    first = day.year if day.month >= FIRST_SESSION_MONTH else day.year - 1
    session = f"{first}-{first + 1}"
    ids = (appendix_id(session, numbers[0]),)
    full = replace(parts, session=session, number=numbers[0], ids=ids)
    return compose(full, given, paper.origin.layout)


def _pieces(
    sections: Sequence[Section], reader: MarkReader, *, is_printed: bool
) -> tuple[list[Piece], list[Remark]]:
    pieces: list[Piece] = []
    remarks: list[Remark] = []
    for section in sections:
        flow = reader.blocks([section.lines] if is_printed else section.paragraphs)
        if section.side is None:
            remarks.append(Remark(section.label, "\n".join(block.text for block in flow.blocks)))
            continue
        side = Side(section.side)
        pieces.append(Piece(side, section.label, section.numbers, tuple(flow.blocks), tuple(flow.marks)))
    return pieces, remarks
