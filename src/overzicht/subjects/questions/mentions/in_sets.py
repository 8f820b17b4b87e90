"""Mentions of a set: every text is read for names, then again with the names found in the others."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from overzicht.subjects.questions.mentions.facts import cues
from overzicht.subjects.questions.mentions.finding import find_spots, names_defined_in
from overzicht.subjects.questions.mentions.model import (
    Attribution,
    Mention,
    MentionSpan,
    Place,
    Reply,
)
from overzicht.subjects.questions.mentions.sentences import sentence_after, sentence_at
from overzicht.subjects.questions.model import Layout, Paper, PaperKind
from overzicht.subjects.questions.references import follow
from overzicht.subjects.questions.sets import QuestionSet

LONGEST_QUOTE = 280  # characters
NO_REPLIES: Mapping[int, Reply] = MappingProxyType({})
_ANSWERS = (PaperKind.ANSWER, PaperKind.FURTHER)


@dataclass(frozen=True, slots=True)
class Piece:
    """A text of a set, its place, and whether a PDF may have joined its words."""

    place: Place
    text: str
    is_glued: bool = False


def mentions_of(question_set: QuestionSet) -> tuple[Mention, ...]:
    """Return the companies, products and bodies that a set names, in reading order.

    Questions are read in the paper that is shown, answers in every paper that gives some. No parties are
    linked: see `link_parties`.
    """
    pieces = list(pieces_of(question_set))
    whole = "\n".join(piece.text for piece in pieces)
    known_names: dict[str, MentionSpan] = {}
    for piece in pieces:
        known_names = {
            **names_defined_in(piece.text, find_spots(piece.text, paper=whole, is_glued=piece.is_glued)),
            **known_names,
        }
    replies = replies_of(question_set)
    return tuple(
        mention_in(piece, spot, replies)
        for piece in pieces
        for spot in find_spots(piece.text, paper=whole, known_names=known_names, is_glued=piece.is_glued)
    )


def pieces_of(question_set: QuestionSet) -> Iterator[Piece]:
    """Yield the texts of a set in reading order."""
    asking = question_set.asking
    yield Piece(Place(asking.key if asking else question_set.number, "title"), question_set.subject)
    for question in asking.questions if asking else ():
        yield _piece(asking, "question", question.numbers, question.text)
    for joined in question_set.papers:
        paper = joined.paper
        for answer in paper.answers if paper.kind in _ANSWERS else ():
            yield _piece(paper, "answer", answer.covers, answer.text)
        for remark in paper.remarks:
            remark_part = "explanation" if remark.title.casefold().startswith("toelichting") else "notice"
            yield _piece(paper, remark_part, (), remark.text)
    for paper in dict.fromkeys(p for p in (asking, question_set.answering) if p is not None):
        for note in paper.notes:
            yield _piece(paper, "note", (note.number,), note.text)


def _piece(paper: Paper | None, part: str, numbers: tuple[int, ...], text: str) -> Piece:
    is_glued = paper is not None and paper.origin.layout is Layout.TEXT
    return Piece(Place(paper.key if paper else "", part, numbers), text, is_glued)


def mention_in(piece: Piece, spot: MentionSpan, replies: Mapping[int, Reply] = NO_REPLIES) -> Mention:
    """Return the mention of a spot in its piece; `replies` tell by question number what the answers do."""
    quote = " ".join(sentence_at(piece.text, spot.start, spot.end).split())
    if len(quote) > LONGEST_QUOTE:
        text = piece.text
        half = (LONGEST_QUOTE - len(spot.surface)) // 2
        first, last = max(0, spot.start - half), min(len(text), spot.end + half)
        around_piece = " ".join(text[first:last].split())
        quote = f"{'… ' if first else ''}{around_piece}{' …' if last < len(text) else ''}"
    reply = None
    if piece.place.part == "question":
        given = [replies[number] for number in piece.place.numbers if number in replies]
        reply = next((r for r in (Reply.NON_CONFIRMATION, Reply.STATEMENT) if r in given), Reply.NONE)
    return Mention(spot, piece.place, stance_of(piece.place.part, piece.text, spot), quote, reply)


def stance_of(part: str, text: str, spot: MentionSpan) -> Attribution:
    """Return who says it: by the part of the paper, and in an answer by what its sentence does.

    A sentence that begins with `Dit` or `Deze berichtgeving` speaks of the one before it.
    """
    if part in ("question", "explanation"):
        return Attribution.ALLEGATION
    if part in ("title", "note"):
        return Attribution.SUBJECT if part == "title" else Attribution.SOURCE
    own = sentence_at(text, spot.start, spot.end)
    after = sentence_after(text, spot.start, spot.end)
    is_open = confirms_nothing(own) or (after.startswith(cues().anaphora) and confirms_nothing(after))
    return Attribution.NON_CONFIRMATION if is_open else Attribution.STATEMENT


def confirms_nothing(sentence: str) -> bool:
    """Return whether a sentence says that a matter is not confirmed, known or disclosed."""
    return any(pattern.search(sentence) for pattern in _not_confirmed())


@cache
def _not_confirmed() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in cues().not_confirmed)


def replies_of(question_set: QuestionSet) -> dict[int, Reply]:
    """Return what the answers to each question number do, references followed within the paper."""
    paper = question_set.answering
    if paper is None:
        return {}
    numbers: Sequence[int] = question_set.asking.numbers if question_set.asking else paper.numbers
    replies: dict[int, Reply] = {}
    for number in numbers:
        texts = [paper.answers[index].text for index in follow(paper, number).answers]
        if texts:
            is_open = any(confirms_nothing(text) for text in texts)
            replies[number] = Reply.NON_CONFIRMATION if is_open else Reply.STATEMENT
    return replies
