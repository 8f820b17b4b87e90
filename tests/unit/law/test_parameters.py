"""Dated parameters: the day before and the day of each change, and files that are wrong."""

from datetime import date
from decimal import Decimal

import pytest

from overzicht.dates import Holds
from overzicht.errors import PackagedFactError, UnknownNameError
from overzicht.law import ownership_regime, ownership_regimes
from overzicht.law.parameters import read_regimes


def test_the_four_regimes_are_there() -> None:
    assert list(ownership_regimes()) == ["bis", "eu", "ofac", "uk"]


@pytest.mark.parametrize(
    ("regime", "day", "in_force", "operator", "aggregate"),
    [
        ("eu", date(2021, 3, 22), Holds.YES, ">", True),
        ("eu", date(2024, 7, 2), Holds.YES, ">", True),
        ("eu", date(2024, 7, 3), Holds.YES, ">=", True),
        ("uk", date(2020, 12, 31), Holds.UNKNOWN, None, None),
        ("uk", date(2021, 1, 1), Holds.YES, ">", False),
        ("ofac", date(2008, 2, 13), Holds.UNKNOWN, None, None),
        ("ofac", date(2008, 2, 14), Holds.YES, ">=", False),
        ("ofac", date(2014, 8, 12), Holds.YES, ">=", False),
        ("ofac", date(2014, 8, 13), Holds.YES, ">=", True),
        ("bis", date(2025, 9, 28), Holds.NO, None, None),
        ("bis", date(2025, 9, 29), Holds.YES, ">=", True),
        ("bis", date(2025, 11, 9), Holds.YES, ">=", True),
        ("bis", date(2025, 11, 10), Holds.NO, None, None),
        ("bis", date(2026, 11, 9), Holds.NO, None, None),
        ("bis", date(2026, 11, 10), Holds.UNKNOWN, ">=", True),
    ],
)
def test_what_holds_on_a_day(
    regime: str, day: date, in_force: Holds, operator: str | None, aggregate: bool | None
) -> None:
    value = ownership_regime(regime).on(day)
    assert (value.in_force, value.operator, value.aggregate) == (in_force, operator, aggregate)


def test_every_value_cites_a_document_that_can_be_opened() -> None:
    for regime in ownership_regimes().values():
        for value in regime.values:
            citations = regime.cite(value)
            assert citations
            assert all(c.address.startswith("https://") and c.retrieved for c in citations)


def test_what_was_not_seen_is_marked() -> None:
    marked = {r.id: {f for v in r.values for f in v.unverified} for r in ownership_regimes().values()}
    assert marked["bis"] == {"in_force"}
    assert "aggregate" in marked["uk"]


def test_reaching_a_threshold_differs_at_exactly_half() -> None:
    eu = ownership_regime("eu")
    half = Decimal(50)
    assert not eu.on(date(2024, 7, 2)).is_reached_by(half)
    assert eu.on(date(2024, 7, 3)).is_reached_by(half)
    assert eu.on(date(2024, 7, 2)).is_reached_by(Decimal("50.0001"))


def test_no_rule_is_reached_by_nothing() -> None:
    assert not ownership_regime("bis").on(date(2025, 1, 1)).is_reached_by(Decimal(100))


def test_an_unknown_regime_lists_the_known_ones() -> None:
    with pytest.raises(UnknownNameError, match="bis, eu, ofac, uk"):
        ownership_regime("mars")


GOOD = """
regimes:
  x:
    label: X
    label_nl: X
    last_value_still_valid_on: 2026-01-01
    cascade: true
    control_test: none
    control: none
    effect: none
    values:
      - {since: null, in_force: "no", operator: null, percent: null, aggregate: null, sources: [s],
         documentation: No rule at all before that day.}
      - {since: 2020-01-01, in_force: "yes", operator: ">", percent: "50", aggregate: true, sources: [s],
         documentation: More than half of the shares.}
    sources:
      s: {title: A law, address: "https://example.org/law", read: 2026-01-01}
"""


def test_the_good_example_is_good() -> None:
    assert read_regimes(GOOD)["x"].on(date(2020, 1, 1)).percent == Decimal(50)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("since: null", "since: 2019-01-01", "first value"),
        ("since: 2020-01-01", "since: null", "first value"),
        ('percent: "50"', "percent: null", "in force needs"),
        ('operator: ">"', 'operator: "="', "operator"),
        ("sources: [s]", "sources: [t]", "unknown source t"),
        ('percent: "50"', 'percent: "150"', "percent"),
        ("cascade: true", "cascades: true", "cascade"),
        ("regimes:", "other:", "regimes: it is missing"),
        ("    label: X", "   label: X", "it is not YAML"),
    ],
)
def test_a_wrong_file_is_named_with_its_place(old: str, new: str, why: str) -> None:
    with pytest.raises(PackagedFactError, match=why) as caught:
        read_regimes(GOOD.replace(old, new))
    assert "ownership-thresholds.yaml" in str(caught.value)
