"""A drafted answer: per question cited facts, what was answered, what stays a judgement, what is missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pydantic import computed_field

from overzicht.evidence import Citation, Text, in_both, unique


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


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """A question with its draft.

    `kinds` are the relations that the question asks for. `first` is the answer in one sentence, `facts` are
    the main ones, and `more` are the others. `same_as` is the number of an earlier question with the
    same answer (0: none). `answered_then` is the earlier answer in a line (None: none by that
    date). `judgement` are points that no data decide. `missing` are data that would close the gap.
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

    @property
    def all_facts(self) -> tuple[Sentence, ...]:
        """The main facts, then the others."""
        return (*self.facts, *self.more)


@dataclass(frozen=True, slots=True)
class AnswerReport:
    """A drafted answer to a set, as of a date; `heading` are lines on who asked and answered when.

    `is_full_text`: the questions are in the words of the loaded paper, else restated in ours. `notes` state
    which examples were used, and that they are examples.
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

    def question(self, number: int) -> AnsweredQuestion:
        """Return the draft of a number; KeyError for another number."""
        return {question.number: question for question in self.questions}[number]
