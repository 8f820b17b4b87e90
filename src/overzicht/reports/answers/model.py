"""A drafted answer: per question cited facts, what was answered, what stays a judgement, what is missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pydantic import computed_field

from overzicht.evidence import Citation, Text, in_both, unique


class Origin(StrEnum):
    """Where a fact comes from; nothing of an example stands among a user's own facts without its mark."""

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

    `kinds` are the types of question that were recognised in its text, `answered_then` what was answered in
    a line (None where nobody answered by the day), `judgement` what no data settle, `missing` what data
    would close the gap. Without any fact `missing` says so.
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
    """A drafted answer to a set, as of a day; `heading` are lines on who asked and answered when.

    `is_full_text`: the questions are in the words of the loaded paper, else restated in ours. `notes` say
    what the reader must know of the data: which examples were used, and that they are examples.
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

    def same_as(self, one: AnsweredQuestion) -> int:
        """Return the number of an earlier question with exactly the same facts; 0 where there is none."""
        earlier = self.questions[: self.questions.index(one)]
        return next((each.number for each in earlier if one.facts and each.facts == one.facts), 0)

    def question(self, number: int) -> AnsweredQuestion:
        """Return the draft of a number; KeyError where it is not asked."""
        found = next((one for one in self.questions if one.number == number), None)
        if found is None:
            raise KeyError(number)
        return found
