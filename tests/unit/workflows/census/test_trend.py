"""Change over rounds: bodies in both are compared, the rest is apart, and no comparison names a body."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from census_tools import NONE, ROUND, Census, add_round, cameras

from overzicht.subjects.census.answers import Question
from overzicht.subjects.census.overview import NationalOverview, national_overview

DAY, BEFORE = date(2026, 3, 9), date(2025, 3, 3)
HIKVISION = Question(frozenset({"hikvision"}))


@pytest.fixture
def census(tmp_path: Path) -> Iterator[Census]:
    """Yield a round with an earlier one: towns 1 to 6 answered in it, each with 10 cameras of Hikvision."""
    made = Census(tmp_path)
    add_round(made, "before", BEFORE, {f"nl:t{number:02}": [cameras(10)] for number in range(1, 7)})
    yield made
    made.store.close()


def overview(census: Census, answers: Mapping[int, Any], question: Question = Question()) -> NationalOverview:  # noqa: B008
    for number, given in answers.items():
        level = {"level": "coverage"} if given == "in confidence" else {}
        lines = [cameras(1)] if level else given
        census.answer(DAY, f"nl:t{number:02}", lines, **level)
    return national_overview(census.store, ROUND, DAY, question)


def test_bodies_in_both_rounds_are_compared_and_the_rest_is_apart(census: Census) -> None:
    answers = {1: [NONE], 2: [cameras(4, replaced=6)], 3: [cameras(10)], 4: "in confidence", 9: [NONE]}
    answers |= {5: [cameras(8, replaced=2)]}
    (point,) = overview(census, answers).trend
    assert (point.bodies, point.had, point.have) == (4, 4, 3)
    assert (point.only_earlier, point.only_later) == (2, 1)
    assert point.devices is not None
    assert (point.devices.bodies, point.devices.before, point.devices.after, point.devices.replaced) == (
        3, 30, 22, 8,
    )  # fmt: skip
    texts = [str(sentence) for sentence in point.sentences]
    assert texts[1] == "Not compared, bodies that answered only in before: 2; only in cameras-2026: 1."


@pytest.mark.parametrize(
    ("answered", "is_shown"),
    [(range(1, 3), False), (range(1, 4), True), (range(1, 6), False), (range(1, 7), True)],
)
def test_no_comparison_tells_the_answer_of_one_or_two_bodies(
    census: Census, answered: range, is_shown: bool
) -> None:
    shown = overview(census, {number: [cameras(3)] for number in answered}, HIKVISION)
    assert bool(shown.trend) == is_shown  # of 1 to 5, the sixth would follow by subtraction


def bodies(text: str, answer: Mapping[str, Any]) -> dict[str, Any]:
    """Return one answer for each of some bodies."""
    return {f"nl:{body}": [answer] for body in text.split()}


def test_no_comparison_tells_a_body_beside_the_tables_of_the_earlier_round(tmp_path: Path) -> None:
    """The north of the earlier round is seven bodies; a comparison of six of them is about the seventh."""
    made = Census(tmp_path)
    north = bodies("b1 b2 b3 t02 t03 t04", NONE)
    others = bodies("t13 t14 t15", NONE) | bodies("t01", cameras(2))
    add_round(made, "before", BEFORE, north | others)
    shown = national_overview(made.store, "before", DAY, HIKVISION)
    assert [(row.key, row.number, row.have) for row in shown.regions] == [("north", 7, 1), ("south", 3, 0)]
    for body in north:
        made.answer(DAY, body, [NONE])
    assert not national_overview(made.store, ROUND, DAY, HIKVISION).trend
    assert national_overview(made.store, ROUND, DAY).trend  # who has any equipment is public
    made.answer(DAY, "nl:t01", [NONE])
    assert national_overview(made.store, ROUND, DAY, HIKVISION).trend
    made.store.close()


def test_no_comparison_tells_a_body_beside_that_of_a_round_in_between(tmp_path: Path) -> None:
    """Eight bodies answered first, four of them next, and five of them now: the fifth is the difference."""
    made = Census(tmp_path)
    add_round(made, "before", BEFORE, bodies("t01 t02 t03 t04 t05 t06 t07 t08", cameras(2)))
    between = date(2025, 9, 1)
    add_round(made, "between", between, bodies("t01 t02 t03 t04 t09 t10 t11", cameras(2)))
    assert [p.bodies for p in national_overview(made.store, "between", DAY, HIKVISION).trend] == [4]
    for body, lines in bodies("t01 t02 t03 t04 t05 t12 t13 t14", cameras(2)).items():
        made.answer(DAY, body, lines)
    shown = national_overview(made.store, ROUND, DAY, HIKVISION)
    assert "before" not in [point.earlier for point in shown.trend]
    assert len(national_overview(made.store, ROUND, DAY).trend) == 2
    made.store.close()


def test_who_corrected_is_counted(census: Census) -> None:
    first = overview(census, {1: [NONE], 2: [NONE]})
    assert not any("Corrected" in str(sentence) for sentence in first.sentences)
    second = overview(census, {2: [cameras(2)]})
    assert any("Corrected answers: 1, the last on 2026-03-09." in str(s) for s in second.sentences)


def test_a_table_by_region_does_not_tell_a_body_beside_that_by_kind(tmp_path: Path) -> None:
    """The north is four boards and one town, whose answer would be the difference."""
    made = Census(tmp_path)
    for body in ("b1", "b2", "b3", "b4", "t01", *(f"t{number}" for number in range(13, 20))):
        made.answer(DAY, f"nl:{body}", [cameras(2)])
    shown = national_overview(made.store, ROUND, DAY, HIKVISION)
    assert [(row.key, row.number) for row in shown.kinds] == [("board", 4), ("province", 0), ("town", 8)]
    assert [(row.key, row.number, row.joined) for row in shown.regions] == [("?", 12, ("north", "south"))]
    open_question = national_overview(made.store, ROUND, DAY)
    assert [(row.key, row.number) for row in open_question.regions] == [("north", 5), ("south", 7)]
    made.store.close()
