"""What a list says on a day, from the versions held."""

from dataclasses import replace
from datetime import date

import pytest

from overzicht.dates import DateBasis, LegalDate, Period
from overzicht.entities import Listing, Record
from overzicht.entities.history import Basis, Version, coverage, listing_states
from overzicht.evidence import Answer, Snapshot

EARLY, LATE = date(2021, 3, 2), date(2022, 5, 5)


def version(day: date, *, complete: bool = True, official: bool = True, starter: bool = False) -> Version:
    snapshot = Snapshot(
        sha256=day.isoformat(), source="l", part="", filename="f", size_bytes=1, published=day,
        complete=complete, official=official,
    )  # fmt: skip
    return Version(snapshot, day, starter)


def record(start: LegalDate | None, end: LegalDate | None = None) -> Record:
    return Record("l-1", "Person", (), "entry 1", (Listing("1", "l", "Asset freeze", Period(start, end)),))


STATED = LegalDate(date(2021, 3, 22))
BOUND = LegalDate(date(2021, 3, 22), DateBasis.NOT_LATER_THAN, "the earliest act cited")


@pytest.mark.parametrize(
    ("days", "as_of", "basis"),
    [
        ([EARLY, LATE], date(2021, 3, 21), Basis.CURRENT),
        ([EARLY], date(2021, 3, 21), Basis.CURRENT),
        ([EARLY], date(2023, 1, 1), Basis.CARRIED),
        ([LATE], date(2021, 3, 21), Basis.REBUILT),
        ([], date(2021, 3, 21), Basis.NONE),
        ([EARLY], EARLY, Basis.CURRENT),
    ],
)
def test_coverage_tells_from_which_side_a_day_is_seen(days: list[date], as_of: date, basis: Basis) -> None:
    told = coverage([version(day) for day in days], as_of, stale_after_days=90)
    assert told.basis is basis


def test_an_incomplete_or_starter_version_never_shows_absence() -> None:
    for held in (version(EARLY, complete=False), version(EARLY, starter=True)):
        told = coverage([held], date(2021, 3, 3), stale_after_days=90)
        assert (told.basis, told.covers_date, told.nearest) == (Basis.NONE, False, held)


@pytest.mark.parametrize(
    ("start", "as_of", "answer"),
    [
        (STATED, date(2021, 3, 21), Answer.NOT_FOUND),
        (STATED, date(2021, 3, 22), Answer.FOUND),
        (BOUND, date(2021, 3, 21), Answer.NOT_CHECKED),
        (BOUND, date(2021, 3, 22), Answer.FOUND),
        (None, date(2021, 3, 22), Answer.NOT_CHECKED),
    ],
)
def test_a_later_version_tells_of_an_earlier_day_by_its_dates(
    start: LegalDate | None, as_of: date, answer: Answer
) -> None:
    held = version(LATE)
    (state,) = listing_states([(held, record(start))], [held], as_of)
    assert state.answer is answer
    assert any("rebuilt from the version of 2022-05-05" in str(note) for note in state.notes)


def test_an_entry_without_a_date_is_listed_from_the_version_it_is_seen_in() -> None:
    held = version(EARLY)
    (state,) = listing_states([(held, record(None))], [held], EARLY)
    assert state.answer is Answer.FOUND
    assert state.since == LegalDate(EARLY, DateBasis.NOT_LATER_THAN, state.since.rule if state.since else "")
    assert any("upper bound" in str(note) for note in state.notes)


def test_what_vanished_between_two_versions_has_a_removal_interval() -> None:
    early, late = version(EARLY), version(LATE)
    (before,) = listing_states([(early, record(STATED))], [early, late], date(2021, 12, 1))
    (after,) = listing_states([(early, record(STATED))], [early, late], LATE)
    assert before.answer is Answer.FOUND
    assert (after.answer, after.until and after.until.basis) == (Answer.NOT_FOUND, DateBasis.NOT_LATER_THAN)
    assert any("no longer in that of 2022-05-05" in str(note) for note in after.notes)


def test_an_incomplete_later_version_removes_nobody() -> None:
    early, late = version(EARLY), version(LATE, complete=False)
    (state,) = listing_states([(early, record(STATED))], [early, late], date(2022, 6, 1))
    assert state.answer is Answer.FOUND


def test_an_end_date_ends_it_on_that_day() -> None:
    held = version(EARLY)
    ended = record(LegalDate(date(2015, 1, 1)), LegalDate(date(2020, 1, 1)))
    states = [
        listing_states([(held, ended)], [held], day)[0].answer
        for day in (date(2019, 12, 31), date(2020, 1, 1))
    ]
    assert states == [Answer.FOUND, Answer.NOT_FOUND]


def test_a_version_that_is_not_official_says_so() -> None:
    held = version(EARLY, official=False)
    (state,) = listing_states([(held, record(STATED))], [held], date(2021, 4, 1))
    assert any("not an official file" in str(note) for note in state.notes)


def test_a_stated_date_of_one_version_is_better_than_the_bound_of_another() -> None:
    early, late = version(date(2021, 4, 1)), version(LATE)
    (state,) = listing_states(
        [(early, record(BOUND)), (late, record(STATED))], [early, late], date(2021, 3, 22)
    )
    assert (state.answer, state.since) == (Answer.FOUND, STATED)


def test_a_finding_of_an_old_version_says_that_a_removal_cannot_be_told() -> None:
    held = version(EARLY)
    (old,) = listing_states([(held, record(STATED))], [held], date(2026, 1, 1), stale_after_days=90)
    (new,) = listing_states([(held, record(STATED))], [held], date(2021, 4, 1), stale_after_days=90)
    assert old.answer is new.answer is Answer.FOUND
    assert any("a later removal would not be visible" in str(note) for note in old.notes)
    assert not any("later removal" in str(note) for note in new.notes)


def test_a_version_of_a_month_counts_from_its_first_day() -> None:
    of_month = replace(version(date(2021, 3, 31)), first=date(2021, 3, 1))
    answers = {}
    for day in (date(2021, 2, 28), date(2021, 3, 1), date(2021, 3, 30)):
        (state,) = listing_states([(of_month, record(None))], [of_month], day)
        answers[day] = (state.answer, state.since.day)
    assert answers == {
        date(2021, 2, 28): (Answer.NOT_CHECKED, of_month.day),
        date(2021, 3, 1): (Answer.FOUND, date(2021, 3, 1)),
        date(2021, 3, 30): (Answer.FOUND, date(2021, 3, 30)),
    }


def test_a_version_that_was_confirmed_stays_young() -> None:
    confirmed = replace(version(EARLY), confirmed=date(2025, 12, 20))
    assert coverage([confirmed], date(2026, 1, 1), stale_after_days=90).basis is Basis.CURRENT
    assert coverage([version(EARLY)], date(2026, 1, 1), stale_after_days=90).basis is Basis.CARRIED


def test_a_version_of_an_unknown_day_shows_nobody_absent() -> None:
    undated = replace(version(EARLY), is_dated=False)
    assert coverage([undated], date(2021, 3, 3), stale_after_days=90).covers_date is False


def test_a_day_that_a_starter_fact_states_is_better_than_one_that_was_derived() -> None:
    held = version(LATE)
    derived = LegalDate(date(2021, 3, 25), DateBasis.DERIVED, "day of the notice")
    (state,) = listing_states([(held, record(derived))], [held], date(2021, 3, 23), [record(STATED)])
    assert (state.answer, state.since) == (Answer.FOUND, STATED)
    later = record(LegalDate(date(2021, 4, 1)))
    (other,) = listing_states([(held, record(derived))], [held], date(2021, 3, 23), [later])
    assert other.since == derived


def test_a_note_says_if_the_date_of_a_version_is_unknown() -> None:
    for is_dated in (True, False):
        stored = replace(version(EARLY), is_dated=is_dated)
        (state,) = listing_states([(stored, record(STATED))], [stored], LATE)
        unknown = [note for note in state.notes if "this version is undated" in str(note)]
        assert bool(unknown) is not is_dated
