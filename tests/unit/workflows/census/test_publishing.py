"""Publications: two overviews of one round never tell what one or two bodies answered in between."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from census_tools import NONE, ROUND, Census, at, cameras

from overzicht.census.answers import Question
from overzicht.store.census.publications import publications_of
from overzicht.store.census.rounds import CensusError
from overzicht.workflows.census.overview import NationalOverview
from overzicht.workflows.census.publishing import publish_overview, safe_overview

FIRST, SECOND = date(2026, 3, 9), date(2026, 3, 10)
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
    with pytest.raises(CensusError, match="the answer of a body away"):
        safe_overview(census.store, ROUND, SECOND, second)
    assert publish(census, FIRST, first) == publish(census, FIRST, first)  # the one before may be repeated


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
        (published,) = publications_of(connection, ROUND)
    assert (published.day, published.question) == (FIRST, HIKVISION)
