"""Differences between the answers to one question on two dates: typed first lines and cited facts, not text.

A sentence that only names its own date is the same sentence on another date.
"""

from collections.abc import Iterable
from datetime import date

from overzicht.evidence import Text
from overzicht.evidence.text import Value
from overzicht.subjects.answers.model import (
    SETTLED,
    AnsweredQuestion,
    AnswerReport,
    Difference,
    FirstKind,
    Origin,
    QuestionChange,
    Sentence,
)

COMPARED = frozenset({Origin.OWN, Origin.SHIPPED})


def compare(
    before: AnswerReport, after: AnswerReport, numbers: Iterable[int] | None = None
) -> list[QuestionChange]:
    """Return the questions whose answers differ between two drafts of a set, in order; None: all."""
    earlier = {question.number: question for question in before.questions}
    requested = set(numbers) if numbers is not None else earlier.keys()
    changes: list[QuestionChange | None] = []
    for question in after.questions:
        if question.number in earlier and question.number in requested:
            old = earlier[question.number]
            gained, lost = (
                _missing_in(old, question, before, after),
                _missing_in(question, old, after, before),
            )
            # how the typed first lines differ; None if they are equal, or neither is determined
            was, settles = old.first.kind in SETTLED, question.first.kind in SETTLED
            if was and settles:
                difference = (
                    Difference.CONTRADICTED
                    if (old.first.kind, old.first.value) != (question.first.kind, question.first.value)
                    else None
                )
            elif was != settles:
                difference = Difference.SETTLED if settles else Difference.UNSETTLED
            else:
                is_unchecked = (
                    FirstKind.NOT_CHECKED in (old.first.kind, question.first.kind)
                    and old.first.kind is not question.first.kind
                )
                difference = (
                    Difference.UNSETTLED
                    if is_unchecked and question.first.kind is FirstKind.NOT_CHECKED
                    else None
                )
            if difference is None and not (gained or lost):
                changes.append(None)
                continue
            changes.append(
                QuestionChange(
                    set_number=after.number,
                    title=after.title,
                    number=question.number,
                    question=question.question,
                    since=before.as_of,
                    as_of=after.as_of,
                    difference=difference or Difference.FACTS,
                    before=old.first,
                    after=question.first,
                    gained=gained,
                    lost=lost,
                )
            )
    return [change for change in changes if change is not None]


def _missing_in(
    old: AnsweredQuestion, new: AnsweredQuestion, before: AnswerReport, after: AnswerReport
) -> tuple[Sentence, ...]:
    """Return the facts of `new` that `old` does not have."""
    known = {_undated(fact.text, before.as_of) for fact in old.all_facts}
    return tuple(
        fact
        for fact in new.all_facts
        if fact.origin in COMPARED and _undated(fact.text, after.as_of) not in known
    )


def _undated(sentence: Text, day: date) -> Text:
    """Return a sentence without the date that it was made for."""

    def plain(value: Value) -> Value:
        return _undated(value, day) if isinstance(value, Text) else "" if value == day else value

    return Text(sentence.template, tuple((name, plain(value)) for name, value in sentence.values))
