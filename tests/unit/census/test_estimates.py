"""Bounds hold always; intervals hold as often as they state, if silence follows size."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from overzicht.dates import Holds
from overzicht.subjects.census.answers import Depth
from overzicht.subjects.census.coverage import BodyState, outcome
from overzicht.subjects.census.estimates import (
    Tally,
    chapman,
    estimate,
    exact_interval,
    size_classes,
    total_of,
    totals_of,
    whole_numbers,
)

Shape = Callable[[Any], Any]  # of the ranks by size, 0 to 1


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
    is_answered = [place % 3 == 0 or place >= 80 for place in range(200)]  # the larger ones all answered
    classes = size_classes([*range(200)], is_answered)
    answers = [sum(a for a, own in zip(is_answered, classes, strict=True) if own == n) for n in set(classes)]
    assert min(answers) >= 20
    assert {classes.index(n) for n in set(classes)} >= {0, 80}  # cut where the response differs most
    assert classes == sorted(classes)
    assert size_classes([1, 2, 3], [True, True, False]) == [0, 0, 0]
    assert size_classes([None] * 100, [place > 50 for place in range(100)]) == [0] * 100  # no size tells them


def test_a_class_that_answered_far_less_is_apart_and_has_no_estimate() -> None:
    """The forty smallest are silent: bodies of another size do not speak for them."""
    classes = size_classes([*range(100)], [place >= 40 for place in range(100)])
    assert classes.index(1) == 40
    tallies = [Tally(40, 0, 0), Tally(60, 60, 30)]
    assert estimate(tallies) is None


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


RESPONSES: list[Shape] = [
    lambda rank: 0.25 + 0.55 * rank, lambda rank: np.where(rank < 0.5, 0.2, 0.8),
    lambda rank: 0.85 - 0.6 * rank,
]  # fmt: skip
PREVALENCES: list[Shape] = [
    lambda rank: 0.1 + 0 * rank, lambda rank: 0.9 * rank**2, lambda rank: 0.9 - 0.8 * rank
]  # fmt: skip


@pytest.mark.parametrize("response", RESPONSES)
@pytest.mark.parametrize("prevalence", PREVALENCES)
def test_the_interval_covers_the_truth_for_other_shapes(response: Shape, prevalence: Shape) -> None:
    """Silence that rises, falls or jumps with size, and equipment that is flat, rises or falls with it."""
    random, rank = np.random.default_rng(7), (np.arange(342) + 0.5) / 342
    covers = []
    for _ in range(120):
        have, answered = random.random(342) < prevalence(rank), random.random(342) < response(rank)
        classes = np.array(size_classes([*range(342)], [bool(own) for own in answered]))
        groups = [classes == n for n in set(classes.tolist())]
        tallies = [
            Tally(int(own.sum()), int(answered[own].sum()), int((have & answered)[own].sum()))
            for own in groups
        ]
        estimated = estimate(tallies)
        if estimated is not None:
            covers.append(estimated.low <= have.sum() <= estimated.high)
    assert len(covers) > 90
    assert sum(covers) / len(covers) >= 0.9  # of 120; over all shapes it is 95.6 %


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
