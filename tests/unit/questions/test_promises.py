"""Promises in answers: which sentences are one, and the last day of their terms."""

import csv
from datetime import date
from pathlib import Path

import pytest

from overzicht.subjects.questions.model import (
    AnswerBlock,
    Block,
    Dates,
    Family,
    Layout,
    Origin,
    Paper,
    PaperKind,
)
from overzicht.subjects.questions.promises import PromiseKind, kind_of, promises_of
from overzicht.subjects.questions.terms import Term, term_in

MADE_ON = date(2031, 4, 1)
CASES = Path(__file__).parents[2] / "fixtures" / "precedents" / "promises.csv"


def cases() -> list[tuple[str, str, str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return [(row["sentence"], row["kind"], row["last_day"]) for row in csv.DictReader(file)]


@pytest.mark.parametrize(("sentence", "kind", "last_day"), cases())
def test_a_sentence_is_a_promise_with_its_last_day(sentence: str, kind: str, last_day: str) -> None:
    assert (kind_of(sentence) or "") == kind
    if kind:
        day = term_in(sentence, MADE_ON).last_day
        assert (day.isoformat() if day else "") == last_day


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("voor 1 maart", date(2032, 2, 29)),  # the next first of March after the answer
        ("voor 1 mei", date(2031, 4, 30)),
        ("op 30 februari 2032", None),
        ("binnen drie maanden", date(2031, 7, 1)),
        ("in het tweede kwartaal", date(2031, 6, 30)),
        ("in het eerste kwartaal van volgend jaar", date(2032, 3, 31)),
        ("nog dit jaar", date(2031, 12, 31)),
        ("in de loop van 2033", date(2033, 12, 31)),
        ("begin 2032", date(2032, 3, 31)),
        ("eind juni", date(2031, 6, 30)),
        ("komend voorjaar", date(2031, 6, 30)),
        ("zo spoedig mogelijk", None),
        ("na de zomer", None),
        ("vóór het commissiedebat", None),
        ("per 1 juli 2031", None),  # the day of something else
    ],
)
def test_a_term_has_the_last_day_that_its_words_allow(words: str, day: date | None) -> None:
    assert term_in(f"Ik zal uw Kamer {words} informeren.", MADE_ON).last_day == day


def test_without_the_day_of_the_answer_only_a_printed_year_gives_a_date() -> None:
    assert term_in("Ik informeer uw Kamer voor 1 mei.", None) == Term("voor 1 mei", None)
    assert term_in("Ik informeer uw Kamer begin 2032.", None).last_day == date(2032, 3, 31)


def paper(kind: PaperKind, words: str) -> Paper:
    return Paper(
        "ah-tk-20302031-9", Family.APPENDIX, kind, Origin(Layout.TEXT), dates=Dates(received=MADE_ON),
        answers=(AnswerBlock("Antwoord 2 en 3", (2, 3), (Block(words),)),),
    )  # fmt: skip


def test_a_promise_has_its_answer_and_joined_sentences_of_a_pdf_are_apart() -> None:
    words = "Dat is bekend.Ik zal uw Kamer hierovereind 2031 informeren.De politie telt zes camera's."
    (promise,) = promises_of(paper(PaperKind.ANSWER, words))
    assert promise.kind is PromiseKind.INFORM
    assert promise.numbers == (2, 3)
    assert promise.sentence == "Ik zal uw Kamer hierovereind 2031 informeren."
    assert not list(promises_of(paper(PaperKind.NOTICE, words)))
