"""What the answers of some bodies say about all: bounds, intervals, a check by two sources, whole numbers.

The number among the silent bodies of a class is beta-binomial with Jeffreys' prior, Beta(1/2, 1/2). Classes
are independent, so their distributions are convolved. Bounds never depend on a model.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from math import exp, floor, lgamma
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

FEWEST_ANSWERS = 20  # in each class that has silent bodies; fewer give no estimate
MOST_CLASSES = 5  # of size, within one kind, unless the response differs clearly
CLEAR = 16.0  # chi-square: chance alone rarely gives it, also at the best of many places
TAIL = 0.025
PRIOR = 0.5


@dataclass(frozen=True, slots=True)
class Tally:
    """Bodies of a class: all of them, those that answered the question, and those that have what it asks."""

    roll: int
    answered: int
    have: int

    def __post_init__(self) -> None:
        if not 0 <= self.have <= self.answered <= self.roll:
            raise ValueError(f"{self.have} of {self.answered} answers of {self.roll} bodies is impossible")

    @property
    def silent(self) -> int:
        """The bodies without an answer to the question."""
        return self.roll - self.answered

    @property
    def most(self) -> int:
        """The largest possible number that have it; the smallest is `have`."""
        return self.have + self.silent

    def plus(self, other: "Tally") -> "Tally":
        """Return both together."""
        return Tally(self.roll + other.roll, self.answered + other.answered, self.have + other.have)


def total_of(classes: Sequence[Tally]) -> Tally:
    """Return all classes together."""
    return Tally(sum(c.roll for c in classes), sum(c.answered for c in classes), sum(c.have for c in classes))


@dataclass(frozen=True, slots=True)
class Estimate:
    """Estimated number of bodies, with the limits of the interval that holds in 95 of 100 such cases."""

    number: float
    low: int
    high: int


def estimate(classes: Sequence[Tally]) -> Estimate | None:
    """Return the estimate over independent classes; None if one with silent bodies has under 20 answers."""
    if any(c.silent and c.answered < FEWEST_ANSWERS for c in classes):
        return None
    have = sum(c.have for c in classes)
    chances: NDArray[np.float64] = np.ones(1)
    for c in classes:
        if c.silent:
            chances = np.convolve(chances, among_silent(c))
    added = np.cumsum(chances)
    low, high = (int(np.searchsorted(added, limit)) for limit in (TAIL, 1 - TAIL))
    mean = sum(c.silent * (c.have + PRIOR) / (c.answered + 2 * PRIOR) for c in classes if c.silent)
    most = have + len(chances) - 1
    return Estimate(have + mean, min(have + low, most), min(have + high, most))


def among_silent(c: Tally) -> NDArray[np.float64]:
    """Return the chance of 0, 1, … among the silent bodies of a class; shape (silent + 1,)."""
    a, b, m = c.have + PRIOR, c.answered - c.have + PRIOR, c.silent
    k = np.arange(m)
    steps = np.log((m - k) / (k + 1)) + np.log((k + a) / (m - k - 1 + b))
    logs = np.concatenate(([0.0], np.cumsum(steps)))
    chances: NDArray[np.float64] = np.exp(logs - logs.max())
    chances /= chances.sum()
    return chances


def exact_interval(c: Tally) -> tuple[int, int]:
    """Return the numbers that a random sample does not contradict at 2.5 % on either side.

    They are all K with P(X >= have) and P(X <= have) above 0.025, where X is hypergeometric.
    """
    fitting = []
    for total in range(c.have, c.most + 1):
        first, last = max(0, c.answered - (c.roll - total)), min(total, c.answered)
        chances = {x: _hypergeometric(x, c.roll, total, c.answered) for x in range(first, last + 1)}
        above = sum(chance for x, chance in chances.items() if x >= c.have)
        below = sum(chance for x, chance in chances.items() if x <= c.have)
        if above > TAIL and below > TAIL:
            fitting.append(total)
    return (fitting[0], fitting[-1]) if fitting else (c.have, c.most)


def _hypergeometric(x: int, roll: int, total: int, answered: int) -> float:
    chance = _log_choose(total, x) + _log_choose(roll - total, answered - x) - _log_choose(roll, answered)
    return exp(chance)


def _log_choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)


def chapman(first: int, second: int, both: int) -> float:
    """Return the number of bodies that have it by two independent sources (Chapman 1951).

    `first` and `second` are the numbers that each source names, `both` those that both name.
    """
    if not 0 <= both <= min(first, second):
        raise ValueError(f"{both} in both sources is impossible with {first} and {second}")
    return (first + 1) * (second + 1) / (both + 1) - 1


def size_classes(sizes: Sequence[int | None], is_answered: Sequence[bool]) -> list[int]:
    """Return the class of each body of one kind by its size, 0 for the smallest.

    A class is divided where the response differs most between its smaller and its larger bodies, at most into
    five with 20 answers each. If the response within a class still differs clearly, it is divided further,
    also into classes of fewer answers: for these there is no estimate. A body without a size is among the
    smallest.
    """
    order = sorted(range(len(sizes)), key=lambda place: (sizes[place] or 0, place))
    sorted_sizes = np.array([sizes[place] or 0 for place in order], dtype=np.int64)
    answers = np.concatenate(([0], np.cumsum([is_answered[place] for place in order], dtype=np.int64)))
    parts: list[tuple[int, int]] = [(0, len(order))]
    for fewest in (FEWEST_ANSWERS, 0):
        cuts = {part: _best_cut(sorted_sizes, answers, part, fewest) for part in parts}
        while cuts:
            part, cut = max(cuts.items(), key=lambda item: item[1])
            if cut.differs <= 0 or (cut.differs < CLEAR and (not fewest or len(cuts) >= MOST_CLASSES)):
                break
            del cuts[part]
            for new in ((part[0], cut.place), (cut.place, part[1])):
                cuts[new] = _best_cut(sorted_sizes, answers, new, fewest)
        parts = sorted(cuts)
    classes = [0] * len(sizes)
    for number, (first, last) in enumerate(parts):
        for place in order[first:last]:
            classes[place] = number
    return classes


class _Cut(NamedTuple):
    """How much the response differs on both sides of a place (chi-square), and the place."""

    differs: float
    place: int


def _best_cut(
    sizes: NDArray[np.int64], answers: NDArray[np.int64], part: tuple[int, int], fewest: int
) -> _Cut:
    """Return the cut of a part of sorted bodies where the response differs most; `differs` is 0 for none.

    It is between two sizes, and each side has at least `fewest` answers. `answers` are added from the first.
    """
    first, last = part
    count, answered = last - first, int(answers[last] - answers[first])
    places = np.arange(first + 1, last)
    left = answers[places] - answers[first]
    is_cut = (sizes[places] > sizes[places - 1]) & (left >= fewest) & (answered - left >= fewest)
    if not 0 < answered < count or not is_cut.any():
        return _Cut(0.0, first)
    rate, below = answered / count, places - first
    spread = below * (count - below) / count * rate * (1 - rate)
    differs = np.where(is_cut, (left - below * rate) ** 2 / spread, 0.0)
    best = int(differs.argmax())
    return _Cut(float(differs[best]), int(places[best]))


def whole_numbers(percent: Decimal, total: int) -> range:
    """Return the whole numbers of `total` that round to a percentage as it is written; empty if none does.

    >>> whole_numbers(Decimal(40), 380)
    range(151, 154)
    """
    near = floor(float(percent) * total / 100)
    spread = max(2, total // 100 + 2)
    fitting = [
        n
        for n in range(max(0, near - spread), min(total, near + spread) + 1)
        if _rounded(n, total, percent) == percent
    ]
    return range(fitting[0], fitting[-1] + 1) if fitting else range(0)


def totals_of(percent: Decimal, number: int, most: int) -> Iterator[int]:
    """Yield the totals up to `most` for which a number is this percentage, as it is written."""
    return (total for total in range(max(1, number), most + 1) if _rounded(number, total, percent) == percent)


def _rounded(number: int, total: int, percent: Decimal) -> Decimal:
    exponent = percent.as_tuple().exponent
    digits = Decimal(1).scaleb(exponent if isinstance(exponent, int) and exponent < 0 else 0)
    return (Decimal(100 * number) / Decimal(total)).quantize(digits, ROUND_HALF_UP)
