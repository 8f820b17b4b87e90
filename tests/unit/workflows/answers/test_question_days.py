"""Dates in questions: days and periods, relative dates, and bounds around them."""

from datetime import date

import pytest

from overzicht.subjects.answers.reading.days import Span, spans_in
from overzicht.subjects.answers.reading.grammar import Earlier, read_question

TODAY = date(2021, 4, 13)  # a Tuesday


def periods(words: str, today: date | None = TODAY) -> list[str]:
    """Return the dates in a text, as the first and the last day, or the one day."""
    spans, _ = spans_in(words, today)
    return [str(span.first) if span.is_day else f"{span.first}/{span.last}" for span in spans]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("op 9 oktober 2019", "2019-10-09"),
        ("on October 9th, 2019", "2019-10-09"),
        ("op 09-10-2019", "2019-10-09"),
        ("op 3 maart vorig jaar", "2020-03-03"),
        ("op 3 maart jl.", "2021-03-03"),
        ("op 24 december", "2020-12-24"),
        ("in april 2022", "2022-04-01/2022-04-30"),
        ("in mei", "2020-05-01/2020-05-31"),
        ("last March", "2021-03-01/2021-03-31"),
        ("begin mei 2020", "2020-05-01/2020-05-10"),
        ("eind mei 2020", "2020-05-21/2020-05-31"),
        ("begin 2020", "2020-01-01/2020-03-31"),
        ("mid-2020", "2020-04-01/2020-09-30"),
        ("at the end of last year", "2020-10-01/2020-12-31"),
        ("in the spring of 2021", "2021-03-01/2021-06-30"),
        ("in het najaar van vorig jaar", "2020-09-01/2020-12-31"),
        ("afgelopen zomer", "2020-06-01/2020-09-30"),
        ("in the first quarter of 2020", "2020-01-01/2020-03-31"),
        ("in de tweede helft van 2018", "2018-07-01/2018-12-31"),
        ("vorig jaar", "2020-01-01/2020-12-31"),
        ("dit jaar", "2021-01-01/2021-12-31"),
        ("vorige maand", "2021-03-01/2021-03-31"),
        ("last week", "2021-04-05/2021-04-11"),
        ("drie jaar geleden", "2018-04-13"),
        ("een half jaar geleden", "2020-10-13"),
        ("18 months ago", "2019-10-13"),
        ("two weeks ago", "2021-03-30"),
        ("eergisteren", "2021-04-11"),
        ("in the last three years", "2018-04-13/2021-04-13"),
        ("het afgelopen jaar", "2020-04-13/2021-04-13"),
        ("tussen 1 mei 2020 en 30 juni 2020", "2020-05-01/2020-06-30"),
        ("between 2019 and 2021", "2019-01-01/2021-12-31"),
        ("between 2021 and 2019", "2019-01-01/2021-12-31"),
        ("before 1 May 2020", "0001-01-01/2020-04-30"),
        ("na juni 2020", "2020-07-01/9999-12-31"),
        ("afgelopen oktober, zoals de brief van 3 mei 2017 zegt", "2020-10-01/2020-10-31"),
        ("op 3 maart jl. na de brief van 3 mei 2017", "2021-03-03"),
        ("voor 1 mei 2020", "0001-01-01/2020-04-30"),
        ("een dag eerder dan 9 oktober 2019", "2019-10-08"),
        ("op de dag vóór 9 oktober 2019", "2019-10-08"),
        ("daags na 9 oktober 2019", "2019-10-10"),
        ("two weeks before 9 October 2019", "2019-09-25"),
        ("on the eve of 9 October 2019", "2019-10-08"),
        ("within a month after 9 October 2019", "2019-10-09/2019-11-09"),
        ("at the beginning of last month", "2021-03-01"),
        ("begin vorige maand", "2021-03-01/2021-03-10"),
        ("at the start of October 2019", "2019-10-01"),
        ("aan het begin van 2019", "2019-01-01"),
        ("on the last day of May", "2020-05-31"),
        ("op de eerste dag van vorige maand", "2021-03-01"),
        ("on the first of June last year", "2020-06-01"),
        ("op nieuwjaarsdag 2019", "2019-01-01"),
        ("at the turn of the year", "2021-01-01"),
    ],
)
def test_a_date_is_a_day_or_a_period(words: str, expected: str) -> None:
    assert periods(f"Was Optica {words} listed?") == [expected]


@pytest.mark.parametrize(
    "words",
    [
        "Is March Networks on the list, in March Networks' view?",
        "Were up to 2000 cameras bought?",
        "Is Optica, which won a contract in 2019, on the list?",
        "Staat Optica, zoals NRC op 3 maart 2021 schreef, op de lijst?",
        "Kent u het bericht van 12 maart 2021 dat Optica op de lijst staat?",
        "Kent u «Optica op de lijst» (NRC, 12 maart 2021)?",
        "Was it on 31 February 2020?",
        "How long ago was it listed?",
        "May the police use it?",
    ],
)
def test_what_is_no_date_of_the_question_is_left_out(words: str) -> None:
    assert not periods(words)


def test_a_relative_date_is_left_out_without_a_day_to_count_from() -> None:
    assert periods("vorig jaar, of in 2019", None) == ["2019-01-01/2019-12-31"]


def test_since_has_no_end_and_bounds_the_start() -> None:
    (span,), _ = spans_in("since last month", TODAY)
    assert span == Span(date(2021, 3, 1), date.max, date(2021, 3, 31))
    assert span.until(TODAY).last == TODAY


def test_a_period_ends_on_the_day_of_the_draft_and_one_to_come_stays() -> None:
    year = Span(date(2021, 1, 1), date(2021, 12, 31))
    assert year.until(TODAY).last == TODAY
    assert year.until(date(2020, 1, 1)) == year
    assert Span(date(2031, 5, 1), date.max).until(TODAY).is_day


def test_relative_dates_count_from_the_day_of_the_questions() -> None:
    words = "Stond Hikvision vorig jaar op de Entity List?"
    (query,) = read_question(1, words, earlier=Earlier(today=TODAY)).queries
    assert query.span == Span(date(2020, 1, 1), date(2020, 12, 31))
    assert query.subjects[0].name == "Hikvision"


def test_a_day_without_a_year_is_of_the_year_of_a_full_date_beside_it() -> None:
    words = "Stond Optica een dag eerder dan 9 oktober 2019, dus op 8 oktober, op de lijst?"
    assert periods(words) == ["2019-10-08", "2019-10-08"]
    assert periods("Stond Optica op 8 oktober op de lijst?") == ["2020-10-08"]


def test_the_day_before_which_something_was_done_is_not_that_of_the_question() -> None:
    assert not periods("Voor 9 oktober 2019 verleende vergunningen: staat Voorbeeld op de lijst?")
    assert periods("Voor 9 oktober 2019 geplaatste bedrijven") == ["0001-01-01/2019-10-08"]
