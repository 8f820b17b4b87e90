"""Denials as of a day: what was notified, replaced or reviewed later is not so yet."""

from datetime import date

import pytest
from licensing_tools import denial
from store_tools import NOON

from overzicht.errors import UnknownNameError
from overzicht.store.database import Store
from overzicht.subjects.licensing.denials_records import (
    Origin,
    Purpose,
    add_denial_event,
    get_denial,
    keep_denial,
    list_denials,
    note_reading,
    readings_of,
)

FIRST, SECOND = "NL-D-2026-01", "NL-D-2026-02"


@pytest.fixture
def kept(store: Store) -> Store:
    """Return a store with a denial of 15 January, renewed on 1 June and replaced on 1 March 2029."""
    with store.writing("officer", NOON) as tx:
        keep_denial(tx, denial(), Origin.OWN)
        later = denial(id=SECOND, supersedes=FIRST, notified_on="2029-03-01")
        keep_denial(tx, later, Origin.OWN)
        add_denial_event(tx, FIRST, "review", date(2028, 6, 1), {"outcome": "renew", "reasons": "as before"})
    return store


@pytest.mark.parametrize(
    ("day", "ids", "reviews"),
    [
        (date(2026, 1, 14), [], []),
        (date(2026, 1, 15), [FIRST], [0]),
        (date(2028, 5, 31), [FIRST], [0]),
        (date(2028, 6, 1), [FIRST], [1]),
        (date(2029, 2, 28), [FIRST], [1]),
        (date(2029, 3, 1), [SECOND], [0]),
        (None, [SECOND], [0]),
    ],
)
def test_the_denials_of_a_day_are_those_notified_and_not_replaced_by_then(
    kept: Store, day: date | None, ids: list[str], reviews: list[int]
) -> None:
    with kept.reading() as connection:
        found = list_denials(connection, day)
    assert [each.denial.id for each in found] == ids
    assert [len(each.reviews) for each in found] == reviews


def test_a_denial_that_was_notified_later_is_not_told_of(kept: Store) -> None:
    with kept.reading() as connection:
        assert get_denial(connection, FIRST, date(2026, 1, 15)).denial.id == FIRST
        with pytest.raises(UnknownNameError):
            get_denial(connection, SECOND, date(2026, 1, 15))


def test_who_was_shown_a_denial_is_told_newest_first_with_the_case_that_was_the_reason(kept: Store) -> None:
    shown = [denial()]
    with kept.writing("anna", NOON) as tx:
        note_reading(tx, shown, date(2026, 2, 1), Purpose.LIST)
    with kept.writing("bert", NOON) as tx:
        for purpose in (Purpose.CASE, Purpose.ASSESSMENT):
            note_reading(tx, shown, date(2026, 3, 1), purpose, "DE-0001")
    with kept.reading() as connection:
        readings = readings_of(connection, FIRST)
        assert readings_of(connection, SECOND) == ()
    assert [(one.actor, one.day, one.purpose, one.case) for one in readings] == [
        ("bert", date(2026, 3, 1), Purpose.ASSESSMENT, "DE-0001"),
        ("bert", date(2026, 3, 1), Purpose.CASE, "DE-0001"),
        ("anna", date(2026, 2, 1), Purpose.LIST, ""),
    ]
    assert readings[0].at == NOON.isoformat()
