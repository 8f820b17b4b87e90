"""Plain text of papers: from an edited PDF, or from the unedited Word form.

Caveats: lines of a PDF are joined at their ends, page furniture and notes are in the text. The Word form has
lost its automatic numbers, so questions may have to be counted.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from overzicht.questions.build import Piece, build
from overzicht.questions.heading import Heading
from overzicht.questions.identifiers import PAPER_ID, SET_NUMBER, appendix_id
from overzicht.questions.labels import Side
from overzicht.questions.model import Flag, FlagCode, Layout, Note, Paper, Remark
from overzicht.sources.questions.interface import NotAPaperError, Parts, QuestionFile, Reading, compose
from overzicht.sources.questions.marks import MarkReader
from overzicht.sources.questions.plain_body import Section, sections_of
from overzicht.sources.questions.plain_page import PrintedPaper, end_notes, printed_pages

_KNOWN = re.compile(r"(?:vragen van|antwoord van|mededeling van|vragen de leden)\b", re.IGNORECASE)
_HEAD_LINE = re.compile(
    r"(?:\(ingezonden|(?:Mondelinge\s+)?Vragen (?:van|de)|(?:Nader )?Antwoord van|Mededeling van|Zie ook)\b"
    r"|AH \d+$",
    re.IGNORECASE,
)
_APPENDIX_NUMBER = re.compile(r"AH (\d+)$")
FIRST_SESSION_MONTH = 9  # a parliamentary year begins on the third Tuesday of September


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
        return Reading((_printed_paper(printed, given),))
    return Reading((_word_paper(lines, given),))


def _printed_paper(printed: PrintedPaper, given: QuestionFile) -> Paper:
    labelled = next((n for n, line in enumerate(printed.lines) if _opens(line)), len(printed.lines))
    heading = " ".join(line for line in printed.lines[:labelled] if not _is_number(line))
    numbers = [line for line in printed.lines[:labelled] if line.isdigit()]
    sets = [
        a + b for line in printed.lines[:labelled] for a, b in SET_NUMBER.findall(line) if _is_number(line)
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
    return compose(parts, given, Layout.TEXT)


def _opens(line: str) -> bool:
    sections = sections_of([line])
    return bool(sections and sections[0].label)


def _is_number(line: str) -> bool:
    return line.isdigit() or SET_NUMBER.fullmatch(line) is not None


def _word_paper(lines: list[str], given: QuestionFile) -> Paper:
    split = _split_heading(lines)
    notes, body = end_notes(split.body)
    return word_paper(split.heading, body, notes, given, Layout.TEXT)


def _split_heading(lines: Sequence[str]) -> _Split:
    """Take lines for the heading as long as they are numbers, empty, or open as a heading does."""
    end = 0
    for number, line in enumerate(lines):
        if line and not SET_NUMBER.fullmatch(line) and not _HEAD_LINE.match(line):
            break
        end = number + 1
    return _Split("\n".join(line for line in lines[:end] if line), list(lines[end:]))


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
    return _with_appendix_id(compose(parts, given, layout), printed, parts, given)


def _with_appendix_id(paper: Paper, heading: str, parts: Parts, given: QuestionFile) -> Paper:
    """Return the paper with the id of an unedited answer: its number and the session of its receipt."""
    numbers = [match[1] for line in heading.splitlines() if (match := _APPENDIX_NUMBER.match(line))]
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
