"""Reviews every three years from the notification; the third owes reasons; a late one ends nothing."""

from datetime import date

import pytest
from licensing_tools import denial

from overzicht.subjects.licensing.denial_model import (
    ReviewOutcome,
    ReviewRecord,
    ReviewWithoutReasonsError,
    check_review,
    is_valid_on,
    reviews,
    years_later,
)

HELD = denial(notified_on="2021-10-01")


def review(day: str, outcome: str = "renew", reasons: str = "") -> ReviewRecord:
    return ReviewRecord(on=date.fromisoformat(day), outcome=ReviewOutcome(outcome), reasons=reasons)


def test_a_denial_never_reviewed_has_three_dates_by_2030_and_the_third_owes_reasons() -> None:
    found = reviews(HELD, (), date(2030, 9, 30))
    assert [(one.due.isoformat(), one.needs_reasons) for one in found] == [
        ("2024-10-01", False),
        ("2027-10-01", False),
        ("2030-10-01", True),
    ]


@pytest.mark.parametrize(("day", "overdue"), [("2024-10-01", False), ("2024-10-02", True)])
def test_a_review_is_overdue_from_the_day_after(day: str, overdue: bool) -> None:
    assert reviews(HELD, (), date.fromisoformat(day))[0].is_overdue_on(date.fromisoformat(day)) is overdue


def test_keeping_it_at_the_third_review_needs_reasons_and_revoking_does_not() -> None:
    held = (review("2024-09-01"), review("2027-09-01"))
    with pytest.raises(ReviewWithoutReasonsError, match="review 3"):
        check_review(HELD, held, review("2030-09-01"))
    assert check_review(HELD, held, review("2030-09-01", reasons="the risk stands")) == 3
    assert check_review(HELD, held, review("2030-09-01", "revoke")) == 3
    assert check_review(HELD, held[:1], review("2027-09-01")) == 2


def test_a_late_review_ends_nothing_and_a_revocation_ends_it_on_its_day() -> None:
    assert is_valid_on(HELD, (), date(2026, 1, 1))
    revoked = (review("2024-09-01", "revoke"),)
    assert is_valid_on(HELD, revoked, date(2024, 8, 31))
    assert not is_valid_on(HELD, revoked, date(2024, 9, 1))
    assert not is_valid_on(HELD, (), date(2021, 9, 30))
    assert len(reviews(HELD, revoked, date(2040, 1, 1))) == 1


def test_the_29th_of_february_has_an_anniversary() -> None:
    assert [years_later(date(2024, 2, 29), n) for n in (3, 4)] == [date(2027, 2, 28), date(2028, 2, 29)]
