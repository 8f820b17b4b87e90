"""A small drafted answer with every part, for the tests of its forms and reviews."""

from datetime import date

from overzicht.evidence import Citation, in_both, text
from overzicht.subjects.answers.model import (
    AnsweredQuestion,
    AnswerReport,
    FirstKind,
    FirstLine,
    Origin,
    Sentence,
)

PAPER = Citation("questions:x", "ah-1", "answer 1", "https://example.org/ah-1", published=date(2026, 1, 2))
YES = FirstLine(FirstKind.YES, text("Yes: reports recorded on this: {count}.", count=2))
UNKNOWN = FirstLine(
    FirstKind.UNKNOWN, text("Unknown: no report on this is recorded; a dossier would hold it.")
)
FILE = Citation("inventory", "lijst <b>.csv", snapshot="a" * 64, official=False)


def report() -> AnswerReport:
    says = Sentence(text("{maker} is listed on {law} since {since}.", maker="Zo & Zo <i>", law="de lijst",
                         since=date(2021, 3, 22)), (PAPER, FILE))  # fmt: skip
    invented = Sentence(text("{says}.", says="Gemeente Voorbeeld heeft er 3"), (FILE,), Origin.INVENTED)
    then = Sentence(in_both(en="It was known.", nl="Het was bekend."), (PAPER,))
    first = AnsweredQuestion(
        1, in_both(en="Is it known?", nl="Is het bekend?\x0b"), ("known-report",), YES, (says,), (invented,),
        then,
        (text("Whether it is desirable."),), (text("No data: nothing that is loaded answers this."),),
    )  # fmt: skip
    again = AnsweredQuestion(
        2, in_both(en="Again?", nl="Nog eens?"), ("known-report",), YES, (says,), (invented,), None, (), (), 1
    )
    empty = AnsweredQuestion(3, in_both(en="And?", nl="En?"), (), UNKNOWN, (), (), None, (), ())
    return AnswerReport(
        "2026Z00001", in_both(en="A set", nl="Een set"), date(2026, 2, 1), "1.0", False, False,
        (text("Asked by {whom} on {day}.", whom="A", day=date(2026, 1, 1)),), (), (first, again, empty),
    )  # fmt: skip
