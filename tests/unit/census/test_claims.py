"""Claims: numbers of others as ranges, compared and added, and surveys read as rounds."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from overzicht.register.quantities import Quantity
from overzicht.subjects.census.claims import Agreement, Claim, check_sums, compare_claims, proving
from overzicht.subjects.census.survey_checks import common_total
from overzicht.subjects.census.survey_rows import SurveyRow
from overzicht.subjects.census.surveys import read_row, read_rows

DAY = date(2023, 2, 15)


def claim(number: int, as_stated: str, *makers: str, **more: object) -> Claim:
    digits = "".join(c for c in as_stated.split(",", maxsplit=1)[0] if c.isdigit())
    given: dict[str, Any] = {
        "least": int(digits),
        "source": f"https://example.org/{number}",
        "name": "Stad",
        **more,
    }
    return Claim(
        number, "", country="NL", day=DAY, answer="has", makers=makers or ("a",), as_stated=as_stated, **given
    )


def agreement(*claims: Claim) -> list[Agreement]:
    return [pair.agreement for pair in compare_claims(claims)]


def test_numbers_are_ranges() -> None:
    assert claim(1, "131").quantity == Quantity(131, 131)
    assert claim(1, "at least 134").quantity == Quantity(134, None)
    assert claim(1, "about 800", least=None).quantity == Quantity(750, 849)
    assert claim(1, "65 offices, 45 still to do").quantity == Quantity(65, 65)


def test_two_numbers_agree_differ_or_contradict() -> None:
    assert agreement(claim(1, "795"), claim(2, "about 800", least=None)) == [Agreement.AGREE]
    assert agreement(claim(1, "131", "a"), claim(2, "at least 134", "a", "b")) == [Agreement.TWO_COUNTS]
    assert agreement(claim(1, "65"), claim(2, "88")) == [Agreement.CONTRADICT]
    assert agreement(claim(1, "60", source="x"), claim(2, "12", source="x")) == [Agreement.TWO_COUNTS]
    assert agreement(claim(1, "41", kind="system"), claim(2, "9", kind="office")) == []


def test_a_published_sum_is_checked_against_its_parts() -> None:
    parts = [claim(n, str(count), name=f"Raad {n}", group="g") for n, count in enumerate((79, 56, 20), 1)]
    total = claim(9, "more than 155", group="g", is_sum=True)
    (check,) = check_sums([*parts, total])
    assert (check.total, check.agrees) == (Quantity(155, 155), False)
    (check,) = check_sums([*parts, claim(9, "155", group="g", is_sum=True)])
    assert check.agrees


def survey(**more: object) -> SurveyRow:
    given = {
        "survey": "s", "number": 1, "day": "2022", "asked_by": "", "roll": "", "question": "q",
        "answered_as_said": "", "with_as_said": "", "published_rate": "", "source": "", "roll_size": 47,
        "requested": 47, "answered_least": 39, "answered_most": 39, "with_least": 24, "with_most": None,
    }  # fmt: skip
    return SurveyRow(**{**given, **more})  # type: ignore[arg-type]


def test_a_published_rate_is_contradicted_with_its_reason() -> None:
    remarks = [str(remark) for remark in read_row(survey(published_rate="91 %")).remarks]
    assert remarks == [
        "91 % was published, and 39 of 47 is 83 %.",
        "39 is 91 % of 43: 4 bodies are in the number and not in the total.",
    ]
    assert not read_row(survey(published_rate="83 %")).remarks


def test_an_open_number_of_answers_gives_a_reading_for_each_end() -> None:
    view = read_row(survey(roll_size=345, answered_least=145, answered_most=155, with_least=51))
    assert [reading.tally.answered for reading in view.readings] == [145, 150, 155]


def test_percentages_of_one_total_that_no_total_fits() -> None:
    assert common_total([(12, Decimal(33)), (28, Decimal(78))], 60) == (36,)
    assert common_total([(12, Decimal(33)), (11, Decimal(30))], 60) == ()


@pytest.mark.parametrize(
    ("rate", "remark"),
    [
        ("38 %", "38 % is the share of the 80 answers that have it."),
        ("37,5 procent", "37.5 % is the share of the 80 answers that have it."),
        ("30%", "30 % is the share of all 100 that is known to have it."),
    ],
)
def test_a_share_of_those_that_have_it_is_no_wrong_response_rate(rate: str, remark: str) -> None:
    given = {
        "roll_size": 100,
        "requested": 100,
        "answered_least": 80,
        "answered_most": 80,
        "with_least": 30,
        "with_most": 30,
    }
    assert [str(own) for own in read_row(survey(published_rate=rate, **given)).remarks] == [remark]


def test_both_ends_of_a_number_that_has_it_are_read() -> None:
    given = {
        "roll_size": 100,
        "requested": 100,
        "answered_least": 80,
        "answered_most": 80,
        "with_least": 30,
        "with_most": 40,
    }
    tallies = [reading.tally for reading in read_row(survey(**given)).readings]
    assert [(tally.have, tally.most) for tally in tallies] == [(30, 50), (40, 60)]


def test_a_part_that_is_more_than_its_whole_is_named() -> None:
    given = {"roll_size": 100, "requested": 100, "answered_least": 80, "answered_most": 80, "with_least": 90}
    assert [str(own) for own in read_row(survey(**given)).remarks] == [
        "90 is more than the 80 that it is a part of."
    ]


@pytest.mark.parametrize(
    ("later", "proved"),
    [
        ({"answer": "none"}, False), ({"answer": "none", "makers": ("a", "b")}, False),
        ({"answer": "none", "makers": ("b",)}, True), ({"answer": "none", "kind": "drone"}, True),
        ({"status": "removed in 2024"}, False), ({"status": "being removed"}, True),
        ({"answer": "refused"}, True),
    ],
)  # fmt: skip
def test_a_later_claim_can_deny_an_earlier_one(later: dict[str, Any], proved: bool) -> None:
    first = claim(1, "12", "a", kind="camera")
    second = replace(first, number=2, day=date(2024, 3, 1), **({"makers": ()} | later))
    after = date(2024, 4, 1)
    assert (first in proving([first, second], frozenset(), after)) == proved
    assert first in proving([first, second], frozenset(), DAY)


def test_none_of_one_maker_does_not_deny_equipment_of_an_unknown_maker() -> None:
    first = replace(claim(1, "12"), makers=())
    second = replace(first, number=2, day=date(2024, 3, 1), answer="none", makers=("a",))
    assert proving([first, second], frozenset(), date(2024, 4, 1)) == (first,)


@pytest.mark.parametrize(
    ("status", "is_all"),
    [
        ("removed", True), ("All replaced in March 2024.", True), ("replaced by Axis", True),
        ("out of use since 2024-02-01", True), ("verwijderd op 1 maart 2024", True),
        ("vervangen (eind 2023)", True), ("removed on 1-3-2024", True),
        ("removed before March 4, 2024", True), ("replaced entirely in 2023 by Axis", True),
        ("replaced 4 of 12", False), ("removed from the town hall only", False), ("replaced 4", False),
        ("removed in 2024 from the town hall", False), ("verwijderd, op 3 na", False),
        ("replaced in part", False), ("vervangen bij het stadhuis", False), ("about half out of use", False),
        ("replaced by Axis in part", False), ("replaced by halves", False),
        ("removed at 2 of 2024 places", False),
    ],
)  # fmt: skip
def test_a_part_that_is_gone_denies_nothing(status: str, *, is_all: bool) -> None:
    first = claim(1, "12")
    second = replace(first, number=2, day=date(2024, 3, 1), status=status)
    assert (first not in proving([first, second], frozenset(), date(2024, 4, 1))) == is_all


def test_a_corrected_question_has_the_correction_as_a_remark() -> None:
    def row(number: int, have: int) -> SurveyRow:
        return SurveyRow(
            "s", number, f"2023-0{number}", "", "", "has it", "", "", "", "", 47, 47, 39, 39, have, have
        )

    first, other, second = read_rows([row(1, 2), replace(row(2, 5), question="other"), row(3, 0)])
    assert [str(remark) for remark in first.remarks] == ["Question 3 corrects this later: 0 instead of 2."]
    assert (other.remarks, second.remarks) == ((), ())
    same, _ = read_rows([row(1, 2), row(3, 2)])
    assert same.remarks == ()  # asked again, with the same answer
    back, wrong, _ = read_rows([row(1, 2), row(2, 5), row(3, 2)])
    assert not back.remarks
    assert [str(remark) for remark in wrong.remarks] == ["Question 3 corrects this later: 2 instead of 5."]
