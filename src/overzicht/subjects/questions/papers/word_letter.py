"""Letters of ministries as Word files: paragraphs and real footnotes, read from the archive within limits.

Caveats: the numbers of automatic lists are not in the text; a numbered list after the last answer holds the
notes that the text marks as `1)`. The answer's own label may be missing, which is flagged and not guessed.
"""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from overzicht.errors import InputFileError
from overzicht.sources.files import BROKEN, DamagedArchiveError, TooLargeError
from overzicht.sources.inventories.xml import parse_document
from overzicht.subjects.questions.heading import Heading, read_heading, read_offices, written_day
from overzicht.subjects.questions.identifiers import set_numbers
from overzicht.subjects.questions.labels import read_label
from overzicht.subjects.questions.model import Layout, Note, PaperKind, Role, RoleKind
from overzicht.subjects.questions.papers.interface import NotAPaperError, QuestionFile, Reading
from overzicht.subjects.questions.papers.plain import end_notes, note, word_paper

MAX_PART_BYTES = 20_000_000
DOCUMENT, FOOTNOTES = "word/document.xml", "word/footnotes.xml"
HEAD_LINES = 60  # paragraphs before the first question in which the title is looked for
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TITLE = re.compile(
    r"Antwoord(?:en)?\s+van\s+(?:de\s+)?(?P<who>(?:minister|staatssecretaris).+?)\s+op\s+(?:de\s+)?"
    r"(?:schriftelijke\s+)?(?:kamer)?vragen\s+(?P<asked>van\s+(?:het\s+lid|de\s+leden)\s.+)",
    re.IGNORECASE,
)
_LETTER = re.compile(r"uw\s+brief\s+van\s+(?P<day>\d{1,2}\s+\w+\s+\d{4})", re.IGNORECASE)
_NOTE_SIGN = re.compile("\ue000-?\\d*\ue001")
_DAY_LINE = re.compile(r"\d{1,2} [a-z]+ \d{4}")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a document; `is_numbered` if it is an item of an automatic list, whose number is not text."""

    text: str
    is_numbered: bool


def read_letter(given: QuestionFile) -> Reading:
    """Return the answer in a letter; NotAPaperError where it answers no questions."""
    parts = unpack(given, (DOCUMENT, FOOTNOTES), "Word")
    root = parts.get(FOOTNOTES)
    footnotes: dict[int, str] = {}
    for element in root.iter(f"{_W}footnote") if root is not None else ():
        text = " ".join("".join(t.text or "" for t in element.iter(f"{_W}t")).split())
        if element.get(f"{_W}type") is None and text:
            footnotes[int(element.get(f"{_W}id") or 0)] = text
    return letter_of(_lines(parts[DOCUMENT]), footnotes, given)


def letter_of(lines: Sequence[Line], footnotes: Mapping[int, str], given: QuestionFile) -> Reading:
    """Return the answer in the lines of a letter and its footnotes, as `read_letter`."""
    texts = [line.text for line in lines]
    first = next((n for n, text in enumerate(texts) if read_label(text)), None)
    if first is None:
        raise NotAPaperError(given.filename, "no paragraph of the letter opens a question or an answer")
    # the notes after the last answer: a closing numbered list, or `[1] …`; and the lines before
    rest = lines[first:]
    end = len(rest)
    while end and rest[end - 1].is_numbered:
        end -= 1
    closing = [line.text for line in rest[end:]]
    items = [line.text for line in rest[:end]]
    if closing and end:
        printed, body = [note(n, [text]) for n, text in enumerate(closing, start=1)], items
    else:
        printed, body = end_notes([line.text for line in rest])
    texts_of_body, notes = _numbered(body, printed, footnotes)
    # the heading of the annex (`Antwoorden van … op Kamervragen …`), with the letter's day
    titles = texts[:first][-HEAD_LINES:]
    letter = _LETTER.search(" ".join(titles))
    match = None
    for n in range(len(titles)):
        match = match or _TITLE.match(" ".join(titles[n:]))
    if match is None:
        heading = Heading(PaperKind.ANSWER, problems=("it has no title that says who answers whom",))
    else:
        sent = f" (ingezonden {letter['day']})" if letter else ""
        office, *behalf = re.split(r"(?:,|(?<!\s))\s+mede\s+namens\s+(?:de\s+)?", match["who"], maxsplit=1)
        asked_text = re.split(r"(?<!\s)\s*\(ingezonden", match["asked"])[0].rstrip(" .")
        if not re.search(r"\saan\s+(?:de\s+)?min", asked_text):  # the one who answers is the one asked
            offices = " en de ".join([office, *behalf])
            asked_text = re.sub(r"\s(over)\s", f" aan de {offices} \\1 ", asked_text, count=1)
        questions = read_heading(f"Vragen {asked_text}{sent}")
        answerers = tuple(
            Role(RoleKind.ANSWERER, "", "", role.office, role.order)
            for role in read_offices(office, RoleKind.ANSWERER)
        )
        others = read_offices(behalf[0], RoleKind.ON_BEHALF) if behalf else ()
        heading = Heading(
            PaperKind.ANSWER,
            (*questions.roles, *answerers, *others),
            questions.subject,
            questions.asked_on,
            problems=questions.problems,
        )
    paper = word_paper(heading, texts_of_body, notes, given, Layout.LETTER)
    head = texts[:first]
    sets = set_numbers(" ".join(head))[:1]
    issued = next((day for text in head if _DAY_LINE.fullmatch(text) and (day := written_day(text))), None)
    dated = replace(paper, sets=sets, dates=replace(paper.dates, issued=issued))
    return Reading((dated,))


def is_letter(lines: Sequence[Line]) -> bool:
    """Return whether lines have the title of an annex with answers before the first label."""
    texts = [line.text for line in lines]
    first = next((n for n, text in enumerate(texts) if read_label(text)), 0)
    head = texts[max(0, first - HEAD_LINES) : first]
    return any(_TITLE.match(" ".join(head[n:])) for n in range(len(head)))


def letter_lines(given: QuestionFile) -> list[Line]:
    """Return the lines of a Word file without its footnotes."""
    parts = unpack(given, (DOCUMENT,), "Word")
    lines = (Line(_NOTE_SIGN.sub("", line.text), line.is_numbered) for line in _lines(parts[DOCUMENT]))
    return [line for line in lines if line.text]


def unpack(given: QuestionFile, names: tuple[str, ...], kind: str) -> dict[str, etree._Element]:
    """Return the XML parts of a document by name; the first one is required, `kind` names it in errors."""
    parts = {}
    try:
        with zipfile.ZipFile(io.BytesIO(given.data)) as archive:
            for name in names:
                if name in archive.namelist():
                    with archive.open(name) as member:
                        data = member.read(MAX_PART_BYTES + 1)
                    if len(data) > MAX_PART_BYTES:
                        raise TooLargeError(
                            given.filename, f"{name} unpacks to more than {MAX_PART_BYTES:,} bytes"
                        )
                    parts[name] = parse_document(data, given.filename)
    except BROKEN as error:
        raise DamagedArchiveError(
            given.filename, f"not a complete {kind} file ({error})", fix="download it again"
        ) from error
    except RuntimeError as error:  # zipfile's word for an encrypted member
        raise InputFileError(given.filename, "the file is protected by a password") from error
    if names[0] not in parts:
        raise NotAPaperError(given.filename, f"the archive does not contain a {kind} text")
    return parts


def _lines(document: etree._Element) -> list[Line]:
    """Return the paragraphs in order, each line break a line of its own; footnotes as private marks."""
    lines = []
    for paragraph in document.iter(f"{_W}p"):
        runs: list[str] = []
        for element in paragraph.iter():
            if element.tag == f"{_W}t":
                runs.append(element.text or "")
            elif element.tag == f"{_W}footnoteReference":
                runs.append(f"\ue000{element.get(f'{_W}id')}\ue001")
            else:
                runs.append({f"{_W}br": "\n", f"{_W}tab": " "}.get(str(element.tag), ""))
        text = "".join(runs)
        is_numbered = paragraph.find(f"{_W}pPr/{_W}numPr") is not None
        for part in text.split("\n"):
            lines.append(Line(" ".join(part.replace("\u00a0", " ").split()), is_numbered))
    return [line for line in lines if line.text]


def _numbered(body: list[str], printed: list[Note], real: Mapping[int, str]) -> tuple[list[str], list[Note]]:
    """Return lines and notes with the real footnotes numbered on from the printed ones, in order of marks."""
    notes = list(printed)
    numbers: dict[int, int] = {}

    def renumber(match: re.Match[str]) -> str:
        key = int(match[1])
        if key not in numbers:
            numbers[key] = len(notes) + 1
            notes.append(note(numbers[key], [real.get(key, "")]))
        return f"\ue000{numbers[key]}\ue001"

    return [re.sub("\ue000(-?\\d+)\ue001", renumber, text) for text in body], notes
