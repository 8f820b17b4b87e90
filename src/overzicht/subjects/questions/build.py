"""From pieces of a paper in reading order to numbered questions and answers, with what is odd flagged."""

import re
from collections.abc import Iterator, Sequence
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
    flags = [*counter.flags, *_contradictions(questions, answers, notes, uses)]
    return Body(tuple(questions), tuple(answers), tuple(notes), tuple(uses), tuple(dict.fromkeys(flags)))


def _contradictions(
    questions: Sequence[Question],
    answers: Sequence[AnswerBlock],
    notes: Sequence[Note],
    uses: Sequence[NoteUse],
) -> Iterator[Flag]:
    """Yield what the numbers of questions, answers and notes contradict, each kind in order of number."""
    printed = [number for question in questions for number in question.numbers]
    if not printed:
        yield Flag(FlagCode.NO_QUESTIONS)
    put, covered = set(printed), {number for answer in answers for number in answer.covers}
    manner = {n for question in questions if asks_for_a_manner(question.text) for n in question.numbers}
    marks, used = {note.number for note in notes}, {use.note for use in uses}
    numbers = {
        FlagCode.REPEATED_NUMBER: {number for number in printed if printed.count(number) > 1},
        FlagCode.MISSING_NUMBER: set(range(1, max(printed, default=0) + 1)) - put,
        FlagCode.ANSWER_WITHOUT_QUESTION: covered - put,
        FlagCode.QUESTION_WITHOUT_ANSWER: put - covered - manner if answers else set(),
        FlagCode.NOTE_WITHOUT_MARK: marks - used,
        FlagCode.MARK_WITHOUT_NOTE: used - marks,
    }
    for code, flagged in numbers.items():
        yield from (Flag(code, str(number)) for number in sorted(flagged))


def asks_for_a_manner(text: str) -> bool:
    """Return whether a question only asks how or when to answer: `Kunt u deze vragen apart beantwoorden?`."""
    return _MANNER.fullmatch(" ".join(text.split())) is not None
