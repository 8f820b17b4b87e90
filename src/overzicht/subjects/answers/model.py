"""A drafted answer: per question cited facts, what was answered, what stays a judgement, what is missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import computed_field

from overzicht.evidence import Citation, Text, in_both, text, unique
from overzicht.evidence.json_marks import shown_as
from overzicht.evidence.worded_enum import WordedEnum


class Origin(StrEnum):
    """Origin of a fact. A fact of an example among a user's own facts is marked."""

    OWN = "own"  # the user's store, the lists in it, and the law cards
    SHIPPED = "shipped"  # real evidence that ships with the product, recorded as facts
    INVENTED = "invented"  # bodies that do not exist, to show how it works
    ANSWER = "answer"  # from the published answer to this set: a comparison, never evidence for the draft


class FirstKind(StrEnum):
    """Kind of the first line of an answer."""

    YES = "yes"
    NO = "no"
    POSSIBLE = "possible"
    NOT_CHECKED = "not-checked"
    UNKNOWN = "unknown"  # other data than the loaded ones would answer it
    NUMBER = "number"
    VALUE = "value"  # a name, a day or an act
    JUDGEMENT = "judgement"
    OUTSIDE = "outside"  # nothing that data could settle


SETTLED = frozenset({FirstKind.YES, FirstKind.NO, FirstKind.POSSIBLE, FirstKind.NUMBER, FirstKind.VALUE})
FACTS_SHOWN = 5  # facts under the first line; the others are in the annex
GAPS_SHOWN = 1  # gaps under the first line


@dataclass(frozen=True, slots=True)
class FirstLine:
    """The first line of an answer: one sentence for the date; `value` is the number, name, day or act."""

    kind: FirstKind
    text: Text
    value: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an answer with what it rests on; a fact without a citation does not exist."""

    text: Text
    citations: tuple[Citation, ...]
    origin: Origin = Origin.OWN


class Difference(WordedEnum):
    """How the answer of a later date differs."""

    CONTRADICTED = "contradicted", text("the answer is now different")
    SETTLED = "settled", text("the data now determine the answer")
    UNSETTLED = "unsettled", text("the data no longer determine the answer")
    FACTS = "facts", text("the answer is the same, but cited facts changed")


@dataclass(frozen=True, slots=True)
class QuestionChange:
    """A question whose answer differs between two dates, by the same queries on the data of each.

    `before` and `after` are the first lines. `gained` and `lost` are the cited facts that only the later or
    only the earlier date has.
    """

    set_number: str
    title: Text
    number: int
    question: Text
    since: date
    as_of: date
    difference: Difference
    before: FirstLine
    after: FirstLine
    gained: tuple[Sentence, ...]
    lost: tuple[Sentence, ...]

    @property
    def sentences(self) -> tuple[Text, ...]:
        """The change in sentences: both first lines, then the facts that were gained and lost."""
        lines = [
            text("On {day}: {answer}", day=self.since, answer=self.before.text),
            text("On {day}: {answer}", day=self.as_of, answer=self.after.text),
        ]
        lines += [text("New: {fact}", fact=fact.text) for fact in self.gained]
        lines += [text("No longer: {fact}", fact=fact.text) for fact in self.lost]
        return tuple(lines)


@dataclass(frozen=True, slots=True)
class WatchReport:
    """Changes since earlier answers, the contradicted ones first.

    `watched` is the number of questions that were asked again, in `sets` answered sets; `skipped` that of
    questions that name no party and no list.
    """

    since: date | None
    as_of: date
    sets: int
    watched: int
    skipped: int
    changes: tuple[QuestionChange, ...]


@dataclass(frozen=True, slots=True)
class EarlierQuestion:
    """An earlier question like the one that is answered, with its answer.

    `numbers` are the most similar questions of the set; empty if only its title is loaded. `answer` is its
    first sentence; it is empty and `answered` None without an answer on the date. `is_cited`: the question
    names it. `is_compared`: the answer to the present question was made for both dates. `change` is their
    difference; None if there is none or it was not compared.
    """

    set_number: str
    subject: str
    numbers: tuple[int, ...]
    asked_on: Annotated[date | None, shown_as("asked")]
    answered: date | None
    question: str
    answer: str
    citation: Citation
    is_cited: bool
    score: float
    is_compared: bool = False
    change: QuestionChange | None = None

    @property
    def heading(self) -> Text:
        """The set, the number of the question, and the dates, in one sentence."""
        number = self.numbers[0] if self.numbers else 0
        subject = self.subject or text("without a title")
        values: dict[str, Any] = {"set": self.set_number, "subject": subject, "number": number}
        day = self.answered or self.asked_on
        if day is None:
            return text("{set}, without a date: {subject}", **values)
        match bool(number), self.answered is not None:
            case True, True:
                sentence = text("{set}, question {number}, answered on {day}: {subject}")
            case False, True:
                sentence = text("{set}, answered on {day}: {subject}")
            case True, False:
                sentence = text("{set}, question {number}, asked on {day}, no answer loaded: {subject}")
            case _:
                sentence = text("{set}, asked on {day}, only its title is loaded: {subject}")
        return sentence.filled(day=day, **values)

    @property
    def outcome(self) -> Text | None:
        """The changes since its answer in one sentence; None if the dates were not compared."""
        if not self.is_compared or self.answered is None:
            return None
        if self.change is None:
            return text("Since {day} the data give the same answer.", day=self.answered)
        return text("Since {day}: {difference}.", day=self.answered, difference=self.change.difference.words)


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """A question with its draft.

    `kinds` are the relations that the question asks for. `first` is the answer in one sentence, `facts` are
    the main ones, and `more` are the others. `same_as` is the number of an earlier question with the
    same answer (0: none). `answered_then` is the earlier answer in a line (None: none by that
    date). `judgement` are points that no data decide. `missing` are data that would close the gap.
    `earlier` are the most similar earlier questions in the loaded papers, best first.
    """

    number: int
    question: Text
    kinds: tuple[str, ...]
    first: FirstLine
    facts: tuple[Sentence, ...]
    more: tuple[Sentence, ...]
    answered_then: Sentence | None
    judgement: tuple[Text, ...]
    missing: tuple[Text, ...]
    same_as: int = 0
    earlier: tuple[EarlierQuestion, ...] = ()

    @property
    def all_facts(self) -> tuple[Sentence, ...]:
        """The main facts, then the others."""
        return (*self.facts, *self.more)


@dataclass(frozen=True, slots=True)
class QuestionParts:
    """Parts of a question for a reader: `facts` and `gaps` under the first line, the others in the annex.

    A fact or a gap is in one question only. `facts_at` and `gaps_at` are the numbers of the questions that
    have the others.
    """

    facts: tuple[Sentence, ...]
    facts_at: tuple[int, ...]
    more: tuple[Sentence, ...]
    gaps: tuple[Text, ...]
    gaps_at: tuple[int, ...]
    more_gaps: tuple[Text, ...]

    @property
    def see_facts(self) -> Text | None:
        """The reference to the facts under earlier questions; None without any."""
        numbers = ", ".join(map(str, self.facts_at))
        return text("See also the facts under question {number}.", number=numbers) if numbers else None

    @property
    def see_gaps(self) -> Text | None:
        """The reference to the gaps under earlier questions; None without any."""
        numbers = ", ".join(map(str, self.gaps_at))
        return text("See question {number}.", number=numbers) if numbers else None


@dataclass(frozen=True, slots=True)
class AnswerReport:
    """A drafted answer to a set, as of a date; `heading` are lines on who asked and answered when.

    `is_full_text`: the questions are in the words of the loaded paper, else restated in ours. `notes` state
    which examples were used, and that they are examples. `asked_by` and `put_to` are the names of those who
    asked and of the offices that must answer; empty if they are unknown.
    """

    number: str
    title: Text
    as_of: date
    version: str
    is_fictional: bool
    is_full_text: bool
    heading: tuple[Text, ...]
    notes: tuple[Text, ...]
    questions: tuple[AnsweredQuestion, ...]
    asked_by: str = ""
    put_to: str = ""

    @computed_field
    @property
    def language(self) -> Text:
        """The language that a reader sees it in, `en` or `nl`."""
        return in_both(en="en", nl="nl")

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every citation once, in the order in which the answers use them."""
        return unique(self._all())

    def _all(self) -> Iterator[Citation]:
        for question in self.questions:
            for fact in question.all_facts:
                yield from fact.citations
            if question.answered_then is not None:
                yield from question.answered_then.citations
            for earlier in question.earlier:
                yield earlier.citation

    @property
    def shown(self) -> dict[int, QuestionParts]:
        """The parts of each question, by its number."""
        shown: dict[int, QuestionParts] = {}
        facts: dict[Sentence, int] = {}  # by the first question that shows it
        gaps: dict[Text, int] = {}
        for question in self.questions:
            is_same = bool(question.same_as)
            own = () if is_same else question.facts
            has_same_gaps = is_same and question.missing == self.question(question.same_as).missing
            missing = () if has_same_gaps else question.missing
            first = missing[:GAPS_SHOWN]
            shown[question.number] = QuestionParts(
                facts=tuple(fact for fact in own if fact not in facts),
                facts_at=tuple(sorted({facts[fact] for fact in own if fact in facts})),
                more=() if is_same else question.more,
                gaps=tuple(gap for gap in first if gap not in gaps),
                gaps_at=tuple(sorted({gaps[gap] for gap in first if gap in gaps})),
                more_gaps=missing[GAPS_SHOWN:],
            )
            for fact in own:
                facts.setdefault(fact, question.number)
            for gap in first:
                gaps.setdefault(gap, question.number)
        return shown

    def question(self, number: int) -> AnsweredQuestion:
        """Return the draft of a number; KeyError for another number."""
        return {question.number: question for question in self.questions}[number]
