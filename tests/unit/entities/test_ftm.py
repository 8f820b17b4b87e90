"""Effects of listings and dates of law in the words of FollowTheMoney."""

from datetime import date

import pytest

from overzicht.dates import DateBasis, LegalDate
from overzicht.entities.ftm import TOPICS, load_model, stated_day

DAY = date(2021, 3, 22)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (None, ""),
        (LegalDate(DAY), "2021-03-22"),
        (LegalDate(DAY, DateBasis.DERIVED, "a rule"), "2021-03-22"),
        (LegalDate(DAY, DateBasis.NOT_LATER_THAN, "a bound"), ""),
    ],
)
def test_a_bound_is_no_day(value: LegalDate | None, day: str) -> None:
    assert stated_day(value) == day


def test_every_topic_is_one_of_the_vocabulary() -> None:
    pytest.importorskip("followthemoney", reason="the extra `ftm` is not installed")
    known = load_model().get("Thing").get("topics").type.names  # type: ignore[union-attr]
    assert set(TOPICS.values()) <= set(known)
