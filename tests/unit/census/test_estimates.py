"""Bounds hold always; intervals hold as often as they state, if silence follows size."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from overzicht.census.answers import Depth
from overzicht.census.coverage import BodyState, outcome
from overzicht.census.estimates import (
    Tally,
    chapman,
    estimate,
    exact_interval,
    size_classes,
    total_of,
    totals_of,
    whole_numbers,
)
from overzicht.dates import Holds


@pytest.mark.parametrize(
    ("tally", "number", "interval", "exact"),
    [
        (Tally(345, 150, 51), 117.5, (99, 138), (98, 138)),
        (Tally(47, 39, 24), 28.9, (26, 32), (26, 32)),
        (Tally(380, 380, 152), 152.0, (152, 152), (152, 152)),
    ],
)
def test_published_surveys_give_these_figures(
    tally: Tally, number: float, interval: tuple[int, int], exact: tuple[int, int]
) -> None:
    estimated = estimate([tally])
    assert estimated is not None
    assert (round(estimated.number, 1), (estimated.low, estimated.high)) == (number, interval)
    assert exact_interval(tally) == exact


tallies = st.integers(0, 200).flatmap(
    lambda roll: st.integers(0, roll).flatmap(
        lambda answered: st.integers(0, answered).map(lambda have: Tally(roll, answered, have))
    )
)


@given(st.lists(tallies, min_size=1, max_size=4))
def test_an_estimate_is_within_the_bounds(classes: list[Tally]) -> None:
    estimated, total = estimate(classes), total_of(classes)
    if estimated is not None:
        assert total.have <= estimated.low <= estimated.high <= total.most
        assert total.have <= estimated.number <= total.most


def test_few_answers_give_no_estimate() -> None:
    assert estimate([Tally(40, 19, 3)]) is None
    assert estimate([Tally(12, 12, 3), Tally(40, 20, 3)]) is not None  # all of the first answered


def test_classes_of_size_have_twenty_answers_each() -> None:
    classes = size_classes([*range(100)], [place >= 40 for place in range(100)])
    answers = [sum(own == number for own in classes[40:]) for number in set(classes)]
    assert min(answers) >= 20
    assert size_classes([1, 2, 3], [True, True, False]) == [0, 0, 0]


def simulated(seed: int, *, by_having: float) -> tuple[bool, bool]:
    """Return whether interval and bounds cover the truth, where silence follows size (and having)."""
    random = np.random.default_rng(seed)
    sizes = np.sort(np.exp(random.normal(10.2, 0.9, 342)))
    rank = np.arange(342) / 342
    have = random.random(342) < 0.15 + 0.5 * rank
    answers = random.random(342) < (0.25 + 0.55 * rank) * np.where(have, by_having, 1.0)
    states = [
        BodyState(str(n), "town", "", int(sizes[n]), Depth.COUNTS if answers[n] else Depth.SILENT,
                  (Holds.YES if have[n] else Holds.NO) if answers[n] else Holds.UNKNOWN)
        for n in range(342)
    ]  # fmt: skip
    result, truth = outcome(states), int(have.sum())
    estimated = result.estimate
    is_in = estimated is not None and estimated.low <= truth <= estimated.high
    return is_in, result.proved <= truth <= result.most


def test_the_interval_covers_the_truth_where_silence_follows_size() -> None:
    runs = [simulated(seed, by_having=1.0) for seed in range(300)]
    assert sum(is_in for is_in, _ in runs) / len(runs) >= 0.93
    assert all(is_bounded for _, is_bounded in runs)


def test_the_bounds_cover_the_truth_whatever_silence_follows() -> None:
    assert all(simulated(seed, by_having=0.5)[1] for seed in range(200))


def test_percentages_are_read_as_the_whole_numbers_that_fit() -> None:
    assert [*whole_numbers(Decimal(40), 380)] == [151, 152, 153]
    assert [*totals_of(Decimal(91), 39, 47)] == [43]
    assert not whole_numbers(Decimal(50), 3)


def test_two_independent_sources_give_chapmans_number() -> None:
    assert chapman(200, 50, 20) == pytest.approx(487.14, abs=0.01)
    with pytest.raises(ValueError, match="impossible"):
        chapman(5, 3, 4)
