"""Days of which a source gives only a month, a year or a range: what can be told before and after them."""

from datetime import date

import pytest

from overzicht.dates import DateBasis, Holds, LegalDate, Period, read_legal_date


@pytest.mark.parametrize(
    ("text", "earliest", "day"),
    [
        ("2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2021-03-22", None, date(2021, 3, 22)),
    ],
)
def test_a_partial_date_keeps_its_first_and_its_last_day(text: str, earliest: date | None, day: date) -> None:
    found = read_legal_date(text)
    assert (found.earliest, found.day, found.as_given) == (earliest, day, text)


def test_a_range_is_given_by_its_ends() -> None:
    found = LegalDate(date(2025, 9, 30), DateBasis.NOT_LATER_THAN, earliest=date(2025, 4, 1))
    assert found.as_given == "2025-04-01/2025-09-30"


@pytest.mark.parametrize(
    ("day", "held"),
    [
        (date(2020, 12, 31), Holds.NO),
        (date(2021, 1, 1), Holds.UNKNOWN),
        (date(2021, 12, 30), Holds.UNKNOWN),
        (date(2021, 12, 31), Holds.YES),
    ],
)
def test_a_fact_that_began_in_a_year_did_not_hold_before_it(day: date, held: Holds) -> None:
    assert Period(read_legal_date("2021")).holds_on(day) is held


def test_an_upper_bound_without_a_first_day_leaves_all_days_before_it_unknown() -> None:
    bound = LegalDate(date(2021, 12, 31), DateBasis.NOT_LATER_THAN)
    assert Period(bound).holds_on(date(1990, 1, 1)) is Holds.UNKNOWN
    assert not LegalDate(date(2021, 12, 31)).may_be_on_or_before(date(2021, 12, 30))
