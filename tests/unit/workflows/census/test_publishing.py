"""Publications: two overviews of one round never show what one or two bodies answered in between."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from census_tools import NONE, ROUND, Census, add_round, at, cameras

from overzicht.subjects.census.answers import Question
from overzicht.subjects.census.overview import NationalOverview
from overzicht.subjects.census.publishing import publish_overview, published_overview
from overzicht.subjects.census.round_records import CensusError, list_publications

FIRST, SECOND, THIRD, FOURTH = (date(2026, 3, day) for day in range(9, 13))
ANY = Question()
HIKVISION, DAHUA = (Question(frozenset({maker})) for maker in ("hikvision", "dahua"))


@pytest.fixture
def census(tmp_path: Path) -> Iterator[Census]:
    """Yield a round with the answers of six towns."""
    made = Census(tmp_path)
    for number in range(1, 7):
        made.answer(FIRST, f"nl:t{number:02}", [cameras(number)])
    yield made
    made.store.close()


def publish(census: Census, day: date, question: Question) -> NationalOverview:
    return publish_overview(census.store, ROUND, day, question, at(day))


def answer_later(census: Census, count: int) -> None:
    for number in range(7, 7 + count):
        census.answer(SECOND, f"nl:t{number:02}", [cameras(5)])


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize(("first", "second"), [(HIKVISION, HIKVISION), (ANY, ANY), (ANY, DAHUA)])
def test_a_second_overview_about_one_or_two_more_bodies_is_refused(
    census: Census, count: int, first: Question, second: Question
) -> None:
    publish(census, FIRST, first)
    answer_later(census, count)
    with pytest.raises(CensusError, match="the answer of a body away"):
        publish(census, SECOND, second)
    assert publish(census, FIRST, first) == publish(census, FIRST, first)  # the one before may be repeated


def test_others_are_shown_the_newest_overview_that_was_published(census: Census) -> None:
    """Two unpublished overviews, of which one has one more answer, would give that away."""

    def shown(day: date, question: Question = HIKVISION) -> NationalOverview | None:
        return published_overview(census.store, ROUND, day, question)

    assert shown(FIRST) is None
    first = publish(census, FIRST, HIKVISION)
    answer_later(census, 1)
    assert shown(FIRST) == shown(SECOND) == first
    assert (shown(SECOND, ANY), shown(FIRST.replace(day=8))) == (None, None)
    for number in (8, 9):
        census.answer(THIRD, f"nl:t{number:02}", [cameras(5)])
    third = publish(census, THIRD, HIKVISION)
    assert (shown(SECOND), shown(THIRD), shown(FOURTH)) == (first, third, third)


def test_an_overview_is_not_shown_again_with_answers_that_came_after_it(census: Census) -> None:
    first = publish(census, FIRST, HIKVISION)
    for number in (7, 8, 9):
        census.answer(SECOND, f"nl:t{number:02}", [cameras(5)])
    publish(census, SECOND, HIKVISION)
    census.answer(SECOND, "nl:t10", [cameras(5)])  # for the day of the second overview, but later
    assert published_overview(census.store, ROUND, SECOND, HIKVISION) == first


def test_three_more_bodies_can_be_published(census: Census) -> None:
    before = publish(census, FIRST, ANY)
    answer_later(census, 3)
    after = publish(census, SECOND, ANY)
    assert (before.outcome.tally.answered, after.outcome.tally.answered) == (6, 9)


def test_a_corrected_answer_is_another_number(census: Census) -> None:
    publish(census, FIRST, HIKVISION)
    census.answer(SECOND, "nl:t01", [NONE])
    with pytest.raises(CensusError, match="the answer of a body away"):
        publish(census, SECOND, HIKVISION)


def test_a_publication_is_recorded_once(census: Census) -> None:
    for _ in range(2):
        publish(census, FIRST, HIKVISION)
    with census.store.reading() as connection:
        (published,) = list_publications(connection)
    assert (published.day, published.question) == (FIRST, HIKVISION)


def test_answers_of_the_day_of_a_publication_count_as_later_ones(census: Census) -> None:
    publish(census, FIRST, HIKVISION)
    census.answer(FIRST, "nl:t07", [cameras(5)])
    with pytest.raises(CensusError, match="the answer of a body away"):
        publish(census, FIRST, HIKVISION)


def test_publications_are_weighed_all_together(census: Census) -> None:
    """Each pair of publications differs by three returns or more; all four together tell that of town 13."""
    for day, numbers in ((FIRST, ()), (SECOND, (7, 8, 9)), (THIRD, (10, 11, 12))):
        for number in numbers:
            census.answer(day, f"nl:t{number:02}", [cameras(5)])
        publish(census, day, HIKVISION)
    for number in (7, 8, 9):
        census.answer(FOURTH, f"nl:t{number:02}", [], is_withdrawn=True)
    census.answer(FOURTH, "nl:t13", [cameras(5)])
    with pytest.raises(CensusError, match="the answer of a body away"):
        publish(census, FOURTH, HIKVISION)


def test_a_comparison_tells_nothing_beside_the_overview_of_the_earlier_round(census: Census) -> None:
    publish(census, FIRST, HIKVISION)
    answer_later(census, 1)  # after the overview of the first round
    later = date(2027, 3, 9)
    answers = {f"nl:t{number:02}": [cameras(number)] for number in range(1, 8)}
    add_round(census, "next", later, answers)
    with pytest.raises(CensusError, match="the answer of a body away"):
        publish_overview(census.store, "next", later, HIKVISION, at(later))
