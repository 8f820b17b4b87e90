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


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an answer with what it rests on; a fact without a citation does not exist."""

    text: Text
    citations: tuple[Citation, ...]
    origin: Origin = Origin.OWN


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """A question with its draft.

    `kinds` are the types of question that were recognised in its text. `answered_then` is the earlier answer
    in a line (None if there is none by that date). `judgement` are points that no data decide. `missing` are
    data that would close the gap; without any fact it states this.
    """

    number: int
    question: Text
    kinds: tuple[str, ...]
    facts: tuple[Sentence, ...]
    answered_then: Sentence | None
    judgement: tuple[Text, ...]
    missing: tuple[Text, ...]


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
            for fact in question.facts:
                yield from fact.citations
            if question.answered_then is not None:
                yield from question.answered_then.citations

    def same_as(self, question: AnsweredQuestion) -> int:
        """Return the number of an earlier question with exactly the same facts; 0 where there is none."""
        earlier = self.questions[: self.questions.index(question)]
        return next(
            (other.number for other in earlier if question.facts and other.facts == question.facts), 0
        )

    def question(self, number: int) -> AnsweredQuestion:
        """Return the draft of a number; KeyError for another number."""
        return {question.number: question for question in self.questions}[number]
