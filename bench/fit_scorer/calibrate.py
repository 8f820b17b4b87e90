"""From evidence to a chance: a rising table of bins of equal size, read on names outside the fitting."""

import numpy as np
from numpy.typing import NDArray
from sklearn.isotonic import IsotonicRegression

Knots = list[tuple[float, float]]
_APART = 0.02  # knots nearer than this are one


def knots(evidence: NDArray[np.float64], match: NDArray[np.bool_], bins: int = 24) -> Knots:
    """Return pairs of evidence and share right, rising strictly."""
    order = np.argsort(evidence, kind="stable")
    parts = np.array_split(order, bins)
    at = [float(evidence[part].mean()) for part in parts]
    share = [float((match[part].sum() + 0.5) / (len(part) + 1)) for part in parts]
    rising = IsotonicRegression().fit(at, share, sample_weight=[len(part) for part in parts]).predict(at)
    found: Knots = [(round(float(evidence.min()) - 1, 3), round(float(rising[0]) * 0.5, 4))]
    for place, value in zip(at, rising, strict=True):
        if place > found[-1][0] + _APART:
            found.append((round(place, 3), round(float(max(value, found[-1][1] + 1e-4)), 4)))
    highest = max(found[-1][1] + 0.002, 0.999)
    found.append((round(max(float(evidence.max()), found[-1][0]) + 1, 3), round(min(1.0, highest), 4)))
    return found


def calibrated(table: Knots, evidence: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the score of each evidence."""
    at, value = np.array(table).T
    return np.asarray(np.interp(evidence, at, value), np.float64)
