"""From pieces of a paper in reading order to numbered questions and answers, with what is odd flagged."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from overzicht.subjects.questions.labels import LabelProblem, Numbers, Side
from overzicht.subjects.questions.model import (
    AnswerBlock,
    Block,
    Flag,
    FlagCode,
    Note,
    NoteUse,
    Question,
)

_MANNER = re.compile(
    r"(?:bent u bereid|kunt u|wilt u|zou u)\b[^?.]{0,60}\bvragen\b[^?.]{0,150}\bbeantwoorden\b[^?.]{0,150}\?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A note's mark in a piece: the note, the block by index, and the offset in the block's text."""

    note: int
    block: int
    offset: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A question or answer as a reader found it; numbers EMPTY where its label has none."""

    side: Side
    printed: str
    numbers: Numbers
    blocks: tuple[Block, ...]
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """What a paper says: questions, answers, notes with their uses, and what is odd."""

    questions: tuple[Question, ...] = ()
    answers: tuple[AnswerBlock, ...] = ()
    notes: tuple[Note, ...] = ()
    uses: tuple[NoteUse, ...] = ()
    flags: tuple[Flag, ...] = ()


@dataclass(slots=True)
class _Counter:
    """The state of the walk: the last number given, and the questions that no answer has covered yet."""

    last: int = 0
    waiting: list[int] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)


def build(pieces: Sequence[Piece], notes: Sequence[Note] = ()) -> Body:
    """Return the body of a paper; questions without a number are counted on, and flagged once.

    An answer without numbers covers the questions since the answer before it.
    """
    counter = _Counter()
    questions: list[Question] = []
    answers: list[AnswerBlock] = []
    uses: list[NoteUse] = []
    for piece in pieces:
        if piece.numbers.problem not in (None, LabelProblem.EMPTY):
            counter.flags.append(Flag(FlagCode.UNREADABLE_LABEL, piece.printed))
        if piece.side is Side.QUESTION:
            question_numbers = piece.numbers.numbers
            if not question_numbers and piece.numbers.problem is LabelProblem.EMPTY:
                question_numbers = (counter.last + 1,)
                counter.flags.append(Flag(FlagCode.UNNUMBERED))
            counter.last = max([counter.last, *question_numbers])
            counter.waiting += question_numbers
            questions.append(Question(piece.printed, question_numbers, piece.blocks))
            index = len(questions) - 1
        else:
            covered = piece.numbers.numbers or tuple(counter.waiting)
            counter.waiting = [number for number in counter.waiting if number not in covered]
            answers.append(AnswerBlock(piece.printed, covered, piece.blocks))
            index = len(answers) - 1
        uses += [NoteUse(mark.note, piece.side, index, mark.block, mark.offset) for mark in piece.marks]
    flags = [*counter.flags, *_flag_numbers(questions), *_flag_answers(questions, answers)]
    flags += _flag_notes(notes, uses)
    return Body(tuple(questions), tuple(answers), tuple(notes), tuple(uses), tuple(dict.fromkeys(flags)))


def _flag_numbers(questions: Sequence[Question]) -> list[Flag]:
    printed = [number for question in questions for number in question.numbers]
    if not printed:
        return [Flag(FlagCode.NO_QUESTIONS)]
    repeated = sorted({number for number in printed if printed.count(number) > 1})
    missing = sorted(set(range(1, max(printed) + 1)) - set(printed))
    return [Flag(FlagCode.REPEATED_NUMBER, str(number)) for number in repeated] + [
        Flag(FlagCode.MISSING_NUMBER, str(number)) for number in missing
    ]


def _flag_answers(questions: Sequence[Question], answers: Sequence[AnswerBlock]) -> list[Flag]:
    if not answers:
        return []
    put = {number for question in questions for number in question.numbers}
    manner = {n for question in questions if asks_for_a_manner(question.text) for n in question.numbers}
    covered = {number for answer in answers for number in answer.covers}
    return [Flag(FlagCode.ANSWER_WITHOUT_QUESTION, str(n)) for n in sorted(covered - put)] + [
        Flag(FlagCode.QUESTION_WITHOUT_ANSWER, str(n)) for n in sorted(put - covered - manner)
    ]


def asks_for_a_manner(text: str) -> bool:
    """Return whether a question only asks how or when to answer: `Kunt u deze vragen apart beantwoorden?`."""
    return _MANNER.fullmatch(" ".join(text.split())) is not None


def _flag_notes(notes: Sequence[Note], uses: Sequence[NoteUse]) -> list[Flag]:
    printed = {note.number for note in notes}
    used = {use.note for use in uses}
    return [Flag(FlagCode.NOTE_WITHOUT_MARK, str(n)) for n in sorted(printed - used)] + [
        Flag(FlagCode.MARK_WITHOUT_NOTE, str(n)) for n in sorted(used - printed)
    ]
