from datetime import date

import pytest

from overzicht.law.member_states import member_states


@pytest.mark.parametrize(
    ("day", "count"),
    [
        (date(1957, 12, 31), 0),
        (date(2013, 6, 30), 27),
        (date(2013, 7, 1), 28),
        (date(2020, 1, 31), 28),
        (date(2020, 2, 1), 27),
        (date(2026, 11, 26), 27),
    ],
)
def test_counts_the_states_of_a_day(day: date, count: int) -> None:
    assert len(member_states().on(day)) == count


def test_the_united_kingdom_was_a_member_up_to_its_last_day() -> None:
    assert "GB" in member_states().on(date(2020, 1, 31))
    assert "GB" not in member_states().on(date(2020, 2, 1))
