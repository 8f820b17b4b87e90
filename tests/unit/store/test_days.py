"""The end of a day: by the local clock, so that what is done today is never of tomorrow."""

import time
from collections.abc import Iterator
from datetime import date

import pytest

from overzicht.store.rows import end_of, is_by

DAY = date(2026, 3, 2)


@pytest.fixture(params=["UTC", "Europe/Amsterdam", "America/Kralendijk"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", request.param)
        time.tzset()
        yield request.param
    time.tzset()


def test_a_day_ends_at_midnight_of_the_local_clock(zone: str) -> None:
    ends = {"UTC": "03T00:00:00", "Europe/Amsterdam": "02T23:00:00", "America/Kralendijk": "03T04:00:00"}
    assert end_of(DAY) == f"2026-03-{ends[zone]}+00:00"


def test_a_late_evening_on_bonaire_is_of_that_day_though_it_is_tomorrow_in_utc(zone: str) -> None:
    assert is_by("2026-03-03T03:30:00+00:00", DAY) is (zone == "America/Kralendijk")


@pytest.mark.usefixtures("zone")
def test_an_empty_time_is_never_and_no_day_is_any_time() -> None:
    assert not is_by("", DAY)
    assert not is_by("", None)
    assert is_by("2999-01-01T00:00:00+00:00", None)
