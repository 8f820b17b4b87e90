"""Questions in a text without the form of a paper: a pasted mail, a list, a letter, another parliament.

Labels (`Vraag 1`, `Question 2:`, `Q3`) open the questions, else numbers (`1.`, `2)`), else the items of an
automatic list, else every paragraph with a question mark is one. Nothing is guessed about who asks.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import takewhile

from overzicht.subjects.questions.build import Piece, build
from overzicht.subjects.questions.heading import read_heading
from overzicht.subjects.questions.identifiers import set_numbers
from overzicht.subjects.questions.labels import LabelProblem, Numbers, Side, read_numbers
from overzicht.subjects.questions.model import Block, FlagCode, Layout, Paper, PaperKind
from overzicht.subjects.questions.papers.interface import (
    NotAPaperError,
    Parts,
    QuestionFile,
    compose,
)
from overzicht.subjects.questions.papers.plain_body import Section
from overzicht.subjects.questions.papers.word_letter import Line

LONGEST_TITLE = 200  # characters of a line that can be the title
MOST_QUESTIONS = 199
_ASKING = re.compile(r"vra(?:ag|gen)|questions?|q", re.IGNORECASE)
_WORDED = re.compile(
    r"(?P<word>(?:vra(?:ag|gen)|questions?|antwoord(?:en)?|answers?)\b|[qa](?=\d))"
    r" ?(?:no\.?|nr\.?|op)? ?(?:vra(?:ag|gen)\b)? ?"
    r"(?P<list>\d{1,3}(?:(?: ?, ?| ?[-–] ?| en | and | t/m )\d{1,3})*)(?:[.:)]| -|(?= [A-Z«“\"'‘])|$)"
    r" ?(?P<rest>.*)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\(?(?P<list>\d{1,3})(?:[.)]|:)(?: |$)(?P<rest>.*)")
_REQUEST = re.compile(
    r"^(?:kunt|wilt|bent|zijn|is|heeft|hoe|wat|welke|waarom|wanneer|hoeveel|klopt|deelt|can|could|will|what|which|"
    r"how|why|when|does|do|has|have|are|whether|to ask)\b",
    re.IGNORECASE,
)
_NOTE = re.compile(r"\[?\d{1,2}[\]).]? ?https?://|https?://\S+$")
_PAGE = re.compile(r"(?:page |pagina |blad )?\d{1,3}(?: ?(?:of|van|/) ?\d{1,3})?", re.IGNORECASE)
Opener = Callable[[Line, int], Section | None]


def loose_paper(lines: Sequence[Line], given: QuestionFile) -> Paper:
    """Return a paper with the questions of a text; NotAPaperError if it has no question."""
    lines = [replace(line, text=" ".join(line.text.split())) for line in lines]
    # the lines before the first question, and the sections by the first form that fits
    for opened in (_worded, _numbered, _listed):
        head: list[str] = []
        sections: list[Section] = []
        for line in lines:
            section = opened(line, sum(section.side is Side.QUESTION for section in sections) + 1)
            if section is not None:
                sections.append(section)
            elif sections:
                sections[-1].lines.append(line.text)
            else:
                head.append(line.text)
        question_texts = [
            " ".join(section.lines).strip() for section in sections if section.side is Side.QUESTION
        ]
        asking = sum("?" in words or _REQUEST.match(words) is not None for words in question_texts)
        if question_texts and asking * 2 >= len(question_texts):
            break
    else:
        # no form fits: the paragraphs with a question mark are the questions
        paragraphs = Section(None, "", Numbers(), [line.text for line in lines]).paragraphs
        asks = [any("?" in line for line in paragraph) for paragraph in paragraphs]
        first = next((n for n, is_question in enumerate(asks) if is_question), len(asks))
        head = [line for paragraph in paragraphs[:first] for line in paragraph]
        marked = [paragraph for paragraph, is_question in zip(paragraphs, asks, strict=True) if is_question]
        sections = [_unnumbered(paragraph) for paragraph in marked[:MOST_QUESTIONS]]
    pieces = []
    for section in sections:
        if section.side is None:
            continue
        # without the notes at its end, and without page numbers
        kept = list(takewhile(lambda line: not _NOTE.match(line), section.lines))
        section.lines = [line for line in kept if not _PAGE.fullmatch(line) or not line]
        blocks = tuple(Block(" ".join(paragraph)) for paragraph in section.paragraphs)
        if blocks:
            pieces.append(Piece(section.side, section.label, section.numbers, blocks))
    questions = [piece for piece in pieces if piece.side is Side.QUESTION]
    if not questions:
        raise NotAPaperError(
            given.filename,
            "it asks no question: no label, number or question mark opens one",
            fix="write each question on its own line, with its number",
        )
    body = build(pieces)
    words = " ".join(head)
    parts = Parts(heading=words, body=body, sets=set_numbers(words)[:1])
    heading = read_heading(words)
    if heading.kind is PaperKind.UNKNOWN:
        subject = next((line for line in head if line and len(line) <= LONGEST_TITLE), "")
        parts = replace(parts, read=replace(heading, kind=PaperKind.QUESTIONS, subject=subject, problems=()))
    paper = compose(parts, given, Layout.TEXT)
    return replace(paper, flags=tuple(flag for flag in paper.flags if flag.code is not FlagCode.NO_HEADING))


def _worded(line: Line, _expected: int) -> Section | None:
    match = _WORDED.match(line.text)
    if match is None:
        return None
    side = Side.QUESTION if _ASKING.fullmatch(match["word"]) else Side.ANSWER
    numbers = read_numbers(match["list"].replace(" and ", " en "))
    label = match[0].removesuffix(match["rest"]).strip()
    return Section(side, label, numbers, [match["rest"]] if match["rest"] else [])


def _numbered(line: Line, expected: int) -> Section | None:
    match = _NUMBERED.match(line.text)
    if match is None or int(match["list"]) != expected:
        return None
    return Section(
        Side.QUESTION, f"{expected}.", Numbers((expected,)), [match["rest"]] if match["rest"] else []
    )


def _listed(line: Line, _expected: int) -> Section | None:
    return _unnumbered([line.text]) if line.is_numbered and line.text else None


def _unnumbered(lines: list[str]) -> Section:
    return Section(Side.QUESTION, "", Numbers((), LabelProblem.EMPTY), lines)
