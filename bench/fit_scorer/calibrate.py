"""From evidence to a chance: a rising table, read on names outside the fitting.

A logistic curve where labels are few: it has no steps, so that tables of other folds agree on which of two
pairs is likelier. Bins of equal size where they are many and the chance is no such curve.
"""

import numpy as np
from numpy.typing import NDArray
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

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


def curve(evidence: NDArray[np.float64], match: NDArray[np.bool_]) -> Knots:
    """Return the logistic curve of the share right as pairs of evidence and share, rising strictly."""
    fitted = LogisticRegression(C=1e6).fit(evidence[:, None], match)
    places = np.linspace(np.floor(evidence.min()) - 2, np.ceil(evidence.max()) + 2, 49)
    shares = fitted.predict_proba(places[:, None])[:, 1]
    return [
        (round(float(place), 3), round(float(share), 6)) for place, share in zip(places, shares, strict=True)
    ]


def calibrated(table: Knots, evidence: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the score of each evidence."""
    at, value = np.array(table).T
    return np.asarray(np.interp(evidence, at, value), np.float64)
