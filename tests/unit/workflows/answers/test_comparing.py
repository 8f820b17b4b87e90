"""Differences between two drafts: typed first lines and cited facts, not the date in a sentence."""

from datetime import date

import pytest

from overzicht.evidence import Citation, Text, plain_text, text
from overzicht.subjects.answers.comparing import compare
from overzicht.subjects.answers.model import (
    AnsweredQuestion,
    AnswerReport,
    Difference,
    FirstKind,
    FirstLine,
    Origin,
    Sentence,
)

OLD, NEW = date(2031, 1, 1), date(2031, 6, 1)
CITED = (Citation("list", "An invented list"),)


def drafted(day: date, first: FirstLine, *facts: Text, origin: Origin = Origin.OWN) -> AnswerReport:
    question = AnsweredQuestion(
        1,
        plain_text("?"),
        (),
        first,
        tuple(Sentence(fact, CITED, origin) for fact in facts),
        (),
        None,
        (),
        (),
    )
    return AnswerReport("2031Z1", plain_text("T"), day, "1", False, False, (), (), (question,))


def first(kind: FirstKind, value: str = "") -> FirstLine:
    return FirstLine(kind, text("On some day: {kind}.", kind=kind.value), value)


@pytest.mark.parametrize(
    ("old", "new", "difference"),
    [
        (first(FirstKind.NO), first(FirstKind.YES), Difference.CONTRADICTED),
        (first(FirstKind.NUMBER, "7"), first(FirstKind.NUMBER, "8"), Difference.CONTRADICTED),
        (first(FirstKind.NOT_CHECKED), first(FirstKind.YES), Difference.SETTLED),
        (first(FirstKind.YES), first(FirstKind.NOT_CHECKED), Difference.UNSETTLED),
        (first(FirstKind.UNKNOWN), first(FirstKind.NOT_CHECKED), Difference.UNSETTLED),
        (first(FirstKind.YES), first(FirstKind.YES), None),
        (first(FirstKind.UNKNOWN), first(FirstKind.JUDGEMENT), None),
    ],
)
def test_the_kinds_and_values_of_first_lines_decide(
    old: FirstLine, new: FirstLine, difference: Difference | None
) -> None:
    changes = compare(drafted(OLD, old), drafted(NEW, new))
    assert [change.difference for change in changes] == ([difference] if difference else [])


def test_a_fact_that_only_names_its_own_date_is_the_same() -> None:
    yes = first(FirstKind.YES)
    same = compare(
        drafted(OLD, yes, text("Listed on {day}.", day=OLD)),
        drafted(NEW, yes, text("Listed on {day}.", day=NEW)),
    )
    assert not same
    (change,) = compare(
        drafted(OLD, yes, text("Listed since {day}.", day=date(2030, 1, 1))),
        drafted(NEW, yes, text("Listed since {day}.", day=date(2031, 2, 1))),
    )
    assert change.difference is Difference.FACTS
    assert [str(fact.text) for fact in change.gained] == ["Listed since 2031-02-01."]
    assert [str(fact.text) for fact in change.lost] == ["Listed since 2030-01-01."]


def test_sentences_of_the_published_answer_and_other_numbers_do_not_count() -> None:
    no = first(FirstKind.NO)
    statement = drafted(NEW, no, text("The minister answered."), origin=Origin.ANSWER)
    assert not compare(drafted(OLD, no), statement)
    assert not compare(drafted(OLD, no), drafted(NEW, first(FirstKind.YES)), [2])
