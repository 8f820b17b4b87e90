"""The numbers of a survey are checked: shares, parts and totals, sums, changes, and other questions."""

from datetime import date
from typing import Any

import pytest

from overzicht.subjects.census.survey_rows import SurveyRow
from overzicht.subjects.census.surveys import read_row, read_rows


def question(number: int = 1, **more: object) -> SurveyRow:
    fields: dict[str, Any] = {
        "survey": "s", "number": number, "day": "2022-05-01", "asked_by": "", "roll": "",
        "question": f"q{number}", "answered_as_said": "", "with_as_said": "", "published_rate": "",
        "source": "", "roll_size": 47,
        "requested": 47, "answered_least": 40, "answered_most": 40, "with_least": None, "with_most": None,
    }  # fmt: skip
    return SurveyRow(**{**fields, **more})


def remarks(**more: Any) -> list[str]:
    return [str(remark) for remark in read_row(question(**more)).remarks]


def test_a_percentage_alone_gives_the_whole_numbers_that_fit() -> None:
    view = read_row(question(published_rate="90 %"))
    assert [str(remark) for remark in view.remarks] == ["90 % of 40 is 36."]
    assert [(reading.tally.have, reading.tally.most) for reading in view.readings] == [(36, 43)]
    wide = read_row(
        question(published_rate="40 %", roll_size=380, requested=380, answered_least=380, answered_most=380)
    )
    assert [reading.tally.have for reading in wide.readings] == [151, 153]
    response = read_row(question(published_rate="85 %"))  # of the 47: that is how many answered
    assert (response.readings, response.remarks) == ((), ())


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"published_rate": "91 %", "roll_size": 40, "requested": 40}, ["No whole number of 40 is 91 %."]),
        (
            {"published_rate": "38 %", "with_least": 7, "with_most": 7, "answered_least": 20,
             "answered_most": 20},
            [
                "38 % was published, and 20 of 47 is 43 %.", "38 % of 20 does not fit 7.",
                "No whole number of 20 is 38 %.",
            ],
        ),
        ({"with_as_said": "39.5 %", "with_least": None}, ["No whole number of 40 is 39.5 %."]),
        ({"with_as_said": "40 %", "with_least": 16, "with_most": 16}, ["40 % of 40 is 16."]),
        ({"with_as_said": "36 of 40 (91 %)", "with_least": 36, "with_most": 36},
         ["91 % of 40 does not fit 36.", "No whole number of 40 is 91 %."]),
        ({"answered_as_said": "40 of 45"}, ["“40 of 45” counts 45, not 47."]),
        ({"answered_as_said": "38"}, ["The number is 40, and in words “38”."]),
        ({"requested": 50}, ["50 is more than the 47 that it is a part of."]),
        ({"requested": 39}, ["40 is more than the 39 that it is a part of."]),
        ({"with_as_said": "20 + 10 + 5 = 36", "with_least": 36, "with_most": 36},
         ["20 + 10 + 5 is 35, not 36."]),
        ({"with_as_said": "20 + 10", "with_least": 30, "with_most": 30}, ["20 + 10 is 30, as stated."]),
        ({"note": "51, of which 60 in one town"}, ["60 is more than the 51 that it is a part of."]),
        ({"note": "van 12 naar 15, een stijging van 4"}, ["From 12 to 15 is +3, not +4."]),
        ({"note": "up from 18 to 20 (+11 %)"}, []),
        ({"note": "from 40 to 30, down by 20 %"}, ["From 40 to 30 is -25 %, not -20 %."]),
        ({"with_least": 30, "with_most": 30, "previous": 20, "change": "+12"},
         ["From 20 to 30 is +10, not +12."]),
        ({"note": "4,000 cameras, average 110"}, ["4000 divided by 40 is 100, not 110."]),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_stated(fields: dict[str, object], expected: list[str]) -> None:
    assert remarks(**fields) == expected


def test_without_the_size_of_the_roll_nobody_is_silent() -> None:
    view = read_row(question(roll_size=None, with_least=18, with_most=18))
    assert view.readings == ()
    assert str(view.coverage) == (
        "s (2022-05-01): 40 of the 47 that were asked answered (85 %). How many bodies there are is not "
        "stated, so the coverage cannot be known."
    )
    assert str(view.summary).endswith("18 of those that answered: q1.")
    bare = read_row(question(roll_size=None, requested=None, day=""))
    assert str(bare.coverage).startswith(
        "s (date unknown): 40 answered. How many bodies there are is not stated"
    )
    assert not bare.row.is_known_on(date(2030, 1, 1))


def test_questions_of_one_survey_that_contradict_each_other_are_named() -> None:
    rows = [
        question(1, with_least=10, with_most=10),
        question(2, roll_size=48),
        question(3, answered_least=38, answered_most=38),
        question(4, question="q1", with_least=12, with_most=12),
        question(5, with_least=11, with_most=None),
        question(6, question="q5", with_least=12, with_most=None),
        question(7, survey="another", roll_size=99),
    ]
    views = read_rows(rows)
    assert [[str(remark) for remark in view.remarks] for view in views] == [
        [],
        ["Question 1 states a roll of 47, this one 48."],
        ["Question 1 states 40 answers, this one 38."],
        ["Question 1 states 10 for the same question and date, this one 12."],
        [],
        [],
        [],
    ]  # fmt: skip


def test_the_parts_of_a_question_are_added_and_percentages_need_one_total() -> None:
    whole = question(1, with_least=36, with_most=36)
    parts = [
        question(2, with_least=20, with_most=20, part_of=1),
        question(3, with_least=15, with_most=15, part_of=1),
    ]
    assert [str(remark) for remark in read_rows([whole, *parts])[0].remarks] == ["20 + 15 is 35, not 36."]
    unknown = {"roll_size": None, "requested": None, "answered_least": None, "answered_most": None}
    rows = [
        question(1, with_least=12, with_most=12, published_rate="33 %", **unknown),
        question(2, with_least=11, with_most=11, published_rate="30 %", **unknown),
    ]
    assert [str(remark) for remark in read_rows(rows)[1].remarks] == [
        "11 = 30 % fits a total of 37.", "No total fits 12 = 33 %, 11 = 30 %.",
    ]  # fmt: skip
