"""Forecasts only with enough to go on; quantities as ranges; statements that do not agree."""

from datetime import date, timedelta

import pytest

from overzicht.evidence import Text, text
from overzicht.register.progress import progress
from overzicht.register.quantities import Quantity, read_quantity, worded
from overzicht.register.statements import StatementKey, contradictions, may_differ
from overzicht.reports.i18n import words_for

START = date(2026, 1, 1)


def test_a_steady_pace_ends_when_arithmetic_says() -> None:
    done = [(START + timedelta(days=7 * n), 1) for n in range(1, 42)]
    found = progress(83, done, started=START, due=None, as_of=START + timedelta(days=7 * 41))
    assert found.forecast == date(2026, 10, 15) + timedelta(days=7 * 42)
    assert str(found.statement) == "83 to replace, 41 done, on course for 2027-08"


@pytest.mark.parametrize(
    ("total", "done", "why"),
    [
        (0, [], "this plan has no devices"),
        (9, [(START, 9)], "completed on 2026-01-01"),
        (83, [(START, 4)], "too few for a forecast: at least 5 devices on 3 dates are needed"),
        (83, [(START, 40), (START + timedelta(days=1), 1)], "too few for a forecast"),
    ],
)
def test_without_enough_to_go_on_no_month_is_named(
    total: int, done: list[tuple[date, int]], why: str
) -> None:
    found = progress(total, done, started=START, due=None, as_of=START + timedelta(days=60))
    assert found.forecast is None
    assert why in str(found.statement)


def test_a_standstill_moves_the_forecast_away() -> None:
    done = [(START + timedelta(days=10 * n), 2) for n in range(1, 5)]
    soon = progress(20, done, started=START, due=None, as_of=START + timedelta(days=40)).forecast
    late = progress(20, done, started=START, due=None, as_of=START + timedelta(days=400)).forecast
    assert soon is not None
    assert late is not None
    assert late > soon + timedelta(days=360)


@pytest.mark.parametrize(
    ("said", "low", "high"),
    [
        ("131", 131, 131), ("at least 134", 134, None), ("more than 560", 561, None), ("", None, None),
        ("18 fixed + 7 movable", 25, 25), ("47 fixed + 9 PTZ", 56, 56), ("0", 0, 0), ("10-20", 10, 20),
        ("1.250", 1250, 1250), ("about 40", None, None), ("hoogstens 12", None, 12),
        ("fewer than 5", None, 4),
        ("minstens 3 vaste en 2 mobiele", 5, None), ("146, of which 30 outside", None, None),
        ("overal", None, None), ("9+", 9, None), ("9 or more", 9, None), ("9 of minder", None, 9),
        ("18 + 7", 25, 25), ("at least 9 cameras", 9, None), ("5 to 8", 5, 8),
    ],
)  # fmt: skip
def test_quantities_are_ranges(said: str, low: int | None, high: int | None) -> None:
    assert read_quantity(said) == Quantity(low, high)


@pytest.mark.parametrize(
    ("said", "english", "dutch"),
    [
        ("131", "131", "131"), ("0", "0", "0"), ("1.250", "1250", "1250"), ("12 500", "12,500", "12.500"),
        ("at least 9", "at least 9", "minstens 9"), ("ten minste 9", "at least 9", "minstens 9"),
        ("minimaal 9", "at least 9", "minstens 9"), ("9+", "at least 9", "minstens 9"),
        ("More than 560", "more than 560", "meer dan 560"), ("ruim 560", "more than 560", "meer dan 560"),
        ("up to 12", "at most 12", "maximaal 12"), ("minder dan 5", "fewer than 5", "minder dan 5"),
        ("circa 40", "about 40", "ongeveer 40"), ("10-20", "10 to 20", "10 tot en met 20"),
        ("7 fixed + 2 movable", "9 (“7 fixed + 2 movable”)", "9 (“7 fixed + 2 movable”)"),
        ("at least 9 cameras", "at least 9 (“at least 9 cameras”)", "minstens 9 (“at least 9 cameras”)"),
        ("146, of which 30 outside", "146, of which 30 outside", "146, of which 30 outside"),
        ("several", "several", "several"), ("", "", ""), ("{x} 3", "3 (“{x} 3”)", "3 (“{x} 3”)"),
    ],
)  # fmt: skip
def test_a_quantity_is_worded_in_the_language_of_whoever_reads_it(
    said: str, english: str, dutch: str
) -> None:
    assert [words_for(lang).value(worded(said)) for lang in ("en", "nl")] == [english, dutch]


def test_a_worded_quantity_can_be_kept_as_data() -> None:
    said = text("{quantity}", quantity=worded("at least 9 cameras"))
    assert Text.from_json(said.to_json()) == said


def said(number: int, makers: str, quantity: str, **more: object) -> StatementKey:
    values = {"organisation": "a", "kind": "camera", "stated_on": date(2022, 2, 28), **more}
    return StatementKey(number, makers=frozenset(makers.split()), quantity=read_quantity(quantity), **values)  # type: ignore[arg-type]


def test_what_cannot_both_be_true_is_named_both_ways() -> None:
    found = contradictions([said(1, "hik", "120"), said(2, "hik", "at least 140"), said(3, "dahua", "3")])
    assert found == {1: (2,), 2: (1,), 3: ()}
    part = contradictions([said(1, "hik", "120"), said(2, "hik dahua", "100")])
    assert part == {1: (2,), 2: (1,)}


def test_what_may_both_be_true_is_named_as_counting_otherwise() -> None:
    rows = [said(1, "hik", "131"), said(2, "hik dahua", "at least 134")]
    assert contradictions(rows) == {1: (), 2: ()}
    assert may_differ(rows) == {1: (2,), 2: (1,)}


def test_statements_of_other_bodies_kinds_and_months_are_not_compared() -> None:
    base = said(1, "hik", "120")
    for other in ({"organisation": "b"}, {"kind": "drone"}, {"stated_on": date(2023, 2, 28)}):
        assert contradictions([base, said(2, "hik", "9", **other)]) == {1: (), 2: ()}
