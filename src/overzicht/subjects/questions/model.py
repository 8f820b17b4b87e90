"""Question sets as data: papers with their questions, answers, notes and roles, as printed.

Nothing is copied from one number to another: an answer given to 3, 4 and 5 together is one block that
covers three questions.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from overzicht.evidence import text
from overzicht.evidence.worded_enum import WordedEnum
from overzicht.subjects.questions.labels import Side


class Family(StrEnum):
    """The two series of papers: questions as put, and the Appendix to the proceedings."""

    QUESTIONS = "kv"
    APPENDIX = "ah"


class PaperKind(WordedEnum):
    """Function of a paper in its set."""

    QUESTIONS = "questions", text("questions")
    ORAL = "oral questions", text("oral questions")
    ANSWER = "answer", text("answer")
    FURTHER = "further answer", text("further answer")
    NOTICE = "notice of delay", text("notice of delay")
    WITHDRAWAL = "withdrawal", text("withdrawal")
    UNKNOWN = "unknown", text("kind not known")


class Layout(WordedEnum):
    """The form that a reading comes from; `RANK` says which one is believed first."""

    XML = "official text (XML)", text("official text (XML)")
    HTML = "official page (HTML)", text("official page (HTML)")
    LETTER = "letter (Word)", text("letter (Word)")
    TEXT = "plain text of a paper", text("plain text of a paper")
    DERIVED = "text derived by others", text("text derived by others")
    METADATA = "metadata (XML)", text("metadata (XML)")
    ODATA = "Tweede Kamer OData", text("House of Representatives OData")

    @property
    def rank(self) -> int:
        """0 for what is closest to the official text; for one paper the lowest counts."""
        return list(Layout).index(self)


class RoleKind(WordedEnum):
    """Role of a person in a set or paper; the addressee and the answerer are separate roles."""

    SUBMITTER = "submitter", text("submitter")
    CO_SUBMITTER = "co-submitter", text("co-submitter")
    ADDRESSEE = "addressee", text("put to")
    ANSWERER = "answerer", text("answered by")
    ON_BEHALF = "on behalf of", text("also on behalf of")


@dataclass(frozen=True, slots=True)
class Role:
    """A person or office as printed; `party` and `office` are empty if the source gives none."""

    kind: RoleKind
    name: str = ""
    party: str = ""
    office: str = ""
    order: int = 0


class BlockKind(StrEnum):
    """The form of a piece of text."""

    PARAGRAPH = "paragraph"
    LIST = "list"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list (an item a line) or table (a row a line, cells apart by tabs)."""

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote of one paper; its number means nothing in another paper of the same set."""

    number: int
    text: str
    urls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoteUse:
    """A mark in the text: which note, in which question or answer (by index), block, and at what offset."""

    note: int
    side: Side
    index: int
    block: int
    offset: int


@dataclass(frozen=True, slots=True)
class Question:
    """A question, or several printed as one; `numbers` are those of its label, `printed` the label."""

    printed: str
    numbers: tuple[int, ...]
    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        """All blocks, a line each."""
        return "\n".join(block.text for block in self.blocks)


@dataclass(frozen=True, slots=True)
class AnswerBlock:
    """An answer to one or more questions; `derived` are the numbers that a derived form pointed here."""

    printed: str
    covers: tuple[int, ...]
    blocks: tuple[Block, ...]
    derived: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        """All blocks, a line each."""
        return "\n".join(block.text for block in self.blocks)


class FlagCode(WordedEnum):
    """Faults that a reader should know before relying on numbers and texts."""

    NO_QUESTIONS = "no questions found", text("no questions were found in it")
    UNNUMBERED = "questions without numbers", text("its questions have no numbers; they were counted")
    BARE_NUMBERS = "numbers without the word question", text("its questions are marked by numbers alone")
    UNREADABLE_LABEL = "a label that cannot be read", text("a label cannot be read: {where}")
    REPEATED_NUMBER = "a question number that stands twice", text("question {where} occurs twice")
    MISSING_NUMBER = "a question number that is left out", text("question {where} is left out")
    ANSWER_WITHOUT_QUESTION = (
        "an answer to a number that is not asked",
        text("there is an answer {where}, and no such question"),
    )
    QUESTION_WITHOUT_ANSWER = "a question without an answer", text("question {where} has no answer")
    NOTE_WITHOUT_MARK = "a note that nothing points to", text("nothing points to note {where}")
    MARK_WITHOUT_NOTE = "a mark without a note", text("a mark points to note {where}, which is missing")
    HEADING = "a heading that is not in the known form", text("its heading is not in the known form: {where}")
    NO_HEADING = (
        "no heading of the questions",
        text("it has no heading of the questions; look in the paper with the questions"),
    )
    NOT_PUBLIC = "an attachment that is not public", text("an attachment is not public: {where}")
    UNKNOWN_ELEMENT = (
        "an element that is not known",
        text("an element is not known, its text was kept: {where}"),
    )
    DERIVED = (
        "text derived by others",
        text("it is text derived by others; groups and notes may differ from the official text"),
    )


@dataclass(frozen=True, slots=True)
class Flag:
    """Something to know about a paper: its code, where, and what was seen there."""

    code: FlagCode
    where: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """Text outside the questions: the notice (`Mededeling`) or an explanation (`Toelichting`)."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Dates:
    """Dates of a paper; None if the source gives none."""

    asked_on: Annotated[date | None, Field(alias="asked")] = None
    received: date | None = None
    issued: date | None = None
    available: date | None = None

    @property
    def known_from(self) -> date | None:
        """The day since which the paper exists: received, else issued, else asked."""
        return self.received or self.issued or self.asked_on


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a reading comes from: file, hash of its bytes, layout, and the address it is published at."""

    layout: Layout
    filename: str = ""
    sha256: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A reading of one paper; `key` is its official id, `ids` all ids, `sets` the sets it says it serves."""

    key: str
    family: Family
    kind: PaperKind
    origin: Origin
    ids: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()
    is_edited: bool | None = None
    subject: str = ""
    session: str = ""
    dates: Dates = Dates()
    topics: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    see_also: tuple[str, ...] = ()
    supplements: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    answers: tuple[AnswerBlock, ...] = ()
    notes: tuple[Note, ...] = ()
    uses: tuple[NoteUse, ...] = ()
    remarks: tuple[Remark, ...] = ()
    flags: tuple[Flag, ...] = ()

    def question(self, number: int) -> Question | None:
        """Return the question of a number, or None."""
        return next((question for question in self.questions if number in question.numbers), None)

    @property
    def numbers(self) -> tuple[int, ...]:
        """All question numbers in the order printed."""
        return tuple(dict.fromkeys(number for question in self.questions for number in question.numbers))


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the index of sets (an OData `Zaak`): what is known without reading a paper.

    `is_finished` is None if the index does not state it; it has no date.
    """

    number: str
    subject: str
    asked_on: Annotated[date | None, Field(alias="asked")]
    session: str = ""
    is_finished: bool | None = None
    term: date | None = None
    roles: tuple[Role, ...] = ()
    guid: str = ""
    is_deleted: bool = False
