"""Terms of Dutch law: eight weeks, suspension, extension, six weeks for an objection, and holidays."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overzicht.subjects.licensing.terms import Extension, Supplement, decision_term, objection_term

MONDAY = date(2026, 3, 2)
LATE = date(2026, 12, 1)


def test_a_decision_is_due_after_eight_weeks_and_overdue_the_day_after() -> None:
    due = date(2026, 4, 28)  # 27 April is the King's Day
    assert decision_term(MONDAY, (), None, None, due).due == due
    assert not decision_term(MONDAY, (), None, None, due).is_overdue
    assert decision_term(MONDAY, (), None, None, due + timedelta(days=1)).is_overdue
    assert not decision_term(MONDAY, (), None, date(2026, 4, 1), LATE).is_overdue


@pytest.mark.parametrize(
    ("decided", "due"),
    [
        (date(2026, 3, 2), date(2026, 4, 13)),
        (date(2026, 2, 20), date(2026, 4, 7)),  # 3 April is Good Friday, 6 April Easter Monday
        (date(2026, 3, 24), date(2026, 5, 6)),  # 5 May
        (date(2026, 11, 13), date(2026, 12, 28)),  # 25 and 26 December, and a Sunday
    ],
)
def test_an_objection_ends_after_six_weeks_and_not_on_a_holiday(decided: date, due: date) -> None:
    assert objection_term(decided, decided).due == due


def test_the_term_stops_from_the_day_after_the_request_until_the_answer() -> None:
    waiting = Supplement(date(2026, 3, 9), date(2026, 3, 23), "the certificate")
    answered = Supplement(date(2026, 3, 9), date(2026, 3, 23), "the certificate", date(2026, 3, 16))
    lapsed = Supplement(date(2026, 3, 9), date(2026, 3, 23), "the certificate", date(2026, 6, 1))
    assert [entry.days(LATE) for entry in (waiting, answered, lapsed)] == [14, 6, 14]
    term = decision_term(MONDAY, (answered,), None, None, date(2026, 5, 1))
    assert (term.suspended_days, term.due) == (6, date(2026, 5, 4))  # Sunday 3 May
    on_the_way = decision_term(MONDAY, (waiting,), None, None, date(2026, 3, 20))
    assert (on_the_way.is_suspended, on_the_way.is_overdue) == (True, False)


def test_a_named_longer_term_counts_with_suspensions_after_it() -> None:
    extension = Extension(date(2026, 4, 20), date(2026, 6, 8), "two states")
    before = Supplement(date(2026, 3, 9), date(2026, 3, 23), "x", date(2026, 3, 16))
    after = Supplement(date(2026, 5, 4), date(2026, 5, 29), "y", date(2026, 5, 12))
    assert decision_term(MONDAY, (before,), extension, None, LATE).due == date(2026, 6, 8)
    assert decision_term(MONDAY, (before, after), extension, None, LATE).due == date(2026, 6, 15)


@given(st.dates(date(2021, 1, 1), date(2034, 12, 31)), st.integers(0, 60))
def test_a_later_answer_never_makes_the_decision_due_earlier(received: date, days: int) -> None:
    """Awb 4:15: each day of suspension moves the last day, and it is never a Saturday or Sunday."""
    requested, until = received + timedelta(days=3), received + timedelta(days=40)
    terms = [
        decision_term(
            received, (Supplement(requested, until, "x", requested + timedelta(days=n)),), None, None, LATE
        )
        for n in (days, days + 1)
    ]
    assert terms[0].due <= terms[1].due
    assert all(term.due.weekday() < 5 for term in terms)
